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

/// What each section is dated by, and the same as rows.
pub fn headings(outline: &Outline, rules: &Rules, page: &Grammar) -> (Vec<Heading>, Vec<DateContext>) {
    let mut headings: Vec<Heading> = Vec::new();
    let mut contexts = Vec::new();
    for &(text, parent) in &outline.sections {
        let above = parent.and_then(|parent| headings.get(parent)).copied().unwrap_or_default();
        let sentence = read(text, 0, rules.of_sentence(outline.language, text, page), &mut Vec::new());
        let (heading, context) = heading(&sentence, above);
        headings.push(heading);
        contexts.push(context);
    }
    (headings, contexts)
}

/// The date of a heading, its year and month filled in from the heading above.
fn heading(sentence: &Sentence, above: Heading) -> (Heading, DateContext) {
    let year = above.calendar.and_then(|calendar| calendar.year);
    let fill = |calendar: Calendar| -> Calendar {
        let month = above.calendar.and_then(|calendar| calendar.month);
        let month = calendar.month.or(month.filter(|_| calendar.day.is_some()));
        Calendar { year: calendar.year.or(year), month, ..calendar }
    };
    let own = sentence.found.iter().find_map(|found| match &found.meaning {
        Meaning::Date { calendar, shift: None, .. } => Some((fill(*calendar), fill(*calendar))),
        Meaning::Range { from, to, shift: None, .. } => Some((fill(*from), fill(*to))),
        _ => None,
    });
    let told = |(from, to): &(Calendar, Calendar)| {
        let backwards = from.bounds().zip(to.bounds()).is_some_and(|(from, to)| from.0 > to.1);
        from.year.is_some() && !from.short_year && !backwards
    };
    let Some((from, to)) = own.filter(told) else {
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
