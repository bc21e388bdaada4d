//! Composed evidence: pairs of scripts for which no list of names is at hand.
//!
//! Two spellings in one script are compared through a second script: `ks` and `x` are alike because
//! both stand for the same Cyrillic letters.

use super::chunks::Chunk;
use super::counts::Rows;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How the pairs of a left chunk are found.
pub struct Source {
    /// Counted pairs and their share of the whole.
    pub direct: Option<(Rows, f32)>,
    /// Pairs through a script between, and their share.
    pub through: Option<(Through, f32)>,
}

/// Counts from the left script to one between, and from there to the right.
pub struct Through {
    pub to: Arc<Rows>,
    pub from: Arc<Rows>,
    /// The share of a single letter that stands for itself.
    pub identity: f32,
    /// Whether a left chunk is one letter.
    pub single: Vec<bool>,
}

impl Source {
    /// The pairs of a left chunk: right chunks, sorted, with their part of the whole probability.
    pub fn row(&self, left: Chunk, totals: (f32, f32)) -> Vec<(Chunk, f32)> {
        let mut sums: BTreeMap<Chunk, f32> = BTreeMap::new();
        if let Some((rows, share)) = &self.direct {
            for (right, count) in rows.row(left) {
                *sums.entry(*right).or_default() += share * count / totals.0;
            }
        }
        if let Some((through, share)) = &self.through {
            through.add(left, share / totals.1, &mut sums);
        }
        sums.into_iter().collect()
    }

    /// The totals that [`Self::row`] asks for.
    pub fn totals(&self) -> (f32, f32) {
        let sum = |rows: &Rows| (0..rows.len()).map(|row| rows.total(row as Chunk)).sum::<f32>();
        let direct = self.direct.as_ref().map_or(0.0, |(rows, _)| sum(rows));
        (direct, self.through.as_ref().map_or(0.0, |(through, _)| sum(&through.to)))
    }

    /// Whether anything is known of a left chunk.
    pub fn knows(&self, left: Chunk) -> bool {
        self.direct.as_ref().is_some_and(|(rows, _)| !rows.row(left).is_empty())
            || self.through.as_ref().is_some_and(|(through, _)| !through.to.row(left).is_empty())
    }
}

/// Compositions that a tenth of a count would not bring together are left out.
const LEAST: f32 = 1.0;

impl Through {
    fn add(&self, left: Chunk, scale: f32, sums: &mut BTreeMap<Chunk, f32>) {
        let spread = scale * (1.0 - self.identity);
        for &(between, count) in self.to.row(left).iter().filter(|(between, _)| *between != 0) {
            let share = count / self.from.total(between);
            for (right, other) in self.from.row(between) {
                if share * other >= LEAST {
                    *sums.entry(*right).or_default() += spread * share * other;
                }
            }
        }
        if self.identity > 0.0 && self.single.get(left as usize) == Some(&true) {
            *sums.entry(left).or_default() += scale * self.identity * self.to.total(left);
        }
    }
}
