//! Hash tables of words, with a hash that is quick on short keys. Its seed is fixed; still nothing may
//! depend on the order of a table.

use foldhash::fast::FixedState;
use std::collections::{HashMap, HashSet};

/// What says quickly of most words that it has them not: a bit for each word by its length
/// and its first letters, asked before the hash is worked out. Most words of a text are in no list.
#[derive(Debug, Clone)]
pub struct Sieve(Box<[u64]>);

impl Default for Sieve {
    fn default() -> Self {
        Sieve(vec![0; 1 << (Sieve::BITS - 6)].into())
    }
}

impl Sieve {
    const BITS: u32 = 15;

    fn bit(word: &str) -> usize {
        let mixed = (ends(word.as_bytes()) ^ word.len() as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (mixed >> (64 - Sieve::BITS)) as usize
    }

    pub fn add(&mut self, word: &str) {
        let bit = Sieve::bit(word);
        self.0[bit / 64] |= 1 << (bit % 64);
    }

    /// False where the word was surely not added.
    pub fn may_have(&self, word: &str) -> bool {
        let bit = Sieve::bit(word);
        self.0[bit / 64] & (1 << (bit % 64)) != 0
    }
}

/// The first eight bytes of a word; of a shorter one its first and last bytes, which may be the same.
fn ends(word: &[u8]) -> u64 {
    if let Some(first) = word.first_chunk::<8>() {
        return u64::from_le_bytes(*first);
    }
    if let (Some(first), Some(last)) = (word.first_chunk::<4>(), word.last_chunk::<4>()) {
        return u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << 32;
    }
    if let (Some(first), Some(last)) = (word.first_chunk::<2>(), word.last_chunk::<2>()) {
        return u64::from(u16::from_le_bytes(*first)) | u64::from(u16::from_le_bytes(*last)) << 16;
    }
    word.first().map_or(0, |&byte| u64::from(byte))
}

/// A table of words that is asked for every word of a text and has few of them.
#[derive(Debug, Clone)]
pub struct Words<V> {
    words: Map<String, V>,
    sieve: Sieve,
}

impl<V> Default for Words<V> {
    fn default() -> Self {
        Words { words: Map::default(), sieve: Sieve::default() }
    }
}

impl<V> Words<V> {
    /// Adds a word that the table does not have; one that it has keeps its value.
    pub fn add(&mut self, word: String, value: V) {
        self.sieve.add(&word);
        self.words.entry(word).or_insert(value);
    }

    /// The value of a word, which is added with the default where the table does not have it.
    pub fn entry(&mut self, word: &str) -> &mut V
    where
        V: Default,
    {
        self.sieve.add(word);
        self.words.entry(word.to_owned()).or_default()
    }

    pub fn get(&self, word: &str) -> Option<&V> {
        if self.sieve.may_have(word) { self.words.get(word) } else { None }
    }

    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.words.values_mut()
    }

    pub fn contains_key(&self, word: &str) -> bool {
        self.get(word).is_some()
    }
}

impl Words<()> {
    pub fn contains(&self, word: &str) -> bool {
        self.contains_key(word)
    }
}

impl Extend<String> for Words<()> {
    fn extend<I: IntoIterator<Item = String>>(&mut self, words: I) {
        words.into_iter().for_each(|word| self.add(word, ()));
    }
}

pub type Map<K, V> = HashMap<K, V, FixedState>;
pub type Set<K> = HashSet<K, FixedState>;

#[cfg(test)]
mod tests {
    use super::Sieve;

    #[test]
    fn a_sieve_keeps_what_was_added() {
        let mut sieve = Sieve::default();
        let words = ["", "a", "president", "presidents", "президент", "总统"];
        words.iter().for_each(|word| sieve.add(word));
        assert!(words.iter().all(|word| sieve.may_have(word)));
        assert!(!sieve.may_have("was") && !sieve.may_have("Präsident"));
    }
}
