//! A document: how it was read, what was kept and removed, what it reports.

use super::{Explanation, cell, rows, tables::Tables};
use crate::dataset::frame::Frame;
use std::collections::BTreeMap;

/// Explains a document by its id, its source, or the path of its file.
pub fn document(tables: &Tables, what: &str) -> Option<Explanation> {
    let documents = &tables.documents;
    let path = what.replace('\\', "/");
    let is = |row: usize| {
        let source = documents.text("source", row);
        let below =
            path.strip_suffix(source).is_some_and(|before| before.is_empty() || before.ends_with('/'));
        documents.text("document_id", row) == what || below
    };
    let row = (0..documents.rows()).find(|&row| is(row))?;
    let id = documents.text("document_id", row);
    let source = documents.text("source", row);
    let mut out = Explanation::new(format!("document {id}: {source}"));
    out.columns(
        documents,
        row,
        &[
            "title",
            "language",
            "dump_kind",
            "media_type",
            "encoding",
            "encoding_from",
            "published",
            "status",
            "bytes",
            "chars_source",
            "chars_kept",
            "near_duplicate_of",
            "url",
        ],
    );
    out.fact("sentences", rows(&tables.sentences, "document_id", id).count().to_string());
    out.fact("event mentions", rows(&tables.mentions, "document_id", id).count().to_string());
    out.part(counted(&tables.removals, id, "removed, by kind and rule"));
    let mut told = Explanation::new("diagnostics");
    for at in rows(&tables.diagnostics, "document_id", id) {
        let table = &tables.diagnostics;
        let place = cell(table, "source_start", at);
        told.fact(table.text("code", at), format!("{} at byte {place}", table.text("message", at)));
    }
    out.part(told);
    let mut headings = Explanation::new("sections");
    for at in rows(&tables.sections, "document_id", id)
        .filter(|&at| !tables.sections.text("heading", at).is_empty())
    {
        headings.fact(
            tables.sections.text("heading", at),
            format!("level {}", cell(&tables.sections, "level", at)),
        );
    }
    out.part(headings);
    out.fact(
        "to date it or leave it out",
        format!("overrides.toml: [[documents]] source = \"{source}\" published = …"),
    );
    Some(out)
}

fn counted(removals: &Frame, document: &str, title: &str) -> Explanation {
    let mut counts: BTreeMap<(&str, &str), (usize, usize)> = BTreeMap::new();
    for at in rows(removals, "document_id", document) {
        let slot = counts.entry((removals.text("kind", at), removals.text("rule", at))).or_insert((0, at));
        slot.0 += 1;
    }
    let mut out = Explanation::new(title);
    for ((kind, rule), (count, first)) in counts {
        out.fact(
            &format!("{kind} ({rule})"),
            format!("{count}, such as {}", cell(removals, "excerpt", first)),
        );
    }
    out
}
