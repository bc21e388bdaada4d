//! Labels: an event in plain English, made of its type, people, place and date.
//!
//! Names come from the entity table, so a reader of one language can scan events told in others.

use crate::events::plover::Plover;
use crate::model::{Entities, Entity, EntityKind, Event, Language, Modality, Role};
use jiff::civil::Date;
use serde::Deserialize;

/// Names shown before `others`.
const SHOWN: usize = 3;

/// The English words of labels, from `rules/labels.toml`.
#[derive(Deserialize)]
pub struct Words {
    months: Vec<String>,
    planned: String,
    negated: String,
    hypothetical: String,
    more: String,
    since: String,
    until: String,
}

impl Words {
    pub fn builtin() -> Self {
        crate::rules::parse("labels.toml")
    }
}

/// The label of an event whose other fields are set.
pub fn label(event: &Event, ordinal: u32, entities: &Entities, plover: &Plover, words: &Words) -> String {
    let mut out = plover.label(event.event_type, event.mode).to_owned();
    if ordinal > 0 {
        out.push_str(&format!(" {ordinal}"));
    }
    let names = names(event, entities);
    if !names.is_empty() {
        out.push_str(": ");
        out.push_str(&names[..names.len().min(SHOWN)].join(", "));
        if names.len() > SHOWN {
            out.push_str(&format!(", {}", words.more));
        }
    }
    let place = event.place.and_then(|p| entities.entities.get(p)).map(english);
    let date = date(event, words);
    let tail: Vec<String> = place.into_iter().chain((!date.is_empty()).then_some(date)).collect();
    if !tail.is_empty() {
        out.push_str(" — ");
        out.push_str(&tail.join(", "));
    }
    let note = match event.modality {
        Modality::Happened => return out,
        Modality::Planned => &words.planned,
        Modality::Negated => &words.negated,
        Modality::Hypothetical => &words.hypothetical,
    };
    format!("{out} ({note})")
}

/// Who takes part: those with the most mentions first, people by their last name.
fn names(event: &Event, entities: &Entities) -> Vec<String> {
    let mut ranked: Vec<_> = event
        .participants
        .iter()
        .filter_map(|(e, role, count)| entities.entities.get(*e).map(|entity| (entity, *role, *count)))
        .collect();
    let rank = |role: Role| match role {
        Role::Actor | Role::Participant => 0,
        Role::Recipient => 1,
        Role::Host | Role::Mediator => 2,
    };
    ranked.sort_by_key(|(entity, role, count)| {
        (entity.kind != EntityKind::Person, rank(*role), std::cmp::Reverse(*count), entity.id.clone())
    });
    let persons = ranked.iter().any(|(e, ..)| e.kind == EntityKind::Person);
    let mut out: Vec<String> = Vec::new();
    for (entity, ..) in ranked {
        let name = if entity.kind == EntityKind::Person { surname(entity) } else { english(entity) };
        let keep = entity.kind == EntityKind::Person || !persons || out.len() < 2;
        if keep && !out.contains(&name) {
            out.push(name);
        }
    }
    out
}

/// The English name; where there is none, the romanised one.
pub fn english(entity: &Entity) -> String {
    let english = entity
        .names
        .iter()
        .filter(|n| n.language == Language::En)
        .max_by_key(|n| (n.is_canonical, n.mentions, std::cmp::Reverse(n.name.len())));
    if let Some(name) = english {
        return name.name.clone();
    }
    entity
        .names
        .iter()
        .filter(|n| !n.romanised.is_empty())
        .max_by_key(|n| (n.is_canonical, n.mentions))
        .map_or_else(|| entity.canonical_name.clone(), |n| n.romanised.clone())
}

/// The last word of a person's English name; whole names of the order family-given stay whole.
fn surname(entity: &Entity) -> String {
    let name = english(entity);
    let letters = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
    };
    // A Chinese name without points that sounds as the whole English one does: 王毅, Wang Yi.
    let family_first = name.contains(' ')
        && entity.names.iter().any(|n| {
            n.language.is_chinese()
                && n.name.chars().count() <= 4
                && n.name.chars().all(crate::text::han::is_han)
                && letters(&n.romanised) == letters(&name)
        });
    if family_first {
        return name;
    }
    let last = name.rsplit(' ').next().unwrap_or(&name);
    // A second part in small letters marks a given name of two syllables: Kim Jong-un.
    let given_last = last.split_once('-').is_some_and(|(_, part)| part.starts_with(char::is_lowercase));
    if given_last { name } else { last.to_owned() }
}

/// `10 March 2022`, `29–30 March 2022`, `March 2022`, `2022`; what has no year as it is.
fn date(event: &Event, words: &Words) -> String {
    match (event.start, event.end) {
        (Some(start), Some(end)) => span(&event.edtf, start, end, words),
        (Some(start), None) => {
            format!("{} {}", words.since, point(event.edtf.split('/').next().unwrap_or(""), start, words))
        }
        (None, Some(end)) => {
            format!("{} {}", words.until, point(event.edtf.split('/').nth(1).unwrap_or(""), end, words))
        }
        (None, None) => event.edtf.clone(),
    }
}

fn span(edtf: &str, start: Date, end: Date, words: &Words) -> String {
    let Some((first, last)) = edtf.split_once('/') else { return point(edtf, start, words) };
    let (a, b) = (point(first, start, words), point(last, end, words));
    if start.year() == end.year() && start.month() == end.month() && first.len() == 10 {
        return format!("{}–{b}", start.day());
    }
    if start.year() == end.year() && first.len() >= 7 {
        let year = format!(" {}", start.year());
        return format!("{} – {b}", a.trim_end_matches(&year));
    }
    format!("{a} – {b}")
}

fn point(edtf: &str, date: Date, words: &Words) -> String {
    let month = &words.months[(date.month() - 1) as usize];
    match edtf.trim_end_matches(['~', '?', '%']).len() {
        10 => format!("{} {month} {}", date.day(), date.year()),
        7 => format!("{month} {}", date.year()),
        _ => edtf.to_owned(),
    }
}
