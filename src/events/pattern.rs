//! A pattern: a word, stem or phrase of a rule file, found in folded text.
//!
//! `~` takes the endings that the file lists, `{a,b}` stands for alternatives, `*` for any rest of
//! a word, `...` for a gap that stays inside a clause. The first literal of every pattern is looked
//! up by the word (or the pair of Han characters) that it begins with; what follows is checked by
//! hand, so a sentence is read once however many words the rules know, and no pattern can take more
//! than its gap's length.

use super::openings::Openings;
use crate::model::Span;
use crate::text::letters;
use std::collections::BTreeMap;

/// Bytes that a gap may span: some six English words or twenty Han characters.
const GAP: usize = 60;

/// A run of literals, each with whether the rest of its word may follow.
type Piece = Vec<(String, bool)>;

struct Pattern {
    pieces: Vec<Piece>,
    tag: usize,
}

/// Where the pattern with this tag was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Match {
    pub span: Span,
    pub tag: usize,
}

/// All patterns of a language.
pub struct Patterns {
    openings: Openings,
    patterns: Vec<Vec<Pattern>>,
    /// Words are set off by spaces, so that a pattern must begin and end at the edge of one.
    spaced: bool,
}

/// Text as patterns see it: lower case, Simplified, ё as е, each apostrophe as `'`. As many bytes
/// as before, so that offsets hold; a character whose folded form has another length stays.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
            continue;
        }
        let folded = match c {
            'ё' | 'Ё' => 'е',
            // Three bytes like its other forms; patterns are folded too.
            '‘' | 'ʼ' | '`' | '´' if c.len_utf8() == 3 => '’',
            _ if (c as u32) >= 0x3400 => crate::text::han::simplify_char(c),
            _ => letters::lower_as_long(c),
        };
        out.push(folded);
    }
    out
}

pub fn word_char(c: char) -> bool {
    letters::is_alphanumeric(c) || c == '\'' || c == '’' || c == 'ʼ'
}

fn clause_mark(c: char) -> bool {
    matches!(
        c,
        '.' | ',' | ';' | ':' | '!' | '?' | '。' | '，' | '；' | '：' | '！' | '？' | '(' | ')' | '（' | '）'
    )
}

impl Patterns {
    /// Compiles (pattern, tag) pairs; a pattern that cannot be read is a bug of the rule file.
    pub fn new(sources: &[(String, usize)], endings: &BTreeMap<String, Vec<String>>, spaced: bool) -> Self {
        let mut by_literal: BTreeMap<String, Vec<Pattern>> = BTreeMap::new();
        for (source, tag) in sources {
            for text in expand(source, endings) {
                let pieces: Vec<Piece> =
                    text.split("...").map(str::trim).filter(|p| !p.is_empty()).map(piece).collect();
                let first = pieces[0][0].0.clone();
                by_literal.entry(first).or_default().push(Pattern { pieces, tag: *tag });
            }
        }
        let open = |patterns: &Vec<Pattern>| patterns.iter().any(|pattern| pattern.pieces[0][0].1);
        let literals = by_literal.iter().map(|(literal, patterns)| (literal.as_str(), open(patterns)));
        let openings = Openings::new(literals, spaced);
        Patterns { openings, patterns: by_literal.into_values().collect(), spaced }
    }

    /// Every place where a pattern stands in folded text, in order of start.
    pub fn find(&self, folded: &str) -> Vec<Match> {
        let mut found = Vec::new();
        self.openings.each(folded, |start, literal| {
            for pattern in &self.patterns[literal] {
                if let Some(end) = self.end(folded, start, &pattern.pieces) {
                    found.push(Match { span: Span::new(start, end), tag: pattern.tag });
                }
            }
        });
        found.sort_unstable_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end), m.tag));
        found.dedup();
        found
    }

    fn end(&self, text: &str, at: usize, pieces: &[Piece]) -> Option<usize> {
        let mut end = self.piece_end(text, at, &pieces[0])?;
        for piece in &pieces[1..] {
            end = self.after_gap(text, end, piece)?;
        }
        Some(end)
    }

    fn after_gap(&self, text: &str, from: usize, piece: &Piece) -> Option<usize> {
        let mut before = text[..from].chars().next_back();
        for (offset, c) in text[from..].char_indices() {
            if offset > GAP || clause_mark(c) {
                return None;
            }
            if (!self.spaced || !before.is_some_and(word_char))
                && let Some(end) = self.piece_end(text, from + offset, piece)
            {
                return Some(end);
            }
            before = Some(c);
        }
        None
    }

    fn piece_end(&self, text: &str, mut at: usize, piece: &Piece) -> Option<usize> {
        for (literal, open) in piece {
            if !text[at..].starts_with(literal.as_str()) {
                return None;
            }
            at += literal.len();
            let rest = text[at..].find(|c| !word_char(c)).unwrap_or(text.len() - at);
            if *open {
                at += rest;
            } else if self.spaced && rest > 0 && literal.chars().next_back().is_some_and(word_char) {
                // `putin's` is still `putin`, `won't` is not `won`.
                let possessive = ["'s", "’s"].contains(&&text[at..at + rest]);
                if !possessive {
                    return None;
                }
            }
        }
        Some(at)
    }
}

/// Cuts a piece at its `*` signs.
fn piece(text: &str) -> Piece {
    let mut out = Piece::new();
    let mut rest = text;
    while let Some(star) = rest.find('*') {
        out.push((rest[..star].to_owned(), true));
        rest = &rest[star + 1..];
    }
    if !rest.is_empty() {
        out.push((rest.to_owned(), false));
    }
    out
}

/// Every plain form of a pattern: alternatives, endings, and both apostrophes, folded.
fn expand(source: &str, endings: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    if let Some(open) = source.find('{')
        && let Some(length) = source[open..].find('}')
    {
        let close = open + length;
        return source[open + 1..close]
            .split(',')
            .flat_map(|choice| {
                expand(&format!("{}{choice}{}", &source[..open], &source[close + 1..]), endings)
            })
            .collect();
    }
    if let Some(at) = source.find('~') {
        let length =
            source[at + 1..].find(|c: char| !c.is_ascii_lowercase()).unwrap_or(source.len() - at - 1);
        let name = &source[at..at + 1 + length];
        let list = endings.get(name).unwrap_or_else(|| panic!("no endings {name} for {source}"));
        return list
            .iter()
            .flat_map(|ending| {
                expand(&format!("{}{ending}{}", &source[..at], &source[at + 1 + length..]), endings)
            })
            .collect();
    }
    let folded = fold(source);
    if folded.contains('\'') {
        vec![folded.replace('\'', "’"), folded.replace('\'', "ʼ"), folded]
    } else {
        vec![folded]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(source: &str, text: &str, spaced: bool) -> Vec<String> {
        let endings = BTreeMap::from([("~e".to_owned(), vec!["e".to_owned(), "ed".to_owned()])]);
        let patterns = Patterns::new(&[(source.to_owned(), 0)], &endings, spaced);
        let folded = fold(text);
        patterns.find(&folded).into_iter().map(|m| m.span.of(text).to_owned()).collect()
    }

    #[test]
    fn words_begin_and_end_at_their_edges() {
        assert_eq!(found("met", "They met; the metre did not.", true), ["met"]);
        assert_eq!(found("мир*", "Мирный план и кумир", true), ["Мирный"]);
        assert_eq!(found("谈判", "雙方談判", false), ["談判"]);
    }

    #[test]
    fn endings_alternatives_and_gaps() {
        assert_eq!(found("pledg~e", "He pledged, they pledge", true), ["pledged", "pledge"]);
        assert_eq!(found("hold{s,}...talks", "hold two days of talks", true), ["hold two days of talks"]);
        assert!(found("hold...talks", "hold on, talks", true).is_empty());
        assert_eq!(found("达成...协议", "達成停火協議", false), ["達成停火協議"]);
    }

    #[test]
    fn apostrophes_are_one() {
        assert_eq!(found("зобов'яза*", "зобов’язався", true), ["зобов’язався"]);
        assert_eq!(found("зобов'яза*", "зобов'язався", true), ["зобов'язався"]);
    }
}
