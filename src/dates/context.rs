//! Context: what surrounds an expression and lends it what it leaves unsaid.
//!
//! The order of lenders is fixed: the dates of the sentence, the last date of the section, the
//! headings, the title, the last date of the document, its own date. A year that none of them gives
//! stays open; the clock is never asked.

use super::calendar::{Calendar, YearSpan};
use super::grammar::{Found, Grammar};
use super::meaning::{Meaning, Shift};
use super::slot;
use super::token::Token;
use crate::model::{Basis, Modifier, Precision, Span, TimeKind, TimeUse, YearFrom};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A sentence with what was found in it.
pub struct Sentence<'a> {
    pub grammar: &'a Grammar,
    pub section: usize,
    pub tokens: Vec<Token>,
    pub found: Vec<Found>,
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

/// An expression with its date.
#[derive(Debug, Clone)]
pub struct Resolved {
    pub sentence: usize,
    pub span: Span,
    pub kind: TimeKind,
    pub used_as: TimeUse,
    pub timex: String,
    /// The ends of a range with their values, as TIMEX3 has no ranges.
    pub ends: Option<[(Span, String); 2]>,
    pub edtf: String,
    pub start: Option<Date>,
    pub end: Option<Date>,
    pub precision: Precision,
    pub modifier: Modifier,
    pub basis: Basis,
    pub year_from: YearFrom,
    pub anchor: Option<usize>,
    pub rule: &'static str,
}

/// How many words of a sentence are its head.
const HEAD: usize = 4;

/// A date that others may lean on.
#[derive(Debug, Clone, Copy)]
struct Anchor {
    calendar: Calendar,
    index: Option<usize>,
    section: usize,
    sentence: usize,
}

pub struct Resolver<'a> {
    frame: &'a Frame,
    sentences: &'a [Sentence<'a>],
    out: Vec<Resolved>,
    /// The last date told: what relative expressions count from.
    last: Option<Anchor>,
    /// The date that the story has reached: what lends its year to a month or day.
    thread: Option<Anchor>,
    /// Days named in full anywhere in the document, by month and day; none where two years compete.
    full_days: BTreeMap<(u8, u8), Option<i32>>,
    /// First date told of each kind of event.
    events: BTreeMap<i32, Calendar>,
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
        events: BTreeMap::new(),
    };
    for at in 0..sentences.len() {
        for i in 0..sentences[at].found.len() {
            resolver.one(at, i);
        }
        resolver.note_events(at);
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
struct Lent {
    calendar: Calendar,
    /// TIMEX3 value where the calendar can't say it: a day of no known month.
    timex: Option<&'static str>,
    basis: Basis,
    from: YearFrom,
    anchor: Option<usize>,
}

impl Lent {
    fn surface(calendar: Calendar) -> Self {
        Lent { calendar, timex: None, basis: Basis::Explicit, from: YearFrom::Surface, anchor: None }
    }

    fn open(calendar: Calendar, basis: Basis) -> Self {
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

    fn blank(&self, at: usize, i: usize, kind: TimeKind) -> Resolved {
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
        }
    }

    fn push_plain(&mut self, at: usize, i: usize, kind: TimeKind, timex: String) {
        let row = Resolved { timex, basis: Basis::Explicit, ..self.blank(at, i, kind) };
        self.out.push(row);
    }

    fn push_date(&mut self, at: usize, i: usize, lent: Lent, modifier: i32, vague: Option<Shift>) {
        let Lent { calendar, timex, basis, from, anchor } = lent;
        let kind = if calendar.has_time() { TimeKind::Time } else { TimeKind::Date };
        let mut row = self.blank(at, i, kind);
        row.timex = match vague {
            Some(shift) if shift.sign < 0 => "PAST_REF".to_owned(),
            Some(_) => "FUTURE_REF".to_owned(),
            None => timex.map_or_else(|| calendar.timex(), str::to_owned),
        };
        (row.basis, row.year_from, row.anchor) = (basis, from, anchor);
        dates_into(&mut row, &calendar, modifier);
        if vague.is_some() {
            row.modifier = if row.timex == "PAST_REF" { Modifier::Before } else { Modifier::After };
        }
        let usable = row.used_as != TimeUse::Bracket && calendar.year.is_some() && vague.is_none();
        self.out.push(row);
        if usable {
            self.remember(calendar, at, i);
        }
    }

    fn remember(&mut self, calendar: Calendar, at: usize, i: usize) {
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

    fn heading(&self, at: usize) -> Option<&Heading> {
        self.frame.headings.get(self.sentences[at].section)
    }

    /// The year of a month, day or season that stands without one.
    fn year(&self, calendar: &Calendar, at: usize, i: usize) -> (Option<i32>, YearFrom, Option<usize>) {
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
    fn joined_ahead(&self, at: usize, i: usize) -> Option<Calendar> {
        let sentence = &self.sentences[at];
        let mut i = i;
        loop {
            let next = sentence.found.get(i + 1)?;
            let between = &sentence.tokens[sentence.found[i].tokens.1..next.tokens.0];
            let joined = between.len() <= 3
                && !between.is_empty()
                && between.iter().all(|token| sentence.grammar.is_named(token, "joiner"));
            if !joined {
                return None;
            }
            let calendar = match &next.meaning {
                Meaning::Date { calendar, shift: None, .. } => *calendar,
                Meaning::Range { from, .. } => *from,
                _ => return None,
            };
            if calendar.year.is_some() && !calendar.year_only() {
                return Some(calendar);
            }
            if calendar.month.is_some() && sentence.found.get(i + 2).is_none() {
                return Some(calendar);
            }
            i += 1;
        }
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

    /// `the 10th`, `19日`: a day of the month that the text is in.
    fn bare_day(&self, calendar: Calendar, at: usize, i: usize) -> Lent {
        if let Some(next) = self.joined_ahead(at, i) {
            let mut with_month = Calendar { month: next.month, year: next.year, ..calendar };
            let mut from = YearFrom::Sentence;
            let mut anchor = None;
            if with_month.year.is_none() && with_month.month.is_some() {
                (with_month.year, from, anchor) = self.year(&with_month, at, i);
            }
            let basis = if next.year.is_some() { Basis::Explicit } else { Basis::Partial };
            return Lent { calendar: with_month, timex: None, basis, from, anchor };
        }
        let near = self
            .last
            .filter(|last| last.section == self.sentences[at].section && last.calendar.month.is_some());
        if self.frame.news
            && near.is_none_or(|near| near.sentence + 3 < at)
            && let Some(published) = self.frame.published
        {
            let day = calendar.day.unwrap_or(1);
            let months_back = i32::from(i32::from(day) > i32::from(published.day()) + 7);
            let base = Calendar::of_date(published).shifted(-months_back, slot::MONTH);
            if let Some(base) = base {
                let calendar = Calendar { year: base.year, month: base.month, ..calendar };
                return Lent {
                    calendar,
                    timex: None,
                    basis: Basis::Partial,
                    from: YearFrom::Published,
                    anchor: None,
                };
            }
        }
        if let Some(near) = near {
            let calendar = Calendar { year: near.calendar.year, month: near.calendar.month, ..calendar };
            let from = if near.sentence == at { YearFrom::Sentence } else { YearFrom::Previous };
            return Lent { calendar, timex: None, basis: Basis::Partial, from, anchor: near.index };
        }
        if let Some(heading) =
            self.heading(at).and_then(|heading| heading.calendar).filter(|h| h.month.is_some())
        {
            let calendar = Calendar { year: heading.year, month: heading.month, ..calendar };
            return Lent {
                calendar,
                timex: None,
                basis: Basis::Partial,
                from: YearFrom::Heading,
                anchor: None,
            };
        }
        Lent::open(calendar, Basis::Partial)
    }

    fn now(&self) -> Option<(Calendar, YearFrom, Option<usize>)> {
        match self.frame.published {
            Some(date) if self.frame.news => Some((Calendar::of_date(date), YearFrom::Published, None)),
            _ => self.last.map(|last| (last.calendar, YearFrom::Previous, last.index)),
        }
    }

    /// A weekday: the nearest one before or on the day of writing, or after the last date of a story.
    fn weekday(&self, calendar: Calendar) -> Lent {
        let Some((base, from, anchor)) = self.now() else { return Lent::open(calendar, Basis::Relative) };
        let Some(date) = base.date() else { return Lent::open(calendar, Basis::Relative) };
        let wanted = i32::from(calendar.weekday.unwrap_or(1));
        let today = i32::from(date.weekday().to_monday_one_offset());
        let days =
            if self.frame.news { -(today - wanted).rem_euclid(7) } else { (wanted - today).rem_euclid(7) };
        match base.shifted(days, slot::DAY) {
            Some(day) => {
                Lent { timex: None, calendar: overlay(day, &calendar), basis: Basis::Relative, from, anchor }
            }
            None => Lent::open(calendar, Basis::Relative),
        }
    }

    /// `last Friday`: the one before the day of writing, `next Friday`: the one after it.
    fn weekday_of_week(&self, calendar: Calendar, weeks: i32) -> Lent {
        let Some((base, from, anchor)) = self.now() else { return Lent::open(calendar, Basis::Relative) };
        let Some(date) = base.date() else { return Lent::open(calendar, Basis::Relative) };
        let ahead = (i32::from(calendar.weekday.unwrap_or(1))
            - i32::from(date.weekday().to_monday_one_offset()))
        .rem_euclid(7);
        let days = match weeks.signum() {
            -1 => ahead - 7,
            1 if ahead == 0 => 7,
            _ => ahead,
        };
        match base.shifted(days, slot::DAY) {
            Some(day) => {
                Lent { timex: None, calendar: overlay(day, &calendar), basis: Basis::Relative, from, anchor }
            }
            None => Lent::open(calendar, Basis::Relative),
        }
    }

    /// A part of the day or a clock time: of the last day told, where one is near.
    fn time_of_day(&self, calendar: Calendar, at: usize) -> Lent {
        let section = self.sentences[at].section;
        let near = self.last.filter(|last| last.section == section && last.calendar.day.is_some());
        let Some(near) = near else { return Lent::open(calendar, Basis::Relative) };
        let day = Calendar { day_part: None, hour: None, minute: None, ..near.calendar };
        Lent {
            timex: None,
            calendar: overlay(day, &calendar),
            basis: Basis::Relative,
            from: YearFrom::Previous,
            anchor: near.index,
        }
    }

    /// So many units from a base, with the finer parts of `calendar` laid over.
    fn shifted(&self, calendar: Calendar, shift: Shift, at: usize) -> Lent {
        let base = if shift.base == slot::NOW {
            self.now()
        } else {
            self.last.map(|last| (last.calendar, YearFrom::Previous, last.index))
        };
        let heading = || {
            let calendar = self.heading(at)?.calendar?;
            Some((calendar, YearFrom::Heading, None))
        };
        let Some((base, from, anchor)) = base.or_else(heading) else {
            return self.unresolved(calendar, shift);
        };
        let Some(amount) = shift.amount else {
            return Lent { calendar: base, timex: None, basis: Basis::Relative, from, anchor };
        };
        match base.shifted(amount, shift.unit) {
            Some(moved) => {
                let absolute =
                    shift.unit >= slot::YEAR && (calendar.month.is_some() || calendar.season.is_some());
                let basis = if absolute || shift.base == slot::NOW && calendar.month.is_some() {
                    Basis::Partial
                } else {
                    Basis::Relative
                };
                Lent { timex: None, calendar: overlay(moved, &calendar), basis, from, anchor }
            }
            None => self.unresolved(calendar, shift),
        }
    }

    /// What is left of a count from a base that is not known, or not finely enough.
    fn unresolved(&self, calendar: Calendar, shift: Shift) -> Lent {
        let open = Lent::open(calendar, Basis::Relative);
        if calendar != Calendar::default() {
            return open;
        }
        let timex = match shift.unit {
            slot::SECOND..=slot::DAY => "XXXX-XX-XX",
            slot::WEEK | slot::WEEKEND => "XXXX-WXX",
            slot::MONTH => "XXXX-XX",
            _ => "XXXX",
        };
        Lent { timex: Some(timex), ..open }
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
        let usable = row.used_as != TimeUse::Bracket && to.year.is_some();
        self.out.push(row);
        if usable {
            self.remember(to, at, i);
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

    fn from_event(&mut self, at: usize, i: usize, shift: Option<Shift>, modifier: i32, event: Option<i32>) {
        let told = event.and_then(|event| self.events.get(&event)).copied();
        let base = told.or(if event.is_none() { self.last.map(|last| last.calendar) } else { None });
        let mut row = self.blank(at, i, TimeKind::Date);
        let moved = base.and_then(|base| match shift {
            Some(Shift { amount: Some(amount), unit, .. }) => base.shifted(amount, unit),
            _ => Some(base),
        });
        if moved.is_none() && shift.is_none() {
            return;
        }
        row.timex = match (&moved, shift, modifier) {
            (_, Some(Shift { amount: None, sign, .. }), _) => {
                if sign < 0 { "PAST_REF" } else { "FUTURE_REF" }.to_owned()
            }
            (Some(moved), ..) => moved.timex(),
            (None, _, _) => "XXXX-XX-XX".to_owned(),
        };
        if let Some(moved) = moved {
            row.year_from = YearFrom::Previous;
            let away = shift.is_some_and(|shift| shift.amount != Some(0) && shift.unit > slot::DAY);
            dates_into(&mut row, &moved, if modifier == 0 && away { slot::M_APPROX } else { modifier });
            if modifier == 0 && away {
                row.edtf = moved.edtf();
            }
        }
        self.out.push(row);
    }

    /// Remembers which kinds of event the sentence dates, for `two months before the invasion`.
    fn note_events(&mut self, at: usize) {
        let sentence = &self.sentences[at];
        let Some(class) = sentence.grammar.lexicon.class("event") else { return };
        for token in &sentence.tokens {
            let Some(reading) = (token.entry != super::token::NO_ENTRY)
                .then(|| sentence.grammar.lexicon.readings(token.entry).iter().find(|r| r.class == class))
                .flatten()
            else {
                continue;
            };
            let near = self.out.iter().rev().take_while(|row| row.sentence == at).find(|row| {
                row.basis == Basis::Explicit
                    && row.used_as == TimeUse::When
                    && row.precision == Precision::Day
                    && row.span.start.abs_diff(token.start) < 80
            });
            if let Some(date) = near.and_then(|row| row.start) {
                self.events.entry(reading.value).or_insert_with(|| Calendar::of_date(date));
            }
        }
    }
}

/// Fills the EDTF, bounds, precision and modifier of a row.
fn dates_into(row: &mut Resolved, calendar: &Calendar, modifier: i32) {
    row.edtf = calendar.edtf();
    row.precision = calendar.precision();
    row.modifier = modifier_of(modifier);
    if let Some((start, end)) = calendar.bounds() {
        (row.start, row.end) = (Some(start), Some(end));
    }
    match row.modifier {
        Modifier::Since if !row.edtf.is_empty() => {
            let first = row.edtf.split('/').next().unwrap_or_default();
            row.edtf = format!("{first}/..");
            row.end = None;
        }
        Modifier::Approx if !row.edtf.is_empty() && !row.edtf.contains('/') => row.edtf.push('~'),
        _ => {}
    }
}

pub fn modifier_of(code: i32) -> Modifier {
    match code {
        slot::M_START => Modifier::Start,
        slot::M_MID => Modifier::Mid,
        slot::M_END => Modifier::End,
        slot::M_BEFORE | slot::M_UNTIL => Modifier::Before,
        slot::M_AFTER => Modifier::After,
        slot::M_SINCE => Modifier::Since,
        slot::M_APPROX => Modifier::Approx,
        _ => Modifier::None,
    }
}

fn join(first: &str, last: &str) -> String {
    if first.is_empty() || last.is_empty() {
        return String::new();
    }
    let first = first.split('/').next().unwrap_or_default();
    let last = last.rsplit('/').next().unwrap_or_default();
    format!("{first}/{last}")
}

/// The finer parts of `over` on `base`.
fn overlay(base: Calendar, over: &Calendar) -> Calendar {
    let mut calendar = base;
    if over.month.is_some() {
        (calendar.month, calendar.day, calendar.week) = (over.month, None, false);
    }
    if over.day.is_some() {
        (calendar.day, calendar.week) = (over.day, false);
    }
    if over.weekday.is_some() && calendar.week {
        let wanted = i32::from(over.weekday.unwrap_or(1));
        if let Some(date) = calendar.date()
            && let Some(day) = Calendar::of_date(date)
                .shifted(wanted - i32::from(date.weekday().to_monday_one_offset()), slot::DAY)
        {
            calendar = day;
        }
    }
    calendar.season = over.season.or(calendar.season);
    calendar.quarter = over.quarter.or(calendar.quarter);
    calendar.half = over.half.or(calendar.half);
    calendar.day_part = over.day_part;
    calendar.hour = over.hour;
    calendar.minute = over.minute;
    calendar
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
