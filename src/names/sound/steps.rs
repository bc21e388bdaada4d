//! Steps: the pairs of chunks of two names that can stand for each other.
//!
//! Nearly all pairs of chunks never do. Two names by themselves are asked pair by pair; a name that
//! meets many others has its pairs looked up once, by the chunk of the other name, so that each
//! meeting costs only as much as there is to be found.

use super::chunks::Chunk;
use super::reading::{Edge, MOST_LETTERS, Reading};
use super::tables::{Line, NEVER, Side, Table};

/// A chunk of the left name for a chunk of the right.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// Letters before the left chunk and before the right one.
    pub from: (u8, u8),
    /// Letters up to the end of the left chunk.
    pub to: u8,
    pub cost: u16,
    /// The place of the next step with the same right end, from 1; 0 for none.
    next: u16,
}

/// The steps of two names, by their right end.
#[derive(Default)]
pub struct Steps {
    steps: Vec<Step>,
    /// For each right end the place of its last step, from 1.
    last: Vec<u16>,
}

impl Steps {
    /// The steps of two names, pair by pair.
    pub fn ask(&mut self, left: &Reading, right: &Reading, table: &Table) {
        self.clear();
        for edge in left.edges() {
            let costs = table.row(edge.chunk);
            if costs.is_empty() {
                continue;
            }
            for other in right.edges() {
                let cost = costs[other.chunk as usize];
                if cost < NEVER {
                    self.push(edge, other, cost);
                }
            }
        }
    }

    /// The steps of the name of an index and another one.
    pub fn look_up(&mut self, index: &Index, other: &Reading) {
        self.clear();
        for edge in other.edges() {
            let mut at = index.last[edge.chunk as usize];
            while let Some(entry) = index.entries.get((at as usize).wrapping_sub(1)) {
                match index.side {
                    Side::Left => self.push(&entry.edge, edge, entry.cost),
                    Side::Right => self.push(edge, &entry.edge, entry.cost),
                }
                at = entry.next;
            }
        }
    }

    /// The steps whose right chunk ends at a letter.
    pub fn ending(&self, end: usize) -> impl Iterator<Item = &Step> {
        let at = |place: u16| self.steps.get((place as usize).wrapping_sub(1));
        std::iter::successors(at(self.last[end]), move |step| at(step.next))
    }

    fn clear(&mut self) {
        self.steps.clear();
        self.last.clear();
        self.last.resize(MOST_LETTERS + 1, 0);
    }

    #[inline]
    fn push(&mut self, left: &Edge, right: &Edge, cost: u16) {
        let last = &mut self.last[right.to as usize];
        let step = Step { from: (left.from, right.from), to: left.to, cost, next: *last };
        // At most 60 letters, each the end of few known chunks: far below this.
        if self.steps.len() < usize::from(u16::MAX) {
            self.steps.push(step);
            *last = self.steps.len() as u16;
        }
    }
}

/// The chunks of one name by what can stand for them.
pub struct Index {
    /// On which side of the table the name is.
    side: Side,
    entries: Vec<Entry>,
    /// For each chunk of the other script the place of its last entry, from 1; 0 for none.
    last: Vec<u32>,
}

struct Entry {
    edge: Edge,
    cost: u16,
    next: u32,
}

impl Index {
    pub fn new(name: &Reading, table: &Table, side: Side) -> Self {
        let lines = table.lines(side);
        let mut index = Index { side, entries: Vec::new(), last: vec![0; lines.across] };
        for edge in name.edges() {
            for &Line { other, cost } in lines.of(edge.chunk) {
                index.add(edge, other, cost);
            }
        }
        index
    }

    fn add(&mut self, edge: &Edge, other: Chunk, cost: u16) {
        let last = &mut self.last[other as usize];
        self.entries.push(Entry { edge: *edge, cost, next: *last });
        *last = self.entries.len() as u32;
    }
}
