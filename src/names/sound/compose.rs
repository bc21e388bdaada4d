//! Composed counts: tables that no list of names gives, made from those that one gives.
//!
//! Two spellings in one script are compared through a second script: `ks` and `x` are alike because
//! both stand for `кс`. Ukrainian letters take over what the Russian letters of their sound stand for.

use super::chunks::{Chunk, Inventory};
use super::letters::Script;
use super::tables::Counts;
use std::collections::BTreeMap;

/// How likely a Ukrainian letter has the sound of a Russian one; the three in Latin order are those
/// that both alphabets have with another sound (see `Letters::ukrainian`).
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
        let options = UKRAINIAN.iter().find(|(from, _)| *from == c).map_or(&[][..], |(_, to)| to);
        out = out
            .iter()
            .flat_map(|(text, share)| {
                let same = [(c, 1.0)];
                let options = if options.is_empty() { &same[..] } else { options };
                options.iter().map(|(to, odds)| (format!("{text}{to}"), share * odds)).collect::<Vec<_>>()
            })
            .collect();
    }
    if chunk == "йи" || chunk == "ьи" {
        out.push(("ї".to_string(), 1.0));
    }
    out
}

/// Adds rows (or columns) for Ukrainian spellings to counts whose left (or right) script is Cyrillic.
pub fn add_ukrainian(counts: &mut Counts, cyrillic: &mut Inventory) {
    let mut added = Vec::new();
    for &(left, right, count) in &counts.entries {
        let chunk = if counts.left == Script::Cyrillic { left } else { right };
        let text = cyrillic.text(chunk).to_string();
        for (spelling, share) in ukrainian(&text).into_iter().filter(|(spelling, _)| *spelling != text) {
            if let Some(id) = cyrillic.add(Script::Cyrillic, &spelling) {
                let pair = if counts.left == Script::Cyrillic { (id, right) } else { (left, id) };
                added.push((pair.0, pair.1, count * share));
            }
        }
    }
    counts.entries.extend(added);
}

/// Which side of the counts the chunks are compared through.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Through {
    Left,
    Right,
}

/// Counts of one script against itself: for each chunk of the script between, every two chunks that
/// stand for it, as often as chance would bring them together.
pub fn through(counts: &Counts, side: Through, least: f32) -> Counts {
    let mut between: BTreeMap<Chunk, Vec<(Chunk, f32)>> = BTreeMap::new();
    for &(left, right, count) in &counts.entries {
        let (key, value) = if side == Through::Right { (right, left) } else { (left, right) };
        between.entry(key).or_default().push((value, count));
    }
    let mut sums: BTreeMap<(Chunk, Chunk), f32> = BTreeMap::new();
    for (key, members) in &between {
        let total: f32 = members.iter().map(|(_, count)| count).sum();
        for (a, count_a) in members.iter().filter(|_| *key != 0) {
            for (b, count_b) in members {
                let count = count_a * count_b / total;
                if count >= least {
                    *sums.entry((*a, *b)).or_default() += count;
                }
            }
        }
    }
    let script = if side == Through::Right { counts.left } else { counts.right };
    let entries = sums.into_iter().map(|((a, b), count)| (a, b, count)).collect();
    Counts { left: script, right: script, entries }
}

/// Adds each single letter as its own spelling, `share` times as often as all that is there already.
pub fn add_identity(counts: &mut Counts, inventory: &Inventory, share: f32) {
    let mut letters: BTreeMap<Chunk, f32> = BTreeMap::new();
    for &(left, _, count) in &counts.entries {
        if inventory.text(left).chars().count() == 1 {
            *letters.entry(left).or_default() += count;
        }
    }
    counts.entries.extend(letters.into_iter().map(|(letter, count)| (letter, letter, count * share)));
}

/// One table of two kinds of evidence, the first with the given share of the whole.
pub fn mix(first: Counts, share: f32, second: Counts) -> Counts {
    let scale = (1.0 - share) / share * first.total() / second.total();
    let second = second.entries.into_iter().map(|(a, b, count)| (a, b, count * scale));
    let mut sums: BTreeMap<(Chunk, Chunk), f32> = BTreeMap::new();
    for (a, b, count) in first.entries.into_iter().chain(second) {
        *sums.entry((a, b)).or_default() += count;
    }
    Counts {
        left: first.left,
        right: first.right,
        entries: sums.into_iter().map(|((a, b), n)| (a, b, n)).collect(),
    }
}
