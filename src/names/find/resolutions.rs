//! Resolutions: agreements known by their number, in whatever language and by whatever body.

use super::Finding;
use super::alphabetic::Labelled;
use crate::model::{EntityKind, Span};
use crate::names::Rules;

/// Characters of the longest number.
const LONGEST: usize = 20;

/// `Resolution 2202`, резолюция № 2202.
pub fn find(labelled: &Labelled, rules: &Rules) -> Vec<Finding> {
    let text = labelled.source.text;
    let mut out = Vec::new();
    for (at, token) in labelled.tokens.iter().enumerate() {
        // Few words have a number behind them, so only those are compared.
        let Some(number) = number(&text[token.span.end..]) else { continue };
        let lists = &labelled.lexicon(at, rules).resolutions;
        let word = token.span.of(text).to_lowercase();
        let Some(base) = lists.iter().find(|list| list.contains(&word)).and_then(|list| list.first()) else {
            continue;
        };
        let start = number.as_ptr() as usize - text.as_ptr() as usize;
        let span = Span::new(token.span.start, start + number.len());
        out.push(Finding {
            place: labelled.source.place,
            span,
            kind: EntityKind::Agreement,
            surface: span.of(text).to_owned(),
            name: format!("{base} {number}"),
            language: labelled.language(at),
            evidence: labelled.source.evidence,
            method: "numbered",
            confidence: 0.8,
            key: Some(key(number)),
            person: None,
            roles: Vec::new(),
            styled: String::new(),
        });
    }
    out
}

/// The same for a number in all languages.
pub fn key(number: &str) -> String {
    let parts = number.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    parts.fold("resolution".to_owned(), |key, part| format!("{key}-{}", part.to_ascii_lowercase()))
}

/// The number that stands behind the word, of two digits at least.
fn number(rest: &str) -> Option<&str> {
    let rest = rest.strip_prefix([' ', '\u{a0}'])?;
    let rest = ["No. ", "No ", "№ ", "№"].iter().find_map(|sign| rest.strip_prefix(sign)).unwrap_or(rest);
    let sign = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-');
    let number = &rest[..rest.find(|c| !sign(c)).unwrap_or(rest.len())];
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let upper = !number.bytes().any(|byte| byte.is_ascii_lowercase());
    (digits >= 2 && upper && number.len() <= LONGEST).then_some(number)
}
