//! Composed evidence: pairs of scripts for which no list of names is at hand.
//!
//! Two spellings in one script are compared through a second script: `ks` and `x` are alike because
//! both stand for `кс`. Ukrainian letters take over what the Russian letters of their sound stand for.

use super::chunks::{Chunk, Inventory};
use super::counts::{Counts, Rows};
use super::letters::Script;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a Russian letter is in Ukrainian and how likely; the Latin-like signs are the letters that
/// both alphabets have for different sounds (see `Letters::ukrainian_words`).
const UKRAINIAN: &[(char, &[(char, f32)])] = &[
    ('и', &[('і', 1.0), ('ѝ', 0.35)]),
    ('ы', &[('ѝ', 1.0)]),
    ('г', &[('ѓ', 1.0), ('ґ', 1.0)]),
    ('х', &[('х', 1.0), ('ѓ', 0.25)]),
    ('е', &[('є', 1.0), ('ѐ', 0.5)]),
    ('э', &[('ѐ', 1.0), ('є', 0.2)]),
    ('й', &[('й', 1.0), ('ї', 0.2)]),
];

/// The spellings of a Russian chunk in Ukrainian letters with their shares; `йи` is also `ї`.
fn ukrainian(chunk: &str) -> Vec<(String, f32)> {
    let mut out = vec![(String::new(), 1.0)];
    for c in chunk.chars() {
        let same = [(c, 1.0)];
        let options = UKRAINIAN.iter().find(|(from, _)| *from == c).map_or(&same[..], |(_, to)| to);
        let longer = |(text, share): &(String, f32)| {
            options.iter().map(|(to, odds)| (format!("{text}{to}"), share * odds)).collect::<Vec<_>>()
        };
        out = out.iter().flat_map(longer).collect();
    }
    if chunk == "йи" || chunk == "ьи" {
        out.push(("ї".to_string(), 1.0));
    }
    out
}

/// Adds rows (or columns) for Ukrainian spellings to counts whose left (or right) script is Cyrillic.
pub fn add_ukrainian(counts: &mut Counts, cyrillic: &mut Inventory) {
    let left_is_cyrillic = counts.left == Script::Cyrillic;
    let mut spellings: BTreeMap<Chunk, Vec<(Chunk, f32)>> = BTreeMap::new();
    let mut added = Vec::new();
    for &(left, right, count) in &counts.entries {
        let chunk = if left_is_cyrillic { left } else { right };
        let of_chunk = spellings.entry(chunk).or_insert_with(|| {
            let text = cyrillic.text(chunk).to_string();
            let other = ukrainian(&text).into_iter().filter(|(spelling, _)| *spelling != text);
            other.filter_map(|(text, share)| Some((cyrillic.add(Script::Cyrillic, &text)?, share))).collect()
        });
        added.extend(of_chunk.iter().map(|&(id, share)| match left_is_cyrillic {
            true => (id, right, count * share),
            false => (left, id, count * share),
        }));
    }
    counts.add(added);
}

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
