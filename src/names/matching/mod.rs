//! Matching: two lists of names linked, each name with at most one of the other list.
//!
//! Names are brought together by keys, compared by sound, and judged within the lists: a link that
//! stands far above the next best of both names is surer than its own evidence says, and one name in
//! two lists without doubles has one partner. Nothing but the names is looked at.

mod assign;
mod blocking;

use crate::model::Language;
use crate::names::sound::{Against, Name, Sounds};
use crate::text::hash::Map;
use assign::Candidate;
use blocking::Index;
use std::fmt;
use std::num::NonZero;
use std::thread;

/// A name of a list.
#[derive(Clone, Debug)]
pub struct Entry {
    pub name: String,
    pub language: Language,
    /// Rows of a list of known names that bear this name; names with a row in common are one.
    pub known: Vec<usize>,
}

/// Two names of two lists and why they are linked.
#[derive(Clone, Debug)]
pub struct Link {
    /// Places in the two lists.
    pub left: usize,
    pub right: usize,
    /// 0 to 1; 0.5 where a link is as likely right as wrong.
    pub score: f64,
    pub evidence: Evidence,
}

/// What speaks for a link, as strengths of likeness (see [`Sounds::strength`]).
#[derive(Clone, Copy, Debug)]
pub struct Evidence {
    /// How alike the two are said.
    pub sound: f32,
    /// The best that either name has with another.
    pub next: f32,
    /// Both are names of one row of the list of known names.
    pub known: bool,
    /// Chosen when every name was given at most one partner.
    pub assigned: bool,
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = if self.known { "gazetteer; " } else { "" };
        let taken = if self.assigned { "" } else { "; taken by another" };
        write!(f, "{known}sound {:.1}; next best {:.1}{taken}", self.sound, self.next)
    }
}

/// How many links to give.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Links for each left name.
    pub top: usize,
    /// The least score of a link.
    pub least: f64,
}

/// Links two lists: for each left name its partner first, where it has one, then the next best; in
/// the order of the left list.
pub fn link(left: &[Entry], right: &[Entry], sounds: &Sounds, options: Options) -> Vec<Link> {
    let (left_names, right_names) = (read(left, sounds), read(right, sounds));
    let keys = |entries: &[Entry]| -> Vec<Vec<u32>> {
        in_parallel(entries, |entry| sounds.keys(&entry.name, entry.language))
    };
    let index = Index::new(&keys(right), left.len());
    let left_keys = keys(left);
    let mut rows: Map<usize, Vec<usize>> = Map::default();
    for (number, entry) in right.iter().enumerate() {
        entry.known.iter().for_each(|row| rows.entry(*row).or_default().push(number));
    }
    let numbers: Vec<usize> = (0..left.len()).collect();
    let compared = in_parallel(&numbers, |&number| {
        let Some(name) = &left_names[number] else { return Vec::new() };
        let mut found = index.find(&left_keys[number]);
        let indexed = found.names.len() >= WORTH_INDEXING;
        let mut against: [Option<Option<Against>>; 3] = Default::default();
        let mut compare = |other: usize| -> Option<Candidate> {
            let known = left[number].known.iter().any(|row| right[other].known.contains(row));
            let other_name = right_names[other].as_ref()?;
            let sound = if indexed {
                let script = other_name.script;
                let against = &mut against[script as usize];
                let against = against.get_or_insert_with(|| sounds.against(name, script));
                against.as_ref().map_or(f32::NEG_INFINITY, |against| against.strength(other_name))
            } else {
                sounds.strength(name, other_name)
            };
            let sound = sound + if known { KNOWN } else { 0.0 };
            (sound > LEAST_SOUND).then_some(Candidate { left: number, right: other, sound, known })
        };
        let mut rest = found.names.split_off(found.first);
        let mut pairs: Vec<Candidate> = found.names.iter().filter_map(|&other| compare(other)).collect();
        if pairs.iter().any(|pair| pair.sound >= SURE) {
            rest.clear();
        }
        rest.extend(left[number].known.iter().filter_map(|row| rows.get(row)).flatten());
        rest.sort_unstable();
        rest.dedup();
        rest.retain(|other| !found.names.contains(other));
        pairs.extend(rest.into_iter().filter_map(&mut compare));
        pairs.sort_by(|a, b| b.sound.total_cmp(&a.sound).then(a.right.cmp(&b.right)));
        pairs.truncate(KEPT);
        pairs
    });
    assign::assign(compared, right.len(), options)
}

/// A name that is compared with as many is worth an index of its sounds.
const WORTH_INDEXING: usize = 40;
/// Names that are this much alike are one; what shares less with them need not be compared.
const SURE: f32 = 6.0;
/// Pairs with less likeness are no candidates.
const LEAST_SOUND: f32 = -1.0;
/// What a row in common adds: more than any likeness of sound reaches by itself.
const KNOWN: f32 = 20.0;
/// Candidates kept for each left name.
const KEPT: usize = 16;

fn read(entries: &[Entry], sounds: &Sounds) -> Vec<Option<Name>> {
    in_parallel(entries, |entry| sounds.read(&entry.name, entry.language))
}

/// Applies a function to each item on all processors; the results in the order of the items.
fn in_parallel<T: Sync, R: Send>(items: &[T], apply: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let size = items.len().div_ceil(threads).max(SMALLEST_SHARE);
    thread::scope(|scope| {
        let apply = &apply;
        let parts =
            items.chunks(size).map(|part| scope.spawn(move || part.iter().map(apply).collect::<Vec<R>>()));
        let parts: Vec<_> = parts.collect();
        // A part that panicked did so on a bug, which must not pass for an empty result.
        parts
            .into_iter()
            .flat_map(|part| part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    })
}

/// A thread of its own is not worth fewer items.
const SMALLEST_SHARE: usize = 256;

#[cfg(test)]
mod tests;
