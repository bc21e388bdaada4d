//! Grammar: lexicon and patterns of one language, applied to a sentence.
//!
//! At each token that can open a pattern the longest match wins, the first in the file among equals;
//! what it covers is not read again. It says what stands there, not when that was: see `context`.

use super::filter::Filter;
use super::lexicon::{Class, Lexicon};
use super::machine::Capture;
use super::mark::{Mark, Marks};
use super::meaning::{self, Meaning};
use super::pattern::{Action, Pattern};
use super::slot::Slot;
use super::token::{Kind, NO_ENTRY, Token, Tokenizer};
use crate::model::{Span, TimeUse};
use std::collections::BTreeMap;

/// A time expression as it stands in a sentence, not yet resolved.
#[derive(Debug, Clone)]
pub struct Found {
    pub span: Span,
    /// The two ends of a range.
    pub ends: Option<[Span; 2]>,
    pub meaning: Meaning,
    pub rule: &'static str,
    pub used_as: Option<TimeUse>,
    /// Counts only in stories.
    pub story: bool,
    /// First token and the one past the last, for those who look around it.
    pub tokens: (usize, usize),
}

/// Within how many words from a weak one a stronger must stand.
const WEAK_REACH: usize = 4;

pub struct Grammar {
    pub lexicon: Lexicon,
    tokenizer: Tokenizer,
    patterns: Vec<Pattern>,
    filter: Filter,
    marks: Marks,
    /// For each lexicon entry, whether it can carry an expression: it opens or fills patterns and is not weak.
    strong: Vec<bool>,
}

impl Grammar {
    /// Compiles a rule file of `rules/`.
    pub fn new(path: &str) -> Self {
        let source: super::lexicon::Source = crate::rules::parse(path);
        let mut lexicon = Lexicon::new(&source);
        let defines: BTreeMap<&str, &str> =
            source.define.iter().map(|define| (define.name.as_str(), define.text.as_str())).collect();
        let patterns: Vec<Pattern> =
            source.pattern.iter().map(|pattern| Pattern::new(pattern, &defines, &mut lexicon)).collect();
        let words = lexicon.spellings().len() as u32;
        let steps: Vec<_> = patterns.iter().map(Pattern::steps).collect();
        let filter = Filter::new(&steps, &lexicon);
        let marks = Marks::new(&lexicon);
        let has =
            |entry: u32, class: Option<Class>| lexicon.readings(entry).iter().any(|r| Some(r.class) == class);
        let strong = (0..words)
            .map(|entry| {
                // `may` is a month as well
                let function = has(entry, marks.class(Mark::Function)) && !has(entry, lexicon.class("month"));
                !function && !has(entry, marks.class(Mark::Weak))
            })
            .collect();
        let tokenizer = Tokenizer::new(&lexicon);
        Grammar { tokenizer, patterns, filter, marks, strong, lexicon }
    }

    pub fn split(&self, text: &str, tokens: &mut Vec<Token>) {
        self.tokenizer.split(text, &self.lexicon, tokens);
    }

    /// The time expressions of a sentence, in order, never overlapping.
    pub fn parse(&self, text: &str, tokens: &[Token], found: &mut Vec<Found>) {
        let mut captures = Vec::new();
        let mut best = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let mut candidates = self.filter.patterns(tokens, at).peekable();
            if candidates.peek().is_none() || self.too_weak(tokens, at) || inside_number(text, tokens, at) {
                at += 1;
                continue;
            }
            let mut winner: Option<(usize, &Pattern)> = None;
            for candidate in candidates {
                let pattern = &self.patterns[candidate];
                let Some(end) = pattern.find(tokens, at, &self.lexicon, &mut captures) else { continue };
                if winner.is_none_or(|(longest, _)| end > longest)
                    && self.fits(pattern, text, tokens, at, end, &captures)
                {
                    winner = Some((end, pattern));
                    std::mem::swap(&mut best, &mut captures);
                }
            }
            let Some((end, pattern)) = winner else {
                at += 1;
                continue;
            };
            if pattern.action != Action::Nothing
                && let Some(expression) = self.expression(pattern, tokens, at, end, &best)
            {
                found.push(expression);
            }
            at = end;
        }
    }

    /// A weak word (`the`, `in`) without a number or a stronger word close behind opens nothing.
    fn too_weak(&self, tokens: &[Token], at: usize) -> bool {
        let strong = |token: &Token| {
            token.kind == Kind::Number || token.entry != NO_ENTRY && self.strong[token.entry as usize]
        };
        !tokens[at..].iter().take(WEAK_REACH).any(strong)
    }

    fn expression(
        &self,
        pattern: &Pattern,
        tokens: &[Token],
        at: usize,
        end: usize,
        captures: &[Capture],
    ) -> Option<Found> {
        let meaning = meaning::of(pattern, captures, tokens)?;
        let span = Span::new(tokens[at].start, tokens[end - 1].end);
        let second = captures.iter().find(|capture| capture.second).map(|capture| capture.token);
        let ends = second.filter(|_| pattern.action == Action::Range).map(|second| {
            let first = captures.iter().filter(|c| !c.second && c.slot.is_some());
            let first_start = first.clone().map(|c| c.token).min().unwrap_or(at);
            let first_end = first.map(|c| c.token).filter(|&token| token < second).max().unwrap_or(at);
            let joins = |i: usize| self.is_named(&tokens[i], Mark::To);
            let first_end = (first_end + 1..second).take_while(|&i| !joins(i)).last().unwrap_or(first_end);
            [
                Span::new(tokens[first_start].start, tokens[first_end].end),
                Span::new(tokens[second].start, tokens[end - 1].end),
            ]
        });
        Some(Found {
            span,
            ends,
            meaning,
            rule: pattern.name,
            used_as: pattern.used_as,
            story: pattern.story,
            tokens: (at, end),
        })
    }

    fn fits(
        &self,
        pattern: &Pattern,
        text: &str,
        tokens: &[Token],
        at: usize,
        end: usize,
        captures: &[Capture],
    ) -> bool {
        let before = at.checked_sub(1).map(|i| &tokens[i]).filter(|_| tokens[at].near);
        let after = tokens.get(end).filter(|token| token.near);
        let has = |token: Option<&Token>, classes: &[Class]| {
            token.is_some_and(|token| classes.iter().any(|&class| self.is(token, class)))
        };
        // a line that is nothing else, such as a heading, needs no word to lead to it
        let whole = at == 0 && end == tokens.len();
        (pattern.after.is_empty() || whole || has(before, &pattern.after))
            && !has(before, &pattern.not_after)
            && !has(after, &pattern.not_before)
            && (!pattern.capital || capital(tokens, at, captures))
            && !(pattern.uncounted && after.is_some_and(|token| self.counted(token)))
            && !cut_number(text, tokens, end)
    }

    /// A small word right after a number is what the number counts, unless it is a function word.
    fn counted(&self, token: &Token) -> bool {
        token.kind == Kind::Word && !token.capital && !token.glued && !self.is_named(token, Mark::Function)
    }

    /// Value of the token's reading in that class.
    pub fn reading(&self, token: &Token, class: Class) -> Option<i32> {
        if token.entry == NO_ENTRY {
            return None;
        }
        let readings = self.lexicon.readings(token.entry);
        readings.iter().find(|reading| reading.class == class).map(|reading| reading.value)
    }

    pub fn is(&self, token: &Token, class: Class) -> bool {
        token.entry != NO_ENTRY
            && self.lexicon.readings(token.entry).iter().any(|reading| reading.class == class)
    }

    /// Whether the token has that mark.
    pub fn is_named(&self, token: &Token, mark: Mark) -> bool {
        token.entry != NO_ENTRY && self.marks.class(mark).is_some_and(|class| self.is(token, class))
    }

    /// The class of a mark, where the language has it.
    pub fn class(&self, mark: Mark) -> Option<Class> {
        self.marks.class(mark)
    }
}

/// The digits after a decimal sign or a letter (`4.5`, `G20`) open nothing.
fn inside_number(text: &str, tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    if token.kind != Kind::Number || token.start == 0 {
        return false;
    }
    let bytes = text.as_bytes();
    match bytes[token.start - 1] {
        b'.' | b',' => {
            token.start >= 2 && bytes[token.start - 2].is_ascii_digit() && bytes[token.start].is_ascii_digit()
        }
        b'-' | b'/' => token.start >= 2 && bytes[token.start - 2].is_ascii_digit(),
        byte => byte.is_ascii_alphabetic() || byte == b'#' || byte == b'$',
    }
}

/// A match that ends inside a number (`in 4` of `in 4.5`, `1945` of `1945,3`).
fn cut_number(text: &str, tokens: &[Token], end: usize) -> bool {
    let last = &tokens[end - 1];
    let bytes = text.as_bytes();
    last.kind == Kind::Number
        && matches!(bytes.get(last.end), Some(b'.' | b',' | b'%'))
        && (bytes[last.end] == b'%' || bytes.get(last.end + 1).is_some_and(u8::is_ascii_digit))
}

/// Whether the names of the match are capitalised, or its first word where it has none.
fn capital(tokens: &[Token], at: usize, captures: &[Capture]) -> bool {
    let named =
        |capture: &&Capture| matches!(capture.slot, Some(Slot::Month | Slot::Weekday | Slot::Holiday));
    let mut names = captures.iter().filter(named).peekable();
    if names.peek().is_none() {
        tokens[at].capital
    } else {
        names.all(|capture| tokens[capture.token].capital)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The filter is a fast path: what it leaves out must be what would not match.
    #[test]
    fn no_pattern_that_matches_is_filtered_out() {
        let tables = [
            ("dates.en.toml", include_str!("../../tests/dates/en.tsv")),
            ("dates.zh.toml", include_str!("../../tests/dates/zh.tsv")),
            ("dates.ru.toml", include_str!("../../tests/dates/ru.tsv")),
            ("dates.uk.toml", include_str!("../../tests/dates/uk.tsv")),
        ];
        let counted = "Twenty-five years later, twenty five or thirty - one of them came two days after.";
        let (mut tokens, mut captures, mut matches) = (Vec::new(), Vec::new(), 0);
        for (rules, table) in tables {
            let grammar = Grammar::new(rules);
            for text in table.lines().chain([counted]) {
                let text = text.replace(['[', ']'], "");
                grammar.split(&text, &mut tokens);
                for at in 0..tokens.len() {
                    let kept: Vec<usize> = grammar.filter.patterns(&tokens, at).collect();
                    for (i, pattern) in grammar.patterns.iter().enumerate() {
                        if pattern.find(&tokens, at, &grammar.lexicon, &mut captures).is_some() {
                            assert!(kept.contains(&i), "{} at {at} of {text}", pattern.name);
                            matches += 1;
                        }
                    }
                }
            }
        }
        assert!(matches > 5000, "{matches}");
    }
}
