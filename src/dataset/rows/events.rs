//! Rows about events: mentions, what they come to, where they differ, who took part, and the timeline.

use super::CodePoints;
use crate::dataset::Dataset;
use crate::dataset::documents::Whole;
use crate::dataset::frame::Frame;
use crate::events::Plover;
use crate::model::{Conflict, Event, Role};
use std::collections::BTreeSet;

/// `event` gives the id of the event that a mention was merged into.
pub fn event_mentions<'a>(
    frame: &mut Frame,
    Whole { extracted, ids }: &Whole,
    event: impl Fn(usize) -> &'a str,
) {
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
        frame.push([
            (&ids.mentions[at]).into(),
            event(at).into(),
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

/// Events in the order of the tables: by first day, then id.
pub fn order(dataset: &Dataset) -> Vec<usize> {
    let mut order: Vec<usize> = (0..dataset.events.len()).collect();
    order.sort_unstable_by_key(|&at| (dataset.events[at].start, &dataset.event_ids[at]));
    order
}

/// Languages of the sentences that mention an event, and how many documents do.
fn coverage(dataset: &Dataset, event: &Event) -> (Vec<String>, usize) {
    let languages: BTreeSet<&str> =
        event.mentions.iter().map(|&mention| dataset.mention(mention).language.code()).collect();
    let documents: BTreeSet<usize> = event.mentions.iter().map(|mention| mention.document).collect();
    (languages.into_iter().map(str::to_owned).collect(), documents.len())
}

pub fn events(dataset: &Dataset, events: &[usize]) -> Frame {
    let plover = Plover::builtin();
    let mut frame = Frame::new("events");
    for &at in events {
        let (event, id) = (&dataset.events[at], &dataset.event_ids[at]);
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
            dataset.mention(event.best).id.as_str().into(),
        ]);
    }
    frame
}

/// Conflicts in the order of the tables, each with its event.
pub fn conflicts<'a>(dataset: &'a Dataset) -> Vec<(&'a String, &'a Conflict)> {
    let mut rows: Vec<(&String, &Conflict)> = Vec::new();
    for (event, id) in dataset.events.iter().zip(&dataset.event_ids) {
        rows.extend(event.conflicts.iter().map(|conflict| (id, conflict)));
    }
    rows.sort_by_key(|&(id, conflict)| (id, conflict.field, &conflict.value));
    rows.dedup_by_key(|&mut (id, conflict)| (id, conflict.field, &conflict.value));
    rows
}

pub fn event_conflicts(dataset: &Dataset, rows: &[(&String, &Conflict)]) -> Frame {
    let mut frame = Frame::new("event_conflicts");
    for &(id, conflict) in rows {
        let mentions: BTreeSet<&str> =
            conflict.mentions.iter().map(|&at| dataset.mention(at).id.as_str()).collect();
        let mentions: Vec<String> = mentions.into_iter().map(str::to_owned).collect();
        frame.push([
            id.into(),
            conflict.field.into(),
            (&conflict.value).into(),
            mentions.into(),
            conflict.chosen.into(),
        ]);
    }
    frame
}

/// Event, entity, role, and how many mentions say so.
pub type Part<'a> = (&'a String, &'a String, &'static str, usize);

/// Participants in the order of the tables, each once.
pub fn parts<'a>(dataset: &'a Dataset) -> Vec<Part<'a>> {
    let part = |id: &'a String, &(entity, role, count): &(usize, Role, usize)| {
        (id, &dataset.entities.entities[entity].id, role.code(), count)
    };
    let events = dataset.events.iter().zip(&dataset.event_ids);
    let mut rows: Vec<Part> =
        events.flat_map(|(event, id)| event.participants.iter().map(move |entry| part(id, entry))).collect();
    rows.sort_unstable();
    rows.dedup_by_key(|&mut (event, entity, role, _)| (event, entity, role));
    rows
}

pub fn participants(rows: &[Part]) -> Frame {
    let mut frame = Frame::new("participants");
    for &(event, entity, role, count) in rows {
        frame.push([event.into(), entity.into(), role.into(), count.into()]);
    }
    frame
}

/// Events with the sentence that tells each best.
pub fn timeline(dataset: &Dataset, events: &[(usize, String)]) -> Frame {
    let mut frame = Frame::new("timeline");
    for (at, sentence) in events {
        let (event, id) = (&dataset.events[*at], &dataset.event_ids[*at]);
        let (languages, documents) = coverage(dataset, event);
        let source = &dataset.documents.briefs[event.best.document].source;
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
            sentence.into(),
            source.into(),
        ]);
    }
    frame
}
