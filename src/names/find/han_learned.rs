//! Names that a Chinese document gave somewhere, found again without introduction: exactly, or one
//! character off where only a person can stand.

use super::cover::Cover;
use super::han::HanText;
use super::han_persons::is_interpunct;
use super::han_words::Sounding;
use super::{Finding, PersonName};
use crate::model::Span;
use crate::names::Rules;
use crate::text::han::is_han;
use crate::text::hash::Map;
use crate::text::phrases::HanPhrases;

/// Names of a document, folded, ready to be looked for.
pub struct Learned {
    names: Vec<(String, PersonName)>,
    phrases: HanPhrases,
    /// Names of three characters or more with each character left out in turn.
    by_gap: Map<String, usize>,
    lengths: Vec<usize>,
}

impl Learned {
    /// None where there is nothing to look for.
    pub fn new(names: Vec<(String, PersonName)>) -> Option<Self> {
        if names.is_empty() {
            return None;
        }
        let phrases = HanPhrases::new(names.iter().map(|(name, _)| name.as_str()));
        let mut by_gap = Map::default();
        let mut lengths = Vec::new();
        for (at, (name, person)) in names.iter().enumerate() {
            let chars: Vec<char> = name.chars().collect();
            if chars.len() < 3 || chars.len() > 8 || !person.given.is_empty() {
                continue;
            }
            lengths.push(chars.len());
            for gapped in gapped(&chars) {
                by_gap.entry(gapped).or_insert(at);
            }
        }
        lengths.sort_unstable();
        lengths.dedup();
        Some(Learned { names, phrases, by_gap, lengths })
    }
}

/// A name with each of its characters left out in turn.
pub fn gapped(name: &[char]) -> impl Iterator<Item = String> + '_ {
    (0..name.len()).map(|gap| name.iter().enumerate().map(|(i, &c)| if i == gap { '?' } else { c }).collect())
}

/// Occurrences of the names outside of what is found already.
pub fn exact(text: &HanText, learned: &Learned, taken: &[Finding], rules: &Rules) -> Vec<Finding> {
    let words = &rules.han;
    let cover = Cover::new(taken.iter().map(|f| f.span));
    let mut out: Vec<Finding> = Vec::new();
    for (start, end, number) in learned.phrases.find(text.folded) {
        let span = Span::new(start, end);
        let (before, after) = (&text.folded[..span.start], &text.folded[span.end..]);
        if cover.overlaps(span) || after.starts_with(is_interpunct) || before.ends_with(is_interpunct) {
            continue;
        }
        // Two characters may be part of a longer name.
        let beside = [before.chars().next_back(), after.chars().next()];
        let strong = |c: &char| words.sounding(*c) == Sounding::Strong;
        let longer = span.of(text.folded).chars().count() == 2
            && beside.iter().flatten().any(strong)
            && !words.word_starts(after);
        if !longer {
            let name = learned.names[number].1.clone();
            out.push(text.person(span, name, "repetition", 0.8, words));
        }
    }
    out
}

/// Slips: one character off a known name, behind a word that only stands before persons.
pub fn slips(text: &HanText, learned: &Learned, taken: &[Finding], rules: &Rules) -> Vec<Finding> {
    let words = &rules.han;
    let cover = Cover::new(taken.iter().filter(|f| f.method != "short").map(|f| f.span));
    let mut out: Vec<Finding> = Vec::new();
    if learned.lengths.is_empty() {
        return out;
    }
    let chars: Vec<(usize, char)> = text.folded.char_indices().collect();
    for start in 0..chars.len() {
        if !is_han(chars[start].1) || out.last().is_some_and(|last| last.span.end > chars[start].0) {
            continue;
        }
        let before = &text.folded[..chars[start].0];
        if !words.before_person.fit(before) {
            continue;
        }
        for &length in learned.lengths.iter().filter(|&&length| start + length <= chars.len()) {
            let window = &chars[start..start + length];
            let (last, c) = window[length - 1];
            let span = Span::new(window[0].0, last + c.len_utf8());
            let plain = window.iter().all(|&(_, c)| is_han(c) && !words.is_stop(c));
            let word =
                words.word_starts(span.of(text.folded)) || words.word_starts(&text.folded[window[1].0..]);
            if !plain || word || cover.overlaps(span) {
                continue;
            }
            let letters: Vec<char> = window.iter().map(|&(_, c)| c).collect();
            if let Some(&at) = gapped(&letters).find_map(|gapped| learned.by_gap.get(&gapped)) {
                out.push(text.person(span, learned.names[at].1.clone(), "slip", 0.4, words));
                break;
            }
        }
    }
    out
}
