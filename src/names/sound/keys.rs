//! Keys: coarse sound patterns that two spellings of one name are likely to share.
//!
//! Consonants fall into classes and vowels are dropped; a key is a run of two or three classes,
//! the edges of words counting as a class. A character that stands for several sounds gives the keys
//! of its likeliest ones, so a name has the keys of a few skeletons, and sharing one is enough to be
//! compared.

use super::chunks::{Chunk, Inventories};
use super::classes::{Classes, push};
use super::counts::Counts;
use super::letters::{Script, Word};
use crate::text::hash::Map;
use std::collections::{BTreeMap, BTreeSet};

/// Skeletons that a letter or character stands for, with their shares.
pub struct Skeletons {
    classes: Classes,
    of: Map<char, Vec<(String, f32)>>,
}

/// The edge of a word.
const EDGE: u8 = b'-';
/// A reading of a letter with a smaller share than this gives no keys.
const LEAST_SHARE: f32 = 0.12;
/// The most skeletons of one name.
const MOST: usize = 4;

impl Skeletons {
    /// From counts whose right side is Latin.
    pub fn new(counts: &[&Counts], inventories: &Inventories, classes: Classes) -> Self {
        let mut sums: BTreeMap<char, BTreeMap<String, f32>> = BTreeMap::new();
        for counts in counts {
            // Few chunks stand for many characters; each one's skeleton is worked out once.
            let mut skeletons: Map<Chunk, String> = Map::default();
            for &(from, to, count) in &counts.entries {
                let mut chars = inventories.of(counts.left).text(from).chars();
                let (Some(c), None) = (chars.next(), chars.next()) else { continue };
                let skeleton = skeletons.entry(to).or_insert_with(|| {
                    let letters: Vec<char> = inventories.of(counts.right).text(to).chars().collect();
                    classes.skeleton(&letters)
                });
                let shares = sums.entry(c).or_default();
                match shares.get_mut(skeleton.as_str()) {
                    Some(share) => *share += count,
                    None => _ = shares.insert(skeleton.clone(), count),
                }
            }
        }
        let of = sums.into_iter().map(|(c, readings)| {
            let total: f32 = readings.values().sum();
            let mut readings: Vec<_> =
                readings.into_iter().map(|(classes, count)| (classes, count / total)).collect();
            readings.sort_by(|a, b| b.1.total_cmp(&a.1));
            let least = LEAST_SHARE.min(readings[0].1);
            readings.retain(|(_, share)| *share >= least);
            (c, readings)
        });
        let of = of.collect();
        Skeletons { classes, of }
    }

    /// The keys of a name's words, sorted, each once.
    pub fn keys(&self, words: &[Word]) -> Vec<u32> {
        let mut keys = BTreeSet::new();
        for word in words {
            for classes in self.skeletons(word) {
                let edged: Vec<u8> = [EDGE].into_iter().chain(classes.bytes()).chain([EDGE]).collect();
                for size in [2, 3] {
                    keys.extend(
                        edged
                            .windows(size)
                            .map(|run| run.iter().fold(1, |key, class| key << 8 | u32::from(*class))),
                    );
                }
            }
        }
        keys.into_iter().collect()
    }

    /// The likeliest skeletons of a word.
    fn skeletons(&self, word: &Word) -> Vec<String> {
        if word.script == Script::Latin {
            return vec![self.classes.skeleton(&word.letters)];
        }
        let mut beam: Vec<(String, f32)> = vec![(String::new(), 1.0)];
        for readings in word.letters.iter().filter_map(|c| self.of.get(c)) {
            let longer = beam.iter().flat_map(|(classes, odds)| {
                readings.iter().map(move |(more, share)| {
                    let mut classes = classes.clone();
                    more.chars().for_each(|class| push(&mut classes, class));
                    (classes, odds * share)
                })
            });
            let mut longer: Vec<_> = longer.collect();
            longer.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            longer.dedup_by(|a, b| a.0 == b.0);
            longer.truncate(MOST);
            beam = longer;
        }
        beam.into_iter().map(|(classes, _)| classes).collect()
    }
}
