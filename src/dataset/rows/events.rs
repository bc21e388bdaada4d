//! Rows about events: mentions, what they come to, where they differ, who took part, and the timeline.

use super::{CodePoints, Unique};
use crate::dataset::Dataset;
use crate::dataset::frame::Frame;
use crate::events::Plover;
use crate::model::{Event, MentionRef};
use std::collections::BTreeSet;

pub fn event_mentions(dataset: &Dataset) -> Frame {
    let mut frame = Frame::new("event_mentions");
    let event_of = dataset.event_of_mention();
    for (document, (extracted, ids)) in dataset.documents.iter().zip(&dataset.ids).enumerate() {
        let start = |at: usize| {
            let mention = &extracted.mentions[at];
            let time = mention.time.map(|time| extracted.dated.times[time].span.start);
            (mention.sentence, time.unwrap_or(mention.trigger.start), at)
        };
        let mut order: Vec<usize> = (0..extracted.mentions.len()).collect();
        order.sort_by_key(|&at| start(at));
        for at in order {
            let mention = &extracted.mentions[at];
            let sentence = &extracted.cleaned.sentences[mention.sentence];
            let places = CodePoints::of(sentence);
            let event = event_of.get(&MentionRef { document, mention: at });
            frame.push([
                (&ids.mentions[at]).into(),
                event.map_or("", |&event| dataset.event_ids[event].as_str()).into(),
                (&ids.document).into(),
                (&ids.sentences[mention.sentence]).into(),
                mention.time.map_or("", |time| ids.times[time].as_str()).into(),
                (&mention.edtf).into(),
                mention.start.into(),
                mention.end.into(),
                mention.precision.code().into(),
                mention.modifier.code().into(),
                mention.basis.code().into(),
                mention.event_type.code().into(),
                mention.mode.into(),
                mention.modality.code().into(),
                places.words(mention.trigger).into(),
                places.at(mention.trigger.start).into(),
                places.at(mention.trigger.end).into(),
                mention.ordinal_claimed.into(),
                mention.confidence.into(),
                mention.rule.into(),
            ]);
        }
    }
    frame
}

/// Events in the order of the tables: by first day, then id.
fn sorted(dataset: &Dataset) -> impl Iterator<Item = (&Event, &String)> {
    let mut order: Vec<(&Event, &String)> = dataset.events.iter().zip(&dataset.event_ids).collect();
    order.sort_by_key(|(event, id)| (event.start, *id));
    order.into_iter()
}

/// Languages of the sentences that mention an event, and how many documents do.
fn coverage(dataset: &Dataset, event: &Event) -> (Vec<String>, usize) {
    let languages: BTreeSet<&str> =
        event.mentions.iter().map(|&mention| dataset.mention(mention).0.language.code()).collect();
    let documents: BTreeSet<usize> = event.mentions.iter().map(|mention| mention.document).collect();
    (languages.into_iter().map(str::to_owned).collect(), documents.len())
}

pub fn events(dataset: &Dataset) -> Frame {
    let plover = Plover::builtin();
    let mut frame = Frame::new("events");
    for (event, id) in sorted(dataset) {
        let (languages, documents) = coverage(dataset, event);
        let facts = plover.of(event.event_type);
        frame.push([
            id.into(),
            (&event.edtf).into(),
            event.start.into(),
            event.end.into(),
            event.precision.code().into(),
            event.event_type.code().into(),
            event.mode.into(),
            (&facts.quad).into(),
            (&facts.cameo).into(),
            event.modality.code().into(),
            (&event.label).into(),
            event.place.map_or("", |place| dataset.entities.entities[place].id.as_str()).into(),
            event.mentions.len().into(),
            documents.into(),
            languages.into(),
            event.status.code().into(),
            dataset.mention_id(event.best).into(),
        ]);
    }
    frame
}

pub fn event_conflicts(dataset: &Dataset) -> Frame {
    let mut rows = Vec::new();
    for (event, id) in dataset.events.iter().zip(&dataset.event_ids) {
        for conflict in &event.conflicts {
            rows.push((id, conflict.field, &conflict.value, conflict));
        }
    }
    rows.sort_by_key(|&(id, field, value, _)| (id, field, value));
    rows.dedup_by_key(|&mut (id, field, value, _)| (id, field, value));
    let mut frame = Frame::new("event_conflicts");
    for (id, field, value, conflict) in rows {
        let mentions: BTreeSet<&str> = conflict.mentions.iter().map(|&m| dataset.mention_id(m)).collect();
        let mentions: Vec<String> = mentions.into_iter().map(str::to_owned).collect();
        frame.push([id.into(), field.into(), value.into(), mentions.into(), conflict.chosen.into()]);
    }
    frame
}

pub fn participants(dataset: &Dataset) -> Frame {
    let mut rows = Vec::new();
    for (event, id) in dataset.events.iter().zip(&dataset.event_ids) {
        for &(entity, role, count) in &event.participants {
            rows.push((id, &dataset.entities.entities[entity].id, role.code(), count));
        }
    }
    rows.sort();
    let mut unique = Unique::new("participants");
    for (event, entity, role, count) in rows {
        unique.push(
            vec![event.clone(), entity.clone(), role.to_owned()],
            [event.into(), entity.into(), role.into(), count.into()],
        );
    }
    unique.frame
}

pub fn timeline(dataset: &Dataset) -> Frame {
    let mut frame = Frame::new("timeline");
    for (event, id) in sorted(dataset) {
        let (languages, documents) = coverage(dataset, event);
        let (sentence, source) = dataset.mention(event.best);
        let mut seen = BTreeSet::new();
        let participants: Vec<String> = event
            .participants
            .iter()
            .filter(|(entity, ..)| seen.insert(*entity))
            .map(|&(entity, ..)| dataset.display_name(entity).to_owned())
            .collect();
        frame.push([
            event.start.into(),
            event.end.into(),
            event.precision.code().into(),
            id.into(),
            event.event_type.code().into(),
            event.modality.code().into(),
            (&event.label).into(),
            participants.into(),
            event.place.map_or("", |place| dataset.display_name(place)).into(),
            languages.into(),
            documents.into(),
            (&sentence.text).into(),
            source.into(),
        ]);
    }
    frame
}
