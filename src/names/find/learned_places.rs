//! Places that no list knows: a capitalised word behind a preposition of place, and the same word wherever
//! else the document writes it. One such use is enough where nothing speaks for a person or a body.

use super::cover::Cover;
use super::learned::{Surnames, cover, word_key};
use super::tokens::{Gap, Script, Shape, Token};
use super::{Finding, Source, Text, alphabetic};
use crate::model::EntityKind;
use crate::names::Rules;
use crate::names::inflection;
use std::cell::LazyCell;
use std::collections::BTreeMap;

/// How sure such a place is.
const CONFIDENCE: f64 = 0.55;

/// Names of places by the keys of their words, with the form to show.
#[derive(Default)]
pub struct Places {
    by_key: BTreeMap<Vec<String>, String>,
}

/// Learns from all texts of a document.
pub fn learn(
    texts: &[Text],
    found: &[Vec<Finding>],
    surnames: &Surnames,
    common: &alphabetic::Common,
    rules: &Rules,
) -> Places {
    let mut places = Places::default();
    for (Text { source, tokens, .. }, found) in texts.iter().zip(found) {
        let cover = LazyCell::new(|| cover(source, found));
        if titled(tokens) {
            continue;
        }
        for at in 0..tokens.len() {
            let Some(count) = behind_preposition(tokens, at, &cover, common, rules) else { continue };
            let words = &tokens[at..at + count];
            if words.iter().any(|word| surnames.get(word).is_some()) {
                continue;
            }
            let key = words.iter().map(|word| word_key(word.text)).collect();
            let shown = &source.text[words[0].span.start..words[count - 1].span.end];
            places.by_key.entry(key).or_insert_with(|| shown.to_owned());
        }
    }
    if !places.by_key.is_empty() {
        nominatives(&mut places, texts, rules);
    }
    places
}

/// Most words are written with a capital: their capitals say nothing.
fn titled(tokens: &[Token]) -> bool {
    let upper = tokens.iter().filter(|token| token.is_upper()).count();
    upper * 2 > tokens.len() && tokens.len() > 3
}

/// How many words from `at` on name a place, if the word before says so: a preposition, or a verb of what
/// is done to towns.
fn behind_preposition(
    tokens: &[Token],
    at: usize,
    cover: &Cover,
    common: &alphabetic::Common,
    rules: &Rules,
) -> Option<usize> {
    let token = &tokens[at];
    let lexicon = rules.lexicon(token.script);
    let before = tokens.get(at.checked_sub(1)?)?;
    let taken = lexicon.place_verbs.contains(&*before.folded);
    let led = taken || lexicon.locative.contains(&*before.folded);
    if token.gap != Gap::Space || before.script != token.script || !led {
        return None;
    }
    let free = |at: usize| {
        tokens.get(at).is_some_and(|token| {
            token.shape == Shape::Capital
                && token.text.chars().count() > 3
                && token.text.chars().skip(1).all(|c| !c.is_uppercase())
                && !lexicon.not_place_endings.iter().any(|ending| token.folded.ends_with(ending.as_str()))
                && !cover.overlaps(token.span)
                && !lexicon.stop.contains(token.text)
                && !common.contains(&*token.folded)
                && !lexicon.heads.contains_key(token.text)
                && !lexicon.heads.contains_key(token.key())
                && lexicon.given(token.text).is_none()
                && !inflection::adjectival(&token.folded)
                && lexicon.roles.at(tokens, at).next().is_none()
        })
    };
    let upper = |at: usize| {
        tokens.get(at).is_some_and(|next| {
            next.is_upper() && matches!(next.gap, Gap::Space | Gap::Hyphen) && !tokens[at - 1].possessive
        })
    };
    if !free(at) {
        return None;
    }
    if token.script == Script::Cyrillic {
        let placed = lexicon.locative_endings.iter().any(|ending| token.text.ends_with(ending.as_str()));
        return ((placed || taken) && !upper(at + 1)).then_some(1);
    }
    if !upper(at + 1) {
        return (!token.possessive).then_some(1);
    }
    (free(at + 1) && tokens[at + 1].gap == Gap::Space && !upper(at + 2)).then_some(2)
}

/// Where a text writes a Cyrillic name in its nominative, that is the form to show: a form that ends bare.
fn nominatives(places: &mut Places, texts: &[Text], rules: &Rules) {
    for Text { tokens, .. } in texts {
        for (at, token) in tokens.iter().enumerate() {
            if token.script != Script::Cyrillic || token.shape != Shape::Capital {
                continue;
            }
            let Some(shown) = places.by_key.get_mut(&vec![word_key(token.text)]) else { continue };
            let lexicon = rules.lexicon(token.script);
            let governed = at > 0 && lexicon.locative.contains(&*tokens[at - 1].folded);
            let shorter = token.text.chars().count() < shown.chars().count();
            if !governed && shorter && inflection::ends_bare(token.text) {
                *shown = token.text.to_owned();
            }
        }
    }
}

/// The places wherever else a text names them.
pub fn find(text: &Text, found: &[Finding], places: &Places) -> Vec<Finding> {
    if places.by_key.is_empty() {
        return Vec::new();
    }
    let Text { source, tokens, .. } = text;
    let cover = LazyCell::new(|| cover(source, found));
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match [2, 1].into_iter().find_map(|count| named(tokens, at, count, &cover, places)) {
            Some((count, shown)) => {
                out.push(place(*source, &tokens[at..at + count], shown));
                at += count;
            }
            None => at += 1,
        }
    }
    out
}

fn named<'p>(
    tokens: &[Token],
    at: usize,
    count: usize,
    cover: &Cover,
    places: &'p Places,
) -> Option<(usize, &'p str)> {
    let words = tokens.get(at..at + count)?;
    let joined = words[1..].iter().all(|word| word.gap == Gap::Space);
    let free = words.iter().all(|word| word.shape == Shape::Capital && !cover.overlaps(word.span));
    if !joined || !free {
        return None;
    }
    let key: Vec<String> = words.iter().map(|word| word_key(word.text)).collect();
    places.by_key.get(&key).map(|shown| (count, shown.as_str()))
}

fn place(source: Source, words: &[Token], shown: &str) -> Finding {
    let span = crate::model::Span::new(words[0].span.start, words[words.len() - 1].span.end);
    let surface = span.of(source.text).to_owned();
    let cyrillic = words[0].script == Script::Cyrillic;
    Finding {
        place: source.place,
        span,
        kind: EntityKind::Place,
        name: if cyrillic { shown.to_owned() } else { surface.clone() },
        surface,
        language: alphabetic::language_of(words[0].script, source.language, source.text),
        evidence: source.evidence,
        method: "preposition",
        confidence: CONFIDENCE,
        key: None,
        person: None,
        roles: Vec::new(),
        styled: String::new(),
    }
}
