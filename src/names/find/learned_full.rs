//! Full names that no list and no role shows: two or three capitalised words of which the document uses the
//! last alone, in the manner of a person.

use super::learned::{cover, cue, lone, word_key};
use super::tokens::{Gap, Script, Shape, Token};
use super::{Finding, PersonName, Source, Text, alphabetic, person_parts};
use crate::model::{EntityKind, Span};
use crate::names::Rules;
use crate::names::inflection;
use std::cell::LazyCell;
use std::collections::BTreeMap;

/// What verbs of saying and prepositions must tell of the run and of its last word together.
const ENOUGH: f64 = 2.0;

/// A run of capitalised words, by the number of its text.
struct Run {
    text: usize,
    from: usize,
    to: usize,
    weight: f64,
}

/// The findings of each text.
pub fn find(
    texts: &[Text],
    found: &[Vec<Finding>],
    common: &alphabetic::Common,
    rules: &Rules,
) -> Vec<Vec<Finding>> {
    let mut runs: BTreeMap<String, Vec<Run>> = BTreeMap::new();
    for (i, (text, found)) in texts.iter().zip(found).enumerate() {
        for run in runs_of(i, text, found, common, rules) {
            runs.entry(word_key(text.tokens[run.to - 1].text)).or_default().push(run);
        }
    }
    let mut out: Vec<Vec<Finding>> = texts.iter().map(|_| Vec::new()).collect();
    if runs.is_empty() {
        return out;
    }
    let alone = alone(texts, found, &runs, rules);
    for (key, runs) in &runs {
        let Some(weight) = alone.get(key) else { continue };
        let told: f64 = weight + runs.iter().map(|run| run.weight).sum::<f64>();
        if told < ENOUGH {
            continue;
        }
        for run in runs {
            let Text { source, tokens, .. } = &texts[run.text];
            out[run.text].push(person(source, &tokens[run.from..run.to], rules));
        }
    }
    out
}

/// Runs of two or three plain capitalised words inside sentences.
fn runs_of(
    index: usize,
    text: &Text,
    found: &[Finding],
    common: &alphabetic::Common,
    rules: &Rules,
) -> Vec<Run> {
    let Text { source, tokens, .. } = text;
    let cover = LazyCell::new(|| cover(source, found));
    let plain = |at: usize| {
        let token: &Token = &tokens[at];
        let lexicon = rules.lexicon(token.script);
        token.shape == Shape::Capital
            && token.script != Script::Other
            && !lexicon.stop.contains(token.text)
            && !lexicon.heads.contains_key(token.text)
            && !lexicon.heads.contains_key(token.key())
            && !common.contains(&*token.folded)
            && !(token.script == Script::Cyrillic && inflection::adjectival(&token.folded))
            && !cover.overlaps(token.span)
    };
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if !tokens[at].is_upper() {
            at += 1;
            continue;
        }
        let mut to = at + 1;
        while to < tokens.len()
            && tokens[to].is_upper()
            && tokens[to].gap == Gap::Space
            && !tokens[to - 1].possessive
        {
            to += 1;
        }
        if (2..=3).contains(&(to - at)) && (at..to).all(plain) {
            let article = at > 0
                && tokens[at].gap == Gap::Space
                && rules.lexicon(tokens[at].script).articles.contains(&*tokens[at - 1].folded);
            let weight = cue(tokens, to - 1, rules) + if at > 0 { cue(tokens, at, rules) } else { 0.0 };
            if !article {
                out.push(Run { text: index, from: at, to, weight });
            }
        }
        at = to;
    }
    out
}

/// What the uses of the last words alone tell.
fn alone(
    texts: &[Text],
    found: &[Vec<Finding>],
    runs: &BTreeMap<String, Vec<Run>>,
    rules: &Rules,
) -> BTreeMap<String, f64> {
    let mut out: BTreeMap<String, f64> = BTreeMap::new();
    for (Text { source, tokens, .. }, found) in texts.iter().zip(found) {
        let cover = LazyCell::new(|| cover(source, found));
        for (at, token) in tokens.iter().enumerate() {
            if !lone(tokens, at) || cover.overlaps(token.span) {
                continue;
            }
            let key = word_key(token.text);
            if runs.contains_key(&key) {
                let possessive = f64::from(u8::from(token.possessive));
                *out.entry(key).or_default() += 0.5 + possessive + cue(tokens, at, rules);
            }
        }
    }
    out
}

fn person(source: &Source, words: &[Token], rules: &Rules) -> Finding {
    let span = Span::new(words[0].span.start, words[words.len() - 1].span.end);
    let surface = span.of(source.text).to_owned();
    let language = alphabetic::language_of(words[0].script, source.language, source.text);
    let mut name = person_parts::read(&surface, language, rules);
    let mut shown = surface.clone();
    if words[0].script == Script::Cyrillic
        && let Some((given, _)) = inflection::unknown_given(words[0].text, &name.family)
    {
        let family = inflection::surname_base(&name.family, inflection::Gender::Male, language);
        shown = format!("{given} {family}");
        name = PersonName { given: vec![given], family };
    }
    Finding {
        place: source.place,
        span,
        kind: EntityKind::Person,
        surface,
        name: shown,
        language,
        evidence: source.evidence,
        method: "repetition",
        confidence: 0.6,
        key: None,
        person: Some(name),
        roles: Vec::new(),
        styled: String::new(),
    }
}
