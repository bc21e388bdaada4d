//! Carrying: giving a sentence without a date of its own the date of the report it takes up.
//!
//! `The talks lasted two hours` after a dated sentence happened on that date; `Conflicts are
//! frozen when …` did not. A sentence is dated so only if its head is a past deed, nothing marks it
//! as general or planned, and it goes on with what was told (a word that says so, or the same
//! person) or stands under a dated heading. The choice is strict: background must stay undated.

use super::cues::{Class, Mark};
use super::extract::Document;
use super::reading::{Clause, Reading};
use super::typing::{self, Choice};
use crate::model::{Basis, EntityKind, EventMention, EventType, Modifier, Precision, Role, Span};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// How many sentences a date is carried over without being named again.
const REACH: usize = 4;

/// A date and what goes with it, for one sentence.
pub struct Carried {
    pub edtf: String,
    pub start: Option<Date>,
    pub end: Option<Date>,
    pub precision: Precision,
    pub modifier: Modifier,
    pub basis: Basis,
    pub rule: &'static str,
    pub choice: Option<Choice>,
    /// For heads such as `It concluded` that have no type of their own.
    pub event_type: EventType,
    pub mode: &'static str,
    /// Who acts where the sentence says only `he`.
    pub actors: Vec<(usize, Role)>,
}

/// The report that sentences may take up.
struct Last {
    sentence: usize,
    section: usize,
    /// Sentences since one that named its time.
    steps: usize,
    mention: EventMention,
    entities: BTreeSet<usize>,
}

/// What the sentences so far leave to carry.
#[derive(Default)]
pub struct Carry {
    last: Option<Last>,
}

/// How a sentence goes on with the one before it.
#[derive(PartialEq, Eq, Clone, Copy)]
enum Link {
    /// By a word that takes up the report, or the same person.
    Taken,
    /// Only by standing next to it.
    Adjacent,
}

impl Carry {
    /// Cheap test before a sentence is read.
    pub fn possible(&self, document: &Document, sentence: usize) -> bool {
        self.near(document, sentence).is_some() || heading(document, sentence).is_some()
    }

    fn near(&self, document: &Document, sentence: usize) -> Option<&Last> {
        let section = document.cleaned.sentences[sentence].section;
        let fine = |l: &Last| {
            !matches!(l.mention.precision, Precision::Year | Precision::Decade | Precision::Century)
        };
        self.last
            .as_ref()
            .filter(|l| l.section == section && sentence - l.sentence <= 2 && l.steps < REACH && fine(l))
    }

    /// Remembers what a sentence reported.
    pub fn after(
        &mut self,
        document: &Document,
        sentence: usize,
        mentions: &[EventMention],
        reading: &Reading,
    ) {
        let Some(mention) = remembered(document, mentions, reading) else { return };
        let steps = match (&self.last, mention.time) {
            (Some(last), None) => last.steps + 1,
            _ => 0,
        };
        let mut entities = persons(document, sentence);
        entities.extend(mention.participants.iter().map(|p| p.0));
        let section = document.cleaned.sentences[sentence].section;
        self.last = Some(Last { sentence, section, steps, mention: mention.clone(), entities });
    }

    /// The date that an undated sentence gets, if any.
    pub fn take(&self, document: &Document, reading: &Reading, sentence: usize) -> Option<Carried> {
        let whole = Span::new(0, reading.folded.len());
        let choice =
            typing::choose(reading, None, whole).filter(|c| c.class != Class::Noun || typing::ends(reading));
        let head = choice.map(|c| c.span).or_else(|| light(reading))?;
        let question = reading.folded.trim_end().ends_with(['?', '？']);
        if question || generic(reading, head) || !past(reading, head) {
            return None;
        }
        let link = self.near(document, sentence).and_then(|last| link(document, reading, sentence, last));
        let heading = heading(document, sentence);
        match (link, self.near(document, sentence)) {
            (Some(Link::Taken), Some(last)) if fits_heading(last, heading) => {
                Some(from_last(document, last, reading, choice, "carried"))
            }
            _ if heading.is_some() && choice.is_some() => from_heading(document, sentence, reading, choice),
            (Some(Link::Adjacent), Some(last))
                if choice.is_some_and(|c| strong(c.class)) && last.mention.precision == Precision::Day =>
            {
                Some(from_last(document, last, reading, choice, "carried-adjacent"))
            }
            _ => None,
        }
    }
}

/// The report that later sentences go on with: the last that the sentence itself tells, not what
/// is said in it, and of several deeds at one time the one of the main clause.
fn remembered<'a>(
    document: &Document,
    mentions: &'a [EventMention],
    reading: &Reading,
) -> Option<&'a EventMention> {
    let told = |at: usize| reading.clause_at(at) != Clause::Complement && !reading.quoted(at);
    let time = |m: &EventMention| m.time.map(|t| document.dated.times[t].span.start);
    let last = mentions.iter().rfind(|m| time(m).is_none_or(told)).or(mentions.last())?;
    let same = || mentions.iter().filter(|m| m.time == last.time);
    same().find(|m| reading.clause_at(m.trigger.start) == Clause::Main).or(same().next())
}

fn strong(class: Class) -> bool {
    matches!(class, Class::Act | Class::Declare | Class::Say | Class::Report)
}

/// `It concluded`, 会谈持续: a verb without a type, about what was told.
fn light(reading: &Reading) -> Option<Span> {
    reading
        .hits
        .iter()
        .find(|h| {
            matches!(h.trigger.class, Class::Light | Class::End)
                && reading.clause_at(h.span.start) == Clause::Main
        })
        .map(|h| h.span)
}

/// A sign before the head, or on it, that the sentence tells nothing that happened then.
fn generic(reading: &Reading, head: Span) -> bool {
    reading.marks_of(Mark::Generic).chain(reading.marks_of(Mark::Planned)).any(|m| {
        m.start < head.end
            && !reading.quoted(m.start)
            && reading.clause_at(m.start) == reading.clause_at(head.start)
    })
}

/// The head is told in the past.
fn past(reading: &Reading, head: Span) -> bool {
    if !reading.cues.spaced {
        return true;
    }
    let word = head.of(&reading.folded);
    if reading.cues.past_form(word) || word.split(' ').any(|w| reading.cues.past_form(w)) {
        return true;
    }
    reading.marks_of(Mark::Past).any(|m| m.start <= head.end && head.start.saturating_sub(m.end) <= 24)
}

fn persons(document: &Document, sentence: usize) -> BTreeSet<usize> {
    super::roles::names(document.named, sentence)
        .into_iter()
        .filter(|m| document.named.entities[m.entity].kind == EntityKind::Person)
        .map(|m| m.entity)
        .collect()
}

fn link(document: &Document, reading: &Reading, sentence: usize, last: &Last) -> Option<Link> {
    let limit = if reading.cues.spaced { 40 } else { 36 };
    let word = reading.marks_of(Mark::Continues).any(|m| m.start < limit && !reading.quoted(m.start));
    if word || persons(document, sentence).intersection(&last.entities).next().is_some() {
        return Some(Link::Taken);
    }
    let block = |s: usize| document.cleaned.sentences[s].block_no;
    (sentence == last.sentence + 1 && block(sentence) == block(last.sentence)).then_some(Link::Adjacent)
}

/// The date of the section's heading, if it is finer than a year.
fn heading<'a>(document: &Document<'a>, sentence: usize) -> Option<&'a crate::model::DateContext> {
    let section = document.cleaned.sentences[sentence].section;
    document.dated.contexts.get(section).filter(|c| match (c.start, c.end) {
        (Some(start), Some(end)) => start.until(end).is_ok_and(|span| span.get_days() <= 62),
        _ => false,
    })
}

/// A report of another time inside a dated section is an aside, which later sentences do not
/// go on with unless the heading holds no date.
fn fits_heading(last: &Last, heading: Option<&crate::model::DateContext>) -> bool {
    let _ = heading;
    last.mention.start.is_some() || !last.mention.edtf.is_empty()
}

fn modifier(reading: &Reading, head: Option<Choice>, inherited: Modifier) -> Modifier {
    // Before the head, or right after a verb: `spoke in advance`.
    let limit = head.map_or(reading.folded.len(), |h| h.span.end + if reading.cues.spaced { 16 } else { 0 });
    let early = |mark: Mark| reading.marks_of(mark).any(|m| m.start <= limit && !reading.quoted(m.start));
    if early(Mark::CarryBefore) {
        Modifier::Before
    } else if early(Mark::CarryAfter) {
        Modifier::After
    } else {
        inherited
    }
}

fn from_last(
    document: &Document,
    last: &Last,
    reading: &Reading,
    choice: Option<Choice>,
    rule: &'static str,
) -> Carried {
    let mention = &last.mention;
    let actors = mention
        .participants
        .iter()
        .filter(|(e, _)| document.named.entities[*e].kind == EntityKind::Person)
        .copied()
        .collect();
    Carried {
        edtf: mention.edtf.clone(),
        start: mention.start,
        end: mention.end,
        precision: mention.precision,
        modifier: modifier(reading, choice, mention.modifier),
        basis: Basis::Relative,
        rule,
        choice,
        event_type: mention.event_type,
        mode: mention.mode,
        actors,
    }
}

fn from_heading(
    document: &Document,
    sentence: usize,
    reading: &Reading,
    choice: Option<Choice>,
) -> Option<Carried> {
    let context = heading(document, sentence)?;
    let precision = match (context.edtf.len(), context.edtf.contains('/')) {
        (_, true) => Precision::Range,
        (7, _) => Precision::Month,
        _ => Precision::Day,
    };
    Some(Carried {
        edtf: context.edtf.clone(),
        start: context.start,
        end: context.end,
        precision,
        modifier: modifier(reading, choice, Modifier::None),
        basis: Basis::Heading,
        rule: "heading",
        choice,
        event_type: EventType::Other,
        mode: "",
        actors: Vec::new(),
    })
}
