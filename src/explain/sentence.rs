//! A sentence: where it stands, what it says of time, whom it names, what it reports.

use super::passage::{marked, passage};
use super::{Explanation, cell, event, rows, tables::Tables};

pub fn sentence(tables: &Tables, id: &str) -> Option<Explanation> {
    let row = tables.sentence(id)?;
    let sentences = &tables.sentences;
    let mut out = Explanation::new(format!("sentence {id}"));
    out.fact("text", sentences.text("text", row));
    out.columns(sentences, row, &["language", "block", "document_id", "section_id"]);
    out.fact("heading", heading(tables, sentences.text("section_id", row)));
    out.part(passage(tables, row));
    out.part(times(tables, id));
    out.part(names(tables, id));
    for mention in rows(&tables.mentions, "sentence_id", id) {
        out.part(event::report(tables, mention));
    }
    Some(out)
}

/// The heading that a sentence stands under, with those above it.
pub fn heading(tables: &Tables, section: &str) -> String {
    let sections = &tables.sections;
    let mut path = Vec::new();
    let mut id = section;
    while path.len() < 16 {
        let Some(row) = rows(sections, "section_id", id).next() else { break };
        let context = sections.text("date_context", row);
        let heading = sections.text("heading", row);
        path.push(if context.is_empty() { heading.to_owned() } else { format!("{heading} [{context}]") });
        id = sections.text("parent_id", row);
    }
    path.retain(|heading| !heading.is_empty());
    path.reverse();
    path.join(" › ")
}

pub fn times(tables: &Tables, sentence: &str) -> Explanation {
    let mut out = Explanation::new("what it says of time");
    for row in rows(&tables.times, "sentence_id", sentence) {
        out.part(time(tables, row));
    }
    out
}

/// A time expression: how it was read, and how its year was got.
pub fn time(tables: &Tables, row: usize) -> Explanation {
    let times = &tables.times;
    let mut out =
        Explanation::new(format!("“{}” is {}", times.text("surface", row), cell(times, "edtf", row)));
    out.columns(
        times,
        row,
        &["time_id", "timex_value", "date_start", "date_end", "modifier", "basis", "rule"],
    );
    out.fact("year from", cell(times, "year_from", row));
    let anchor = times.text("anchor_time_id", row);
    if let Some(anchor) = rows(times, "time_id", anchor).next().filter(|_| !anchor.is_empty()) {
        out.fact(
            "counted from",
            format!("“{}” ({})", times.text("surface", anchor), times.text("edtf", anchor)),
        );
    }
    out
}

pub fn names(tables: &Tables, sentence: &str) -> Explanation {
    let mentions = &tables.entity_mentions;
    let mut out = Explanation::new("whom it names");
    for row in rows(mentions, "sentence_id", sentence) {
        let how = format!(
            "{} (found by {}, confidence {})",
            mentions.text("entity_id", row),
            mentions.text("method", row),
            cell(mentions, "confidence", row)
        );
        out.fact(mentions.text("surface", row), how);
    }
    out
}

/// The text of a sentence with the spans of a mention's trigger and date marked.
pub fn marked_mention(tables: &Tables, mention: usize) -> String {
    let mentions = &tables.mentions;
    let place = |column: &str| mentions.integer(column, mention).max(0) as usize;
    let mut spans = vec![(place("trigger_start"), place("trigger_end"))];
    let time = mentions.text("time_id", mention);
    if let Some(row) = rows(&tables.times, "time_id", time).next().filter(|_| !time.is_empty()) {
        spans.push((
            tables.times.integer("start", row).max(0) as usize,
            tables.times.integer("end", row).max(0) as usize,
        ));
    }
    let text = tables.sentence(mentions.text("sentence_id", mention));
    text.map_or(String::new(), |row| marked(tables.sentences.text("text", row), &spans))
}
