//! Tables: what it costs that a chunk of one script stands for a chunk of another.
//!
//! A cost is a negative logarithm of probability in steps of a tenth: the probability that a name in
//! two spellings has just this pair at a place. [`Background`] gives the cost of the same letters when
//! the two spellings have nothing to do with each other. A row is worked out when it is first asked
//! for: a run meets few of the characters that have one.

use super::chunks::{Chunk, Inventories};
use super::classes::Classes;
use super::compose::Source;
use super::counts::Counts;
use super::letters::Script;
use crate::text::hash::Map;
use std::sync::{Arc, OnceLock};

/// Steps of cost for one unit of natural logarithm.
pub const STEPS: f32 = 10.0;

/// No name has this pair.
pub const NEVER: u16 = 20_000;

/// Costs of one pair of scripts: a row for each left chunk, a column for each right chunk.
pub struct Table {
    pub left: Script,
    pub right: Script,
    /// The most letters of a left chunk; wider ones have no row.
    pub widest: usize,
    columns: Arc<Columns>,
    source: Source,
    totals: (f32, f32),
    rows: Vec<OnceLock<Box<[u16]>>>,
    /// By [`Side`].
    lines: [OnceLock<Lines>; 2],
}

/// A side of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Left,
    Right,
}

/// All pairs of a table that can be, by the chunk of one side.
pub struct Lines {
    lines: Vec<Line>,
    /// Where the lines of each chunk begin, and the end.
    begins: Vec<u32>,
    /// How many chunks the other side has.
    pub across: usize,
}

/// A chunk of the other side that can stand for a chunk, and what that costs.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    pub other: Chunk,
    pub cost: u16,
}

impl Lines {
    /// From pairs of a chunk and a line.
    fn new(mut pairs: Vec<(Chunk, Line)>, chunks: usize, across: usize) -> Self {
        pairs.sort_by_key(|(chunk, _)| *chunk);
        let begin = |chunk: usize| pairs.partition_point(|(own, _)| usize::from(*own) < chunk) as u32;
        let begins = (0..=chunks).map(begin).collect();
        Lines { begins, across, lines: pairs.into_iter().map(|(_, line)| line).collect() }
    }

    pub fn of(&self, chunk: Chunk) -> &[Line] {
        let at = usize::from(chunk);
        &self.lines[self.begins[at] as usize..self.begins[at + 1] as usize]
    }
}

impl Table {
    pub fn new(
        scripts: (Script, Script),
        widest: usize,
        source: Source,
        columns: Arc<Columns>,
        inventories: &Inventories,
    ) -> Self {
        let lefts = inventories.of(scripts.0);
        let row = |chunk: Chunk| match lefts.text(chunk).chars().count() > widest {
            true => OnceLock::from(Box::default()),
            false => OnceLock::new(),
        };
        let rows = (0..lefts.len() as Chunk).map(row).collect();
        let totals = source.totals();
        let lines = [OnceLock::new(), OnceLock::new()];
        Table { left: scripts.0, right: scripts.1, widest, columns, source, totals, rows, lines }
    }

    /// The costs of all right chunks for a left chunk; empty if the table does not know it.
    pub fn row(&self, left: Chunk) -> &[u16] {
        self.rows.get(left as usize).map_or(&[], |row| row.get_or_init(|| self.fill(left)))
    }

    /// The pairs that can be by the chunks of a side, without silent chunks.
    pub fn lines(&self, side: Side) -> &Lines {
        self.lines[side as usize].get_or_init(|| {
            let (lefts, rights) = (self.rows.len(), self.columns.class.len());
            let mut pairs = Vec::new();
            for left in 1..lefts as Chunk {
                let known = self.rows[left as usize].get();
                let filled = if known.is_none() { self.fill(left) } else { Box::default() };
                let costs = known.unwrap_or(&filled);
                for (right, &cost) in costs.iter().enumerate().skip(1).filter(|(_, cost)| **cost < NEVER) {
                    let right = right as Chunk;
                    pairs.push(match side {
                        Side::Left => (left, Line { other: right, cost }),
                        Side::Right => (right, Line { other: left, cost }),
                    });
                }
            }
            match side {
                Side::Left => Lines::new(pairs, lefts, rights),
                Side::Right => Lines::new(pairs, rights, lefts),
            }
        })
    }

    fn fill(&self, left: Chunk) -> Box<[u16]> {
        if !self.source.knows(left) {
            return Box::default();
        }
        let pairs = self.source.row(left, self.totals);
        let mut costs = vec![NEVER; self.columns.class.len()];
        let mut classes: Vec<(u16, f32)> = Vec::new();
        for (right, probability) in &pairs {
            costs[*right as usize] = step(*probability);
            if *right != 0 {
                classes.push((self.columns.class[*right as usize], *probability));
            }
        }
        classes.sort_by_key(|(class, _)| *class);
        for group in classes.chunk_by(|a, b| a.0 == b.0) {
            let probability: f32 = group.iter().map(|(_, probability)| probability).sum();
            for (right, share) in &self.columns.members[group[0].0 as usize] {
                let cost = &mut costs[*right as usize];
                *cost = step(LENT * probability * share).min(*cost);
            }
        }
        costs.into()
    }
}

/// The share of a chunk's probability that is lent to chunks of the same sound class.
const LENT: f32 = 0.1;

/// The right chunks of a table by their sound class.
pub struct Columns {
    class: Vec<u16>,
    /// The chunks of each class with their shares of it.
    members: Vec<Vec<(Chunk, f32)>>,
}

impl Columns {
    /// `counts` say how common the chunks of the right script are.
    pub fn new(script: Script, counts: &[&Counts], inventories: &Inventories, classes: &Classes) -> Self {
        let inventory = inventories.of(script);
        let mut common = vec![0.0; inventory.len()];
        for counts in counts {
            for (left, right, count) in &counts.entries {
                let chunk = if counts.right == script { right } else { left };
                common[*chunk as usize] += count;
            }
        }
        let mut numbers: Map<String, u16> = Map::default();
        let mut columns = Columns { class: Vec::new(), members: Vec::new() };
        for chunk in 0..inventory.len() as Chunk {
            let next = columns.members.len() as u16;
            let class = *numbers
                .entry(classes.of(&inventory.text(chunk).chars().collect::<Vec<_>>()))
                .or_insert(next);
            if class == next {
                columns.members.push(Vec::new());
            }
            columns.class.push(class);
            columns.members[class as usize].push((chunk, common[chunk as usize]));
        }
        for members in &mut columns.members {
            let total: f32 = members.iter().map(|(_, count)| count).sum();
            members.retain(|(_, count)| *count > 0.0);
            members.iter_mut().for_each(|(_, count)| *count /= total);
        }
        columns
    }
}

/// A probability as a cost in steps.
pub fn step(probability: f32) -> u16 {
    (-probability.ln() * STEPS).round().clamp(0.0, 300.0) as u16
}

/// The cost of each letter by itself.
pub struct Background {
    costs: Map<char, u16>,
    unseen: u16,
}

impl Background {
    /// From counts of chunks of one script.
    pub fn new(script: Script, counts: &[&Counts], inventories: &Inventories) -> Self {
        let mut letters: Map<char, f32> = Map::default();
        let mut total = 0.0;
        for counts in counts {
            for (left, right, count) in &counts.entries {
                let chunk = if counts.right == script { *right } else { *left };
                for c in inventories.of(script).text(chunk).chars() {
                    *letters.entry(c).or_default() += count;
                    total += count;
                }
            }
        }
        let costs = letters.into_iter().map(|(c, count)| (c, step(count / total))).collect();
        Background { costs, unseen: step(1.0 / total) }
    }

    pub fn cost(&self, c: char) -> u16 {
        self.costs.get(&c).copied().unwrap_or(self.unseen)
    }
}
