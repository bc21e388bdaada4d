//! Ukrainian: its letters beside the Russian ones, from which the tables were learned.
//!
//! A letter that both alphabets have for different sounds is written with a sign of its own, so that a
//! table can tell the two apart; what a Russian letter stands for is passed on to the Ukrainian
//! letters of its sound.

use super::chunks::{Chunk, Inventory};
use super::counts::Counts;
use super::letters::Script;
use std::collections::BTreeMap;

/// The table of letters.
#[derive(Default)]
pub struct Ukrainian {
    own: Vec<char>,
    signs: Vec<(char, char)>,
    sounds: BTreeMap<String, Vec<(String, f32)>>,
}

impl Ukrainian {
    /// Reads lines `own`, `sign` and `sound`; `#` begins a comment.
    pub fn new(table: &str) -> Self {
        let mut read = Ukrainian::default();
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            match cells.as_slice() {
                ["own", letters] => read.own.extend(letters.chars().filter(|c| *c != ' ')),
                ["sign", letter, sign] => read.signs.extend(letter.chars().zip(sign.chars())),
                ["sound", russian, letters] => {
                    let odds = letters.split(' ').filter_map(|cell| cell.split_once(':'));
                    let odds = odds.filter_map(|(text, odds)| Some((text.to_string(), odds.parse().ok()?)));
                    read.sounds.insert((*russian).to_string(), odds.collect());
                }
                _ => {}
            }
        }
        read
    }

    /// Whether a name has a letter that only Ukrainian has.
    pub fn is_seen_in(&self, name: &str) -> bool {
        name.chars().flat_map(char::to_lowercase).any(|c| self.own.contains(&c))
    }

    /// The sign of a letter in a Ukrainian name.
    pub fn sign(&self, letter: char) -> char {
        self.signs.iter().find(|(from, _)| *from == letter).map_or(letter, |(_, sign)| *sign)
    }

    /// The letter of a sign.
    pub fn letter(&self, sign: char) -> char {
        self.signs.iter().find(|(_, of)| *of == sign).map_or(sign, |(letter, _)| *letter)
    }

    /// The spellings of a Russian chunk in Ukrainian letters with their odds.
    fn spellings(&self, chunk: &str) -> Vec<(String, f32)> {
        let mut out = vec![(String::new(), 1.0)];
        for c in chunk.chars() {
            let same = [(c.to_string(), 1.0)];
            let options = self.sounds.get(c.encode_utf8(&mut [0; 4])).map_or(&same[..], Vec::as_slice);
            let longer = |(text, share): &(String, f32)| {
                options.iter().map(|(to, odds)| (format!("{text}{to}"), share * odds)).collect::<Vec<_>>()
            };
            out = out.iter().flat_map(longer).collect();
        }
        if chunk.chars().nth(1).is_some() {
            out.extend(self.sounds.get(chunk).into_iter().flatten().cloned());
        }
        out
    }

    /// Adds rows (or columns) for Ukrainian spellings to counts whose left (or right) script is Cyrillic.
    pub fn add_to(&self, counts: &mut Counts, cyrillic: &mut Inventory) {
        let left_is_cyrillic = counts.left == Script::Cyrillic;
        let mut spellings: BTreeMap<Chunk, Vec<(Chunk, f32)>> = BTreeMap::new();
        let mut added = Vec::new();
        for &(left, right, count) in &counts.entries {
            let chunk = if left_is_cyrillic { left } else { right };
            let of_chunk = spellings.entry(chunk).or_insert_with(|| {
                let text = cyrillic.text(chunk).to_string();
                let other = self.spellings(&text).into_iter().filter(|(spelling, _)| *spelling != text);
                other
                    .filter_map(|(text, share)| Some((cyrillic.add(Script::Cyrillic, &text)?, share)))
                    .collect()
            });
            added.extend(of_chunk.iter().map(|&(id, share)| match left_is_cyrillic {
                true => (id, right, count * share),
                false => (left, id, count * share),
            }));
        }
        counts.add(added);
    }
}
