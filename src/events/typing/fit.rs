//! How well a word fits a time.
//!
//! The choice is a sum of plain costs: verbs of doing before verbs of saying before nouns, less
//! for distance, for every clause boundary between time and word, and for words inside what is
//! only quoted. Costs rather than rules of precedence, because any one sign may be missing in
//! damaged text.

use crate::events::cues::{Class, Hit, Mark};
use crate::events::reading::{Clause, Reading};
use crate::model::{EventType, Span};

fn weight(class: Class) -> f64 {
    match class {
        Class::Act => 6.0,
        Class::Declare => 5.5,
        Class::Say | Class::Report => 5.2,
        Class::Source => 3.9,
        Class::Event => 4.4,
        Class::Noun => 4.0,
        Class::Light | Class::End => f64::NEG_INFINITY,
    }
}

/// How well a trigger fits a time at this span; `scope` is where the time governs.
pub fn fit(reading: &Reading, hit: &Hit, time: Option<Span>, scope: Span) -> f64 {
    let at = hit.span.start;
    let mut score = weight(hit.trigger.class);
    if hit.trigger.class == Class::Noun && lent_verb(reading, hit) {
        score += 1.8;
    }
    if reading.attribute(hit) {
        score -= 3.0;
    }
    if reading.accompanies(hit) {
        score -= 1.2;
    }
    if reading.in_title(hit.span) {
        score -= 1.5;
    }
    if topical(reading, hit) || reading.marks_of(Mark::Pretext).any(|m| m.contains(hit.span)) {
        score -= 2.5;
    }
    if purpose(reading, hit) {
        score -= 1.5;
    }
    if announced_by(reading, hit) || wanted(reading, hit) {
        score -= 2.0;
    }
    if reading.quoted(at) && time.is_none_or(|t| !reading.quoted(t.start)) {
        score -= 3.0;
    }
    if !scope.contains(hit.span) {
        score -= 4.0;
    }
    let in_saying = |byte: usize| {
        reading.clause_at(byte) == Clause::Complement || reading.saying().is_some_and(|s| byte >= s.span.end)
    };
    match time {
        Some(time) => {
            let gap = if at >= time.end { at - time.end } else { time.start.saturating_sub(hit.span.end) };
            score -= (gap as f64 / if reading.cues.spaced { 40.0 } else { 45.0 }).min(2.5);
            score -= reading.crossing(time.start, at).min(4.5);
            // A date that opens its clause governs what follows.
            if hit.span.end <= time.start && reading.opens_part(time) {
                score -= 2.5;
            }
            if in_saying(at) && !in_saying(time.start) {
                score -= 2.5;
            }
            // A time speaks of its own clause before others.
            if aside(reading.clause_at(at)) != aside(reading.clause_at(time.start)) {
                score -= 1.5;
            }
            if verb_alone(reading, time) && at < time.start {
                score += if hit.trigger.class == Class::Noun { 2.5 } else { -2.0 };
            }
        }
        None => {
            // `…, said the minister` closes the sentence and still heads it.
            let closes = matches!(hit.trigger.class, Class::Say | Class::Report) && closing(reading, hit);
            score -= if closes { 0.0 } else { (at as f64 / 60.0).min(2.0) };
            if in_saying(at) {
                score -= 4.0;
            }
            if reading.clause_at(at) != Clause::Main {
                score -= 1.5;
            }
        }
    }
    score
}

/// Clauses that tell the time or the circumstances of another.
pub fn aside(clause: Clause) -> bool {
    matches!(clause, Clause::After | Clause::Before | Clause::When | Clause::Relative)
}

/// The time's part has a verb that needs a noun, and no other: `but stopped in May`.
fn verb_alone(reading: &Reading, time: Span) -> bool {
    let part = reading.parts[reading.part_at(time.start)].span;
    let within = |h: &&Hit| part.contains(h.span);
    let lends = |h: &Hit| matches!(h.trigger.class, Class::Light | Class::End);
    reading.hits.iter().filter(within).any(lends) && reading.hits.iter().filter(within).all(lends)
}

/// The word only says what the clause is about: 就撤离达成一致.
fn topical(reading: &Reading, hit: &Hit) -> bool {
    let part = reading.parts[reading.part_at(hit.span.start)].span;
    let verb = |h: &Hit| matches!(h.trigger.class, Class::Act | Class::Declare | Class::Say | Class::Light);
    reading.marks_of(Mark::Topic).any(|m| part.contains(m) && m.end <= hit.span.start)
        && reading.hits.iter().any(|h| verb(h) && part.contains(h.span) && h.span.start >= hit.span.end)
}

/// A word of declaring before it in its part says that it is only declared: объявил о взятии.
fn announced_by(reading: &Reading, hit: &Hit) -> bool {
    let part = reading.parts[reading.part_at(hit.span.start)].span;
    let before = |h: &&Hit| part.contains(h.span) && h.span.end <= hit.span.start;
    hit.trigger.class == Class::Act
        && reading.hits.iter().filter(before).any(|h| h.trigger.class == Class::Declare)
}

/// It is what somebody asks for: demanded a halt to the fighting, зажадав припинити вогонь, 要求书面保证.
fn wanted(reading: &Reading, hit: &Hit) -> bool {
    let part = reading.parts[reading.part_at(hit.span.start)].span;
    let asks = |h: &Hit| h.trigger.event_type == EventType::Request && h.trigger.class == Class::Act;
    let first = hit.span.of(&reading.folded).split(' ').next().unwrap_or_default();
    // Without word forms, what is asked for is told from a deed only where it is a promise.
    let wish = if reading.cues.spaced {
        !reading.cues.past_form(first)
    } else {
        hit.trigger.event_type == EventType::Agree
    };
    wish && hit.trigger.class == Class::Act
        && reading.hits.iter().any(|h| asks(h) && part.contains(h.span) && h.span.end <= hit.span.start)
}

/// What a thing is for, or what somebody is to do: a referendum to ratify the deal. A term is set for the
/// deed itself.
fn purpose(reading: &Reading, hit: &Hit) -> bool {
    hit.trigger.class == Class::Act
        && reading.infinitive_at(hit.span.start)
        && reading.marks_of(Mark::Deadline).next().is_none()
        && !reading.marks_of(Mark::Planned).any(|m| m.end <= hit.span.start && hit.span.start - m.end <= 4)
}

/// A light verb stands in the same part as the noun. What follows a verb of ending is only how it
/// ended: the summit ended with a communiqué.
pub fn lent_verb(reading: &Reading, noun: &Hit) -> bool {
    let part = reading.parts[reading.part_at(noun.span.start)].span;
    let lends = |h: &Hit| match h.trigger.class {
        Class::Light => true,
        Class::End => !reading.cues.spaced || noun.span.end <= h.span.start,
        _ => false,
    };
    reading.hits.iter().any(|h| lends(h) && part.contains(h.span))
}

/// The verb opens the last part of its sentence.
pub fn closing(reading: &Reading, hit: &Hit) -> bool {
    let index = reading.part_at(hit.span.start);
    let part = reading.parts[index].span;
    index > 0 && reading.folded[part.start..hit.span.start].trim().len() <= 9
}
