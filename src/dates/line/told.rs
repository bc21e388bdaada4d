//! Told: the dates of a text as the line sees them, with what it costs to take or leave each.

use super::cost::{self, Point, gap};
use crate::dates::calendar::{Calendar, YearSpan};
use crate::dates::context::{Frame, HEAD, Sentence};
use crate::dates::meaning::{Meaning, Shift};
use crate::dates::slot;
use crate::model::TimeUse;
use std::collections::{BTreeMap, BTreeSet};

/// A date of the text.
pub enum Item {
    /// With its year; both ends of a range.
    Fixed(Point, Point),
    /// Without a year; both ends of a range.
    Free(Calendar, Calendar),
    /// So many years after the date before it, with the finer parts of a date.
    Step(i32, Calendar),
}

pub struct Told {
    pub item: Item,
    pub sentence: usize,
    pub index: usize,
    /// What it costs to leave it off the line, and to take it on.
    pub skip: f32,
    pub adopt: f32,
    /// It ends what the sentence tells.
    pub until: bool,
}

/// The dates that can stand on the line.
pub fn told(frame: &Frame, sentences: &[Sentence]) -> Vec<Told> {
    let mut told = Vec::new();
    for (at, sentence) in sentences.iter().enumerate() {
        for (index, found) in sentence.found.iter().enumerate() {
            let Some(item) = item(frame, &found.meaning) else { continue };
            let used_as = crate::dates::usage::of(sentence, index);
            if used_as != TimeUse::When && !matches!(item, Item::Free(..)) {
                continue;
            }
            let modifier = match found.meaning.modifier() {
                own @ (slot::M_SINCE | slot::M_UNTIL | slot::M_BEFORE) => own,
                _ => crate::dates::usage::neighbours(sentence, index),
            };
            let heads = found.tokens.0 <= HEAD;
            let (skip, adopt) = weight(&item, used_as, modifier, heads);
            let until = modifier == slot::M_UNTIL;
            told.push(Told { item, sentence: at, index, skip, adopt, until });
        }
    }
    told
}

/// What it costs to leave a date off the line, and to take it on. One at the head of its sentence tells
/// the story; a bare year inside one, a date with `until` or `since`, or one in brackets is an aside.
fn weight(item: &Item, used_as: TimeUse, modifier: i32, heads: bool) -> (f32, f32) {
    let (free, day) = match item {
        Item::Free(from, _) => (true, from.day.is_some()),
        _ => (false, false),
    };
    let year_only = matches!(item, Item::Fixed(from, _) if from.is_year());
    match modifier {
        _ if used_as != TimeUse::When => (1.0, 0.5),
        slot::M_UNTIL => (0.3, 0.3),
        slot::M_SINCE if free => (0.3, 0.4),
        slot::M_SINCE | slot::M_BEFORE => (1.0, 0.2),
        _ if year_only && heads => (0.6, 0.0),
        _ if year_only => (0.1, 0.4),
        _ if heads => (cost::SKIP_HEAD, 0.0),
        _ if free && !day => (1.0, 0.0),
        _ => (cost::SKIP, 0.0),
    }
}

fn item(frame: &Frame, meaning: &Meaning) -> Option<Item> {
    let (from, to) = match meaning {
        Meaning::Date { calendar, shift: None, .. } => (*calendar, *calendar),
        Meaning::Range { from, to, shift: None, .. } => (*from, *to),
        Meaning::Date { calendar, shift: Some(shift), .. } => return step(frame, calendar, shift),
        _ => return None,
    };
    if from.span != YearSpan::One || from.short_year || to.short_year {
        return None;
    }
    if from.year.is_some() {
        return Some(Item::Fixed(Point::of(&from)?, Point::of(&to)?));
    }
    let placed = |calendar: &Calendar| {
        calendar.month.is_some()
            || calendar.season.is_some()
            || calendar.quarter.is_some()
            || calendar.half.is_some()
    };
    (placed(&from) && placed(&to) && to.year.is_none()).then_some(Item::Free(from, to))
}

/// `the next year`, 次年2月: a step from the date before; from the day of writing where that is known.
fn step(frame: &Frame, calendar: &Calendar, shift: &Shift) -> Option<Item> {
    let amount = shift.amount.filter(|_| shift.unit == slot::YEAR)?;
    let now =
        shift.base == slot::NOW && (frame.news || frame.dated) || shift.base == slot::NEAR && frame.news;
    match frame.published.filter(|_| now) {
        Some(published) => {
            let year = i32::from(published.year()).checked_add(amount)?;
            let point = Point::of(&Calendar { year: Some(year), ..*calendar })?;
            Some(Item::Fixed(point, point))
        }
        None => Some(Item::Step(amount, *calendar)),
    }
}

/// For each date the years of the next two told in full.
pub fn years_ahead(told: &[Told]) -> Vec<[Option<i32>; 2]> {
    let mut ahead = vec![[None, None]; told.len()];
    let mut next = [None, None];
    for (told, ahead) in told.iter().zip(&mut ahead).rev() {
        *ahead = next;
        if let Item::Fixed(from, _) = told.item
            && next[0] != Some(from.year)
        {
            next = [Some(from.year), next[0]];
        }
    }
    ahead
}

/// Sections under a heading whose time their own full dates leave more often than they keep to it.
pub fn doubted(frame: &Frame, sentences: &[Sentence], told: &[Told]) -> BTreeSet<usize> {
    let mut votes: BTreeMap<usize, i32> = BTreeMap::new();
    for told in told.iter().filter(|told| !told.until) {
        let Item::Fixed(point, _) = told.item else { continue };
        let section = sentences[told.sentence].section;
        let Some((start, end)) = frame.headings.get(section).and_then(|heading| heading.bounds) else {
            continue;
        };
        let outside = gap(&point, &Point::of_date(start), &Point::of_date(end)) > 0;
        *votes.entry(section).or_default() += if outside { -1 } else { 1 };
    }
    votes.into_iter().filter(|&(_, votes)| votes < -1).map(|(section, _)| section).collect()
}
