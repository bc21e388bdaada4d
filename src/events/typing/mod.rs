//! Typing: which word of a sentence tells what happened at a time, and what kind of event it was.
//!
//! The word that fits a time best is chosen ([`fit`]), and its type follows from it and from what is
//! said, promised or declared with it ([`settle`]).

mod fit;
mod settle;

use super::cues::{Class, Hit, Mark};
use super::reading::{Clause, Reading};
use crate::model::{EventType, Span};
use fit::{aside, fit};
use settle::{settle, spoken};

/// A trigger chosen for a time, with the type it comes to.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    pub span: Span,
    pub class: Class,
    pub event_type: EventType,
    pub mode: &'static str,
    pub rule: &'static str,
}

/// A sentence that says a thing is over, such as talks that ended.
pub fn ends(reading: &Reading) -> bool {
    reading.hits.iter().any(|h| h.trigger.class == Class::End && !reading.quoted(h.span.start))
}

/// The trigger that fits the time best. Without a time, the head of the sentence.
pub fn choose(reading: &Reading, time: Option<Span>, scope: Span) -> Option<Choice> {
    choose_among(reading, time, scope, |_| true)
}

/// The same among the triggers that pass a test.
pub fn choose_among(
    reading: &Reading,
    time: Option<Span>,
    scope: Span,
    test: impl Fn(&Hit) -> bool,
) -> Option<Choice> {
    let best = reading
        .hits
        .iter()
        .filter(|h| test(h))
        .filter(|h| time.is_none_or(|t| !t.overlaps(h.span) || h.span.start < t.start && t.end < h.span.end))
        .map(|h| (fit(reading, h, time, scope), h))
        .filter(|(score, _)| score.is_finite())
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.span.start.cmp(&a.1.span.start)))?
        .1;
    Some(settle(reading, best, scope))
}

/// The thing that a time is set for: `cancelled the meeting planned for 12 June` dates the meeting.
pub fn planned_for(reading: &Reading, time: Span) -> Option<Choice> {
    let part = reading.part_at(time.start);
    let mark = reading
        .marks_of(Mark::Planned)
        .find(|m| m.end <= time.start && time.start - m.end <= 6 && reading.part_at(m.start) == part)?;
    let noun = reading.hits.iter().rfind(|h| {
        h.trigger.class == Class::Noun && h.span.end <= mark.start && mark.start - h.span.end <= 24
    })?;
    let verb = reading.hits.iter().any(|h| h.trigger.class == Class::Act && h.span.end <= noun.span.start);
    let whole = Span::new(0, reading.folded.len());
    verb.then(|| Choice { rule: "planned-for", ..settle(reading, noun, whole) })
}

/// Bytes from a day to the agreement that is known by it.
const DATED_NOUN: usize = 160;

/// What is known by its day: соглашение о прекращении огня от 9 ноября.
pub fn dated_noun(reading: &Reading, time: Span) -> Option<Choice> {
    let before = reading.folded[..time.start].trim_end();
    let word = before.rsplit(' ').next().unwrap_or_default();
    if !reading.cues.dated_by.iter().any(|by| by == word) {
        return None;
    }
    let part = reading.part_at(time.start);
    let kept = |h: &&Hit| {
        h.span.end <= time.start
            && time.start - h.span.end <= DATED_NOUN
            && reading.part_at(h.span.start) == part
            && matches!(h.trigger.event_type, EventType::Agree | EventType::Statement)
    };
    let noun = reading.hits.iter().rfind(kept)?;
    let whole = Span::new(0, reading.folded.len());
    Some(Choice { rule: "dated-noun", ..settle(reading, noun, whole) })
}

/// Where no word of the lexicon stands: the nearest word with a past ending in the scope, as an event of
/// no type. `text` is the sentence as it is written: a capital letter inside it begins a name.
pub fn unknown_verb(reading: &Reading, text: &str, time: Span, scope: Span) -> Option<Choice> {
    let capital = |at: usize| at > 0 && text[at..].starts_with(char::is_uppercase);
    let text = &reading.folded;
    if !reading.cues.spaced {
        return None;
    }
    let mut best: Option<(usize, Span)> = None;
    for (start, word) in words(text) {
        let span = Span::new(start, start + word.len());
        if word.chars().count() >= 4
            && !span.overlaps(time)
            && scope.contains(span)
            && reading.cues.past_form(word)
            && !reading.quoted(start)
            && !capital(start)
        {
            let gap = span.start.abs_diff(time.end).min(time.start.abs_diff(span.end));
            if best.is_none_or(|(least, _)| gap < least) {
                best = Some((gap, span));
            }
        }
    }
    best.map(|(_, span)| Choice {
        span,
        class: Class::Event,
        event_type: EventType::Other,
        mode: "",
        rule: "unknown-verb",
    })
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(|c: char| !c.is_alphabetic())
        .filter(|w| !w.is_empty())
        .map(|w| (w.as_ptr() as usize - text.as_ptr() as usize, w))
}

/// The text is a sentence and not a label, a line of a list or a date alone: it closes with a
/// full stop and says more than a name or two.
pub fn tells(reading: &Reading, times: &[Span]) -> bool {
    let text = reading.folded.trim_end().trim_end_matches(['"', '”', '»', '」', ')', '）']);
    let closed = text.ends_with(['.', '!', '。', '！', ';', '；']);
    let dated: usize = times.iter().map(|t| t.end - t.start).sum();
    closed && !text.contains("://") && text.len().saturating_sub(dated) >= 24
}

/// The noun that the time stands right beside and so dates, whatever the sentence says of it:
/// `the 29 March meeting`, 在16日的谈判中.
pub fn beside(reading: &Reading, time: Span) -> Option<Choice> {
    let near = |h: &&Hit| {
        let gap = if h.span.start >= time.end {
            h.span.start - time.end
        } else {
            time.start.saturating_sub(h.span.end)
        };
        gap <= 6 && !h.span.overlaps(time) && (reading.cues.spaced || h.span.start >= time.end)
    };
    let noun = reading
        .hits
        .iter()
        .filter(|h| h.trigger.class == Class::Noun && h.trigger.event_type != EventType::Statement);
    noun.filter(near).map(|h| settle(reading, h, Span::new(0, reading.folded.len()))).next()
}

/// Talks that a sentence announces without a date: `agreed that a third round would be held`.
pub fn announced(reading: &Reading, first: &Choice) -> Option<Choice> {
    let tells = matches!(first.class, Class::Act | Class::Say | Class::Report | Class::Declare);
    let planned = |h: &&Hit| {
        let part = reading.parts[reading.part_at(h.span.start)].span;
        reading.marks_of(Mark::Planned).any(|m| part.contains(m) && m.start >= first.span.end)
    };
    reading
        .hits
        .iter()
        .filter(|h| tells && h.span.start >= first.span.end && h.trigger.event_type == EventType::Consult)
        .find(planned)
        .map(|h| settle(reading, h, Span::new(0, reading.folded.len())))
}

/// Deeds that somebody tells as done before: `reported that he had struck a deal`. At most two.
pub fn reported(reading: &Reading, first: &Choice) -> Vec<Choice> {
    if !matches!(first.class, Class::Say | Class::Report | Class::Declare | Class::Source) {
        return Vec::new();
    }
    let reach = if reading.cues.spaced { 12 } else { 30 };
    let done = |h: &Hit| {
        let part = reading.part_at(h.span.start);
        reading.marks_of(Mark::Perfect).any(|m| {
            m.start >= first.span.end
                && m.end <= h.span.start
                && h.span.start - m.end <= reach
                && reading.part_at(m.start) == part
                // 已提议重新谈判: what was done is the first deed, the next is its object.
                && !reading.hits.iter().any(|o| {
                    o.trigger.class == Class::Act && o.span.start >= m.end && o.span.end <= h.span.start
                })
        })
    };
    reading
        .hits
        .iter()
        .filter(|h| {
            h.trigger.class == Class::Act && h.span.start >= first.span.end && !reading.quoted(h.span.start)
        })
        .filter(|h| done(h))
        .take(2)
        .map(|h| settle(reading, h, Span::new(0, reading.folded.len())))
        .collect()
}

/// Other deeds that the time dates: verbs of other types in clauses of their own and the occasion, at
/// most two.
pub fn others(reading: &Reading, time: Option<Span>, first: &Choice, scope: Span) -> Vec<Choice> {
    let mut out: Vec<Choice> = Vec::new();
    let said_from = reading.saying().map_or(usize::MAX, |s| s.span.end);
    for hit in &reading.hits {
        let at = hit.span.start;
        let verb = matches!(hit.trigger.class, Class::Act | Class::Declare | Class::Say | Class::Report);
        let deed = verb
            && (at < said_from && told(reading, time, hit) || chained(reading, hit))
            && (reading.part_at(at) != reading.part_at(first.span.start) || first.class == Class::Noun);
        let fits = (deed || occasion(reading, hit))
            && scope.contains(hit.span)
            && !hit.span.overlaps(first.span)
            && !reading.quoted(at)
            && !reading.attribute(hit)
            && !reading.in_title(hit.span);
        if fits && out.len() < 2 {
            let choice = settle(reading, hit, scope);
            if choice.event_type != first.event_type && out.iter().all(|o| o.event_type != choice.event_type)
            {
                out.push(choice);
            }
        }
    }
    out
}

/// A verb of speaking that opens its part without a subject goes on with the sentence's own:
/// `said that …, and accused`, 表示……，呼吁…….
fn chained(reading: &Reading, hit: &Hit) -> bool {
    let at = hit.span.start;
    let part = reading.parts[reading.part_at(at)].span;
    let joined =
        reading.marks_of(Mark::Coordinate).find(|m| m.start == part.start).map_or(part.start, |m| m.end);
    let opens =
        joined <= at && reading.folded[joined..at].trim().len() <= if reading.cues.spaced { 0 } else { 3 };
    let says = match hit.trigger.class {
        Class::Declare => true,
        Class::Say => !reading.cues.spaced,
        _ => false,
    };
    opens
        && part.start > 0
        && (spoken(hit.trigger.event_type) || says)
        && (reading.cues.past_form(hit.span.of(&reading.folded))
            || reading.marks_of(Mark::Past).any(|m| m.start == at))
}

/// A noun that says on what occasion: `during a meeting`.
fn occasion(reading: &Reading, noun: &Hit) -> bool {
    let near = |m: Span| {
        m.end <= noun.span.start
            && noun.span.start - m.end <= 40
            && reading.part_at(noun.span.start) <= reading.part_at(m.start) + 1
            && !reading.folded[m.end..noun.span.start].contains([',', '(', ';'])
    };
    noun.trigger.class == Class::Noun
        && noun.trigger.event_type != EventType::Statement
        && reading.clause_at(noun.span.start) != Clause::Relative
        && reading.marks_of(Mark::Occasion).any(near)
}

/// The clause is the main one, or tells in a past form what came before or after it.
fn told(reading: &Reading, time: Option<Span>, hit: &Hit) -> bool {
    match reading.clause_at(hit.span.start) {
        Clause::Main => true,
        Clause::After | Clause::Before => {
            let own = time.is_some_and(|t| aside(reading.clause_at(t.start)));
            own || (reading.cues.spaced && reading.cues.past_form(hit.span.of(&reading.folded)))
        }
        _ => false,
    }
}
