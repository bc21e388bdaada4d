//! Readings: a name made ready to be aligned, with every way to cut it into chunks.

use super::chunks::{Chunk, Inventory, LONGEST, UNKNOWN};
use super::glossary::{Glossary, Mark};
use super::letters::{Script, Word};
use super::tables::Background;
use super::ukrainian::Ukrainian;

/// A name of one script as letters, word borders, chunks and words with a meaning.
#[derive(Clone, Debug)]
pub struct Reading {
    pub script: Script,
    pub letters: Vec<char>,
    /// Where each word begins, and the length at the end.
    pub borders: Vec<u8>,
    /// Stretches with a meaning, by their end.
    pub marks: Vec<Mark>,
    /// What the letters before each place tell by themselves, in steps of cost.
    told: Vec<i32>,
    /// The known chunks.
    edges: Vec<Edge>,
    /// The chunk of `size` letters that ends at letter `end`: `cuts[end * LONGEST + size - 1]`.
    cuts: Vec<Chunk>,
}

/// What a reading is made with.
pub struct Tables<'a> {
    pub inventory: &'a Inventory,
    pub background: &'a Background,
    pub glossary: &'a Glossary,
    pub ukrainian: &'a Ukrainian,
}

/// A known chunk between two letters.
#[derive(Clone, Copy, Debug)]
pub struct Edge {
    pub from: u8,
    pub to: u8,
    pub chunk: Chunk,
}

/// Letters of a name beyond this many are left out.
pub const MOST_LETTERS: usize = 60;

impl Reading {
    /// The reading of words of one script, in the order given.
    pub fn new(script: Script, words: &[&Word], tables: &Tables) -> Self {
        let mut letters: Vec<char> = Vec::new();
        let mut borders = Vec::new();
        for word in words {
            // A name of one endless word is cut, further words are left out.
            let room = if borders.is_empty() { MOST_LETTERS } else { MOST_LETTERS - letters.len() };
            if word.letters.len() > room && !borders.is_empty() {
                break;
            }
            borders.push(letters.len() as u8);
            letters.extend(word.letters.iter().take(room));
        }
        let whole = words.iter().take(borders.len()).filter(|word| word.letters.len() <= MOST_LETTERS);
        let mut marks =
            tables.glossary.marks(&whole.copied().collect::<Vec<_>>(), &borders, tables.ukrainian);
        marks.sort_by_key(|mark| mark.to);
        borders.push(letters.len() as u8);
        let mut told = vec![0];
        for c in &letters {
            told.push(told[told.len() - 1] + i32::from(tables.background.cost(*c)));
        }
        let cuts = cuts(script, &letters, tables.inventory);
        Reading { script, edges: edges(&cuts), letters, borders, marks, told, cuts }
    }

    /// The chunks that end before letter `end`, the shortest first; unknown ones included.
    pub fn cuts(&self, end: usize) -> &[Chunk] {
        &self.cuts[end * LONGEST..(end + 1) * LONGEST]
    }

    /// The known chunks, by their end.
    pub fn edges(&self) -> &[Edge] {
        &self.edges
    }

    /// What the letters before a place tell by themselves, in steps of cost.
    pub fn told(&self, end: usize) -> i32 {
        self.told[end]
    }

    pub fn words(&self) -> usize {
        self.borders.len() - 1
    }
}

/// Every run of letters as a chunk, by its end and size.
fn cuts(script: Script, letters: &[char], inventory: &Inventory) -> Vec<Chunk> {
    let mut cuts = vec![UNKNOWN; (letters.len() + 1) * LONGEST];
    for end in 1..=letters.len() {
        for size in 1..=LONGEST.min(end) {
            cuts[end * LONGEST + size - 1] = inventory.find(script, &letters[end - size..end]);
        }
    }
    cuts
}

/// The known ones of all cuts.
fn edges(cuts: &[Chunk]) -> Vec<Edge> {
    let known = |(at, &chunk): (usize, &Chunk)| {
        let (to, size) = ((at / LONGEST) as u8, (at % LONGEST + 1) as u8);
        (chunk != UNKNOWN).then(|| Edge { from: to - size, to, chunk })
    };
    cuts.iter().enumerate().filter_map(known).collect()
}
