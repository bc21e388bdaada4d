//! Glossary: words of names that are translated, and names that languages made their own.
//!
//! Sound cannot link `New` and `新`, `Mykola` and `Nikolai`, `County` and `县`: tables say which words
//! mean the same. A meaning is a number; a word may have several.

use super::letters::{Letters, Script, Word};
use super::ukrainian::Ukrainian;
use crate::text::hash::Map;

/// A meaning: the number of its line.
pub type Meaning = u16;

/// Words that have nothing in common but to be without weight.
pub const NO_MEANING: Meaning = 0;

/// What a word with a meaning is to its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A part of the name like any other.
    Part,
    /// The kind of thing that is named, or a word without weight: may be left out.
    Loose,
}

/// A stretch of letters that has a meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub from: u8,
    pub to: u8,
    pub meaning: Meaning,
    pub role: Role,
}

/// Words and prefixes of words by their plain letters.
#[derive(Default)]
pub struct Glossary {
    whole: Map<Vec<char>, Vec<(Meaning, Role)>>,
    prefixes: Map<Vec<char>, Vec<(Meaning, Role)>>,
    meanings: Meaning,
}

/// Prefixes shorter than this are not looked up.
const SHORTEST_PREFIX: usize = 2;
/// Han words longer than this are not looked up.
const LONGEST_HAN: usize = 6;

impl Glossary {
    /// Adds lines `role TAB forms`; a line with the role `drop` has no meaning in common.
    pub fn add_words(&mut self, table: &str, letters: &Letters) {
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let Some((role, forms)) = line.split_once('\t') else { continue };
            match role {
                "same" => self.add(forms, Role::Part, letters),
                "type" => self.add(forms, Role::Loose, letters),
                _ => self.add_to(NO_MEANING, forms, Role::Loose, letters),
            }
        }
    }

    /// Adds lines of forms of one given name each.
    pub fn add_names(&mut self, table: &str, letters: &Letters) {
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            self.add(line, Role::Part, letters);
        }
    }

    fn add(&mut self, forms: &str, role: Role, letters: &Letters) {
        self.meanings += 1;
        self.add_to(self.meanings, forms, role, letters);
    }

    fn add_to(&mut self, meaning: Meaning, forms: &str, role: Role, letters: &Letters) {
        for form in forms.split_whitespace() {
            let table = if form.ends_with('*') { &mut self.prefixes } else { &mut self.whole };
            let key: Vec<char> = letters.words(form).into_iter().flat_map(|word| word.letters).collect();
            if !key.is_empty() {
                table.entry(key).or_default().push((meaning, role));
            }
        }
    }

    /// Marks the words with a meaning in a name, given its words and where each begins.
    pub fn marks(&self, words: &[&Word], starts: &[u8], ukrainian: &Ukrainian) -> Vec<Mark> {
        let mut marks = Vec::new();
        for (word, &start) in words.iter().zip(starts) {
            if word.script == Script::Han {
                self.mark_han(&word.letters, start, &mut marks);
                continue;
            }
            let plain: Vec<char> = word.letters.iter().map(|c| ukrainian.letter(*c)).collect();
            let span = (start, start + plain.len() as u8);
            push(&mut marks, span, self.whole.get(&plain));
            for size in SHORTEST_PREFIX..plain.len() {
                push(&mut marks, span, self.prefixes.get(&plain[..size]));
            }
        }
        marks
    }

    /// Han words stand without a border; a whole name is not a word of itself.
    fn mark_han(&self, letters: &[char], start: u8, marks: &mut Vec<Mark>) {
        for from in 0..letters.len() {
            for to in from + 1..=letters.len().min(from + LONGEST_HAN) {
                push(marks, (start + from as u8, start + to as u8), self.whole.get(&letters[from..to]));
            }
        }
    }
}

fn push(marks: &mut Vec<Mark>, (from, to): (u8, u8), meanings: Option<&Vec<(Meaning, Role)>>) {
    let meanings = meanings.into_iter().flatten();
    marks.extend(meanings.map(|&(meaning, role)| Mark { from, to, meaning, role }));
}
