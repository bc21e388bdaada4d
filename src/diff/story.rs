//! The account that people read: what became of events, entities and documents.
//!
//! Rows say that a cell changed; a reviewer asks which event moved, which two became one, which was
//! confirmed in another language, and what followed from the page that was scraped again. Merged and
//! split things are told from where their mentions went, which holds across any ids.

use super::Diff;
use crate::dataset::frame::Frame;
use crate::dataset::{load, schema};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Story {
    pub events: Things,
    pub entities: Things,
    pub documents: Documents,
}

/// What became of events or entities.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Things {
    pub added: Vec<Thing>,
    pub removed: Vec<Thing>,
    /// Several old ones whose mentions are now in one.
    pub merged: Vec<Fate>,
    /// An old one whose mentions are now in several.
    pub split: Vec<Fate>,
    /// Another date.
    pub moved: Vec<Turn>,
    /// Another type or kind.
    pub retyped: Vec<Turn>,
    /// Another name.
    pub renamed: Vec<Turn>,
    /// Found in a language that did not tell of it before.
    pub confirmed: Vec<Turn>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Thing {
    pub id: String,
    pub label: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fate {
    pub old: Vec<Thing>,
    pub new: Vec<Thing>,
}

/// A thing that stayed and turned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Turn {
    pub id: String,
    pub label: String,
    pub old: String,
    pub new: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Documents {
    pub added: Vec<String>,
    pub removed: Vec<String>,
    pub changed: Vec<Rescraped>,
}

/// A document with other bytes, and what followed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rescraped {
    pub source: String,
    pub sentences_added: usize,
    pub sentences_removed: usize,
    pub mentions_added: usize,
    pub mentions_removed: usize,
}

impl Things {
    pub fn is_empty(&self) -> bool {
        *self == Things::default()
    }
}

/// Tells the story of two datasets; none where a table that it needs is missing or of another schema.
pub fn tell(old: &Path, new: &Path, diff: &Diff) -> io::Result<Option<Story>> {
    let needed = ["documents", "sentences", "event_mentions", "events", "entities", "entity_mentions"];
    let drifted = |name: &str| {
        let table = diff.tables.iter().find(|table| table.table == name);
        table.is_none_or(|table| table.schema != super::SchemaDrift::default())
    };
    if needed.iter().any(|name| drifted(name)) {
        return Ok(None);
    }
    let (old, new) = (Version::load(old)?, Version::load(new)?);
    Ok(Some(Story {
        events: things(&old.events(), &new.events()),
        entities: things(&old.entities(), &new.entities()),
        documents: documents(&old, &new),
    }))
}

/// The tables of one version that the story is told from.
struct Version {
    documents: Frame,
    sentences: Frame,
    mentions: Frame,
    events: Frame,
    entities: Frame,
    entity_mentions: Frame,
}

/// Events or entities of one version.
struct Cast<'a> {
    /// By id.
    facts: BTreeMap<&'a str, Facts<'a>>,
    /// Mention to the thing it is of.
    mentions: BTreeMap<(&'a str, i64), &'a str>,
}

struct Facts<'a> {
    label: &'a str,
    date: &'a str,
    kind: &'a str,
    name: &'a str,
    languages: BTreeSet<String>,
}

impl Version {
    fn load(folder: &Path) -> io::Result<Self> {
        let read = |name: &str| {
            let table =
                schema::table(name).ok_or_else(|| io::Error::other(format!("no schema of {name}")))?;
            load::sound(folder, table)
        };
        Ok(Version {
            documents: read("documents")?,
            sentences: read("sentences")?,
            mentions: read("event_mentions")?,
            events: read("events")?,
            entities: read("entities")?,
            entity_mentions: read("entity_mentions")?,
        })
    }

    fn events(&self) -> Cast<'_> {
        let (table, mentions) = (&self.events, &self.mentions);
        let facts = (0..table.rows()).map(|row| {
            let facts = Facts {
                label: table.text("label", row),
                date: table.text("edtf", row),
                kind: table.text("event_type", row),
                name: "",
                languages: languages(table, row),
            };
            (table.text("event_id", row), facts)
        });
        let mention = |row| ((mentions.text("mention_id", row), 0), mentions.text("event_id", row));
        Cast { facts: facts.collect(), mentions: (0..mentions.rows()).map(mention).collect() }
    }

    fn entities(&self) -> Cast<'_> {
        let (table, mentions) = (&self.entities, &self.entity_mentions);
        let facts = (0..table.rows()).map(|row| {
            let name = table.text("canonical_name", row);
            let kind = table.text("kind", row);
            (
                table.text("entity_id", row),
                Facts { label: name, date: "", kind, name, languages: languages(table, row) },
            )
        });
        let mention = |row| {
            let place = (mentions.text("sentence_id", row), mentions.integer("start", row));
            (place, mentions.text("entity_id", row))
        };
        Cast { facts: facts.collect(), mentions: (0..mentions.rows()).map(mention).collect() }
    }
}

fn languages(table: &Frame, row: usize) -> BTreeSet<String> {
    let mut spelled = String::new();
    table.column("languages").spell(row, &mut spelled);
    spelled.split('|').filter(|code| !code.is_empty()).map(str::to_owned).collect()
}

fn things(old: &Cast, new: &Cast) -> Things {
    let mut out = Things::default();
    fates(old, new, &mut out);
    let told: BTreeSet<&str> = out
        .merged
        .iter()
        .chain(&out.split)
        .flat_map(|fate| fate.old.iter().chain(&fate.new))
        .map(|thing| thing.id.as_str())
        .collect();
    let only = |a: &Cast, b: &Cast| -> Vec<Thing> {
        let gone = a.facts.keys().filter(|id| !b.facts.contains_key(*id) && !told.contains(*id));
        gone.map(|id| thing(a, id)).collect()
    };
    let (added, removed) = (only(new, old), only(old, new));
    for (id, before) in &old.facts {
        let Some(after) = new.facts.get(id) else { continue };
        let turn = |old: &str, new: &str| Turn {
            id: (*id).to_owned(),
            label: after.label.to_owned(),
            old: old.to_owned(),
            new: new.to_owned(),
        };
        if before.date != after.date {
            out.moved.push(turn(before.date, after.date));
        }
        if before.kind != after.kind {
            out.retyped.push(turn(before.kind, after.kind));
        }
        if before.name != after.name {
            out.renamed.push(turn(before.name, after.name));
        }
        if after.languages.difference(&before.languages).next().is_some() {
            let joined = |codes: &BTreeSet<String>| codes.iter().cloned().collect::<Vec<_>>().join("|");
            out.confirmed.push(turn(&joined(&before.languages), &joined(&after.languages)));
        }
    }
    (out.added, out.removed) = (added, removed);
    out
}

fn thing(cast: &Cast, id: &str) -> Thing {
    Thing { id: id.to_owned(), label: cast.facts.get(id).map_or("", |facts| facts.label).to_owned() }
}

/// What merged and what split, from the mentions that both versions have.
fn fates(old: &Cast, new: &Cast, out: &mut Things) {
    let mut went: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut came: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (mention, before) in &old.mentions {
        if let Some(after) = new.mentions.get(mention) {
            went.entry(before).or_default().insert(after);
            came.entry(after).or_default().insert(before);
        }
    }
    let all = |cast: &Cast, ids: &BTreeSet<&str>| ids.iter().map(|id| thing(cast, id)).collect();
    for (after, before) in came.iter().filter(|(_, before)| before.len() > 1) {
        out.merged.push(Fate { old: all(old, before), new: vec![thing(new, after)] });
    }
    for (before, after) in went.iter().filter(|(_, after)| after.len() > 1) {
        out.split.push(Fate { old: vec![thing(old, before)], new: all(new, after) });
    }
}

fn documents(old: &Version, new: &Version) -> Documents {
    let sources = |version: &Version| -> BTreeMap<String, (String, String)> {
        let table = &version.documents;
        let text = |column, row| table.text(column, row).to_owned();
        let row = |row| (text("document_id", row), (text("source", row), text("sha256", row)));
        (0..table.rows()).map(row).collect()
    };
    let (before, after) = (sources(old), sources(new));
    let mut out = Documents::default();
    let only =
        |a: &BTreeMap<String, (String, String)>, b: &BTreeMap<String, (String, String)>| -> Vec<String> {
            a.iter().filter(|(id, _)| !b.contains_key(*id)).map(|(_, (source, _))| source.clone()).collect()
        };
    (out.added, out.removed) = (only(&after, &before), only(&before, &after));
    let sentences = (by_document(&old.sentences, "sentence_id"), by_document(&new.sentences, "sentence_id"));
    let mentions = (by_document(&old.mentions, "mention_id"), by_document(&new.mentions, "mention_id"));
    for (id, (source, hash)) in &after {
        if before.get(id).is_some_and(|(_, old)| old != hash) {
            let count = |a: &ByDocument, b: &ByDocument| match (a.get(id.as_str()), b.get(id.as_str())) {
                (Some(a), Some(b)) => a.difference(b).count(),
                (Some(a), None) => a.len(),
                (None, _) => 0,
            };
            out.changed.push(Rescraped {
                source: source.clone(),
                sentences_added: count(&sentences.1, &sentences.0),
                sentences_removed: count(&sentences.0, &sentences.1),
                mentions_added: count(&mentions.1, &mentions.0),
                mentions_removed: count(&mentions.0, &mentions.1),
            });
        }
    }
    out.changed.sort_by(|a, b| a.source.cmp(&b.source));
    out.added.sort();
    out.removed.sort();
    out
}

type ByDocument<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

fn by_document<'a>(table: &'a Frame, id: &str) -> ByDocument<'a> {
    let mut out = ByDocument::new();
    for row in 0..table.rows() {
        out.entry(table.text("document_id", row)).or_default().insert(table.text(id, row));
    }
    out
}
