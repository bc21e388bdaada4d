//! The dataset: rows with stable ids, written whole or not at all, with descriptors and a lock.

pub mod carry;
pub mod croissant;
pub mod csv;
pub mod datapackage;
pub mod documents;
pub mod folder;
pub mod frame;
pub mod ids;
pub mod load;
pub mod lock;
pub mod near_duplicates;
pub mod parquet;
pub mod row_hashes;
pub mod rows;
pub mod schema;
pub mod spill;
pub mod table;
pub mod write;

use crate::model::{Entities, Event, Language, MentionRef, ToldEvent};
use crate::vocabulary;
use documents::Documents;

/// Everything that the tables are made from.
pub struct Dataset<'a> {
    pub documents: Documents<'a>,
    /// For each document, the index of the one it nearly repeats.
    pub near_duplicates: Vec<Option<usize>>,
    pub entities: Entities,
    pub events: Vec<Event>,
    /// Parallel to `events`.
    pub event_ids: Vec<String>,
    pub tombstones: Vec<Tombstone>,
}

/// Which event each mention was merged into, and which mention tells an event best.
pub struct EventOf {
    /// For each document, for each mention, the event and one; 0 where there is none.
    events: Vec<Box<[u32]>>,
    /// Mentions that tell an event best, each with the event; sorted.
    best: Vec<(MentionRef, u32)>,
}

impl EventOf {
    pub fn event(&self, document: usize, mention: usize) -> Option<usize> {
        let event = *self.events.get(document)?.get(mention)?;
        event.checked_sub(1).map(|event| event as usize)
    }

    /// Mentions of a document that tell an event best, each with the event.
    pub fn best(&self, document: usize) -> impl Iterator<Item = (usize, usize)> {
        let from = self.best.partition_point(|(mention, _)| mention.document < document);
        let here = self.best[from..].iter().take_while(move |(mention, _)| mention.document == document);
        here.map(|&(mention, event)| (mention.mention, event as usize))
    }
}

vocabulary! {
    /// Why an id is gone.
    Reason { Removed => "removed", Merged => "merged", Split => "split", Changed => "changed" }
}

/// An id of an earlier version that is gone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tombstone {
    pub table: &'static str,
    pub old_id: String,
    /// Empty where nothing took its place.
    pub new_id: String,
    pub reason: Reason,
}

impl Dataset<'_> {
    pub fn event_of(&self) -> EventOf {
        let none = |brief: &crate::model::Brief| vec![0; brief.mentions.len()].into();
        let mut events: Vec<Box<[u32]>> = self.documents.briefs.iter().map(none).collect();
        let mut best = Vec::with_capacity(self.events.len());
        for (event, at) in self.events.iter().zip(0..) {
            event.mentions.iter().for_each(|mention| events[mention.document][mention.mention] = at + 1);
            best.push((event.best, at));
        }
        best.sort_unstable();
        EventOf { events, best }
    }

    pub fn mention(&self, at: MentionRef) -> &ToldEvent {
        &self.documents.briefs[at.document].mentions[at.mention]
    }

    /// The name an entity is best known by in a language: its canonical one, else of its base forms
    /// the one with most mentions; empty where it has none.
    pub fn name_in(&self, entity: usize, language: Language) -> &str {
        let entity = &self.entities.entities[entity];
        if entity.canonical_language == language {
            return &entity.canonical_name;
        }
        let names = entity.names.iter().filter(|name| name.language == language);
        names
            .max_by_key(|name| {
                (
                    name.is_canonical,
                    name.base_form,
                    name.mentions,
                    name.name.len(),
                    std::cmp::Reverse(&name.name),
                )
            })
            .map_or("", |name| name.name.as_str())
    }

    /// The name for an English reader: English where there is one.
    pub fn display_name(&self, entity: usize) -> &str {
        match self.name_in(entity, Language::En) {
            "" => &self.entities.entities[entity].canonical_name,
            name => name,
        }
    }
}
