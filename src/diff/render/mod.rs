//! A diff as people and tools read it.

mod csv_dir;
mod html;
mod markdown;
mod text;

pub use csv_dir::csv_dir;
pub use html::html;
pub use markdown::{LONGEST_COMMENT, markdown};
pub use text::text;

use super::{Diff, Presence, Story, TableDiff};

/// The parts of a story that hold something: a title and lines of it.
fn chapters(story: &Story) -> Vec<(String, Vec<String>)> {
    let mut out = Vec::new();
    let mut add = |title: String, lines: Vec<String>| {
        if !lines.is_empty() {
            out.push((title, lines));
        }
    };
    for (what, things) in [("Events", &story.events), ("Entities", &story.entities)] {
        let named =
            |all: &[super::story::Thing]| all.iter().map(|t| format!("{} ({})", t.label, t.id)).collect();
        let turned = |all: &[super::story::Turn]| {
            all.iter()
                .map(|t| format!("{} ({}): {} → {}", t.label, t.id, shown(&t.old), shown(&t.new)))
                .collect()
        };
        let fates = |all: &[super::story::Fate]| {
            let side = |side: &[super::story::Thing]| {
                side.iter().map(|t| format!("{} ({})", t.label, t.id)).collect::<Vec<_>>().join(" + ")
            };
            all.iter().map(|fate| format!("{} → {}", side(&fate.old), side(&fate.new))).collect()
        };
        add(format!("{what} added"), named(&things.added));
        add(format!("{what} removed"), named(&things.removed));
        add(format!("{what} moved in date"), turned(&things.moved));
        add(format!("{what} retyped"), turned(&things.retyped));
        add(format!("{what} renamed"), turned(&things.renamed));
        add(format!("{what} merged"), fates(&things.merged));
        add(format!("{what} split"), fates(&things.split));
        add(format!("{what} found in a further language"), turned(&things.confirmed));
    }
    let documents = &story.documents;
    add("Documents added".to_owned(), documents.added.clone());
    add("Documents removed".to_owned(), documents.removed.clone());
    let changed = documents.changed.iter().map(|d| {
        format!(
            "{}: sentences +{} −{}, event mentions +{} −{}",
            d.source, d.sentences_added, d.sentences_removed, d.mentions_added, d.mentions_removed
        )
    });
    add("Documents changed".to_owned(), changed.collect());
    out
}

/// What became of a table in one line; empty where nothing did.
fn headline(table: &TableDiff) -> String {
    match table.presence {
        Presence::OnlyOld => return "table removed".to_owned(),
        Presence::OnlyNew => return "table added".to_owned(),
        Presence::Both => {}
    }
    let mut parts = Vec::new();
    for (count, what) in
        [(table.added_count, "added"), (table.removed_count, "removed"), (table.changed_count, "changed")]
    {
        if count > 0 {
            parts.push(format!("{count} {what}"));
        }
    }
    parts.join(", ")
}

/// Schema drift, a line each.
fn drift(table: &TableDiff) -> Vec<String> {
    let schema = &table.schema;
    let added = schema.columns_added.iter().map(|column| format!("column {column} added"));
    let removed = schema.columns_removed.iter().map(|column| format!("column {column} removed"));
    let types = schema.types_changed.iter().map(|c| format!("column {}: {} → {}", c.column, c.old, c.new));
    added.chain(removed).chain(types).collect()
}

/// A value on one line, cut where it is long; a sign where it is empty.
fn shown(value: &str) -> String {
    const LONGEST: usize = 80;
    if value.is_empty() {
        return "∅".to_owned();
    }
    let line = value.replace(['\n', '\r'], " ");
    match line.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    }
}

/// The tables that differ.
fn differing(diff: &Diff) -> impl Iterator<Item = &TableDiff> {
    diff.tables.iter().filter(|table| table.differs())
}
