//! Groups of different dates, said by hand: numbers stand for people and places.

use super::evidence::{self, Family, Report};
use super::near::near;
use super::set::Set;
use crate::model::stored::interned;
use crate::model::{EventType, MentionRef, Modality, Precision};

fn report(start: &str, end: &str, names: &[usize]) -> Report {
    let precision = match (start == end, start[..7] == end[..7]) {
        (true, _) => Precision::Day,
        (_, true) => Precision::Month,
        _ => Precision::Year,
    };
    let names: Set<usize> = names.iter().copied().collect();
    Report {
        at: MentionRef { document: 0, mention: 0 },
        edtf: interned::keep(&format!("{start}/{end}")),
        start: start.parse().ok(),
        end: end.parse().ok(),
        precision,
        event_type: EventType::Agree,
        mode: "",
        modality: Modality::Happened,
        ahead: false,
        back: false,
        estimate: false,
        carried: false,
        ordinal: 0,
        persons: Set::default(),
        bodies: Set::default(),
        place: None,
        town: false,
        names,
        rare: Set::default(),
        topic: Set::default(),
        sentences: Set::from([(0, start.len() + end.len())]),
        texts: Set::default(),
    }
}

pub(super) const DAY: (&str, &str) = ("2021-09-14", "2021-09-14");
pub(super) const MONTH: (&str, &str) = ("2021-09-01", "2021-09-30");
const YEAR: (&str, &str) = ("2021-01-01", "2021-12-31");

pub(super) fn dated(date: (&str, &str), names: &[usize]) -> Report {
    report(date.0, date.1, names)
}

#[test]
fn a_rare_name_ties_a_month_to_one_of_its_days() {
    let mut day = dated(DAY, &[1, 2, 3]);
    let mut month = dated(MONTH, &[1, 2, 3]);
    for report in [&mut day, &mut month] {
        report.bodies = Set::from([1]);
    }
    assert_eq!(near(&day, &month, Family::Pledge), None);
    for report in [&mut day, &mut month] {
        report.rare = Set::from([2, 3]);
    }
    assert!(near(&day, &month, Family::Pledge).is_some());
    // Not in another month, and not with other people.
    let mut other = dated(("2021-10-01", "2021-10-31"), &[1, 2, 3]);
    other.rare = Set::from([2, 3]);
    assert_eq!(near(&day, &other, Family::Pledge), None);
    day.persons = Set::from([7]);
    month.persons = Set::from([8]);
    assert_eq!(near(&day, &month, Family::Pledge), None);
}

#[test]
fn talks_are_known_by_their_town_and_year() {
    let mut day = dated(DAY, &[1, 5]);
    let mut year = dated(YEAR, &[5]);
    for report in [&mut day, &mut year] {
        report.event_type = EventType::Consult;
        (report.place, report.town) = (Some(5), true);
    }
    assert!(near(&day, &year, Family::Talks).is_some());
    assert_eq!(near(&day, &year, Family::Deed), None);
    day.town = false;
    year.town = false;
    assert_eq!(near(&day, &year, Family::Talks), None, "a state holds many talks");
}

#[test]
fn a_counted_round_is_found_again_by_an_estimate() {
    let mut held = dated(DAY, &[]);
    let mut told = report("2021-09-20", "2021-09-26", &[]);
    for report in [&mut held, &mut told] {
        report.event_type = EventType::Consult;
        report.ordinal = 1;
    }
    assert_eq!(near(&held, &told, Family::Talks), None, "both dates are stated");
    told.estimate = true;
    assert!(near(&held, &told, Family::Talks).is_some());
    told.ordinal = 2;
    assert_eq!(near(&held, &told, Family::Talks), None);
}

#[test]
fn the_next_sentence_of_a_speaker_goes_on_with_the_saying() {
    let said = |sentence: usize, carried: bool, person: usize| Report {
        event_type: if sentence > 4 { EventType::Statement } else { EventType::Reject },
        carried,
        persons: Set::from([person]),
        sentences: Set::from([(0, sentence)]),
        ..dated(DAY, &[person])
    };
    let sum = |more: &Report| evidence::sum(&said(4, false, 1), more, Family::Words, true);
    assert!(sum(&said(5, true, 1)) > sum(&said(6, true, 1)) + 2.0, "a sentence stands between");
    assert!(sum(&said(5, true, 1)) > sum(&said(5, false, 1)) + 2.0, "it has a date of its own");
    assert!(sum(&said(5, true, 2)) < evidence::ENOUGH, "somebody else speaks");
}

#[test]
fn two_days_of_one_sentence_are_two_deeds() {
    let told = |day: (&str, &str), sentence: usize| Report {
        event_type: EventType::Consult,
        persons: Set::from([1, 2]),
        sentences: Set::from([(0, sentence)]),
        ..dated(day, &[1, 2])
    };
    let next = ("2021-09-15", "2021-09-15");
    assert_eq!(near(&told(DAY, 3), &told(next, 3), Family::Talks), None);
    assert!(near(&told(DAY, 3), &told(next, 9), Family::Talks).is_some(), "told apart they may be one");
}
