//! What type of event a chosen word comes to: words of saying take the type of what is said, words
//! of declaring that of the deed, promises are pledges whatever the deed.

use super::{Choice, chained};
use crate::events::cues::{Class, Hit, Mark, Trigger};
use crate::events::reading::Reading;
use crate::model::{EventType, Span};

/// What a chosen trigger comes to: a declaration takes the act it declares, a saying the act that
/// its content amounts to.
pub fn settle(reading: &Reading, hit: &Hit, scope: Span) -> Choice {
    let plain = Choice {
        span: hit.span,
        class: hit.trigger.class,
        event_type: hit.trigger.event_type,
        mode: hit.trigger.mode,
        rule: match hit.trigger.class {
            Class::Act => "act",
            Class::Declare => "declaration",
            Class::Say | Class::Report | Class::Source => "saying",
            Class::Event => "event-word",
            _ => "noun",
        },
    };
    if polled(reading, hit) {
        return Choice { class: Class::Event, event_type: EventType::Other, mode: "", rule: "poll", ..plain };
    }
    let becomes = |(event_type, mode), rule| Choice { event_type, mode, rule, ..plain };
    let content = || content(reading, hit, scope).map(|t| becomes((t, ""), "saying-content"));
    let declared = || declared(reading, hit).map(|deed| becomes(deed, "declared-act"));
    let promised = || promised(reading, hit).map(|deed| becomes(deed, "promised-act"));
    match hit.trigger.class {
        Class::Declare if hit.trigger.event_type == EventType::Statement => {
            declared().or_else(promised).or_else(content).unwrap_or(plain)
        }
        Class::Declare => declared().unwrap_or(plain),
        Class::Say => content().or_else(promised).unwrap_or(plain),
        Class::Report => promised().unwrap_or(plain),
        _ => plain,
    }
}

/// Deeds that are done by speaking.
pub fn spoken(event_type: EventType) -> bool {
    matches!(
        event_type,
        EventType::Agree
            | EventType::Request
            | EventType::Reject
            | EventType::Accuse
            | EventType::Support
            | EventType::Threaten
    )
}

/// What people think or say in a survey is the survey's finding.
fn polled(reading: &Reading, hit: &Hit) -> bool {
    let voiced = matches!(hit.trigger.class, Class::Say | Class::Report | Class::Source | Class::Act)
        && (spoken(hit.trigger.event_type) || hit.trigger.event_type == EventType::Statement);
    voiced && reading.marks_of(Mark::Poll).any(|m| !reading.quoted(m.start))
}

/// The deed right after a word of declaring, deciding or ordering, where words can do that deed.
fn declared(reading: &Reading, hit: &Hit) -> Option<(EventType, &'static str)> {
    let spaced = reading.cues.spaced;
    let part = reading.part_at(hit.span.start);
    let deed = reading.hits.iter().find(|h| {
        let reach = match (h.trigger.class, spaced) {
            (Class::Act | Class::Declare, true) => 60,
            (Class::Act | Class::Declare, false) => 36,
            (Class::Noun, true) => 36,
            (Class::Noun, false) => 24,
            _ => return false,
        };
        h.span.start >= hit.span.end
            && h.span.start - hit.span.end <= reach
            && reading.part_at(h.span.start) <= part + 1
    })?;
    if before_that(reading, hit.span, deed.span) {
        return None;
    }
    let Trigger { event_type, mode, class } = deed.trigger;
    match event_type {
        // A decree on a resignation is no resignation of who signs it.
        _ if mode == "resign" && hit.trigger.event_type == EventType::Other => None,
        EventType::Retreat => Some((EventType::Concede, "")),
        EventType::Coerce
        | EventType::Sanction
        | EventType::Mobilize
        | EventType::Concede
        | EventType::Reject => Some((event_type, mode)),
        // A request or an accusation that is spoken of is done again by speaking of it.
        EventType::Request | EventType::Agree | EventType::Cooperate if class == Class::Act => {
            Some((event_type, mode))
        }
        EventType::Aid if class == Class::Act => Some((EventType::Agree, "")),
        _ => None,
    }
}

/// The deed is told as done before: announced that it had withdrawn.
fn before_that(reading: &Reading, declared: Span, deed: Span) -> bool {
    let reach = if reading.cues.spaced { 12 } else { 6 };
    reading
        .marks_of(Mark::Perfect)
        .any(|m| m.start >= declared.end && m.end <= deed.start && deed.start - m.end <= reach)
}

/// A deed to come that the speaker takes upon himself: `said it would freeze the assets`.
fn promised(reading: &Reading, hit: &Hit) -> Option<(EventType, &'static str)> {
    let spaced = reading.cues.spaced;
    let near = if spaced { 12 } else { 6 };
    let deed = reading.hits.iter().find(|h| {
        h.span.start >= hit.span.end && matches!(h.trigger.class, Class::Act | Class::Say | Class::Noun)
    })?;
    let part = reading.part_at(deed.span.start);
    // Languages without word forms use one word for the deed and for doing it.
    let does = deed.trigger.class == Class::Act || deed.trigger.class == Class::Noun && !spaced;
    if !does || part > reading.part_at(hit.span.start) + 2 {
        return None;
    }
    let sign = reading.marks_of(Mark::Planned).find(|m| {
        m.start >= hit.span.end
            && m.start <= deed.span.start
            && deed.span.start.saturating_sub(m.end) <= if spaced { 24 } else { 30 }
            && reading.part_at(m.start) == part
    })?;
    // Nobody else stands between: `said that he will`, 表示将, заявил, что выведет.
    let gap = &reading.folded[hit.span.end..sign.start];
    let own = reading.marks_of(Mark::Speaker).any(|m| m.start >= hit.span.end && m.end <= sign.start);
    let bare = gap.trim_matches(|c: char| !c.is_alphanumeric()).len() <= near;
    let negated = reading.marks_of(Mark::Negated).any(|m| m.start >= sign.start && m.end <= deed.span.start);
    if negated || !(own && gap.len() <= near * 4 || bare) {
        return None;
    }
    match deed.trigger.event_type {
        EventType::Retreat => Some((EventType::Concede, "")),
        EventType::Coerce | EventType::Sanction | EventType::Mobilize | EventType::Concede => {
            Some((deed.trigger.event_type, deed.trigger.mode))
        }
        EventType::Consult | EventType::Aid | EventType::Support | EventType::Cooperate => {
            Some((EventType::Agree, ""))
        }
        EventType::Assault => Some((EventType::Threaten, "")),
        _ => None,
    }
}

/// The type that what is said amounts to: a refusal if there is one, else the first sign.
fn content(reading: &Reading, hit: &Hit, scope: Span) -> Option<EventType> {
    let reach = if reading.cues.spaced { 140 } else { 150 };
    let goes_on = |h: &&Hit| !reading.cues.spaced && h.span.start >= hit.span.end && chained(reading, h);
    let next = reading.hits.iter().find(goes_on);
    let end = scope.end.min(hit.span.end + reach).min(next.map_or(usize::MAX, |h| h.span.start));
    let signs: Vec<(Span, EventType)> = reading
        .marks
        .iter()
        .filter(|(span, _)| span.start >= hit.span.end && span.end <= end)
        .filter_map(|(span, mark)| match mark {
            Mark::Content(event_type) => Some((*span, *event_type)),
            _ => None,
        })
        .collect();
    let whole = |s: &&(Span, EventType)| !signs.iter().any(|o| o.0 != s.0 && o.0.contains(s.0));
    let mut found = signs.iter().filter(whole);
    let refusal = found.clone().find(|s| s.1 == EventType::Reject);
    refusal.or_else(|| found.next()).map(|s| s.1)
}
