//! Typing: which word of a sentence tells what happened at a time, and what kind of event it was.
//!
//! The choice is a sum of plain costs: verbs of doing before verbs of saying before nouns, less
//! for distance, for every clause boundary between time and word, and for words inside what is
//! only quoted. Costs rather than rules of precedence, because any one sign may be missing in
//! damaged text.

use super::cues::{Class, Hit, Mark, Trigger};
use super::reading::{Clause, Reading};
use crate::model::{EventType, Span};

/// A trigger chosen for a time, with the type it comes to.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    pub span: Span,
    pub class: Class,
    pub event_type: EventType,
    pub mode: &'static str,
    pub rule: &'static str,
}

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
fn fit(reading: &Reading, hit: &Hit, time: Option<Span>, scope: Span) -> f64 {
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
    if topical(reading, hit) {
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
fn aside(clause: Clause) -> bool {
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

/// The verb opens the last part of its sentence.
fn closing(reading: &Reading, hit: &Hit) -> bool {
    let index = reading.part_at(hit.span.start);
    let part = reading.parts[index].span;
    index > 0 && reading.folded[part.start..hit.span.start].trim().len() <= 9
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

/// What a chosen trigger comes to: a declaration takes the act it declares, a saying the act that
/// its content amounts to.
fn settle(reading: &Reading, hit: &Hit, scope: Span) -> Choice {
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
fn spoken(event_type: EventType) -> bool {
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
