//! Carrying: giving a sentence without a date of its own the date of the report it takes up.
//!
//! `The talks lasted two hours and ended` after a dated sentence happened on that date; `Conflicts
//! are frozen when …` did not. A sentence is dated so only if its head is a past deed, nothing
//! marks it as general or planned, and it goes on with what was told (a word that says so, or the
//! same person as subject) or stands under a dated heading. The choice is strict: background must
//! stay undated.

use super::cues::{Class, Hit, Mark};
use super::extract::Document;
use super::reading::{Clause, Reading};
use super::typing::{self, Choice};
use crate::model::{
    Basis, DateContext, EntityKind, EventMention, EventType, Language, Modality, Modifier, Precision, Role,
    Sentence, Span, TimeExpression, TimeKind,
};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// How many sentences a date is carried over without being named again.
const REACH: usize = 4;

/// Bytes of the longest heading that is a day.
const LONGEST_DAY: usize = 60;

/// Days that a heading's date may span and still date what stands under it.
const HEADING_DAYS: i32 = 62;

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
    /// Told in an entry of a chronology, which its date opens.
    entry: bool,
    mention: EventMention,
    entities: BTreeSet<usize>,
    /// The last thing told that goes on in time and can end: talks, an attack, a strike.
    thing: Option<(EventType, &'static str)>,
}

/// What the sentences so far leave to carry.
#[derive(Default)]
pub struct Carry {
    last: Option<Last>,
    /// The day that the report itself is of: `KYIV, 5 May (Agency) —`.
    dateline: Option<TimeExpression>,
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
        self.dateline.is_some()
            || self.recent(document, sentence).is_some()
            || heading(document, sentence).is_some()
    }

    /// From here on the text is a report of that day.
    pub fn report_of(&mut self, day: &TimeExpression) {
        self.dateline = Some(day.clone());
        self.last = None;
    }

    fn recent(&self, document: &Document, sentence: usize) -> Option<&Last> {
        let section = document.cleaned.sentences[sentence].section;
        self.last.as_ref().filter(|l| l.section == section && sentence - l.sentence <= 2 && l.steps < REACH)
    }

    /// The report in reach. A year is too wide to carry, unless a word such as `later` counts from it.
    fn near(&self, document: &Document, sentence: usize, reading: &Reading) -> Option<&Last> {
        let opens = |mark: Mark| reading.marks_of(mark).any(|m| m.start < 6);
        let counted = opens(Mark::CarryAfter) || opens(Mark::CarryBefore);
        self.recent(document, sentence).filter(|l| counted || !wide(l.mention.precision))
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
        let mut entities: BTreeSet<usize> = persons(document, sentence).into_iter().collect();
        // `He said`: still the people named before.
        if let (true, None, Some(last)) = (entities.is_empty(), mention.time, &self.last) {
            entities.extend(&last.entities);
        }
        entities.extend(mention.participants.iter().map(|p| p.0));
        let Sentence { section, block_no, .. } = document.cleaned.sentences[sentence];
        let entry = match (&self.last, mention.time) {
            (Some(last), None) => {
                last.entry && document.cleaned.sentences[last.sentence].block_no == block_no
            }
            (_, Some(time)) => {
                opens_entry(&document.cleaned.sentences[sentence], document.dated.times[time].span)
            }
            _ => false,
        };
        let goes_on = |m: &&EventMention| {
            !matches!(
                m.event_type,
                EventType::Statement
                    | EventType::Other
                    | EventType::Agree
                    | EventType::Request
                    | EventType::Reject
                    | EventType::Accuse
                    | EventType::Support
                    | EventType::Threaten
            )
        };
        let earlier = self.last.as_ref().filter(|l| l.section == section).and_then(|l| l.thing);
        let thing = mentions.iter().find(goes_on).map(|m| (m.event_type, m.mode)).or(earlier);
        self.last = Some(Last { sentence, section, steps, entry, mention: mention.clone(), entities, thing });
    }

    /// The date that an undated sentence gets, if any.
    pub fn take(&self, document: &Document, reading: &Reading, sentence: usize) -> Option<Carried> {
        let carried = self.carried(document, reading, sentence).filter(|c| !c.edtf.is_empty());
        carried.or_else(|| self.entry(document, reading, sentence))
    }

    /// The date of the main clause in a sentence whose own times all lie in what is said or only
    /// describe a noun: `He noted that in 2014 …`, `She praised the June plan` after a dated report.
    pub fn around(
        &self,
        document: &Document,
        reading: &Reading,
        sentence: usize,
        first_time: usize,
    ) -> Option<Carried> {
        self.take(document, reading, sentence).filter(|c| {
            let told = |c: Choice| {
                matches!(c.class, Class::Say | Class::Report | Class::Act | Class::Declare)
                    && c.span.end <= first_time
            };
            c.rule != "carried-adjacent" && c.choice.is_some_and(told)
        })
    }

    fn carried(&self, document: &Document, reading: &Reading, sentence: usize) -> Option<Carried> {
        let (choice, head) = head(reading)?;
        let question = reading.folded.trim_end().ends_with(['?', '？', ':', '：']);
        let class = choice.map_or(Class::Light, |c| c.class);
        let dull = question || quotation(reading) || generic(reading, head);
        if dull || !past(reading, head, class) || lasts(document, reading, sentence) {
            return None;
        }
        let near = self.near(document, sentence, reading);
        let link = near.and_then(|last| link(document, reading, sentence, last, choice));
        match (link, near, heading(document, sentence)) {
            (Some(Link::Taken), Some(last), _) => Some(from_last(document, last, reading, choice, "carried")),
            (_, _, Some(context)) if choice.is_some_and(|c| self.under(document, sentence, context, c)) => {
                Some(from_heading(context, reading, choice))
            }
            (Some(Link::Adjacent), Some(last), _)
                if choice
                    .is_some_and(|c| begun(reading, c) || matches!(c.class, Class::Act | Class::Declare))
                    && last.mention.precision == Precision::Day
                    && !reading.marks_of(Mark::Fresh).any(|m| m.start == 0) =>
            {
                Some(from_last(document, last, reading, choice, "carried-adjacent"))
            }
            // What is said to a reporter is said on the day of the report.
            _ if matches!(class, Class::Say | Class::Report | Class::Source) => {
                self.dateline.as_ref().map(|day| from_dateline(day, reading, choice))
            }
            _ => None,
        }
    }

    /// What an entry of a chronology tells has its day, whatever the tense: all of it stands under a
    /// heading that is a day, or behind the date that opens the entry. Words without tense need no such
    /// leave.
    fn entry(&self, document: &Document, reading: &Reading, sentence: usize) -> Option<Carried> {
        let day = heading_day(document, sentence);
        let block = |s: usize| document.cleaned.sentences[s].block_no;
        let goes_on = |last: &&Last| last.entry && block(sentence) == block(last.sentence);
        let last = self.recent(document, sentence).filter(goes_on);
        if !reading.cues.spaced || day.is_none() && last.is_none() {
            return None;
        }
        let whole = Span::new(0, reading.folded.len());
        let first = sentence == 0
            || document.cleaned.sentences[sentence - 1].section
                != document.cleaned.sentences[sentence].section;
        let told = |hit: &Hit| {
            let verb = !matches!(hit.trigger.class, Class::Noun | Class::Source | Class::Light | Class::End);
            !reading.quoted(hit.span.start) && (verb || first)
        };
        let choice = typing::choose_among(reading, None, whole, told);
        let at = choice.map_or(Span::default(), |choice| choice.span);
        if quotation(reading) || generic(reading, at) || choice.is_none() && !(first && day.is_some()) {
            return None;
        }
        match day {
            Some(day) => Some(from_heading(day, reading, choice)),
            None => last.map(|last| from_last(document, last, reading, choice, "entry")),
        }
    }

    /// The story still stands where the heading says: after a report of another time, only a deed
    /// brings it back.
    fn under(&self, document: &Document, sentence: usize, context: &DateContext, choice: Choice) -> bool {
        let section = document.cleaned.sentences[sentence].section;
        let left = self.last.as_ref().filter(|l| l.section == section).is_some_and(|l| {
            matches!(
                (l.mention.start, context.start, context.end),
                (Some(at), Some(from), Some(to)) if (at < from || at > to) && !wide(l.mention.precision)
            )
        });
        !left || !matches!(choice.class, Class::Say | Class::Report | Class::Source)
    }
}

/// The report that later sentences go on with: the last that the sentence itself tells, not what
/// is said in it, and of several deeds at one time the one of the main clause.
fn remembered<'a>(
    document: &Document,
    mentions: &'a [EventMention],
    reading: &Reading,
) -> Option<&'a EventMention> {
    let at = |m: &EventMention| m.time.map(|t| document.dated.times[t].span.start);
    let main = |byte: usize| !reading.embedded(byte);
    // `the deadliest day since the truce` goes on with the day, not with the truce.
    // Nor with what is only planned.
    let ahead = |m: &EventMention| m.modality == Modality::Planned;
    let fresh = |m: &&EventMention| {
        let told = m.modifier != Modifier::Since && (m.precision == Precision::Range || !ahead(m));
        told && at(m).is_none_or(main)
    };
    let own = mentions.iter().rfind(fresh).or(mentions.iter().rfind(|m| at(m).is_none_or(main)));
    let last = own.or(mentions.first())?;
    let same = || mentions.iter().filter(|m| m.time == last.time);
    same().find(|m| reading.clause_at(m.trigger.start) == Clause::Main).or(same().next())
}

/// The verb that tells what happened, with the trigger that types it; a light verb has none of its
/// own unless a noun before it says what went on.
fn head(reading: &Reading) -> Option<(Option<Choice>, Span)> {
    let whole = Span::new(0, reading.folded.len());
    let told = |hit: &Hit| {
        let noun = hit.trigger.class == Class::Noun;
        !reading.quoted(hit.span.start) && (noun || past(reading, hit.span, hit.trigger.class))
    };
    match typing::choose_among(reading, None, whole, told) {
        Some(choice) if choice.class != Class::Noun => Some((Some(choice), choice.span)),
        choice => {
            let light = light(reading)?;
            Some((choice.filter(|c| c.span.start < light.start || !reading.cues.spaced), light))
        }
    }
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

/// A light verb makes a deed of the noun: clashes began.
fn begun(reading: &Reading, choice: Choice) -> bool {
    choice.class == Class::Noun
        && choice.event_type != EventType::Statement
        && reading.hits.iter().any(|h| {
            h.trigger.class == Class::Light
                && reading.part_at(h.span.start) == reading.part_at(choice.span.start)
        })
}

/// The whole sentence stands between quotation marks: somebody's words.
fn quotation(reading: &Reading) -> bool {
    let says = |h: &Hit| matches!(h.trigger.class, Class::Say | Class::Report | Class::Source);
    let opens = reading.folded.chars().next().is_some_and(|c| reading.cues.quote_open.contains(&c));
    opens && reading.quoted(4) && !reading.hits.iter().any(|h| says(h) && !reading.quoted(h.span.start))
}

/// Only the length of something told before: it lasted two hours.
fn lasts(document: &Document, reading: &Reading, sentence: usize) -> bool {
    let acts = reading.hits.iter().any(|h| !matches!(h.trigger.class, Class::Light | Class::Noun));
    let from = document.dated.times.partition_point(|t| t.sentence < sentence);
    let length = document.dated.times[from..]
        .iter()
        .take_while(|t| t.sentence == sentence)
        .any(|t| t.kind == TimeKind::Duration);
    length && !acts
}

/// A sign before the head, or on it, that the sentence tells nothing that happened then.
fn generic(reading: &Reading, head: Span) -> bool {
    reading.marks_of(Mark::Generic).chain(reading.marks_of(Mark::Planned)).any(|m| {
        m.start < head.end
            && !reading.quoted(m.start)
            && reading.clause_at(m.start) == reading.clause_at(head.start)
    })
}

/// The head is told in the past. `According to` has no tense of its own.
fn past(reading: &Reading, head: Span, class: Class) -> bool {
    if !reading.cues.spaced || class == Class::Source {
        return true;
    }
    let told = |span: Span| span.of(&reading.folded).split(' ').any(|w| reading.cues.past_form(w));
    if told(head) {
        return true;
    }
    reading.marks_of(Mark::Past).any(|m| m.start <= head.end && head.start.saturating_sub(m.end) <= 24)
}

/// The persons of a sentence in order.
fn persons(document: &Document, sentence: usize) -> Vec<usize> {
    super::roles::names(document.named, sentence)
        .into_iter()
        .filter(|m| document.named.entities[m.entity].kind == EntityKind::Person)
        .map(|m| m.entity)
        .collect()
}

/// How the sentence goes on with the last report.
fn link(
    document: &Document,
    reading: &Reading,
    sentence: usize,
    last: &Last,
    choice: Option<Choice>,
) -> Option<Link> {
    let limit = if reading.cues.spaced { 28 } else { 15 };
    if reading.marks_of(Mark::Continues).any(|m| m.start < limit && !reading.quoted(m.start)) {
        return Some(Link::Taken);
    }
    let block = |s: usize| document.cleaned.sentences[s].block_no;
    let together = document.lines || block(sentence) == block(last.sentence);
    let persons = persons(document, sentence);
    let deed = choice.is_some_and(|c| c.class == Class::Act);
    let subject = persons.first().is_some_and(|p| last.entities.contains(p));
    if (subject && deed) || (together && persons.iter().any(|p| last.entities.contains(p))) {
        return Some(Link::Taken);
    }
    (together && sentence == last.sentence + 1 && last.steps == 0).then_some(Link::Adjacent)
}

/// The date of the section's heading, if it is narrow enough.
fn heading<'a>(document: &Document<'a>, sentence: usize) -> Option<&'a DateContext> {
    let section = document.cleaned.sentences[sentence].section;
    document.dated.contexts.get(section).filter(|c| match (c.start, c.end) {
        (Some(start), Some(end)) => start.until(end).is_ok_and(|span| span.get_days() <= HEADING_DAYS),
        _ => false,
    })
}

/// The day that the section's own heading is.
pub(super) fn heading_day<'a>(document: &Document<'a>, sentence: usize) -> Option<&'a DateContext> {
    let section = &document.cleaned.sections[document.cleaned.sentences[sentence].section];
    let own = section.heading.len() <= LONGEST_DAY && section.heading.contains(|c: char| c.is_ascii_digit());
    heading(document, sentence).filter(|context| own && context.start == context.end)
}

/// The date opens an entry: a mark parts it from what it tells, or, in the language whose sentences
/// lead dates by a preposition, nothing does.
fn opens_entry(sentence: &Sentence, time: Span) -> bool {
    let before = sentence.text[..time.start].trim_matches(|c: char| !c.is_alphanumeric());
    let behind = sentence.text[time.end..].trim_start_matches(['.', ' ', '\u{a0}', '\u{3000}']);
    let marked = behind.starts_with([':', '：', '—', '–', '-', '|']);
    let bare = sentence.language == Language::En && behind.starts_with(char::is_uppercase);
    before.is_empty() && (marked || bare)
}

fn wide(precision: Precision) -> bool {
    matches!(precision, Precision::Year | Precision::Decade | Precision::Century | Precision::Millennium)
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
    // What goes on from a day was brought about on that day.
    let since = mention.modifier == Modifier::Since && mention.precision == Precision::Day;
    let actors = mention
        .participants
        .iter()
        .filter(|(e, _)| document.named.entities[*e].kind == EntityKind::Person)
        .copied()
        .collect();
    Carried {
        edtf: if since { mention.edtf.trim_end_matches("/..").to_owned() } else { mention.edtf.clone() },
        start: mention.start,
        end: if since { mention.start } else { mention.end },
        precision: mention.precision,
        modifier: modifier(reading, choice, if since { Modifier::None } else { mention.modifier }),
        basis: Basis::Relative,
        rule,
        choice,
        event_type: last.thing.map_or(mention.event_type, |t| t.0),
        mode: last.thing.map_or(mention.mode, |t| t.1),
        actors,
    }
}

fn from_dateline(day: &TimeExpression, reading: &Reading, choice: Option<Choice>) -> Carried {
    Carried {
        edtf: day.edtf.clone(),
        start: day.start,
        end: day.end,
        precision: day.precision,
        modifier: modifier(reading, choice, Modifier::None),
        basis: Basis::Document,
        rule: "dateline",
        choice,
        event_type: EventType::Statement,
        mode: "",
        actors: Vec::new(),
    }
}

fn from_heading(context: &DateContext, reading: &Reading, choice: Option<Choice>) -> Carried {
    let precision = match (context.edtf.len(), context.edtf.contains('/')) {
        (_, true) => Precision::Range,
        (7, _) => Precision::Month,
        _ => Precision::Day,
    };
    Carried {
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
    }
}
