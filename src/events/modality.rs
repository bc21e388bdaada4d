//! Modality: whether the thing happened, is planned, did not happen, or is only thought of.
//!
//! Read off the words beside the trigger: before a verb, on both sides of a noun. A date is kept
//! whatever the modality; that is the reader's to filter.

use super::cues::{Class, Mark};
use super::reading::Reading;
use super::typing::Choice;
use crate::model::{EventType, Modality, Span};

/// `times` are the sentence's time expressions: words inside them (the month May) are no signs.
pub fn modality(reading: &Reading, choice: &Choice, times: &[Span]) -> Modality {
    let near = |mark: Mark| {
        reading
            .marks_of(mark)
            .filter(|span| !times.iter().any(|t| t.overlaps(*span)))
            .any(|span| beside(reading, choice, span, mark))
    };
    if choice.event_type != EventType::Reject && near(Mark::Negated) {
        return Modality::Negated;
    }
    if matches!(choice.class, Class::Say | Class::Report | Class::Source) {
        return if near(Mark::Planned) { Modality::Planned } else { Modality::Happened };
    }
    if due(reading, choice, times) {
        return Modality::Planned;
    }
    if near(Mark::Hypothetical) {
        Modality::Hypothetical
    } else if near(Mark::Planned) {
        Modality::Planned
    } else {
        Modality::Happened
    }
}

/// Of a sentence that no trigger tells: planned where a sign of that stands outside its quotations.
pub fn of_unknown(reading: &Reading, times: &[Span]) -> Modality {
    let sign = |mark: Mark| {
        reading
            .marks_of(mark)
            .any(|span| !reading.quoted(span.start) && !times.iter().any(|time| time.overlaps(span)))
    };
    if sign(Mark::Planned) { Modality::Planned } else { Modality::Happened }
}

/// The mark is close enough to the trigger to bear on it.
fn beside(reading: &Reading, choice: &Choice, mark: Span, kind: Mark) -> bool {
    let spaced = reading.cues.spaced;
    let noun = matches!(choice.class, Class::Noun | Class::Event);
    if choice.span.contains(mark) {
        // `agreement has not been reached`: inside the gap of a phrase and by its last word. Farther
        // off it belongs to what the agreement is about: `reached an accord not to attack in the summer`.
        let left = choice.span.end.saturating_sub(mark.end);
        let reach = if spaced { 28 } else { 15 };
        return match kind {
            Mark::Negated => mark.start > choice.span.start && left <= reach,
            // The word itself speaks of what is to come: состоится, назначили на. Or the subject stands
            // before it: `troops are due to leave`.
            Mark::Planned => mark.start == choice.span.start || subject_first(reading, choice),
            _ => false,
        };
    }
    let same_part =
        reading.part_at(mark.start) == reading.part_at(choice.span.start) || shares(reading, choice, mark);
    if mark.end <= choice.span.start {
        let between = &reading.folded[mark.end..choice.span.start];
        // Letters of other scripts take more bytes each.
        let letters = spaced && kind != Mark::Negated;
        let gap = if letters { between.chars().count() } else { between.len() };
        let reach = match (kind, spaced) {
            (Mark::Negated, true) => 28,
            (Mark::Negated, false) if governs(reading, mark, choice.span) => 60,
            (Mark::Negated, false) => 6,
            // A verb has its sign right before it; between may stand only what belongs to it.
            (_, true) if !noun => 20,
            (_, false) if !noun => 24,
            (_, true) => 40,
            (_, false) => 36,
        };
        // `the summit planned for May was cancelled`: the sign belongs to the noun.
        let overtaken = !noun
            && kind != Mark::Negated
            && reading.marks_of(Mark::Past).any(|p| p.start >= mark.end && p.start <= choice.span.start);
        return same_part
            && !overtaken
            && gap <= reach
            && reading.quoted(mark.start) == reading.quoted(choice.span.start);
    }
    // Without word forms, a verb may stand for the noun: 会晤未能举行.
    if (noun || !spaced) && kind == Mark::Negated {
        return undone(reading, choice, mark);
    }
    // A noun's verb follows it: talks will be held; talks between one side and the other will resume.
    let joined = || {
        spaced
            && reading.part_at(mark.start) == reading.part_at(choice.span.start) + 1
            && !reading.hits.iter().any(|h| h.span.start >= choice.span.end && h.span.end <= mark.start)
            && reading.marks_of(Mark::With).any(|w| w.start >= choice.span.end && w.end <= mark.start)
    };
    noun && kind != Mark::Negated
        && (same_part || joined())
        && mark.start.saturating_sub(choice.span.end) <= if spaced { 60 } else { 45 }
}

/// A second verb right after the word that joins it has the sign of the first: will be ratified or
/// rejected.
fn shares(reading: &Reading, choice: &Choice, mark: Span) -> bool {
    let part = reading.part_at(choice.span.start);
    let opening = reading.parts[part].span.start;
    let joined = reading
        .marks_of(Mark::Coordinate)
        .any(|m| m.start == opening && reading.folded[m.end..choice.span.start.max(m.end)].trim().is_empty());
    reading.cues.spaced
        && part > 0
        && joined
        && reading.part_at(mark.start) + 1 == part
        && mark.end <= opening
}

/// The phrase begins with who does it, not with the verb.
fn subject_first(reading: &Reading, choice: &Choice) -> bool {
    let first = choice.span.of(&reading.folded).split(' ').next().unwrap_or_default();
    reading.cues.spaced && choice.class == Class::Act && !reading.cues.past_form(first)
}

/// Between the negation and its verb stands only with whom or what about: 没有与对方会面.
fn governs(reading: &Reading, negation: Span, verb: Span) -> bool {
    let joins = |kind: Mark| reading.marks_of(kind).any(|m| m.start == negation.end);
    (joins(Mark::With) || joins(Mark::Topic))
        && !reading.hits.iter().any(|h| {
            matches!(h.trigger.class, Class::Act | Class::Say | Class::Declare)
                && h.span.start >= negation.end
                && h.span.end <= verb.start
        })
}

/// The verb that a noun borrows says that it did not come about: the meeting did not take place.
fn undone(reading: &Reading, choice: &Choice, negation: Span) -> bool {
    let lent = |h: &&super::cues::Hit| {
        matches!(h.trigger.class, Class::Light | Class::End)
            && h.span.start >= negation.end
            && h.span.start - negation.end <= 14
    };
    negation.start >= choice.span.end
        && reading.folded[choice.span.end..negation.start].chars().count() <= 60
        && reading.part_at(negation.start) <= reading.part_at(choice.span.start) + 2
        && reading.hits.iter().any(|h| lent(&h))
        && !reading.hits.iter().any(|h| {
            h.trigger.class != Class::Light
                && h.trigger.class != Class::End
                && h.span.start >= choice.span.end
                && h.span.end <= negation.start
        })
}

/// A deed in its base form with a day until which it is to be done: обеспечить до конца года.
fn due(reading: &Reading, choice: &Choice, times: &[Span]) -> bool {
    let limit = |time: &Span| {
        reading.marks_of(Mark::Deadline).any(|m| {
            m.start == time.start
                || m.end <= time.start && reading.folded[m.end..time.start].trim().is_empty()
        })
    };
    let word = choice.span.of(&reading.folded).split(' ').next().unwrap_or_default();
    let base = reading.cues.infinitive.iter().any(|e| word.ends_with(e.as_str()))
        || reading.infinitive_at(choice.span.start);
    base && times.iter().any(|t| limit(t) && reading.part_at(t.start) == reading.part_at(choice.span.start))
}
