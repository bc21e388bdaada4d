//! Ordinals that a report claims for its event: the third round, 第三轮, третий раунд.
//!
//! Only numbers that count rounds, meetings and the like; a number beside another noun is none.

use super::cues::Mark;
use super::reading::Reading;
use crate::model::Span;

/// Every ordinal claimed in the sentence, in order: where it stands and its number.
pub fn claimed(reading: &Reading) -> Vec<(Span, u32)> {
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
        .chain(digits(&reading.folded))
        .collect();
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
    first.end <= second.start && second.start - first.end <= 12 && reading.cues.spaced
        || second.start.saturating_sub(first.end) <= 6
}

/// Numbers in digits of one or two places, with their short endings (`3rd`, `3-й`).
fn digits(text: &str) -> Vec<(Span, u32)> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let end = (at..bytes.len()).find(|&i| !bytes[i].is_ascii_digit()).unwrap_or(bytes.len());
        if end - at <= 2
            && let Ok(number) = text[at..end].parse()
        {
            let ending =
                text[end..].find(|c: char| c.is_whitespace() || crate::text::han::is_han(c)).unwrap_or(0);
            let end = if ending <= 8 { end + ending } else { end };
            out.push((Span::new(at, end), number));
        }
        at = end;
    }
    out
}

/// The ordinal of the `nth` of `count` times of the sentence: a list of ordinals goes with a list
/// of dates; a single one with every date.
pub fn of_time(claims: &[(Span, u32)], nth: usize, count: usize) -> u32 {
    match claims {
        [] => 0,
        [one] => one.1,
        many if many.len() == count => many[nth].1,
        _ => 0,
    }
}
