//! Building: one event from the reports that were joined, with what they disagree on.
//!
//! The chosen date is the one most independent documents give, then the finest, then the earliest;
//! every other stands in the conflicts unless it only says the same less exactly.

use super::evidence::Report;
use super::label::{self, Words};
use crate::events::Rules;
use crate::model::{
    Brief, Conflict, Entities, Event, EventStatus, EventType, MentionRef, Modality, Role, ToldEvent,
};
use std::collections::{BTreeMap, BTreeSet};

/// What building looks things up in.
pub struct Context<'a> {
    pub documents: &'a [Brief],
    pub entities: &'a Entities,
    /// For each document, the one it counts as.
    pub roots: &'a [usize],
    pub rules: &'a Rules,
    pub words: &'a Words,
}

impl Context<'_> {
    pub fn mention(&self, at: MentionRef) -> &ToldEvent {
        &self.documents[at.document].mentions[at.mention]
    }

    pub fn global(&self, document: usize, entity: u32) -> Option<usize> {
        self.entities.of(&self.documents[document], entity as usize)
    }
}

/// Votes for the values of one field: value → mentions.
type Votes = BTreeMap<String, Vec<MentionRef>>;

pub fn event(reports: &[Report], context: &Context) -> Event {
    let mut mentions: Vec<MentionRef> = reports.iter().map(|r| r.at).collect();
    mentions.sort_unstable();
    mentions.dedup();
    let best = best(&mentions, context);
    let dates = votes(reports, |r| Some(r.edtf.to_owned()));
    let edtf = elect_date(&dates, reports, context);
    let dated = reports.iter().find(|r| r.edtf == edtf).unwrap_or(&reports[0]);
    let (event_type, mode) = elect_type(reports, context);
    let modality = elect_modality(reports);
    let place = elect_place(reports, context);
    let ordinals = votes(reports, |r| (r.ordinal > 0).then(|| r.ordinal.to_string()));
    let ordinal = elect(&ordinals, context);
    let mut conflicts = date_conflicts(&dates, reports, &edtf);
    conflicts.extend(field_conflicts("ordinal", &ordinals, &ordinal));
    let places =
        votes(reports, |r| r.place.and_then(|p| context.entities.entities.get(p)).map(|e| e.id.clone()));
    let chosen_place =
        place.and_then(|p| context.entities.entities.get(p)).map(|e| e.id.clone()).unwrap_or_default();
    conflicts.extend(field_conflicts("place", &places, &chosen_place));
    let denied = votes(reports, |r| (r.modality != Modality::Planned).then(|| r.modality.code().to_owned()));
    conflicts.extend(field_conflicts("modality", &denied, modality.code()));
    let sources: BTreeSet<usize> = mentions.iter().map(|m| context.roots[m.document]).collect();
    let status = match (sources.len(), conflicts.is_empty()) {
        (_, false) => EventStatus::Conflicting,
        (1, _) => EventStatus::SingleSource,
        _ => EventStatus::Agreed,
    };
    let mut event = Event {
        best,
        edtf,
        start: dated.start,
        end: dated.end,
        precision: dated.precision,
        event_type,
        mode,
        modality,
        label: String::new(),
        place,
        participants: participants(&mentions, context),
        status,
        conflicts,
        mentions,
    };
    event.label = label::label(
        &event,
        ordinal.parse().unwrap_or(0),
        context.entities,
        &context.rules.plover,
        context.words,
    );
    event
}

fn votes(reports: &[Report], value: impl Fn(&Report) -> Option<String>) -> Votes {
    let mut out = Votes::new();
    for report in reports {
        if let Some(value) = value(report) {
            out.entry(value).or_default().push(report.at);
        }
    }
    out
}

/// Independent documents behind a value.
fn weight(mentions: &[MentionRef], context: &Context) -> usize {
    mentions.iter().map(|m| context.roots[m.document]).collect::<BTreeSet<_>>().len()
}

/// The value most documents give; the first in order among equals.
fn elect(votes: &Votes, context: &Context) -> String {
    votes
        .iter()
        .max_by(|a, b| {
            (weight(a.1, context), a.1.len()).cmp(&(weight(b.1, context), b.1.len())).then(b.0.cmp(a.0))
        })
        .map(|(value, _)| value.clone())
        .unwrap_or_default()
}

fn elect_date(dates: &Votes, reports: &[Report], context: &Context) -> String {
    let days = |edtf: &str| {
        let report = reports.iter().find(|r| r.edtf == edtf);
        match report.map(|r| (r.start, r.end)) {
            Some((Some(start), Some(end))) => start.until(end).map_or(i32::MAX, |s| s.get_days()),
            _ => i32::MAX,
        }
    };
    dates
        .iter()
        .max_by(|a, b| {
            (weight(a.1, context), -days(a.0).min(1 << 20))
                .cmp(&(weight(b.1, context), -days(b.0).min(1 << 20)))
                .then(b.0.cmp(a.0))
        })
        .map(|(value, _)| value.clone())
        .unwrap_or_default()
}

/// The type most mentions give, where a plain statement or unknown counts less than a deed.
fn elect_type(reports: &[Report], context: &Context) -> (EventType, &'static str) {
    let mut tally: BTreeMap<(EventType, &'static str), f64> = BTreeMap::new();
    for report in reports {
        let plain = match report.event_type {
            EventType::Other => 0.3,
            EventType::Statement => 0.7,
            _ => 1.0,
        };
        *tally.entry((report.event_type, report.mode)).or_default() +=
            plain * context.mention(report.at).confidence;
    }
    let mut types: BTreeMap<EventType, f64> = BTreeMap::new();
    for ((event_type, _), weight) in &tally {
        *types.entry(*event_type).or_default() += weight;
    }
    let top = types
        .iter()
        .max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(a.0)))
        .map_or(EventType::Other, |(t, _)| *t);
    let mode = tally
        .iter()
        .filter(|((event_type, mode), _)| *event_type == top && !mode.is_empty())
        .max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(a.0)))
        .map_or("", |((_, mode), _)| mode);
    (top, mode)
}

/// It happened if any report says so; then planned, then denied.
fn elect_modality(reports: &[Report]) -> Modality {
    let count = |m: Modality| reports.iter().filter(|r| r.modality == m).count();
    if count(Modality::Happened) >= count(Modality::Negated).max(1) {
        Modality::Happened
    } else if count(Modality::Negated) > 0 {
        Modality::Negated
    } else if count(Modality::Planned) > 0 {
        Modality::Planned
    } else {
        Modality::Hypothetical
    }
}

fn elect_place(reports: &[Report], context: &Context) -> Option<usize> {
    let mut tally: BTreeMap<usize, (usize, bool)> = BTreeMap::new();
    for place in reports.iter().filter_map(|r| r.place) {
        let town =
            context.entities.entities.get(place).is_some_and(|e| e.kind == crate::model::EntityKind::Place);
        tally.entry(place).or_insert((0, town)).0 += 1;
    }
    tally
        .into_iter()
        .max_by_key(|(place, (count, town))| (*town, *count, std::cmp::Reverse(*place)))
        .map(|(p, _)| p)
}

/// Dates that neither hold nor are held by the chosen one.
fn date_conflicts(dates: &Votes, reports: &[Report], chosen: &str) -> Vec<Conflict> {
    let span = |edtf: &str| reports.iter().find(|r| r.edtf == edtf).map(|r| (r.start, r.end));
    let agrees = |edtf: &str| match (span(edtf), span(chosen)) {
        (Some((Some(a), Some(b))), Some((Some(c), Some(d)))) => (a <= c && d <= b) || (c <= a && b <= d),
        _ => true,
    };
    if dates.keys().all(|edtf| edtf == chosen || agrees(edtf)) {
        return Vec::new();
    }
    field_conflicts("date", dates, chosen)
}

fn field_conflicts(field: &'static str, votes: &Votes, chosen: &str) -> Vec<Conflict> {
    if votes.len() < 2 {
        return Vec::new();
    }
    votes
        .iter()
        .map(|(value, mentions)| Conflict {
            field,
            value: value.clone(),
            mentions: mentions.clone(),
            chosen: value == chosen,
        })
        .collect()
}

/// The mention to show: the surest, with the most said.
fn best(mentions: &[MentionRef], context: &Context) -> MentionRef {
    *mentions
        .iter()
        .max_by(|a, b| {
            let (x, y) = (context.mention(**a), context.mention(**b));
            x.confidence
                .total_cmp(&y.confidence)
                .then(x.participants.len().cmp(&y.participants.len()))
                .then(b.cmp(a))
        })
        .expect("an event has a mention")
}

/// Everybody in any mention, in the role most mentions give.
fn participants(mentions: &[MentionRef], context: &Context) -> Vec<(usize, Role, usize)> {
    let mut tally: BTreeMap<usize, BTreeMap<Role, usize>> = BTreeMap::new();
    for at in mentions {
        for (entity, role) in context.mention(*at).participants.iter() {
            if let Some(global) = context.global(at.document, *entity) {
                *tally.entry(global).or_default().entry(*role).or_default() += 1;
            }
        }
    }
    tally
        .into_iter()
        .map(|(entity, roles)| {
            let total = roles.values().sum();
            let role = roles
                .iter()
                .max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)))
                .map_or(Role::Participant, |(r, _)| *r);
            (entity, role, total)
        })
        .collect()
}
