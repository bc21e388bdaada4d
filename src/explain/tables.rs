//! The tables that explanations draw on, and the sources where they are at hand.

use crate::dataset::frame::Frame;
use crate::dataset::{load, schema};
use crate::read;
use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};

pub struct Tables {
    pub documents: Frame,
    pub sections: Frame,
    pub sentences: Frame,
    pub times: Frame,
    pub mentions: Frame,
    pub events: Frame,
    pub conflicts: Frame,
    pub participants: Frame,
    pub entities: Frame,
    pub names: Frame,
    pub entity_mentions: Frame,
    pub links: Frame,
    pub removals: Frame,
    pub diagnostics: Frame,
    pub tombstones: Frame,
    raw: Option<PathBuf>,
    sentence_rows: HashMap<String, usize>,
}

impl Tables {
    pub fn load(folder: &Path, raw: Option<&Path>) -> io::Result<Self> {
        let read = |name: &str| {
            let table =
                schema::table(name).ok_or_else(|| io::Error::other(format!("no schema of {name}")))?;
            load::sound(folder, table)
        };
        let sentences = read("sentences")?;
        let rows = 0..sentences.rows();
        Ok(Tables {
            sentence_rows: rows.map(|row| (sentences.text("sentence_id", row).to_owned(), row)).collect(),
            sentences,
            documents: read("documents")?,
            sections: read("sections")?,
            times: read("time_expressions")?,
            mentions: read("event_mentions")?,
            events: read("events")?,
            conflicts: read("event_conflicts")?,
            participants: read("participants")?,
            entities: read("entities")?,
            names: read("entity_names")?,
            entity_mentions: read("entity_mentions")?,
            links: read("name_links")?,
            removals: read("removals")?,
            diagnostics: read("diagnostics")?,
            tombstones: read("tombstones")?,
            raw: raw.map(Path::to_owned),
        })
    }

    pub fn sentence(&self, id: &str) -> Option<usize> {
        self.sentence_rows.get(id).copied()
    }

    /// Source name of a document.
    pub fn source(&self, document: &str) -> &str {
        let row = super::rows(&self.documents, "document_id", document).next();
        row.map_or("", |row| self.documents.text("source", row))
    }

    /// The decoded text of a source; none where the sources are not at hand or are others by now.
    pub fn text(&self, document: &str) -> Option<String> {
        let row = super::rows(&self.documents, "document_id", document).next()?;
        let (source, hash) = (self.documents.text("source", row), self.documents.text("sha256", row));
        let raw = self.raw.as_ref()?;
        let file = source.split('#').next().unwrap_or(source);
        let path = if raw.is_dir() { raw.join(file) } else { raw.clone() };
        let mut found = None;
        read::read(&path, file, &read::Options::default(), &mut |record| {
            if found.is_none() && record.source == source && record.sha256 == hash {
                found = Some(record.text);
            }
        });
        found
    }
}
