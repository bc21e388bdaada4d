//! Context: what surrounds an expression and lends it what it leaves unsaid.
//!
//! The order of lenders is fixed: the dates of the sentence, the last date of the section, the
//! headings, the title, the last date of the document, its own date. A year that none of them gives
//! stays open; the clock is never asked.

use super::calendar::{Calendar, YearSpan};
use super::grammar::{Found, Grammar};
use super::heading::Heading;
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

/// What is known of the document before its sentences are read.
#[derive(Debug, Default)]
pub struct Frame {
    pub headings: Vec<Heading>,
    pub title_year: Option<i32>,
    pub published: Option<Date>,
    /// Told from the day it was written: a bare day or month is the one nearest to that day.
    pub news: bool,
    /// Says the day of its writing: what counts from now counts from that day.
    pub dated: bool,
}

/// How many words of a sentence are its head.
pub(super) const HEAD: usize = 4;

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
    pub(super) thread: Option<Anchor>,
    /// What the course of the story gives to dates without a year.
    pub(super) line: super::line::Years,
    /// First date told of each kind of event.
    pub(super) events: BTreeMap<i32, Calendar>,
    /// The last day told of each kind of event, for kinds that come again and again.
    pub(super) told_events: BTreeMap<i32, Calendar>,
}

/// Resolves the expressions of a document in the order of its text.
pub fn resolve(frame: &Frame, sentences: &[Sentence]) -> Vec<Resolved> {
    let full_days = full_days(sentences);
    let line = super::line::years(frame, sentences, &full_days);
    let mut resolver = Resolver {
        frame,
        line,
        sentences,
        out: Vec::new(),
        last: None,
        thread: None,
        events: super::relative::dated_events(sentences),
        told_events: BTreeMap::new(),
    };
    for (at, sentence) in sentences.iter().enumerate() {
        for i in 0..sentence.found.len() {
            resolver.one(at, i);
        }
    }
    resolver.out
}

/// Days named in full anywhere in the document, by month and day; none where two years compete.
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
            Meaning::Event { shift, modifier, event } => {
                self.counted_from_event(at, i, *shift, *modifier, *event)
            }
            Meaning::Reference { value, modifier } => self.reference(at, i, *value, *modifier),
            Meaning::Weekday { calendar, weeks } => {
                let lent = self.weekday_of_week(*calendar, *weeks, at);
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
            self.remember(calendar, at, i, (used_as, modifier));
        }
    }

    fn remember(&mut self, calendar: Calendar, at: usize, i: usize, (used_as, modifier): (TimeUse, i32)) {
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
        // `on 31 May … until February`: what follows is counted from the day told first
        let apart = matches!(modifier, slot::M_SINCE | slot::M_UNTIL | slot::M_BEFORE);
        let told = self.last.is_some_and(|last| last.sentence == at && last.calendar.day.is_some());
        if !(apart && told) {
            self.last = Some(anchor);
        }
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
                self.weekday(calendar, at, i)
            } else {
                self.time_of_day(calendar, at)
            };
        }
        let (year, from, anchor) = self.year(&calendar, at, i);
        calendar.year = year;
        Lent { calendar, timex: None, basis: Basis::Partial, from, anchor }
    }

    pub(super) fn heading(&self, at: usize) -> Option<&Heading> {
        self.frame.headings.get(self.sentences[at].section)
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
            self.remember(to, at, i, (used_as, modifier));
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
