//! Keys: coarse sound patterns that two spellings of one name are likely to share.
//!
//! Consonants fall into eight classes and vowels are dropped; a key is a run of two or three classes,
//! the edges of words counting as a class. A character that stands for several sounds gives the keys
//! of its likeliest ones, so a name has the keys of a few skeletons, and sharing one is enough to be
//! compared.

use super::chunks::Inventories;
use super::counts::Counts;
use super::letters::{Script, Word};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A class of consonants, 1 to 8; 0 is the edge of a word.
type Class = u8;

const EDGE: Class = 0;

/// Skeletons that a letter or character stands for, with their shares.
pub struct Skeletons {
    of: HashMap<char, Vec<(Vec<Class>, f32)>>,
}

/// A reading of a letter with a smaller share than this gives no keys.
const LEAST_SHARE: f32 = 0.12;
/// The most skeletons of one name.
const MOST: usize = 4;

impl Skeletons {
    /// From counts whose right side is Latin.
    pub fn new(counts: &[&Counts], inventories: &Inventories) -> Self {
        let mut sums: BTreeMap<char, BTreeMap<Vec<Class>, f32>> = BTreeMap::new();
        for counts in counts {
            for (from, to, count) in &counts.entries {
                let mut chars = inventories.of(counts.left).text(*from).chars();
                if let (Some(c), None) = (chars.next(), chars.next()) {
                    *sums
                        .entry(c)
                        .or_default()
                        .entry(skeleton(inventories.of(counts.right).text(*to)))
                        .or_default() += count;
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
        Skeletons { of: of.collect() }
    }

    /// The keys of a name's words, sorted, each once.
    pub fn keys(&self, words: &[Word]) -> Vec<u32> {
        let mut keys = BTreeSet::new();
        for word in words {
            for classes in self.skeletons(word) {
                let edged: Vec<Class> = [EDGE].into_iter().chain(classes).chain([EDGE]).collect();
                for size in [2, 3] {
                    keys.extend(
                        edged
                            .windows(size)
                            .map(|run| run.iter().fold(1, |key, class| key * 16 + u32::from(*class))),
                    );
                }
            }
        }
        keys.into_iter().collect()
    }

    /// The likeliest skeletons of a word.
    fn skeletons(&self, word: &Word) -> Vec<Vec<Class>> {
        if word.script == Script::Latin {
            return vec![skeleton(&word.letters.iter().collect::<String>())];
        }
        let mut beam: Vec<(Vec<Class>, f32)> = vec![(Vec::new(), 1.0)];
        for readings in word.letters.iter().filter_map(|c| self.of.get(c)) {
            let longer = beam.iter().flat_map(|(classes, odds)| {
                readings.iter().map(move |(more, share)| {
                    let mut classes = classes.clone();
                    more.iter().for_each(|class| push(&mut classes, *class));
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

/// Two of a class in a row count once: doubled letters have no sound of their own.
fn push(classes: &mut Vec<Class>, class: Class) {
    if classes.last() != Some(&class) {
        classes.push(class);
    }
}

/// The classes of the consonants of plain Latin letters.
fn skeleton(letters: &str) -> Vec<Class> {
    let bytes = letters.as_bytes();
    let mut classes = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let next = bytes.get(at + 1).copied().unwrap_or(b' ');
        let (class, size) = match (bytes[at], next) {
            (b'p', b'h') => (2, 2),
            (b's' | b'z', b'h') | (b't' | b'd', b's' | b'z' | b'j') => (4, 2),
            (b'c', b'h') => (4, 2),
            (b't', b'h') | (b'd', b'h') => (3, 2),
            (b'k' | b'g', b'h') => (5, 2),
            (b'c', b'e' | b'i' | b'y') => (4, 1),
            (b'b' | b'p', _) => (1, 1),
            (b'f' | b'v' | b'w', _) => (2, 1),
            (b't' | b'd', _) => (3, 1),
            (b's' | b'z' | b'j' | b'x', _) => (4, 1),
            (b'k' | b'g' | b'q' | b'c', _) => (5, 1),
            (b'l' | b'r', _) => (6, 1),
            (b'm', _) => (7, 1),
            (b'n', _) => (8, 1),
            _ => (EDGE, 1),
        };
        if class != EDGE {
            push(&mut classes, class);
        }
        at += size;
    }
    classes
}
