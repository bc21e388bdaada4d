//! Roles: who does, who is acted on, who hosts or mediates, and where it happens.
//!
//! Taken from the names of the sentence by their place around the trigger and the words beside
//! them. A state right before a person's name is the office the person holds, not a second actor.

use super::cues::{Class, Mark};
use super::reading::{Clause, Reading};
use super::typing::Choice;
use crate::model::{EntityKind, EventType, NameMention, Named, Role, Span};

/// The names of one sentence, outermost spans only, in order.
pub fn names(named: &Named, sentence: usize) -> Vec<&NameMention> {
    let from = named.mentions.partition_point(|m| m.sentence < sentence);
    let mut out: Vec<&NameMention> = Vec::new();
    for mention in named.mentions[from..].iter().take_while(|m| m.sentence == sentence) {
        if !out.iter().any(|o| o.span.contains(mention.span)) {
            out.push(mention);
        }
    }
    out
}

fn kind(named: &Named, mention: &NameMention) -> EntityKind {
    named.entities[mention.entity].kind
}

/// Place and participants of a chosen trigger.
pub struct Cast {
    pub participants: Vec<(usize, Role)>,
    pub place: Option<usize>,
}

pub fn cast(reading: &Reading, named: &Named, sentence: usize, choice: &Choice, scope: Span) -> Cast {
    let names = names(named, sentence);
    let place = place(reading, named, &names, choice, scope);
    let mut participants: Vec<(usize, Role)> = Vec::new();
    for (index, name) in names.iter().enumerate() {
        if !acts(reading, named, &names, index, choice, scope) || Some(name.entity) == place.map(|p| p.entity)
        {
            continue;
        }
        let role = role(reading, name.span, choice);
        if !participants.iter().any(|(entity, _)| *entity == name.entity) {
            participants.push((name.entity, role));
        }
    }
    Cast { participants, place: place.map(|p| p.entity) }
}

/// The name takes part: a person, state or body in reach that is not only an attribute.
fn acts(
    reading: &Reading,
    named: &Named,
    names: &[&NameMention],
    index: usize,
    choice: &Choice,
    scope: Span,
) -> bool {
    let name = names[index];
    let span = name.span;
    if !matches!(kind(named, name), EntityKind::Person | EntityKind::State | EntityKind::Organisation) {
        return false;
    }
    if span.start >= scope.end || span.end <= scope.start || span.overlaps(choice.span) {
        return false;
    }
    // A state that is only where it happens.
    if kind(named, name) == EntityKind::State
        && (marked(reading, Mark::Place, span) || follows_place(reading, named, names, name))
    {
        return false;
    }
    let saying = matches!(choice.class, Class::Say | Class::Report | Class::Source | Class::Declare);
    if saying && (span.start >= choice.span.end || reading.clause_at(span.start) == Clause::Complement) {
        return false;
    }
    if reading.crossing(span.start, choice.span.start) > 5.0 || !same_clause(reading, span, choice) {
        return false;
    }
    // `Ahead of the talks the president said`: who follows the noun belongs to the verb.
    let verb_after = || {
        reading.hits.iter().any(|h| {
            h.span.start >= span.end
                && matches!(h.trigger.class, Class::Say | Class::Report | Class::Act)
                && reading.part_at(h.span.start) == reading.part_at(span.start)
        })
    };
    if choice.class == Class::Noun && span.start >= choice.span.end && verb_after() && !linked(reading, span)
    {
        return false;
    }
    if saying && !own_subject(reading, named, names, span, choice) {
        return false;
    }
    !attribute(reading, named, names, index)
}

/// A word such as `with` or `between` stands right before the name.
fn linked(reading: &Reading, name: Span) -> bool {
    reading.marks_of(Mark::With).any(|m| m.end <= name.start && name.start - m.end <= 20)
}

/// Who acts in a clause of time does not act in the main clause, nor the other way round.
fn same_clause(reading: &Reading, name: Span, choice: &Choice) -> bool {
    let aside = |at: usize| matches!(reading.clause_at(at), Clause::After | Clause::Before | Clause::When);
    match (aside(name.start), aside(choice.span.start)) {
        (false, false) => true,
        (true, true) => reading.crossing(name.start, choice.span.start) < 1.0,
        _ => false,
    }
}

/// The speaker stands in the part of the verb of saying; where nobody does, all before it may be.
fn own_subject(
    reading: &Reading,
    named: &Named,
    names: &[&NameMention],
    name: Span,
    choice: &Choice,
) -> bool {
    let part = reading.parts[reading.part_at(choice.span.start)].span;
    let own = |n: &NameMention| {
        part.contains(n.span) && n.span.end <= choice.span.start && kind(named, n) != EntityKind::Place
    };
    part.contains(name) || !names.iter().any(|n| own(n))
}

/// A state just before a person: `Russian Foreign Minister Sergey Lavrov`.
fn attribute(reading: &Reading, named: &Named, names: &[&NameMention], index: usize) -> bool {
    let name = names[index];
    let reach = if reading.cues.spaced { 48 } else { 36 };
    matches!(kind(named, name), EntityKind::State | EntityKind::Organisation | EntityKind::Place)
        && names.get(index + 1).is_some_and(|next| {
            kind(named, next) == EntityKind::Person && next.span.start >= name.span.end && {
                let between = &reading.folded[name.span.end..next.span.start];
                between.len() <= reach
                    && !between.contains([',', '，', '、', '(', ')', '“', '"'])
                    && !reading.hits.iter().any(|h| {
                        h.trigger.class != Class::Noun
                            && h.span.start >= name.span.end
                            && h.span.end <= next.span.start
                    })
                    && !reading.marks.iter().any(|(s, m)| {
                        matches!(m, Mark::With | Mark::Coordinate)
                            && s.start >= name.span.end
                            && s.end <= next.span.start
                    })
            }
        })
}

fn role(reading: &Reading, name: Span, choice: &Choice) -> Role {
    let just_before = |mark: Mark| {
        reading
            .marks_of(mark)
            .any(|m| m.end <= name.start && name.start - m.end <= 24 && near_gap(reading, m.end, name.start))
    };
    let just_after =
        |mark: Mark| reading.marks_of(mark).any(|m| m.start >= name.end && m.start - name.end <= 12);
    if just_before(Mark::Mediator) || just_after(Mark::MediatorAfter) {
        return Role::Mediator;
    }
    if just_before(Mark::Host) || just_after(Mark::HostAfter) {
        return Role::Host;
    }
    let before = name.start < choice.span.start;
    match choice.event_type {
        EventType::Consult if choice.mode == "visit" => {
            if before {
                Role::Actor
            } else {
                Role::Recipient
            }
        }
        EventType::Consult | EventType::Agree | EventType::Cooperate => Role::Participant,
        _ => {
            let passive = passive(reading, choice);
            if just_before(Mark::PassiveBy) || before != passive { Role::Actor } else { Role::Recipient }
        }
    }
}

/// No clause mark between.
fn near_gap(reading: &Reading, from: usize, to: usize) -> bool {
    !reading.folded[from..to].contains([',', ';', '，', '。'])
}

/// `was arrested`, 被捕: the one before the verb suffers it.
fn passive(reading: &Reading, choice: &Choice) -> bool {
    let before = |mark: Mark, reach: usize| {
        reading.marks_of(mark).any(|m| {
            m.end <= choice.span.start + if reading.cues.spaced { 0 } else { 3 }
                && choice.span.start.saturating_sub(m.end) <= reach
        })
    };
    if choice.class != Class::Act {
        return false;
    }
    if reading.cues.spaced { before(Mark::PassiveAux, 10) } else { before(Mark::PassiveBy, 3) }
}

/// A mark stands right before the name.
fn marked(reading: &Reading, mark: Mark, name: Span) -> bool {
    let reach = if reading.cues.spaced { 6 } else { 24 };
    reading
        .marks_of(mark)
        .any(|m| m.end <= name.start && name.start - m.end <= reach && near_gap(reading, m.end, name.start))
}

/// The name of a place that a word of place stands before, nearest to the trigger; towns before
/// countries. Deeds that go somewhere also take the place they go to.
fn place<'a>(
    reading: &Reading,
    named: &Named,
    names: &[&'a NameMention],
    choice: &Choice,
    scope: Span,
) -> Option<&'a NameMention> {
    let goes = choice.mode == "visit"
        || matches!(choice.event_type, EventType::Mobilize | EventType::Retreat | EventType::Assault);
    names
        .iter()
        .filter(|n| matches!(kind(named, n), EntityKind::Place | EntityKind::State))
        .filter(|n| n.span.start < scope.end && n.span.end > scope.start)
        .filter(|n| {
            marked(reading, Mark::Place, n.span)
                || (goes && marked(reading, Mark::Toward, n.span))
                || follows_place(reading, named, names, n)
                || names_talks(reading, named, n, choice)
        })
        .min_by_key(|n| {
            let country = kind(named, n) == EntityKind::State;
            (country, n.span.start.abs_diff(choice.span.start))
        })
        .copied()
}

/// `the Vienna talks`, 维也纳会谈: talks named by the town they were held in.
fn names_talks(reading: &Reading, named: &Named, name: &NameMention, choice: &Choice) -> bool {
    matches!(choice.class, Class::Noun)
        && choice.event_type == EventType::Consult
        && kind(named, name) == EntityKind::Place
        && reading.folded.get(name.span.end..choice.span.start).is_some_and(|gap| matches!(gap, "" | " "))
}

/// `in Antalya, Turkey`, 在土耳其安塔利亚: the second of two places set side by side.
fn follows_place(reading: &Reading, named: &Named, names: &[&NameMention], name: &NameMention) -> bool {
    names.iter().any(|other| {
        other.span.end <= name.span.start
            && name.span.start - other.span.end <= 3
            && matches!(kind(named, other), EntityKind::Place | EntityKind::State)
            && (marked(reading, Mark::Place, other.span) || marked(reading, Mark::Toward, other.span))
    })
}
