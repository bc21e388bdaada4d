//! What the page draws: the tables joined into the shape that its script reads.

use super::entities::{self, Entity};
use super::events::{self, Events, Mentions};
use super::summary::{self, Diagnostic, Removed};
use super::tables::Table;
use serde::Serialize;
use std::collections::HashMap;
use std::io;
use std::path::Path;

#[derive(Serialize)]
pub struct Payload {
    documents: Vec<Document>,
    entities: Vec<Entity>,
    events: Events,
    mentions: Mentions,
    diagnostics: Vec<Diagnostic>,
    removals: Vec<Removed>,
}

#[derive(Serialize)]
struct Document {
    source: String,
    title: String,
    language: String,
    kind: String,
    published: String,
    status: String,
    /// Source of the document that this one repeats.
    duplicate: String,
}

/// Joins the tables of the dataset in `out`.
pub fn build(out: &Path) -> io::Result<Payload> {
    let documents = Table::read(out, "documents")?;
    let entities = entities::read(out)?;
    let entity_at: HashMap<&str, usize> =
        entities.iter().enumerate().map(|(i, (id, _))| (id.as_str(), i)).collect();
    let (events, event_at) = events::read(out, &entity_at)?;
    Ok(Payload {
        mentions: events::mentions(out, &documents, &event_at)?,
        events,
        documents: document_rows(&documents),
        diagnostics: summary::diagnostics(&Table::read(out, "diagnostics")?, &documents),
        removals: summary::removals(&Table::read(out, "removals")?),
        entities: entities.into_iter().map(|(_, entity)| entity).collect(),
    })
}

fn document_rows(table: &Table) -> Vec<Document> {
    let at = table.index("document_id");
    let source = |id: &str| at.get(id).map_or("", |&i| table.cell(&table.rows[i], "source")).to_owned();
    let text = |row, column| table.cell(row, column).to_owned();
    let document = |row| Document {
        source: text(row, "source"),
        title: text(row, "title"),
        language: text(row, "language"),
        kind: text(row, "dump_kind"),
        published: text(row, "published"),
        status: text(row, "status"),
        duplicate: source(table.cell(row, "near_duplicate_of")),
    };
    table.rows.iter().map(document).collect()
}
