//! Headings: the date or range that a heading gives to what stands under it.

use super::calendar::Calendar;
use super::context::Sentence;
use super::grammar::Grammar;
use super::meaning::Meaning;
use super::row::join;
use super::{Outline, Rules, read};
use crate::model::DateContext;
use jiff::civil::Date;

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

/// What each section is dated by, and the same as rows. `year` is that of the page, where it says one.
pub fn headings(
    outline: &Outline,
    year: Option<i32>,
    rules: &Rules,
    page: &Grammar,
) -> (Vec<Heading>, Vec<DateContext>) {
    let mut headings: Vec<Heading> = Vec::new();
    let mut contexts = Vec::new();
    let sentence = |text| read(text, 0, rules.of_sentence(outline.language, text, page), &mut Vec::new());
    let sentences: Vec<Sentence> = outline.sections.iter().map(|&(text, _)| sentence(text)).collect();
    let mut row = Row { backward: backward(&sentences), last: None, year };
    for (sentence, &(_, parent)) in sentences.iter().zip(&outline.sections) {
        let above = parent.and_then(|parent| headings.get(parent)).copied().unwrap_or_default();
        let (heading, context) = heading(sentence, above, &mut row);
        headings.push(heading);
        contexts.push(context);
    }
    (headings, contexts)
}

/// The date that a heading itself tells, as first and last.
fn told(sentence: &Sentence) -> Option<(Calendar, Calendar)> {
    sentence.found.iter().find_map(|found| match &found.meaning {
        Meaning::Date { calendar, shift: None, .. } => Some((*calendar, *calendar)),
        Meaning::Range { from, to, shift: None, .. } => Some((*from, *to)),
        _ => None,
    })
}

/// Whether the days of headings without a year mostly go back: news is told with the last day first.
fn backward(sentences: &[Sentence]) -> bool {
    let days = sentences.iter().filter_map(told).filter_map(|(from, _)| Some((from.month?, from.day?)));
    let days: Vec<(u8, u8)> = days.collect();
    let back = days.windows(2).filter(|pair| pair[0] > pair[1]).count();
    2 * back > days.len().saturating_sub(1)
}

/// Months from one heading to the next past which the row has come into another year.
const LEAP_MONTHS: i32 = 6;

/// Headings of days in a row, only the first of which needs to tell its year.
struct Row {
    backward: bool,
    /// Month and year of the last.
    last: Option<(u8, i32)>,
    /// The year of the page.
    year: Option<i32>,
}

impl Row {
    /// The year of a heading with this month.
    fn year(&self, month: u8) -> Option<i32> {
        let Some((last, year)) = self.last else { return self.year };
        let step = i32::from(month) - i32::from(last);
        Some(match self.backward {
            false if step <= -LEAP_MONTHS => year + 1,
            true if step >= LEAP_MONTHS => year - 1,
            _ => year,
        })
    }
}

/// The date of a heading, its year and month filled in from the heading above, or from the row it
/// stands in.
fn heading(sentence: &Sentence, above: Heading, row: &mut Row) -> (Heading, DateContext) {
    let year = above.calendar.and_then(|calendar| calendar.year);
    let fill = |calendar: Calendar| -> Calendar {
        let month = above.calendar.and_then(|calendar| calendar.month);
        let month = calendar.month.or(month.filter(|_| calendar.day.is_some()));
        let year = calendar.year.or(year).or_else(|| row.year(month.filter(|_| calendar.day.is_some())?));
        Calendar { year, month, ..calendar }
    };
    let own = told(sentence).map(|(from, to)| (fill(from), fill(to)));
    if let Some((Some(month), Some(year))) = own.map(|(_, to)| (to.month, to.year)) {
        row.last = Some((month, year));
    }
    let known = |(from, to): &(Calendar, Calendar)| {
        let backwards = from.bounds().zip(to.bounds()).is_some_and(|(from, to)| from.0 > to.1);
        from.year.is_some() && !from.short_year && !backwards
    };
    let Some((from, to)) = own.filter(known) else {
        let context = above.bounds.map_or(DateContext::default(), |(start, end)| DateContext {
            edtf: above.edtf(),
            start: Some(start),
            end: Some(end),
        });
        return (above, context);
    };
    let bounds = from.bounds().zip(to.bounds()).map(|((start, _), (_, end))| (start, end));
    let heading = Heading {
        calendar: Some(if from == to { from } else { common(from, to) }),
        bounds,
        ends: Some((from, to)),
    };
    let context = DateContext {
        edtf: heading.edtf(),
        start: bounds.map(|(start, _)| start),
        end: bounds.map(|(_, end)| end),
    };
    (heading, context)
}

/// What both ends of a range share: the year, and the month where it is one.
fn common(from: Calendar, to: Calendar) -> Calendar {
    let month = from.month.filter(|_| from.month == to.month && from.year == to.year);
    Calendar { year: to.year, month, ..Calendar::default() }
}
