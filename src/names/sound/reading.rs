//! Readings: a name made ready to be aligned, with every way to cut it into chunks.

use super::chunks::{Chunk, Inventory, LONGEST, UNKNOWN};
use super::letters::{Script, Word};

/// A name of one script as letters, word borders and chunks.
#[derive(Clone, Debug)]
pub struct Reading {
    pub script: Script,
    pub letters: Vec<char>,
    /// Where each word begins, and the length at the end.
    pub borders: Vec<u8>,
    /// The chunk of `size` letters that ends at letter `end`: `cuts[end * LONGEST + size - 1]`.
    cuts: Vec<Chunk>,
}

/// Letters of a name beyond this many are left out.
pub const MOST_LETTERS: usize = 60;

impl Reading {
    /// The reading of words of one script, in the order given.
    pub fn new<'a>(script: Script, words: impl Iterator<Item = &'a Word>, inventory: &Inventory) -> Self {
        let mut letters: Vec<char> = Vec::new();
        let mut borders = Vec::new();
        for word in words.filter(|word| word.script == script) {
            if letters.len() + word.letters.len() > MOST_LETTERS && !letters.is_empty() {
                break;
            }
            borders.push(letters.len() as u8);
            letters.extend(word.letters.iter().take(MOST_LETTERS));
        }
        borders.push(letters.len() as u8);
        let mut cuts = vec![UNKNOWN; (letters.len() + 1) * LONGEST];
        for end in 1..=letters.len() {
            for size in 1..=LONGEST.min(end) {
                cuts[end * LONGEST + size - 1] = inventory.find(script, &letters[end - size..end]);
            }
        }
        Reading { script, letters, borders, cuts }
    }

    /// The known chunks that end before letter `end`, the shortest first; unknown ones included.
    pub fn cuts(&self, end: usize) -> &[Chunk] {
        &self.cuts[end * LONGEST..(end + 1) * LONGEST]
    }

    pub fn words(&self) -> usize {
        self.borders.len() - 1
    }
}
