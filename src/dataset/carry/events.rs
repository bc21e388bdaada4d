//! Events: matched by the mentions they share, which are known by id or, in a renamed document, by words.

use super::{Overlap, Previous, Reason, Tombstone};
use crate::dataset::{Dataset, ids};
use crate::model::RowId;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Gives events their old ids and accounts for those that are gone.
pub fn carry(dataset: &mut Dataset, previous: &Previous) -> Vec<Tombstone> {
    let overlap = overlap(dataset, previous);
    let heirs = overlap.heirs();
    rename(dataset, &heirs);
    let live: HashSet<&str> = dataset.event_ids.iter().map(String::as_str).collect();
    let changed = successors(dataset, previous, &live);
    let mut gone = Vec::new();
    for row in 0..previous.events.rows() {
        let old = previous.events.text("event_id", row);
        if live.contains(old) {
            continue;
        }
        let (new, reason) = match overlap.fate(old) {
            Some((new, reason)) => (dataset.event_ids[new].as_str(), reason),
            None => changed.get(old).map_or(("", Reason::Removed), |&new| (new, Reason::Changed)),
        };
        gone.push(Tombstone { table: "events", old_id: old.to_owned(), new_id: new.to_owned(), reason });
    }
    gone
}

/// Sets carried ids; an event whose own id another one carried on rests on its mention as well.
fn rename(dataset: &mut Dataset, heirs: &BTreeMap<usize, String>) {
    let mut taken: HashSet<String> = heirs.values().cloned().collect();
    for at in 0..dataset.event_ids.len() {
        if let Some(old) = heirs.get(&at) {
            dataset.event_ids[at].clone_from(old);
            continue;
        }
        let own = dataset.event_ids[at].clone();
        let first = dataset.events[at].mentions.first().copied().unwrap_or(dataset.events[at].best);
        let (mut name, mut count) = (own.clone(), 0);
        while !taken.insert(name.clone()) {
            name = ids::id('e', &[&own, dataset.mention(first).id.as_str(), &count.to_string()]);
            count += 1;
        }
        dataset.event_ids[at] = name;
    }
}

fn overlap(dataset: &Dataset, previous: &Previous) -> Overlap {
    let event_of = dataset.event_of();
    let mut by_id: HashMap<RowId, usize> = HashMap::new();
    let mut by_words: HashMap<RowId, usize> = HashMap::new();
    for (document, brief) in dataset.documents.briefs.iter().enumerate() {
        for (at, mention) in brief.mentions.iter().enumerate() {
            if let Some(event) = event_of.event(document, at) {
                by_id.insert(mention.id, event);
                by_words.entry(mention.words).or_insert(event);
            }
        }
    }
    let old = &previous.mentions;
    let words = Words::new(previous);
    let mut overlap = Overlap::default();
    for row in 0..old.rows() {
        let new = by_id.get(&RowId::new(old.text("mention_id", row))).copied();
        let new = new.or_else(|| by_words.get(&RowId::new(&words.signature(old, row)?)).copied());
        overlap.add(old.text("event_id", row), new);
    }
    overlap
}

/// What the mentions of the earlier version said, by their words.
struct Words<'a> {
    texts: HashMap<&'a str, &'a str>,
    places: HashMap<&'a str, String>,
}

impl<'a> Words<'a> {
    fn new(previous: &'a Previous) -> Self {
        let (sentences, times) = (&previous.sentences, &previous.times);
        let mut place = String::new();
        let mut places = HashMap::new();
        for row in 0..times.rows() {
            place.clear();
            times.column("start").spell(row, &mut place);
            places.insert(times.text("time_id", row), place.clone());
        }
        let texts = (0..sentences.rows())
            .map(|row| (sentences.text("sentence_id", row), sentences.text("text", row)));
        Words { texts: texts.collect(), places }
    }

    fn signature(&self, mentions: &crate::dataset::frame::Frame, row: usize) -> Option<String> {
        let text = self.texts.get(mentions.text("sentence_id", row))?;
        let place = self.places.get(mentions.text("time_id", row)).map_or(ids::CONTEXT, String::as_str);
        Some(ids::words(text, place))
    }
}

/// Old events without a mention left whose document now tells of another event of that date and type.
fn successors<'a>(
    dataset: &'a Dataset,
    previous: &'a Previous,
    live: &HashSet<&str>,
) -> HashMap<&'a str, &'a str> {
    let (events, mentions) = (&previous.events, &previous.mentions);
    let mut facts: HashMap<&str, (&str, &str)> = HashMap::new();
    for row in 0..events.rows() {
        let id = events.text("event_id", row);
        facts.insert(id, (events.text("edtf", row), events.text("event_type", row)));
    }
    let old_ids: HashSet<&str> = facts.keys().copied().collect();
    let documents: HashMap<String, usize> = dataset.documents.numbers();
    let mut fresh: HashMap<(usize, &str, &str), &str> = HashMap::new();
    for (event, id) in dataset.events.iter().zip(&dataset.event_ids) {
        for mention in event.mentions.iter().filter(|_| !old_ids.contains(id.as_str())) {
            fresh.entry((mention.document, event.edtf.as_str(), event.event_type.code())).or_insert(id);
        }
    }
    let mut found = HashMap::new();
    for row in 0..mentions.rows() {
        let old = mentions.text("event_id", row);
        if let Some(&(edtf, kind)) = facts.get(old).filter(|_| !live.contains(old))
            && let Some(&document) = documents.get(mentions.text("document_id", row))
            && let Some(&new) = fresh.get(&(document, edtf, kind))
        {
            found.entry(old).or_insert(new);
        }
    }
    found
}
