//! The dataset: rows with stable ids, written whole or not at all, with descriptors and a lock.

pub mod carry;
pub mod croissant;
pub mod csv;
pub mod datapackage;
pub mod folder;
pub mod frame;
pub mod ids;
pub mod load;
pub mod lock;
pub mod near_duplicates;
pub mod parquet;
pub mod rows;
pub mod schema;
pub mod write;

use crate::model::{Entities, Event, Extracted, Language, MentionRef, Sentence};
use crate::vocabulary;
use std::collections::HashMap;

/// Everything that the tables are made from.
#[derive(Default)]
pub struct Dataset {
    /// In order of source.
    pub documents: Vec<Extracted>,
    /// Parallel to `documents`.
    pub ids: Vec<ids::DocumentIds>,
    /// For each document, the index of the one it nearly repeats.
    pub near_duplicates: Vec<Option<usize>>,
    pub entities: Entities,
    pub events: Vec<Event>,
    /// Parallel to `events`.
    pub event_ids: Vec<String>,
    pub tombstones: Vec<Tombstone>,
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

impl Dataset {
    /// The event that each mention was merged into.
    pub fn event_of_mention(&self) -> HashMap<MentionRef, usize> {
        let pairs = self.events.iter().enumerate();
        pairs.flat_map(|(at, event)| event.mentions.iter().map(move |&mention| (mention, at))).collect()
    }

    /// The sentence of a mention, and the source it stands in.
    pub fn mention(&self, at: MentionRef) -> (&Sentence, &str) {
        let cleaned = &self.documents[at.document].cleaned;
        let mention = &self.documents[at.document].mentions[at.mention];
        (&cleaned.sentences[mention.sentence], &cleaned.document.source)
    }

    pub fn mention_id(&self, at: MentionRef) -> &str {
        &self.ids[at.document].mentions[at.mention]
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
