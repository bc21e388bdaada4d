//! Entities: their ids are slugs of their names, which better rules may choose otherwise.

use super::{Overlap, Previous, Reason, Tombstone};
use crate::dataset::Dataset;
use crate::dataset::documents::Whole;
use crate::diff::hash::{Seed, join};
use crate::model::{Brief, Entities};
use std::collections::{HashMap, HashSet};

/// Gives entities their old ids and accounts for those that are gone. An id goes on only with an
/// entity of its kind, and never to one where another entity has that id by its name.
pub fn carry(dataset: &mut Dataset, places: &Places, previous: &Previous) -> Vec<Tombstone> {
    let overlap = overlap(places, previous);
    let old_ids: HashSet<String> = (0..previous.entities.rows())
        .map(|row| previous.entities.text("entity_id", row).to_owned())
        .collect();
    let own: HashSet<String> = dataset.entities.entities.iter().map(|entity| entity.id.clone()).collect();
    for (at, old) in overlap.heirs() {
        let entity = &mut dataset.entities.entities[at];
        let kind = old.split('/').next() == Some(entity.kind.code());
        if kind && !own.contains(&old) && !old_ids.contains(&entity.id) {
            entity.id = old;
        }
    }
    let live: HashSet<&str> = dataset.entities.entities.iter().map(|entity| entity.id.as_str()).collect();
    let mut gone = Vec::new();
    for old in old_ids.iter().filter(|old| !live.contains(old.as_str())) {
        let (new, reason) = match overlap.fate(old) {
            Some((new, reason)) => {
                let new = dataset.entities.entities[new].id.as_str();
                // An entity that was not there before is no merger: the old one goes on under its name.
                let renamed = reason == Reason::Merged && !old_ids.contains(new);
                (new, if renamed { Reason::Changed } else { reason })
            }
            None => ("", Reason::Removed),
        };
        gone.push(Tombstone { table: "entities", old_id: old.clone(), new_id: new.to_owned(), reason });
    }
    gone
}

/// The entity that is named at each place of each sentence, whatever document has it.
#[derive(Default)]
pub struct Places(HashMap<u64, usize>);

impl Places {
    pub fn add(&mut self, whole: &Whole, brief: &Brief, entities: &Entities) {
        for mention in &whole.extracted.named.mentions {
            let text = whole.extracted.cleaned.sentences[mention.sentence].text.as_str();
            let start = crate::text::code_points(text, mention.span.start);
            if let Some(entity) = entities.of(brief, mention.entity) {
                self.0.entry(place(text, start)).or_insert(entity);
            }
        }
    }
}

fn place(text: &str, start: usize) -> u64 {
    join(Seed::FIXED.bytes(text.as_bytes()), start as u64)
}

/// Old and new mentions are matched by the text of their sentence and their place in it.
fn overlap(places: &Places, previous: &Previous) -> Overlap {
    let (sentences, mentions) = (&previous.sentences, &previous.entity_mentions);
    let texts: HashMap<&str, &str> = (0..sentences.rows())
        .map(|row| (sentences.text("sentence_id", row), sentences.text("text", row)))
        .collect();
    let mut overlap = Overlap::default();
    for row in 0..mentions.rows() {
        let text = texts.get(mentions.text("sentence_id", row)).copied().unwrap_or("");
        let new = places.0.get(&place(text, mentions.integer("start", row) as usize)).copied();
        overlap.add(mentions.text("entity_id", row), new);
    }
    overlap
}
