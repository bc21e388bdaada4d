//! Openings: the places of a text where one of many literals may begin, each found without trying them all.
//!
//! Where words are set off by spaces, a literal begins with a whole word or, if the rest of its word is
//! open, with the first letters of one; both are looked up for each word of the text. In Chinese any
//! character may begin one.

use super::pattern::word_char;
use crate::text::hash::{Map, Sieve, Words};
use crate::text::phrases::HanPhrases;

/// Letters by which literals with an open end are looked up, at most.
const LETTERS: usize = 4;

pub enum Openings {
    Words(WordOpenings),
    Han(HanPhrases),
}

/// Literals by the word that they begin with.
#[derive(Default)]
pub struct WordOpenings {
    whole: Words<Vec<usize>>,
    /// By their first letters; what is shorter than that stands under all it has.
    open: [(Sieve, Map<String, Vec<usize>>); LETTERS],
}

impl Openings {
    /// From literals, each with whether the rest of its word is open; they are known by their numbers.
    pub fn new<'l>(literals: impl Iterator<Item = (&'l str, bool)>, spaced: bool) -> Self {
        if !spaced {
            return Openings::Han(HanPhrases::new(literals.map(|(literal, _)| literal)));
        }
        let mut words = WordOpenings::default();
        for (number, (literal, open)) in literals.enumerate() {
            words.add(number, literal, open);
        }
        Openings::Words(words)
    }

    /// Calls `take` with each place of a folded text where a literal may begin, and the literal's number.
    /// A literal may be given twice.
    pub fn each(&self, folded: &str, take: impl FnMut(usize, usize)) {
        match self {
            Openings::Words(words) => words.each(folded, take),
            Openings::Han(phrases) => phrases.each(folded, take),
        }
    }
}

impl WordOpenings {
    fn add(&mut self, number: usize, literal: &str, open: bool) {
        let end = literal.find(|c| !word_char(c)).unwrap_or(literal.len());
        assert!(end > 0, "a pattern begins with no letter: {literal}");
        self.whole.entry(&literal[..end]).push(number);
        if open && end == literal.len() {
            let first: String = literal.chars().take(LETTERS).collect();
            let (sieve, by_letters) = &mut self.open[first.chars().count() - 1];
            sieve.add(&first);
            by_letters.entry(first).or_default().push(number);
        }
    }

    fn each(&self, folded: &str, mut take: impl FnMut(usize, usize)) {
        let mut at = 0;
        let mut before = ' ';
        while let Some(c) = folded[at..].chars().next() {
            if !word_char(c) {
                (before, at) = (c, at + c.len_utf8());
                continue;
            }
            let end = word_end(folded, at);
            // `Russian-annexed` is not the deed of annexing.
            if before != '-' {
                self.of_word(&folded[at..end], |number| take(at, number));
            }
            (before, at) = (' ', end);
        }
    }

    fn of_word(&self, word: &str, mut take: impl FnMut(usize)) {
        self.whole.get(word).into_iter().flatten().for_each(|&number| take(number));
        if word.ends_with('s')
            && let Some(owner) = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s"))
        {
            self.whole.get(owner).into_iter().flatten().for_each(|&number| take(number));
        }
        let ends = word.char_indices().map(|(at, c)| at + c.len_utf8());
        for (end, (sieve, by_letters)) in ends.zip(&self.open) {
            let first = &word[..end];
            if !by_letters.is_empty() && sieve.may_have(first) {
                by_letters.get(first).into_iter().flatten().for_each(|&number| take(number));
            }
        }
    }
}

fn word_end(text: &str, start: usize) -> usize {
    let ascii = text.as_bytes()[start..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let at = start + ascii;
    text[at..].find(|c| !word_char(c)).map_or(text.len(), |length| at + length)
}
