//! Blocking: which names of a list are worth comparing with a name.
//!
//! An inverted index from keys to names. A key counts the more the fewer names have it; the names
//! that share most of their weight with the asked one are candidates.

use crate::text::hash::Map;
use std::cell::RefCell;

/// Names by their keys.
pub struct Index {
    /// For each key the names that have it, as a stretch of `postings`, and its weight.
    keys: Map<u32, (u32, u32, f32)>,
    postings: Vec<u32>,
    /// The weight of all keys of each name.
    weights: Vec<f32>,
    /// The most candidates of a name.
    most: usize,
}

/// The most candidates of a name in long lists, and of all names together in short ones.
const CANDIDATES: usize = 150;
const PAIRS: usize = 1_500_000;
/// Of them so many are compared first; the others only where none of these is surely the one.
const FIRST: usize = 50;
/// Where a name has this much weight in rarer keys, commoner ones are not looked up.
const ENOUGH: usize = 4_000;

/// Names worth comparing with a name.
pub struct Candidates {
    /// By their number; the first ones share most.
    pub names: Vec<usize>,
    /// How many to compare before the others.
    pub first: usize,
}

#[derive(Default)]
struct Scratch {
    shared: Vec<f32>,
    touched: Vec<u32>,
}

impl Index {
    /// The index of a list, given the keys of each name (each key once), for `asked` names to be looked up.
    pub fn new(names: &[Vec<u32>], asked: usize) -> Self {
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        for (number, keys) in names.iter().enumerate() {
            pairs.extend(keys.iter().map(|key| (*key, number as u32)));
        }
        pairs.sort_unstable();
        let most = CANDIDATES.max(PAIRS / asked.max(1));
        let weights = vec![0.0; names.len()];
        let mut index = Index { keys: Map::default(), postings: Vec::new(), weights, most };
        for group in pairs.chunk_by(|a, b| a.0 == b.0) {
            let from = index.postings.len() as u32;
            index.postings.extend(group.iter().map(|(_, name)| *name));
            let weight = (1.0 + names.len() as f32 / group.len() as f32).ln();
            index.keys.insert(group[0].0, (from, index.postings.len() as u32, weight));
            group.iter().for_each(|(_, name)| index.weights[*name as usize] += weight);
        }
        index
    }

    /// The names that share most with a name of these keys.
    pub fn find(&self, keys: &[u32]) -> Candidates {
        if self.weights.len() <= self.most {
            return Candidates { names: (0..self.weights.len()).collect(), first: self.weights.len() };
        }
        thread_local!(static SCRATCH: RefCell<Scratch> = RefCell::default());
        SCRATCH.with_borrow_mut(|scratch| self.rank(keys, scratch))
    }

    fn rank(&self, keys: &[u32], scratch: &mut Scratch) -> Candidates {
        scratch.shared.resize(self.weights.len().max(scratch.shared.len()), 0.0);
        let mut known: Vec<(u32, u32, f32)> =
            keys.iter().filter_map(|key| self.keys.get(key).copied()).collect();
        known.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
        let own: f32 = known.iter().map(|(_, _, weight)| weight).sum();
        for &(from, to, weight) in &known {
            if scratch.touched.len() > ENOUGH && (to - from) as usize > ENOUGH {
                break;
            }
            for &name in &self.postings[from as usize..to as usize] {
                let shared = &mut scratch.shared[name as usize];
                if *shared == 0.0 {
                    scratch.touched.push(name);
                }
                *shared += weight;
            }
        }
        let mut ranked: Vec<(f32, u32)> = Vec::with_capacity(scratch.touched.len());
        for name in scratch.touched.drain(..) {
            let shared = std::mem::take(&mut scratch.shared[name as usize]);
            // A name with fewer words has fewer keys: what it shares of its own counts too.
            let other = self.weights[name as usize];
            ranked.push((shared / (own.min(other) + 0.5 * (own - other).abs()), name));
        }
        let most_first = |a: &(f32, u32), b: &(f32, u32)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
        for most in [self.most, FIRST] {
            if ranked.len() > most {
                ranked.select_nth_unstable_by(most - 1, most_first);
                ranked.truncate(self.most);
            }
        }
        let names: Vec<usize> = ranked.into_iter().map(|(_, name)| name as usize).collect();
        Candidates { first: names.len().min(FIRST), names }
    }
}
