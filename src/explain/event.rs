//! An event: the mentions that it was merged from, what they share, and where they differ.

use super::{Explanation, cell, passage::passage, rows, sentence, tables::Tables};
use std::collections::BTreeSet;

/// Mentions told with their passage; the others in short.
const TOLD: usize = 3;

pub fn event(tables: &Tables, id: &str) -> Option<Explanation> {
    let events = &tables.events;
    let row = rows(events, "event_id", id).next()?;
    let mut out = Explanation::new(format!("event {id}: {}", events.text("label", row)));
    out.columns(
        events,
        row,
        &["edtf", "event_type", "mode", "modality", "place_id", "status", "languages", "best_mention_id"],
    );
    let mentions: Vec<usize> = rows(&tables.mentions, "event_id", id).collect();
    out.part(why_one(tables, &mentions));
    let mut taking_part = Explanation::new("participants");
    for at in rows(&tables.participants, "event_id", id) {
        let (table, count) = (&tables.participants, cell(&tables.participants, "mention_count", at));
        taking_part
            .fact(table.text("role", at), format!("{} ({count} mentions)", table.text("entity_id", at)));
    }
    out.part(taking_part);
    let mut conflicts = Explanation::new("where the mentions differ");
    for at in rows(&tables.conflicts, "event_id", id) {
        let table = &tables.conflicts;
        let chosen = if cell(table, "chosen", at) == "true" { "chosen" } else { "not chosen" };
        conflicts.fact(
            table.text("field", at),
            format!("{} by {} ({chosen})", table.text("value", at), cell(table, "mention_ids", at)),
        );
    }
    out.part(conflicts);
    for (told, &mention) in mentions.iter().enumerate() {
        let mut told_of = report(tables, mention);
        if told < TOLD
            && let Some(row) = tables.sentence(tables.mentions.text("sentence_id", mention))
        {
            told_of.part(passage(tables, row));
        }
        out.part(told_of);
    }
    Some(out)
}

/// What the mentions of one event have in common.
fn why_one(tables: &Tables, mentions: &[usize]) -> Explanation {
    let mut out = Explanation::new("why these mentions are one event");
    if mentions.len() < 2 {
        return out;
    }
    for column in ["edtf", "event_type", "mode", "ordinal_claimed"] {
        let values: BTreeSet<String> =
            mentions.iter().map(|&row| cell(&tables.mentions, column, row)).collect();
        let all: Vec<&str> =
            values.iter().map(String::as_str).filter(|v| !v.is_empty() && *v != "0").collect();
        out.fact(if values.len() == 1 { "same" } else { "differing" }, named(column, &all));
    }
    let named_by = |row: usize| -> BTreeSet<&str> {
        let names = rows(&tables.entity_mentions, "sentence_id", tables.mentions.text("sentence_id", row));
        names.map(|at| tables.entity_mentions.text("entity_id", at)).collect()
    };
    let mut shared = named_by(mentions[0]);
    for &row in &mentions[1..] {
        let here = named_by(row);
        shared.retain(|id| here.contains(id));
    }
    out.fact("all name", shared.into_iter().collect::<Vec<_>>().join(", "));
    out
}

fn named(column: &str, values: &[&str]) -> String {
    if values.is_empty() { String::new() } else { format!("{column} {}", values.join(", ")) }
}

pub fn mention(tables: &Tables, id: &str) -> Option<Explanation> {
    let row = rows(&tables.mentions, "mention_id", id).next()?;
    let mut out = report(tables, row);
    out.fact("event_id", tables.mentions.text("event_id", row));
    if let Some(sentence) = tables.sentence(tables.mentions.text("sentence_id", row)) {
        out.part(passage(tables, sentence));
    }
    Some(out)
}

/// One mention: its sentence with marks, its date and where that came from, its type and rule.
pub fn report(tables: &Tables, row: usize) -> Explanation {
    let mentions = &tables.mentions;
    let id = mentions.text("mention_id", row);
    let mut out =
        Explanation::new(format!("mention {id} in {}", tables.source(mentions.text("document_id", row))));
    out.fact("sentence", sentence::marked_mention(tables, row));
    out.columns(
        mentions,
        row,
        &["edtf", "basis", "modifier", "event_type", "mode", "modality", "trigger", "confidence", "rule"],
    );
    let time = mentions.text("time_id", row);
    match rows(&tables.times, "time_id", time).next().filter(|_| !time.is_empty()) {
        Some(time) => out.part(sentence::time(tables, time)),
        None => {
            let section = tables.sentence(mentions.text("sentence_id", row));
            let section = section.map_or("", |row| tables.sentences.text("section_id", row));
            out.fact("dated by its context", sentence::heading(tables, section));
        }
    }
    out.part(sentence::names(tables, mentions.text("sentence_id", row)));
    out.fact("to drop it", format!("overrides.toml: [[mentions]] id = \"{id}\" drop = true"));
    out
}
