//! Near dates: groups joined although their dates differ.
//!
//! A month or a year that holds a day is one of many; names the two sentences share decide, the rare
//! ones most. A coarse group joins one finer group only, while a finer one may take several.

use super::evidence::{self, ENOUGH, Report};
use super::{CANDIDATES, Family, Groups, Key, keys};
use crate::model::Precision;
use std::collections::{BTreeMap, BTreeSet};

/// Days within which what is announced for the coming days is held, and by which an estimate errs.
const SOON: i32 = 31;

/// Names that must tie a group to one of the many days that its date holds.
const TIES: usize = 3;

impl Groups {
    /// Joins groups of different dates: a day inside a month or a range, or days next to each other.
    pub(super) fn join_dates(&mut self) {
        let mut by_key: BTreeMap<(Family, Key), Vec<usize>> = BTreeMap::new();
        for (at, group) in self.groups.iter().enumerate() {
            let mut found: BTreeSet<Key> = keys(&group.whole, group.family).into_iter().collect();
            found.extend(group.whole.rare.iter().map(|e| Key::Entity(*e)));
            for key in found.into_iter().filter(|k| !matches!(k, Key::Type(_))) {
                by_key.entry((group.family, key)).or_default().push(at);
            }
        }
        let mut joins: Vec<(f64, usize, usize)> = Vec::new();
        for list in by_key.values_mut() {
            list.sort_by_key(|&g| (self.groups[g].whole.start, g));
            for (index, &a) in list.iter().enumerate() {
                for &b in list[index + 1..].iter().take(CANDIDATES) {
                    let family = self.groups[a].family;
                    if let Some(sum) = near(&self.groups[a].whole, &self.groups[b].whole, family) {
                        joins.push((sum, a, b));
                    }
                }
            }
        }
        joins.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
        joins.dedup_by_key(|j| (j.1, j.2));
        let (mut taken, mut takes) = (BTreeSet::new(), BTreeSet::new());
        for (_, a, b) in joins {
            let (into, from, several) = self.direction(a, b);
            let free = !taken.contains(&into) && !taken.contains(&from) && !takes.contains(&from);
            if free && (several || !takes.contains(&into)) {
                taken.insert(from);
                takes.insert(into);
                let reports = std::mem::take(&mut self.groups[from].reports);
                self.groups[into].reports.extend(reports);
            }
        }
    }

    /// Which of two groups takes the other: the finer the coarser; and whether it may take more.
    fn direction(&self, a: usize, b: usize) -> (usize, usize, bool) {
        let (x, y) = (&self.groups[a].whole, &self.groups[b].whole);
        match (coarse(x), coarse(y)) {
            (true, false) => (b, a, true),
            (false, true) => (a, b, true),
            _ => (a, b, false),
        }
    }
}

pub(super) fn coarse(report: &Report) -> bool {
    !matches!(report.precision, Precision::Day | Precision::Range | Precision::Week)
}

/// The evidence for two groups of different dates, if they may be one.
pub(super) fn near(x: &Report, y: &Report, family: Family) -> Option<f64> {
    let (Some(a1), Some(b1), Some(a2), Some(b2)) = (x.start, x.end, y.start, y.end) else { return None };
    let held = (a1 <= a2 && b2 <= b1) || (a2 <= a1 && b1 <= b2);
    let next = x.precision == Precision::Day
        && y.precision == Precision::Day
        && a1.until(a2).is_ok_and(|s| s.get_days().abs() == 1);
    if x.event_type != y.event_type || (x.edtf == y.edtf && !x.ahead && !y.ahead) {
        return None;
    }
    if let Some(sum) = foreseen(x, y).or_else(|| reckoned(x, y, family)) {
        return Some(sum);
    }
    if !(held || next) || x.edtf == y.edtf {
        return None;
    }
    let mut sum = evidence::sum(x, y, family, false);
    if next {
        // Days of one round follow each other as often as they are mistaken for each other.
        sum -= 2.0;
    } else {
        // The place has its own weight.
        let placed = |name: &&usize| x.place == y.place && x.place == Some(**name);
        let rare = x.rare.intersection(&y.rare).filter(|name| !placed(name)).count();
        // Talks are known by their town and year, other deeds are not.
        let town = family == Family::Talks && x.town && x.place == y.place;
        if family == Family::Talks && x.mode != y.mode {
            // A visit or a call is not the talks of that month.
            sum -= 1.5;
        }
        sum += (0.6 * rare as f64).min(1.8) + f64::from(u8::from(town));
        // Somebody seldom named is not known for two such deeds.
        if x.persons == y.persons && x.persons.iter().any(|p| x.rare.contains(p)) {
            sum += 1.2;
        }
        if evidence::around(x, y) < TIES && rare == 0 && !town {
            // One of many days of the month: more names must agree.
            sum -= 1.0;
        }
    }
    (sum >= ENOUGH).then_some(sum)
}

/// A round announced for the days to come is the round of that number held soon after.
fn foreseen(x: &Report, y: &Report) -> Option<f64> {
    let (plan, held) = match (x.ahead, y.ahead) {
        (true, false) => (x, y),
        (false, true) => (y, x),
        _ => return None,
    };
    let days = plan.end?.until(held.start?).ok()?.get_days();
    let same = plan.ordinal > 0 && plan.ordinal == held.ordinal;
    (same && (0..=SOON).contains(&days)).then_some(ENOUGH + 1.0)
}

/// A round of talks known by its number, where one of the dates is only an estimate.
fn reckoned(x: &Report, y: &Report, family: Family) -> Option<f64> {
    let days = x.start?.until(y.start?).ok()?.get_days().abs();
    let places = x.place.is_none() || y.place.is_none() || x.place == y.place;
    let same = family == Family::Talks && x.ordinal > 0 && x.ordinal == y.ordinal && x.mode == y.mode;
    let one = x.estimate != y.estimate && places && evidence::same_story(x, y);
    (same && one && !x.ahead && !y.ahead && days <= SOON).then_some(ENOUGH + 0.5)
}
