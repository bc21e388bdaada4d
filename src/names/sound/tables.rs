//! Tables: what it costs that a chunk of one script stands for a chunk of another.
//!
//! A cost is a negative logarithm of probability in steps of a tenth: the probability that a name in
//! two spellings has just this pair at a place. Learned counts give it; `Background` gives the cost
//! of the same letters when the two spellings have nothing to do with each other.

use super::chunks::{Chunk, Inventories};
use super::letters::Script;
use std::collections::HashMap;

/// Steps of cost for one unit of natural logarithm.
pub const STEPS: f32 = 10.0;

/// No name has this pair.
pub const NEVER: u8 = u8::MAX;

/// Costs of one pair of scripts: a row for each left chunk, a column for each right chunk.
pub struct Table {
    pub left: Script,
    pub right: Script,
    /// The most letters of a right chunk.
    pub widest: usize,
    columns: usize,
    /// Where the row of a left chunk begins in `costs`, in rows; `u32::MAX` where it has none.
    rows: Vec<u32>,
    costs: Vec<u8>,
    pub left_background: Background,
    pub right_background: Background,
}

/// Expected counts as the generator wrote them.
pub struct Counts {
    pub left: Script,
    pub right: Script,
    pub entries: Vec<(Chunk, Chunk, f32)>,
}

impl Counts {
    /// Reads `chunk TAB chunk:count chunk:count …`; the inventories are those of all scripts.
    pub fn read(text: &str, left: Script, right: Script, inventories: &mut Inventories) -> Self {
        let mut entries = Vec::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let Some((from, cells)) = line.split_once('\t') else { continue };
            let Some(from) = inventories.of_mut(left).add(left, from) else { continue };
            for cell in cells.split(' ') {
                let Some((to, count)) = cell.rsplit_once(':') else { continue };
                if let (Some(to), Ok(count)) =
                    (inventories.of_mut(right).add(right, to), count.parse::<f32>())
                {
                    entries.push((from, to, count));
                }
            }
        }
        Counts { left, right, entries }
    }

    pub fn total(&self) -> f32 {
        self.entries.iter().map(|(_, _, count)| count).sum()
    }
}

impl Table {
    pub fn new(counts: &Counts, inventories: &Inventories) -> Self {
        let (left, right) = (inventories.of(counts.left), inventories.of(counts.right));
        let columns = right.len();
        let mut rows = vec![u32::MAX; left.len()];
        let mut costs: Vec<u8> = Vec::new();
        let total = counts.total();
        for (from, to, count) in &counts.entries {
            let row = &mut rows[*from as usize];
            if *row == u32::MAX {
                *row = (costs.len() / columns) as u32;
                costs.resize(costs.len() + columns, NEVER);
            }
            let cost = &mut costs[*row as usize * columns + *to as usize];
            *cost = step(count / total).min(*cost);
        }
        let widest =
            counts.entries.iter().map(|(_, to, _)| right.text(*to).chars().count()).max().unwrap_or(0);
        Table {
            left: counts.left,
            right: counts.right,
            widest,
            columns,
            rows,
            costs,
            left_background: Background::new(
                counts.entries.iter().map(|(from, _, n)| (left.text(*from), *n)),
            ),
            right_background: Background::new(counts.entries.iter().map(|(_, to, n)| (right.text(*to), *n))),
        }
    }

    /// The costs of all right chunks for a left chunk; empty if the table does not know it.
    pub fn row(&self, left: Chunk) -> &[u8] {
        match self.rows.get(left as usize) {
            Some(&row) if row != u32::MAX => {
                let from = row as usize * self.columns;
                &self.costs[from..from + self.columns]
            }
            _ => &[],
        }
    }
}

/// A probability as a cost in steps.
pub fn step(probability: f32) -> u8 {
    (-probability.ln() * STEPS).round().clamp(0.0, f32::from(NEVER) - 1.0) as u8
}

/// The cost of each letter by itself.
pub struct Background {
    costs: HashMap<char, u8>,
    unseen: u8,
}

impl Background {
    fn new<'a>(chunks: impl Iterator<Item = (&'a str, f32)>) -> Self {
        let mut counts: HashMap<char, f32> = HashMap::new();
        let mut total = 0.0;
        for (text, count) in chunks {
            for c in text.chars() {
                *counts.entry(c).or_default() += count;
                total += count;
            }
        }
        let costs = counts.into_iter().map(|(c, count)| (c, step(count / total))).collect();
        Background { costs, unseen: step(1.0 / total) }
    }

    pub fn cost(&self, c: char) -> u8 {
        self.costs.get(&c).copied().unwrap_or(self.unseen)
    }
}
