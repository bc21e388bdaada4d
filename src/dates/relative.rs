//! Relative expressions: what is counted from another date.
//!
//! The base is the last date told, the day of writing, or an event that the document has dated. What
//! the base is not known finely enough for (the next day of a month) stays open.

use super::calendar::Calendar;
use super::context::{Anchor, Lent, Resolver, Sentence};
use super::mark::Mark;
use super::meaning::{Meaning, Shift};
use super::row::dates_into;
use super::slot;
use crate::model::{Basis, TimeKind, YearFrom};
use std::collections::BTreeMap;

impl Resolver<'_> {
    /// `the 10th`, `19日`: a day of the month that the text is in.
    pub(super) fn bare_day(&self, calendar: Calendar, at: usize, i: usize) -> Lent {
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

    /// The day from which `today` counts: that of the entry of a chronology, else the day of writing.
    pub(super) fn now(&self, at: usize) -> Option<(Calendar, YearFrom, Option<usize>)> {
        let entry = self.heading(at).and_then(|heading| heading.calendar);
        if let Some(day) = entry.filter(|calendar| calendar.date().is_some()) {
            return Some((day, YearFrom::Heading, None));
        }
        match self.frame.published {
            Some(date) if self.frame.news || self.frame.dated => {
                Some((Calendar::of_date(date), YearFrom::Published, None))
            }
            _ => self.last.map(|last| (last.calendar, YearFrom::Previous, last.index)),
        }
    }

    /// A weekday: the nearest one before or on the day of writing, or on or after it where the clause
    /// speaks of what is to come, or after the last date of a story.
    pub(super) fn weekday(&self, calendar: Calendar, at: usize, i: usize) -> Lent {
        let told = self.told_far(at);
        let base = told.map(|told| (told.calendar, YearFrom::Sentence, told.index));
        let Some((base, from, anchor)) = base.or_else(|| self.now(at)) else {
            return Lent::open(calendar, Basis::Relative);
        };
        let Some(date) = base.date() else { return Lent::open(calendar, Basis::Relative) };
        let wanted = i32::from(calendar.weekday.unwrap_or(1));
        let today = i32::from(date.weekday().to_monday_one_offset());
        let back = self.frame.news && told.is_none() && !super::usage::ahead(&self.sentences[at], i);
        let days = if back { -(today - wanted).rem_euclid(7) } else { (wanted - today).rem_euclid(7) };
        match base.shifted(days, slot::DAY) {
            Some(day) => {
                Lent { timex: None, calendar: overlay(day, &calendar), basis: Basis::Relative, from, anchor }
            }
            None => Lent::open(calendar, Basis::Relative),
        }
    }

    /// The day that the sentence has told, where it lies weeks before the day of writing: its weekdays are
    /// those of that time.
    fn told_far(&self, at: usize) -> Option<Anchor> {
        let last = self.last.filter(|last| last.sentence == at)?;
        let away = self.frame.published?.since(last.calendar.date()?).ok()?.get_days();
        (away > 7).then_some(last)
    }

    /// `last Friday`: the one before the day of writing, `next Friday`: the one after it.
    pub(super) fn weekday_of_week(&self, calendar: Calendar, weeks: i32, at: usize) -> Lent {
        let Some((base, from, anchor)) = self.now(at) else { return Lent::open(calendar, Basis::Relative) };
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
    pub(super) fn time_of_day(&self, calendar: Calendar, at: usize) -> Lent {
        let section = self.sentences[at].section;
        let near = self.last.filter(|last| last.section == section && last.calendar.day.is_some());
        let Some(near) = near else { return Lent::open(calendar, Basis::Relative) };
        let mut day = Calendar { day_part: None, hour: None, minute: None, ..near.calendar };
        // the morning that a sentence tells after an evening is the next one
        let part = |calendar: &Calendar| calendar.day_part.map(i32::from);
        let late = matches!(part(&near.calendar), Some(slot::EVENING | slot::NIGHT));
        if near.sentence == at && late && part(&calendar) == Some(slot::MORNING) {
            day = day.shifted(1, slot::DAY).unwrap_or(day);
        }
        Lent {
            timex: None,
            calendar: overlay(day, &calendar),
            basis: Basis::Relative,
            from: YearFrom::Previous,
            anchor: near.index,
        }
    }

    /// So many units from a base, with the finer parts of `calendar` laid over.
    pub(super) fn shifted(&self, calendar: Calendar, shift: Shift, at: usize) -> Lent {
        let base = if shift.base == slot::NOW || shift.base == slot::NEAR && self.frame.news {
            self.now(at)
        } else {
            // `the day before` in news is the day before it was written, unless a date stands close by
            let reach = if shift.amount.is_some_and(|amount| amount >= 0) { 6 } else { 1 };
            let told = self.last.filter(|last| !self.frame.news || last.sentence + reach >= at);
            told.map(|last| (last.calendar, YearFrom::Previous, last.index)).or_else(|| self.now(at))
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
    pub(super) fn unresolved(&self, calendar: Calendar, shift: Shift) -> Lent {
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

    /// Notes a day told of an event that the same clause names.
    pub(super) fn note_event(&mut self, at: usize, i: usize, calendar: Calendar) {
        let sentence = &self.sentences[at];
        let Some(class) = sentence.grammar.class(Mark::Event) else { return };
        let (from, to) = sentence.found[i].tokens;
        if calendar.date().is_none() {
            return;
        }
        let free =
            |at: &usize| sentence.found_at(*at).all(|found| !(found.tokens.0..found.tokens.1).contains(at));
        let ends = |at: &usize| sentence.grammar.is_named(&sentence.tokens[*at], Mark::Clause);
        let before = (from.saturating_sub(NEAR)..from).rev().take_while(|at| free(at) && !ends(at));
        let after = (to..(to + NEAR).min(sentence.tokens.len())).take_while(free);
        let events =
            before.chain(after).filter_map(|at| sentence.grammar.reading(&sentence.tokens[at], class));
        for event in events.collect::<Vec<_>>() {
            self.told_events.insert(event, Calendar { day_part: None, hour: None, minute: None, ..calendar });
        }
    }

    pub(super) fn counted_from_event(
        &mut self,
        at: usize,
        i: usize,
        shift: Option<Shift>,
        modifier: i32,
        event: Option<i32>,
    ) {
        let told = event.and_then(|event| {
            let again = self.told_events.get(&event).filter(|_| event >= RECURRING);
            again.or_else(|| self.events.get(&event)).copied()
        });
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

/// Kinds of events from this number of the rules on come again and again: meetings, attacks.
const RECURRING: i32 = 16;

/// How far from its date the word for an event may stand, in words.
const NEAR: usize = 14;

/// The day of each kind of event that the text dates in full: where several do, the day that stands
/// nearest to the word.
pub(super) fn dated_events(sentences: &[Sentence]) -> BTreeMap<i32, Calendar> {
    let mut nearest: BTreeMap<i32, (usize, Calendar)> = BTreeMap::new();
    for sentence in sentences {
        let Some(class) = sentence.grammar.class(Mark::Event) else { continue };
        for found in &sentence.found {
            let Meaning::Date { calendar, shift: None, .. } = &found.meaning else { continue };
            if calendar.date().is_none() {
                continue;
            }
            let (from, to) = found.tokens;
            for at in from.saturating_sub(NEAR)..(to + NEAR).min(sentence.tokens.len()) {
                let inside =
                    sentence.found_at(at).any(|other| (other.tokens.0..other.tokens.1).contains(&at));
                let event = sentence.grammar.reading(&sentence.tokens[at], class);
                let Some(event) = event.filter(|_| !inside) else { continue };
                let distance = if at < from { from - at } else { at - to };
                let day = Calendar { day_part: None, hour: None, minute: None, ..*calendar };
                let best = nearest.entry(event).or_insert((distance, day));
                if distance < best.0 {
                    *best = (distance, day);
                }
            }
        }
    }
    nearest.into_iter().map(|(event, (_, day))| (event, day)).collect()
}
