//! Rows about entities: who they are, how they are spelled, where they stand, and why names were joined.

use super::{CodePoints, Unique};
use crate::dataset::Dataset;
use crate::dataset::frame::Frame;
use crate::model::{Decision, Language};
use std::collections::{BTreeSet, HashMap};

/// What the sentences say of each entity, counted.
#[derive(Default)]
pub struct Tally {
    mentions: Vec<usize>,
    documents: Vec<usize>,
    languages: Vec<BTreeSet<&'static str>>,
}

impl Tally {
    pub fn new(dataset: &Dataset) -> Self {
        let count = dataset.entities.entities.len();
        let mut tally = Tally {
            mentions: vec![0; count],
            documents: vec![0; count],
            languages: vec![BTreeSet::new(); count],
        };
        for (extracted, entities) in dataset.documents.iter().zip(&dataset.entities.of_document) {
            let mut here = BTreeSet::new();
            for mention in &extracted.named.mentions {
                if let Some(&entity) = entities.get(mention.entity).filter(|&&entity| entity < count) {
                    let language = extracted.cleaned.sentences[mention.sentence].language;
                    tally.mentions[entity] += 1;
                    tally.languages[entity].insert(language.code());
                    here.insert(entity);
                }
            }
            here.into_iter().for_each(|entity| tally.documents[entity] += 1);
        }
        tally
    }
}

pub fn entities(dataset: &Dataset, tally: &Tally) -> Frame {
    let all = &dataset.entities.entities;
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by_key(|&at| &all[at].id);
    let mut frame = Frame::new("entities");
    for at in order {
        let entity = &all[at];
        let languages: Vec<String> = tally.languages[at].iter().map(|&code| code.to_owned()).collect();
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
            tally.mentions[at].into(),
            tally.documents[at].into(),
            languages.into(),
        ]);
    }
    frame
}

pub fn entity_names(dataset: &Dataset) -> Frame {
    let mut rows = Vec::new();
    for entity in &dataset.entities.entities {
        rows.extend(entity.names.iter().map(|name| (&entity.id, name)));
    }
    rows.sort_by_key(|(id, name)| (*id, &name.name, name.language.code(), name.evidence));
    rows.dedup_by_key(|(id, name)| (*id, &name.name, name.language.code()));
    let mut frame = Frame::new("entity_names");
    for (id, name) in rows {
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
pub fn entity_mentions(dataset: &Dataset) -> Frame {
    let mut frame = Frame::new("entity_mentions");
    let documents = dataset.documents.iter().zip(&dataset.ids).zip(&dataset.entities.of_document);
    for ((extracted, ids), entities) in documents {
        let mut mentions: Vec<_> = extracted.named.mentions.iter().collect();
        mentions.sort_by_key(|mention| {
            (mention.sentence, mention.span.start, usize::MAX - mention.span.end, mention.entity)
        });
        mentions.dedup_by_key(|mention| (mention.sentence, mention.span.start));
        for mention in mentions {
            let Some(entity) = entities.get(mention.entity).and_then(|&at| dataset.entities.entities.get(at))
            else {
                continue;
            };
            let sentence = &extracted.cleaned.sentences[mention.sentence];
            let places = CodePoints::of(sentence);
            frame.push([
                (&ids.sentences[mention.sentence]).into(),
                places.at(mention.span.start).into(),
                places.at(mention.span.end).into(),
                places.words(mention.span).into(),
                (&entity.id).into(),
                mention.method.into(),
                mention.confidence.into(),
            ]);
        }
    }
    frame
}

/// The entity of a link is the one that holds both names.
pub fn name_links(dataset: &Dataset) -> Frame {
    let mut holders: HashMap<(&str, &str), BTreeSet<usize>> = HashMap::new();
    for (at, entity) in dataset.entities.entities.iter().enumerate() {
        for name in &entity.names {
            holders.entry((&name.name, name.language.code())).or_default().insert(at);
        }
    }
    let none = BTreeSet::new();
    let mut links: Vec<_> = dataset.entities.links.iter().collect();
    links.sort_by(|a, b| {
        let key = |link: &crate::model::NameLink| {
            (link.name_a.clone(), link.language_a.code(), link.name_b.clone(), link.language_b.code())
        };
        key(a).cmp(&key(b)).then(a.evidence.cmp(&b.evidence)).then(b.score.total_cmp(&a.score))
    });
    let mut rows = Unique::new("name_links");
    for link in links {
        let (a, b) = (link.language_a.code(), link.language_b.code());
        let both = holders
            .get(&(link.name_a.as_str(), a))
            .unwrap_or(&none)
            .intersection(holders.get(&(link.name_b.as_str(), b)).unwrap_or(&none))
            .next()
            .filter(|_| link.decision == Decision::Same);
        rows.push(
            vec![link.name_a.clone(), a.to_owned(), link.name_b.clone(), b.to_owned()],
            [
                (&link.name_a).into(),
                a.into(),
                (&link.name_b).into(),
                b.into(),
                both.map_or("", |&at| dataset.entities.entities[at].id.as_str()).into(),
                link.decision.code().into(),
                link.evidence.code().into(),
                link.score.into(),
                (&link.detail).into(),
            ],
        );
    }
    rows.frame
}
