//! Phrases: many multi-word expressions looked up at a word of a text, longest first.
//!
//! A hash of the first word with the rest compared word by word: names have few words, and case and
//! stem rules differ by word, which an automaton over bytes could not honour.

use super::find::tokens::{Gap, Shape, Token, tokens};
use crate::text::hash::{Map, Sieve};

#[derive(Debug, Clone)]
struct Word {
    key: String,
    /// How the word must be written where letters matter.
    shape: Shape,
    glued: bool,
}

#[derive(Debug, Clone)]
struct Phrase<T> {
    rest: Vec<Word>,
    first: Word,
    adjectival: bool,
    value: T,
}

/// Expressions with a value each.
#[derive(Debug, Clone)]
pub struct Phrases<T> {
    by_first: Map<String, Vec<Phrase<T>>>,
    firsts: Sieve,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Phrases { by_first: Map::default(), firsts: Sieve::default() }
    }
}

impl<T: Copy> Phrases<T> {
    /// Adds an expression. `cased`: its capitals must be capitals in the text.
    pub fn add(&mut self, phrase: &str, cased: bool, value: T) {
        let words: Vec<Word> = tokens(phrase)
            .iter()
            .map(|token| Word {
                key: token.key().to_owned(),
                shape: if cased { token.shape } else { Shape::Lower },
                glued: matches!(token.gap, Gap::Hyphen | Gap::Dash),
            })
            .collect();
        let Some((first, rest)) = words.split_first() else { return };
        // In a long name only the first word must keep its capital: Minsk protocol, Zaporizhzhia nuclear power plant.
        let mut rest = rest.to_vec();
        if rest.len() > 1 {
            rest.iter_mut()
                .filter(|word| word.shape == Shape::Capital)
                .for_each(|word| word.shape = Shape::Lower);
        }
        let adjectival = rest.is_empty() && super::inflection::adjectival(&super::inflection::fold(phrase));
        self.insert(first.clone(), rest, adjectival, value);
    }

    /// Adds a one-word expression under a key of its own.
    pub fn add_key(&mut self, key: &str, shape: Shape, adjectival: bool, value: T) {
        self.insert(Word { key: key.to_owned(), shape, glued: false }, Vec::new(), adjectival, value);
    }

    fn insert(&mut self, first: Word, rest: Vec<Word>, adjectival: bool, value: T) {
        self.firsts.add(&first.key);
        let list = self.by_first.entry(first.key.clone()).or_default();
        let at = list.partition_point(|other| other.rest.len() >= rest.len());
        list.insert(at, Phrase { rest, first, adjectival, value });
    }

    /// All expressions that stand at token `at`, longest first, with the number of tokens they take.
    pub fn at<'a>(&'a self, tokens: &'a [Token], at: usize) -> impl Iterator<Item = (usize, T)> + 'a {
        let first = tokens[at].key();
        let list = if self.firsts.may_have(first) { self.by_first.get(first) } else { None };
        let list = list.map_or(&[][..], Vec::as_slice);
        list.iter().filter_map(move |phrase| {
            let matched = fits(&phrase.first, &tokens[at])
                && follow(&phrase.rest, &tokens[at + 1..])
                && (phrase.adjectival
                    || !phrase.rest.is_empty()
                    || !lone_adjective(&tokens[at], phrase.first.shape));
            matched.then_some((phrase.rest.len() + 1, phrase.value))
        })
    }
}

/// A noun's stem met in an adjective: Киевский is not Киев.
fn lone_adjective(token: &Token, wanted: Shape) -> bool {
    wanted == Shape::Capital && super::inflection::adjectival(&token.folded)
}

fn follow(rest: &[Word], tokens: &[Token]) -> bool {
    tokens.len() >= rest.len()
        && rest.iter().zip(tokens).all(|(word, token)| {
            let joined = match token.gap {
                Gap::Space => true,
                Gap::Hyphen | Gap::Dash => true,
                Gap::Start | Gap::Other => false,
            };
            joined && (!word.glued || token.gap != Gap::Other) && word.key == token.key() && fits(word, token)
        })
}

fn fits(word: &Word, token: &Token) -> bool {
    match word.shape {
        Shape::Capital | Shape::Initial => token.is_upper(),
        Shape::Caps => {
            token.shape == Shape::Caps || token.text.chars().filter(|c| c.is_uppercase()).count() >= 2
        }
        Shape::Lower | Shape::Number => true,
    }
}
