//! Evidence beside the sentences: tool-tip glosses, brackets and reference lists, which give names in full,
//! in other languages and in other scripts.

use super::find::{Finding, PersonName, Place, Source, han_persons};
use crate::model::{Cleaned, EntityKind, Language, LinkEvidence, NameEvidence, Span};
use crate::text::han::is_han;

/// The texts of glosses, to be searched as sentences are.
pub fn gloss_sources<'t>(cleaned: &'t Cleaned, none: &'t [Span]) -> Vec<Source<'t>> {
    let source = |(i, gloss): (usize, &'t crate::model::Gloss)| Source {
        text: &gloss.text,
        place: Place::Gloss(i),
        language: cleaned.document.language,
        evidence: NameEvidence::Gloss,
        times: none,
    };
    cleaned.glosses.iter().enumerate().map(source).collect()
}

/// The titles of citations.
pub fn citation_sources<'t>(cleaned: &'t Cleaned, none: &'t [Span]) -> Vec<Source<'t>> {
    let source = |(i, citation): (usize, &'t crate::model::Citation)| Source {
        text: &citation.title,
        place: Place::Citation(i),
        language: language(&citation.language),
        evidence: NameEvidence::Citation,
        times: none,
    };
    cleaned.citations.iter().enumerate().map(source).filter(|source| !source.text.is_empty()).collect()
}

fn language(code: &str) -> Language {
    match code.get(..2) {
        Some("en") => Language::En,
        Some("ru") => Language::Ru,
        Some("uk") => Language::Uk,
        Some("zh") => Language::ZhHans,
        _ => Language::Und,
    }
}

pub fn language_or_other(code: &str) -> Language {
    match language(code) {
        Language::Und => Language::Other(known_code(code)),
        language => language,
    }
}

/// Codes of languages are few; those not listed are undetermined.
fn known_code(code: &str) -> &'static str {
    const CODES: &[&str] = &[
        "ar", "be", "bg", "cs", "de", "el", "es", "et", "fa", "fi", "fr", "he", "hu", "hy", "it", "ja", "ka",
        "kk", "ko", "lt", "lv", "nl", "pl", "pt", "ro", "sk", "sr", "sv", "tr",
    ];
    CODES.iter().find(|known| **known == code).copied().unwrap_or("und")
}

/// Authors of citations: `Last, First; Last, First`.
pub fn add_citation_authors(cleaned: &Cleaned, found: &mut Vec<Vec<Finding>>) {
    let mut more = Vec::new();
    for (i, citation) in cleaned.citations.iter().enumerate() {
        for author in citation.authors.split(';').map(str::trim) {
            let Some((family, given)) =
                author.split_once(',').map(|(family, given)| (family.trim(), given.trim()))
            else {
                continue;
            };
            let letters = |text: &str| {
                text.chars().next().is_some_and(char::is_uppercase)
                    && !text.chars().any(|c| c.is_ascii_digit())
            };
            // "News, A. B. C." is no person.
            let initials =
                given.split(' ').filter(|word| word.trim_end_matches('.').chars().count() == 1).count();
            if !letters(family)
                || !letters(given)
                || initials >= 3
                || family.split(' ').count() > 3
                || given.split(' ').count() > 4
            {
                continue;
            }
            let given: Vec<String> = given.split(' ').map(str::to_owned).collect();
            let mut name = given.join(" ");
            name.push(' ');
            name.push_str(family);
            // The full stop behind an initial belongs to the name as printed.
            let initial = given.last().is_some_and(|word| word.chars().count() == 1);
            let dotted = format!("{author}.");
            let author = if initial && citation.text.contains(&dotted) { dotted.as_str() } else { author };
            more.push(Finding {
                place: Place::Citation(i),
                span: Span::default(),
                kind: EntityKind::Person,
                surface: author.to_owned(),
                name: author.to_owned(),
                language: script_language(family),
                evidence: NameEvidence::Citation,
                method: "author",
                confidence: 0.9,
                key: None,
                person: Some(PersonName { given, family: family.to_owned() }),
                roles: Vec::new(),
                styled: String::new(),
            });
        }
    }
    found.push(more);
}

fn script_language(name: &str) -> Language {
    match name.chars().find(|c| c.is_alphabetic()) {
        Some(c) if is_han(c) => Language::ZhHans,
        Some('\u{400}'..='\u{52f}') => Language::Ru,
        _ => Language::En,
    }
}

/// All findings in one list, and the pairs that a bracket or a gloss shows to be one.
pub fn joined(
    sources: &[Source],
    found: Vec<Vec<Finding>>,
    in_brackets: &[super::find::brackets::Pair],
) -> (Vec<Finding>, Vec<(usize, usize, LinkEvidence)>) {
    let mut all: Vec<Finding> = Vec::new();
    let mut pairs = Vec::new();
    for (i, mut list) in found.into_iter().enumerate() {
        let base = all.len();
        list.sort_by(|a, b| a.span.start.cmp(&b.span.start).then(b.span.end.cmp(&a.span.end)));
        for &(_, whole, alias) in in_brackets.iter().filter(|(source, ..)| *source == i) {
            let at = |span: Span| list.iter().position(|f| f.span == span);
            if let (Some(a), Some(b)) = (at(whole), at(alias)) {
                pairs.push((base + a, base + b, LinkEvidence::Bracket));
            }
        }
        if let Some(source) = sources.get(i) {
            for at in 1..list.len() {
                for before in (0..at).rev().take(3) {
                    if bracketed(source.text, list[before].span, list[at].span)
                        && list[before].kind == list[at].kind
                    {
                        list[at].evidence =
                            list[at].evidence.max(NameEvidence::Bracket).min(NameEvidence::Bracket);
                        pairs.push((base + before, base + at, LinkEvidence::Bracket));
                        break;
                    }
                }
            }
        }
        if list.first().is_some_and(|first| first.method == "anchor") {
            let other = |at: &usize| list[*at].kind == list[0].kind;
            pairs.extend((1..list.len()).filter(other).map(|at| (base, base + at, LinkEvidence::Gloss)));
        }
        all.extend(list);
    }
    (all, pairs)
}

/// The second span is all that stands in a bracket right behind the first.
fn bracketed(text: &str, first: Span, second: Span) -> bool {
    if first.end >= second.start {
        return false;
    }
    let between = text[first.end..second.start].trim();
    let open = matches!(between, "(" | "（" | "[" | "「" | "«" | "(«");
    let close = text[second.end..].trim_start().starts_with([')', '）', ']', ',', '，', ';', '；']);
    open && close && !text[first.start..first.end].is_empty() && han_ok(between)
}

fn han_ok(between: &str) -> bool {
    !between.contains(han_persons::is_interpunct)
}
