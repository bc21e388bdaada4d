//! Rows about entities: who they are, how they are spelled, where they stand, and why names were joined.

use super::CodePoints;
use crate::dataset::Dataset;
use crate::dataset::documents::Whole;
use crate::dataset::frame::Frame;
use crate::model::{Brief, Decision, Entities, EntityName, Language, NameLink};
use std::collections::{BTreeSet, HashMap};

/// What the sentences say of entities, counted.
#[derive(Debug, Default)]
pub struct Tally(HashMap<usize, Count>);

#[derive(Debug, Default)]
struct Count {
    mentions: usize,
    documents: usize,
    languages: BTreeSet<&'static str>,
}

impl Tally {
    /// Counts a document.
    pub fn add(&mut self, whole: &Whole, brief: &Brief, entities: &Entities) {
        let mut here = BTreeSet::new();
        for mention in &whole.extracted.named.mentions {
            if let Some(entity) = entities.of(brief, mention.entity) {
                let language = whole.extracted.cleaned.sentences[mention.sentence].language;
                let count = self.0.entry(entity).or_default();
                count.mentions += 1;
                count.languages.insert(language.code());
                count.documents += usize::from(here.insert(entity));
            }
        }
    }

    /// Adds what was counted elsewhere.
    pub fn join(&mut self, other: Tally) {
        for (entity, more) in other.0 {
            let count = self.0.entry(entity).or_default();
            count.mentions += more.mentions;
            count.documents += more.documents;
            count.languages.extend(more.languages);
        }
    }
}

/// Entities in the order of the tables.
pub fn order(dataset: &Dataset) -> Vec<usize> {
    let all = &dataset.entities.entities;
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by_key(|&at| &all[at].id);
    order
}

pub fn entities(dataset: &Dataset, tally: &Tally, entities: &[usize]) -> Frame {
    let (mut frame, none) = (Frame::new("entities"), Count::default());
    for &at in entities {
        let entity = &dataset.entities.entities[at];
        let count = tally.0.get(&at).unwrap_or(&none);
        let languages: Vec<String> = count.languages.iter().map(|&code| code.to_owned()).collect();
        frame.push([
            (&entity.id).into(),
            entity.kind.code().into(),
            (&entity.canonical_name).into(),
            entity.canonical_language.code().into(),
            dataset.name_in(at, Language::En).into(),
            dataset.name_in(at, Language::ZhHans).into(),
            dataset.name_in(at, Language::ZhHant).into(),
            dataset.name_in(at, Language::Ru).into(),
            dataset.name_in(at, Language::Uk).into(),
            count.mentions.into(),
            count.documents.into(),
            languages.into(),
        ]);
    }
    frame
}

/// A name with the id of its entity.
pub type Spelling<'a> = (&'a String, &'a EntityName);

/// Names in the order of the tables, each once.
pub fn spellings<'a>(dataset: &'a Dataset) -> Vec<Spelling<'a>> {
    let mut rows: Vec<Spelling> = Vec::new();
    for entity in &dataset.entities.entities {
        rows.extend(entity.names.iter().map(|name| (&entity.id, name)));
    }
    rows.sort_by_key(|(id, name)| (*id, &name.name, name.language.code(), name.evidence));
    rows.dedup_by_key(|(id, name)| (*id, &name.name, name.language.code()));
    rows
}

pub fn entity_names(rows: &[Spelling]) -> Frame {
    let mut frame = Frame::new("entity_names");
    for &(id, name) in rows {
        frame.push([
            id.into(),
            (&name.name).into(),
            name.language.code().into(),
            name.script.into(),
            name.variety.into(),
            (&name.romanised).into(),
            name.is_canonical.into(),
            name.mentions.into(),
            name.evidence.code().into(),
        ]);
    }
    frame
}

/// Where mentions nest, the longest of those that begin at one place has the row.
pub fn entity_mentions(frame: &mut Frame, Whole { extracted, ids }: &Whole, brief: &Brief, all: &Entities) {
    let mut mentions: Vec<_> = extracted.named.mentions.iter().collect();
    mentions.sort_by_key(|mention| {
        (mention.sentence, mention.span.start, usize::MAX - mention.span.end, mention.entity)
    });
    mentions.dedup_by_key(|mention| (mention.sentence, mention.span.start));
    for mention in mentions {
        let Some(entity) = all.of(brief, mention.entity) else { continue };
        let sentence = &extracted.cleaned.sentences[mention.sentence];
        let places = CodePoints::of(sentence);
        frame.push([
            (&ids.sentences[mention.sentence]).into(),
            places.at(mention.span.start).into(),
            places.at(mention.span.end).into(),
            places.words(mention.span).into(),
            (&all.entities[entity].id).into(),
            mention.method.into(),
            mention.confidence.into(),
        ]);
    }
}

/// Links in the order of the tables, each pair of names once.
pub fn links<'a>(dataset: &'a Dataset) -> Vec<&'a NameLink> {
    fn names(link: &NameLink) -> (&str, &str, &str, &str) {
        (&link.name_a, link.language_a.code(), &link.name_b, link.language_b.code())
    }
    let mut links: Vec<&NameLink> = dataset.entities.links.iter().collect();
    links.sort_by(|a, b| {
        names(a).cmp(&names(b)).then(a.evidence.cmp(&b.evidence)).then(b.score.total_cmp(&a.score))
    });
    links.dedup_by(|a, b| names(a) == names(b));
    links
}

/// The entities that bear each name that a link speaks of.
#[derive(Default)]
pub struct Holders<'a>(HashMap<(&'a str, &'static str), BTreeSet<usize>>);

impl<'a> Holders<'a> {
    pub fn new(dataset: &'a Dataset) -> Self {
        let mut holders = Holders::default();
        for link in &dataset.entities.links {
            holders.0.entry((&link.name_a, link.language_a.code())).or_default();
            holders.0.entry((&link.name_b, link.language_b.code())).or_default();
        }
        for (at, entity) in dataset.entities.entities.iter().enumerate() {
            for name in &entity.names {
                if let Some(entities) = holders.0.get_mut(&(name.name.as_str(), name.language.code())) {
                    entities.insert(at);
                }
            }
        }
        holders
    }

    /// The first entity that holds both names of a link.
    fn of(&self, link: &NameLink) -> Option<usize> {
        let a = self.0.get(&(link.name_a.as_str(), link.language_a.code()))?;
        let b = self.0.get(&(link.name_b.as_str(), link.language_b.code()))?;
        a.intersection(b).next().copied()
    }
}

pub fn name_links(dataset: &Dataset, holders: &Holders, links: &[&NameLink]) -> Frame {
    let mut frame = Frame::new("name_links");
    for link in links {
        let holder = holders.of(link).filter(|_| link.decision == Decision::Same);
        frame.push([
            (&link.name_a).into(),
            link.language_a.code().into(),
            (&link.name_b).into(),
            link.language_b.code().into(),
            holder.map_or("", |at| dataset.entities.entities[at].id.as_str()).into(),
            link.decision.code().into(),
            link.evidence.code().into(),
            link.score.into(),
            (&link.detail).into(),
        ]);
    }
    frame
}
