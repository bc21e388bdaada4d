//! Years: who lends its year to a month, day or season that stands without one.
//!
//! In order: the date that a list goes on to, a heading shorter than a year, the course of the story
//! (see [`super::line`]), a name or a year further on. Else it stays open.

use super::calendar::{Calendar, YearSpan};
use super::context::Resolver;
use super::mark::Mark;
use super::meaning::Meaning;
use crate::model::YearFrom;
use jiff::civil::Date;

/// Longest list through which a year reaches back.
const LIST: usize = 12;

impl Resolver<'_> {
    pub(super) fn with_century(&self, calendar: Calendar, at: usize) -> Calendar {
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
        if let Some(&year) = self.line.get(&(at, i)) {
            let (from, anchor) = self.lender_of(year, at);
            return (Some(year), from, anchor);
        }
        // nothing on the line: a name or a century may still tell
        if let Some(thread) = self.thread {
            return (Some(follow(&thread.calendar, calendar)), YearFrom::Previous, thread.index);
        }
        if let Some(year) = self.year_ahead(at, i) {
            return (Some(year), YearFrom::Sentence, None);
        }
        self.year_of_news(calendar)
    }

    /// Who is to be named for a year that the course of the story gave.
    fn lender_of(&self, year: i32, at: usize) -> (YearFrom, Option<usize>) {
        let thread = self.thread.filter(|thread| thread.calendar.year == Some(year));
        let near = |bounds: Option<(Date, Date)>| {
            bounds
                .is_some_and(|(start, end)| (i32::from(start.year())..=i32::from(end.year())).contains(&year))
        };
        match thread {
            Some(thread) if thread.sentence == at => (YearFrom::Sentence, thread.index),
            _ if self.frame.news && near(self.frame.published.map(|day| (day, day))) => {
                (YearFrom::Published, None)
            }
            Some(thread) if thread.section == self.sentences[at].section => {
                (YearFrom::Previous, thread.index)
            }
            _ if near(self.heading(at).and_then(|heading| heading.bounds)) => (YearFrom::Heading, None),
            Some(thread) => (YearFrom::Previous, thread.index),
            None if self.frame.title_year == Some(year) => (YearFrom::Title, None),
            None => (YearFrom::Previous, None),
        }
    }

    pub(super) fn year_of_news(&self, calendar: &Calendar) -> (Option<i32>, YearFrom, Option<usize>) {
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
                && between.iter().all(|token| sentence.grammar.is_named(token, Mark::Joiner));
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
    pub(super) fn year_ahead(&self, at: usize, i: usize) -> Option<i32> {
        self.sentences[at].found[i + 1..].iter().find_map(|found| match &found.meaning {
            Meaning::Date { calendar, shift: None, .. } if calendar.span == YearSpan::One => calendar.year,
            Meaning::Range { from, .. } => from.year,
            _ => None,
        })
    }

    /// The year in which the date lies within the heading's range; with `narrow` only where the range
    /// is shorter than a year, so that it says more than the last date of the sentence.
    pub(super) fn heading_year(&self, calendar: &Calendar, at: usize, narrow: bool) -> Option<i32> {
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
