//! Ordinals that a report claims for its event: the third round, 第三轮, третий раунд.
//!
//! Only numbers that count rounds, meetings and the like; a number beside another noun is none.

use super::cues::{Class, Mark};
use super::reading::Reading;
use super::typing::Choice;
use crate::model::Span;

/// Every ordinal claimed in the sentence, in order: where it stands and its number.
/// `times` are the sentence's time expressions, whose numbers count days.
pub fn claimed(reading: &Reading, times: &[Span]) -> Vec<(Span, u32)> {
    let nouns: Vec<Span> = reading.marks_of(Mark::OrdinalNoun).collect();
    if nouns.is_empty() {
        return Vec::new();
    }
    let mut out: Vec<(Span, u32)> = reading
        .marks
        .iter()
        .filter_map(|(span, mark)| match mark {
            Mark::Number(number) => Some((*span, *number)),
            _ => None,
        })
        .chain(digits(reading))
        .collect();
    out.retain(|(span, _)| !times.iter().any(|t| t.overlaps(*span)));
    out.sort_unstable();
    // The longest number word at a place: 第十一 is not 第十.
    let longest: Vec<Span> = out.iter().map(|(s, _)| *s).collect();
    out.retain(|(s, _)| !longest.iter().any(|l| l != s && l.contains(*s)));
    // A number counts if the noun follows it, with other ordinals and at most two words between.
    let mut kept = Vec::new();
    for (index, &(span, number)) in out.iter().enumerate().rev() {
        let counted = nouns
            .iter()
            .any(|n| n.start >= span.end && n.start - span.end <= reach(reading, span, *n))
            || out.get(index + 1).is_some_and(|next| kept.contains(next) && joined(reading, span, next.0));
        if counted && number > 0 {
            kept.push((span, number));
        }
    }
    kept.reverse();
    kept
}

/// Bytes allowed between number and noun.
fn reach(reading: &Reading, number: Span, noun: Span) -> usize {
    let between = &reading.folded[number.end..noun.start];
    let limit = if reading.cues.spaced { 18 } else { 9 };
    if between.contains([',', '，', '、']) { 0 } else { limit }
}

/// `second and third round`: the first number shares the noun of the second.
fn joined(reading: &Reading, first: Span, second: Span) -> bool {
    let limit = if reading.cues.spaced { 6 } else { 9 };
    first.end <= second.start && second.start - first.end <= limit
}

/// Ordinals in digits of one or two places: with an ending (`3rd`, `3-й`) or after a prefix (第3).
/// Bare digits count, they do not order.
fn digits(reading: &Reading) -> Vec<(Span, u32)> {
    let text = &reading.folded;
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(start) = (at..bytes.len()).find(|&i| bytes[i].is_ascii_digit()) {
        at = (start..bytes.len()).find(|&i| !bytes[i].is_ascii_digit()).unwrap_or(bytes.len());
        let ending = text[at..].find(|c: char| c != '-' && !c.is_alphabetic()).unwrap_or(text.len() - at);
        let prefixed = reading.marks_of(Mark::OrdinalPrefix).any(|m| m.end == start);
        let ordered = if reading.cues.spaced { (1..=8).contains(&ending) } else { prefixed };
        if ordered
            && at - start <= 2
            && let Ok(number) = text[start..at].parse()
        {
            let end = if reading.cues.spaced { at + ending } else { at };
            out.push((Span::new(start, end), number));
        }
    }
    out
}

/// Bytes between an ordinal and the word it belongs to.
const NEAR: usize = 64;

/// The ordinal of the `nth` of `count` times of the sentence: a list of ordinals goes with a list
/// of dates; a single one with every date. What is only said of a round claims nothing.
pub fn of_time(reading: &Reading, claims: &[(Span, u32)], nth: usize, count: usize, choice: &Choice) -> u32 {
    if !matches!(choice.class, Class::Act | Class::Noun | Class::Event) {
        return 0;
    }
    let near = |span: &Span| span.start.abs_diff(choice.span.start) <= NEAR;
    let part = |at: usize| reading.part_at(at);
    match claims {
        [one] if near(&one.0) && part(one.0.start) == part(choice.span.start) => one.1,
        many if many.len() > 1 && many.len() == count && many.iter().any(|m| near(&m.0)) => many[nth].1,
        _ => 0,
    }
}
