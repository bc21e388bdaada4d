//! Context: what surrounds an expression and lends it what it leaves unsaid.
//!
//! The order of lenders is fixed: the dates of the sentence, the last date of the section, the
//! headings, the title, the last date of the document, its own date. A year that none of them gives
//! stays open; the clock is never asked.

use super::calendar::{Calendar, YearSpan};
use super::grammar::{Found, Grammar};
use super::meaning::{Meaning, Shift};
use super::row::{Resolved, dates_into, join, modifier_of};
use super::slot;
use super::token::Token;
use crate::model::{Basis, Modifier, Precision, TimeKind, TimeUse, YearFrom};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A sentence with what was found in it.
pub struct Sentence<'a> {
    pub grammar: &'a Grammar,
    pub section: usize,
    pub tokens: Vec<Token>,
    pub found: Vec<Found>,
}

impl<'a> Sentence<'a> {
    /// The expression that covers a token; expressions are in order and never overlap.
    pub fn found_at(&self, token: usize) -> impl Iterator<Item = &Found> {
        let at = self.found.partition_point(|found| found.tokens.1 <= token);
        self.found.get(at).into_iter()
    }
}

/// What a heading says of time.
#[derive(Debug, Clone, Copy, Default)]
pub struct Heading {
    pub calendar: Option<Calendar>,
    pub bounds: Option<(Date, Date)>,
    pub ends: Option<(Calendar, Calendar)>,
}

impl Heading {
    /// EDTF of the heading's date or range; empty where it has none.
    pub fn edtf(&self) -> String {
        match self.ends {
            Some((from, to)) if from == to => from.edtf(),
            Some((from, to)) => join(&from.edtf(), &to.edtf()),
            None => String::new(),
        }
    }
}

/// What is known of the document before its sentences are read.
#[derive(Debug, Default)]
pub struct Frame {
    pub headings: Vec<Heading>,
    pub title_year: Option<i32>,
    pub published: Option<Date>,
    /// Told from the day it was written: a bare day or month is the one nearest to that day.
    pub news: bool,
}

/// Longest list through which a year reaches back.
const LIST: usize = 12;

/// How many words of a sentence are its head.
const HEAD: usize = 4;

/// A date that others may lean on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Anchor {
    pub calendar: Calendar,
    /// Row that told it.
    pub index: Option<usize>,
    pub section: usize,
    pub sentence: usize,
}

pub struct Resolver<'a> {
    pub(super) frame: &'a Frame,
    pub(super) sentences: &'a [Sentence<'a>],
    pub(super) out: Vec<Resolved>,
    /// The last date told: what relative expressions count from.
    pub(super) last: Option<Anchor>,
    /// The date that the story has reached: what lends its year to a month or day.
    thread: Option<Anchor>,
    /// Days named in full anywhere in the document, by month and day; none where two years compete.
    full_days: BTreeMap<(u8, u8), Option<i32>>,
    /// First date told of each kind of event.
    pub(super) events: BTreeMap<i32, Calendar>,
    /// The last day told of each kind of event, for kinds that come again and again.
    pub(super) told_events: BTreeMap<i32, Calendar>,
}

/// Resolves the expressions of a document in the order of its text.
pub fn resolve(frame: &Frame, sentences: &[Sentence]) -> Vec<Resolved> {
    let mut resolver = Resolver {
        frame,
        sentences,
        out: Vec::new(),
        last: None,
        thread: None,
        full_days: full_days(sentences),
        events: super::relative::dated_events(sentences),
        told_events: BTreeMap::new(),
    };
    for at in 0..sentences.len() {
        for i in 0..sentences[at].found.len() {
            resolver.one(at, i);
        }
    }
    resolver.out
}

fn full_days(sentences: &[Sentence]) -> BTreeMap<(u8, u8), Option<i32>> {
    let mut days = BTreeMap::new();
    for found in sentences.iter().flat_map(|sentence| &sentence.found) {
        if let Meaning::Date { calendar, shift: None, .. } = &found.meaning
            && let (Some(year), Some(month), Some(day)) = (calendar.year, calendar.month, calendar.day)
            && !calendar.short_year
        {
            let entry = days.entry((month, day)).or_insert(Some(year));
            if *entry != Some(year) {
                *entry = None;
            }
        }
    }
    days
}

/// A calendar with its year, and who gave it.
pub(super) struct Lent {
    pub calendar: Calendar,
    /// TIMEX3 value where the calendar can't say it: a day of no known month.
    pub timex: Option<&'static str>,
    pub basis: Basis,
    pub from: YearFrom,
    pub anchor: Option<usize>,
}

impl Lent {
    pub fn surface(calendar: Calendar) -> Self {
        Lent { calendar, timex: None, basis: Basis::Explicit, from: YearFrom::Surface, anchor: None }
    }

    pub fn open(calendar: Calendar, basis: Basis) -> Self {
        Lent { calendar, timex: None, basis, from: YearFrom::None, anchor: None }
    }
}

impl<'a> Resolver<'a> {
    fn one(&mut self, at: usize, i: usize) {
        let sentence = &self.sentences[at];
        let found = &sentence.found[i];
        if found.story && self.frame.news {
            return;
        }
        let neighbours = super::usage::neighbours(sentence, i);
        match &found.meaning {
            Meaning::Date { calendar, shift, modifier } => {
                let lent = match shift {
                    Some(shift) => self.shifted(*calendar, *shift, at),
                    None => self.completed(*calendar, at, i),
                };
                let vague = shift.filter(|shift| shift.amount.is_none());
                let modifier = if *modifier != 0 { *modifier } else { neighbours };
                self.push_date(at, i, lent, modifier, vague);
            }
            Meaning::Range { from, to, shift, modifier } => {
                self.range(at, i, (*from, *to), *shift, *modifier)
            }
            Meaning::Event { shift, modifier, event } => self.from_event(at, i, *shift, *modifier, *event),
            Meaning::Reference { value, modifier } => self.reference(at, i, *value, *modifier),
            Meaning::Weekday { calendar, weeks } => {
                let lent = self.weekday_of_week(*calendar, *weeks);
                self.push_date(at, i, lent, 0, None);
            }
            Meaning::Generic(calendar) => self.push_plain(at, i, TimeKind::Time, calendar.timex()),
            Meaning::Duration(value) => self.push_plain(at, i, TimeKind::Duration, value.clone()),
            Meaning::Set(value) => self.push_plain(at, i, TimeKind::Set, value.clone()),
        }
    }

    pub(super) fn blank(&self, at: usize, i: usize, kind: TimeKind) -> Resolved {
        let found = &self.sentences[at].found[i];
        Resolved {
            sentence: at,
            span: found.span,
            kind,
            used_as: super::usage::of(&self.sentences[at], i),
            timex: String::new(),
            ends: None,
            edtf: String::new(),
            start: None,
            end: None,
            precision: Precision::None,
            modifier: Modifier::None,
            basis: Basis::Relative,
            year_from: YearFrom::None,
            anchor: None,
            rule: found.rule,
            wrong_weekday: false,
        }
    }

    fn push_plain(&mut self, at: usize, i: usize, kind: TimeKind, timex: String) {
        let row = Resolved { timex, basis: Basis::Explicit, ..self.blank(at, i, kind) };
        self.out.push(row);
    }

    pub(super) fn push_date(&mut self, at: usize, i: usize, lent: Lent, modifier: i32, vague: Option<Shift>) {
        let Lent { calendar, timex, basis, from, anchor } = lent;
        let kind = if calendar.has_time() { TimeKind::Time } else { TimeKind::Date };
        let mut row = self.blank(at, i, kind);
        row.timex = match vague {
            Some(shift) if shift.sign < 0 => "PAST_REF".to_owned(),
            Some(_) => "FUTURE_REF".to_owned(),
            None => timex.map_or_else(|| calendar.timex(), str::to_owned),
        };
        (row.basis, row.year_from, row.anchor) = (basis, from, anchor);
        row.wrong_weekday = basis == Basis::Explicit
            && calendar
                .date()
                .zip(calendar.weekday)
                .is_some_and(|(date, told)| date.weekday().to_monday_one_offset() != told as i8);
        dates_into(&mut row, &calendar, modifier);
        if vague.is_some() {
            row.modifier = if row.timex == "PAST_REF" { Modifier::Before } else { Modifier::After };
        }
        let used_as = row.used_as;
        let usable = used_as != TimeUse::Bracket && calendar.year.is_some() && vague.is_none();
        self.out.push(row);
        if usable {
            self.remember(calendar, at, i, used_as);
        }
    }

    fn remember(&mut self, calendar: Calendar, at: usize, i: usize, used_as: TimeUse) {
        // a bare decade or century is background, not the time that the story has reached
        if calendar.span != YearSpan::One {
            return;
        }
        let sentence = &self.sentences[at];
        let anchor = Anchor {
            calendar,
            index: self.out.len().checked_sub(1),
            section: sentence.section,
            sentence: at,
        };
        if used_as != TimeUse::When {
            // a name or a comparison lends its year only where the text has told none yet
            self.thread = self.thread.or(Some(anchor));
            return;
        }
        if !matches!(self.sentences[at].found[i].meaning, Meaning::Range { .. }) {
            self.note_event(at, i, calendar);
        }
        self.last = Some(anchor);
        // a bare year in the middle of a sentence is mostly an aside; at its head it moves the story on
        let heads = sentence.found[i].tokens.0 <= HEAD;
        let elsewhere = self.thread.is_none_or(|thread| thread.section != sentence.section);
        if !calendar.year_only() || heads || elsewhere {
            self.thread = Some(anchor);
        }
    }

    /// Gives a date without a shift what it leaves out.
    fn completed(&self, calendar: Calendar, at: usize, i: usize) -> Lent {
        let mut calendar = calendar;
        if calendar.short_year {
            return Lent::surface(self.with_century(calendar, at));
        }
        if calendar.year.is_some() {
            return Lent::surface(calendar);
        }
        if calendar.day.is_some() && calendar.month.is_none() {
            return self.bare_day(calendar, at, i);
        }
        if calendar.month.is_none()
            && calendar.season.is_none()
            && calendar.quarter.is_none()
            && calendar.half.is_none()
        {
            return if calendar.weekday.is_some() {
                self.weekday(calendar)
            } else {
                self.time_of_day(calendar, at)
            };
        }
        let (year, from, anchor) = self.year(&calendar, at, i);
        calendar.year = year;
        Lent { calendar, timex: None, basis: Basis::Partial, from, anchor }
    }

    fn with_century(&self, calendar: Calendar, at: usize) -> Calendar {
        let near = self
            .thread
            .and_then(|thread| thread.calendar.year)
            .or(self.heading(at).and_then(|heading| heading.calendar).and_then(|calendar| calendar.year))
            .or(self.frame.published.map(|date| i32::from(date.year())))
            .unwrap_or(1950);
        let short = calendar.year.unwrap_or(0);
        let base = near - near.rem_euclid(100) + short;
        let year =
            [base - 100, base, base + 100].into_iter().min_by_key(|year| (year - near).abs()).unwrap_or(base);
        Calendar { year: Some(year), short_year: false, ..calendar }
    }

    pub(super) fn heading(&self, at: usize) -> Option<&Heading> {
        self.frame.headings.get(self.sentences[at].section)
    }

    /// The year of a month, day or season that stands without one.
    pub(super) fn year(
        &self,
        calendar: &Calendar,
        at: usize,
        i: usize,
    ) -> (Option<i32>, YearFrom, Option<usize>) {
        if let Some(next) = self.joined_ahead(at, i)
            && let Some(year) = next.year
        {
            let back = matches!((calendar.month, next.month), (Some(a), Some(b)) if a > b);
            return (Some(if back { year - 1 } else { year }), YearFrom::Sentence, None);
        }
        if let Some(year) = self.heading_year(calendar, at, true) {
            return (Some(year), YearFrom::Heading, None);
        }
        let section = self.sentences[at].section;
        let thread = self.thread;
        if let Some(thread) = thread.filter(|thread| thread.sentence == at) {
            return (Some(follow(&thread.calendar, calendar)), YearFrom::Sentence, thread.index);
        }
        if self.frame.news {
            return self.year_of_news(calendar);
        }
        if let Some(thread) = thread.filter(|thread| thread.section == section) {
            return (Some(follow(&thread.calendar, calendar)), YearFrom::Previous, thread.index);
        }
        if let Some(year) = self.heading_year(calendar, at, false) {
            return (Some(year), YearFrom::Heading, None);
        }
        if let Some(&Some(year)) = calendar.month.zip(calendar.day).and_then(|day| self.full_days.get(&day)) {
            return (Some(year), YearFrom::Previous, None);
        }
        if let Some(thread) = thread {
            return (Some(follow(&thread.calendar, calendar)), YearFrom::Previous, thread.index);
        }
        if let Some(year) = self.frame.title_year {
            return (Some(year), YearFrom::Title, None);
        }
        if let Some(year) = self.year_ahead(at, i) {
            return (Some(year), YearFrom::Sentence, None);
        }
        self.year_of_news(calendar)
    }

    fn year_of_news(&self, calendar: &Calendar) -> (Option<i32>, YearFrom, Option<usize>) {
        match self.frame.published {
            Some(published) => (Some(nearest(published, calendar)), YearFrom::Published, None),
            None => (None, YearFrom::None, None),
        }
    }

    /// A date to come that only joining words part from this one: the year that reaches back.
    pub(super) fn joined_ahead(&self, at: usize, i: usize) -> Option<Calendar> {
        let sentence = &self.sentences[at];
        let mut month = None;
        for i in i..i + LIST {
            let Some(next) = sentence.found.get(i + 1) else { break };
            let between = &sentence.tokens[sentence.found[i].tokens.1..next.tokens.0];
            let joined = between.len() <= 3
                && !between.is_empty()
                && between.iter().all(|token| sentence.grammar.is_named(token, "joiner"));
            let calendar = match &next.meaning {
                Meaning::Date { calendar, shift: None, .. } => *calendar,
                Meaning::Range { from, .. } => *from,
                _ => break,
            };
            if !joined {
                break;
            }
            if calendar.year.is_some() && !calendar.year_only() {
                return Some(calendar);
            }
            month = month.or(calendar.month.map(|_| calendar));
        }
        month
    }

    /// The next explicit year of the sentence.
    fn year_ahead(&self, at: usize, i: usize) -> Option<i32> {
        self.sentences[at].found[i + 1..].iter().find_map(|found| match &found.meaning {
            Meaning::Date { calendar, shift: None, .. } if calendar.span == YearSpan::One => calendar.year,
            Meaning::Range { from, .. } => from.year,
            _ => None,
        })
    }

    /// The year in which the date lies within the heading's range; with `narrow` only where the range
    /// is shorter than a year, so that it says more than the last date of the sentence.
    fn heading_year(&self, calendar: &Calendar, at: usize, narrow: bool) -> Option<i32> {
        let (start, end) = self.heading(at)?.bounds?;
        let whole_year =
            i32::from(end.year()) - i32::from(start.year()) > 0 || (start.month() == 1 && end.month() == 12);
        if narrow && whole_year && i32::from(end.year()) > i32::from(start.year()) + 1 {
            return None;
        }
        if narrow && start.month() == 1 && start.day() == 1 && end.month() == 12 && end.day() == 31 {
            return None;
        }
        let mut fitting = (start.year()..=end.year().min(start.year().saturating_add(30))).filter(|&year| {
            Calendar { year: Some(i32::from(year)), ..*calendar }
                .bounds()
                .is_some_and(|(first, last)| first <= end && last >= start)
        });
        let year = fitting.next();
        let only = fitting.next().is_none();
        match year {
            Some(year) if only || !narrow => Some(i32::from(year)),
            None if !narrow && start.year() == end.year() => Some(i32::from(start.year())),
            _ => None,
        }
    }

    fn range(
        &mut self,
        at: usize,
        i: usize,
        ends: (Calendar, Calendar),
        shift: Option<Shift>,
        modifier: i32,
    ) {
        let (mut from, mut to) = ends;
        let mut lent = match shift {
            Some(shift) => self.shifted(to, shift, at),
            None => self.completed(to, at, i),
        };
        to = lent.calendar;
        if from.year.is_none() {
            let back = matches!((from.month, to.month), (Some(a), Some(b)) if a > b);
            from.year = to.year.map(|year| if back { year - 1 } else { year });
            from.month = from.month.or(to.month.filter(|_| from.day.is_some()));
        } else if from.short_year {
            from = self.with_century(from, at);
        }
        lent.calendar = to;
        let mut row = self.blank(at, i, TimeKind::Date);
        (row.basis, row.year_from, row.anchor) = (lent.basis, lent.from, lent.anchor);
        let (first, last) = (from.edtf(), to.edtf());
        row.timex = format!("{}/{}", from.timex(), to.timex());
        row.edtf = join(&first, &last);
        row.start = from.bounds().map(|(start, _)| start);
        row.end = to.bounds().map(|(_, end)| end);
        row.precision = Precision::Range;
        row.modifier = modifier_of(modifier);
        if let Some([one, other]) = self.sentences[at].found[i].ends {
            row.ends = Some([(one, from.timex()), (other, to.timex())]);
        }
        let used_as = row.used_as;
        let usable = used_as != TimeUse::Bracket && to.year.is_some();
        self.out.push(row);
        if usable {
            self.remember(to, at, i, used_as);
        }
    }

    fn reference(&mut self, at: usize, i: usize, value: i32, modifier: i32) {
        let mut row = self.blank(at, i, TimeKind::Date);
        row.timex = match value {
            slot::PAST => "PAST_REF",
            slot::PRESENT => "PRESENT_REF",
            slot::FUTURE => "FUTURE_REF",
            _ => "",
        }
        .to_owned();
        if (modifier != 0 || value == slot::SAME)
            && let Some(last) = self.last.filter(|last| last.section == self.sentences[at].section)
        {
            (row.year_from, row.anchor) = (YearFrom::Previous, last.index);
            let calendar = Calendar { day_part: None, hour: None, minute: None, ..last.calendar };
            if value == slot::SAME {
                row.timex = calendar.timex();
            }
            dates_into(&mut row, &calendar, modifier);
        }
        self.out.push(row);
    }
}

/// Year of a month or season that follows `last` in a story: the same, or the next where the story
/// has reached the end of a year and the month is one of its first.
fn follow(last: &Calendar, next: &Calendar) -> i32 {
    let year = last.year.unwrap_or(0);
    match (last.month, next.month) {
        (Some(was), Some(is)) if was >= 11 && is <= 2 => year + 1,
        _ => year,
    }
}

/// Year that brings the date nearest to the day of writing.
fn nearest(published: Date, calendar: &Calendar) -> i32 {
    let year = i32::from(published.year());
    let distance = |year: i32| {
        Calendar { year: Some(year), ..*calendar }.bounds().map_or(i32::MAX, |(start, end)| {
            if start > published {
                published.until(start).map_or(i32::MAX, |span| span.get_days())
            } else if end < published {
                end.until(published).map_or(i32::MAX, |span| span.get_days())
            } else {
                0
            }
        })
    };
    [year, year - 1, year + 1].into_iter().min_by_key(|&year| distance(year)).unwrap_or(year)
}
