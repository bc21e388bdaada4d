//! Carrying ids over from an earlier version, and accounting for those that are gone.
//!
//! An event or entity keeps its old id where more than half of its old mentions are now in it, so
//! that what people cited stays where it was. Every other id of the earlier version becomes a
//! tombstone with its reason and, where there is one, its successor. Tombstones pile up from version
//! to version: running twice over the same input gives the same dataset.

mod entities;
mod events;
mod sentences;

use super::frame::Frame;
use super::{Dataset, Reason, Tombstone, ids, load, schema};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::io;
use std::path::Path;

/// The tables of the earlier version that ids are carried over from.
struct Previous {
    documents: Frame,
    sentences: Frame,
    times: Frame,
    mentions: Frame,
    events: Frame,
    entities: Frame,
    entity_mentions: Frame,
    tombstones: Frame,
}

impl Previous {
    fn load(folder: &Path) -> io::Result<Self> {
        let read = |name: &str| {
            let table =
                schema::table(name).ok_or_else(|| io::Error::other(format!("no schema of {name}")))?;
            load::sound(folder, table)
        };
        Ok(Previous {
            documents: read("documents")?,
            sentences: read("sentences")?,
            times: read("time_expressions")?,
            mentions: read("event_mentions")?,
            events: read("events")?,
            entities: read("entities")?,
            entity_mentions: read("entity_mentions")?,
            tombstones: read("tombstones")?,
        })
    }
}

/// Gives the dataset the ids of the version in `folder` where they persist, and the tombstones of the
/// others. Fails where that version can't be read or does not fit the schema.
pub fn carry(dataset: &mut Dataset, folder: &Path) -> io::Result<()> {
    let previous = Previous::load(folder)?;
    let earlier: HashSet<&str> =
        (0..previous.tombstones.rows()).map(|row| previous.tombstones.text("old_id", row)).collect();
    let (mut gone, heirs) = sentences::documents(&dataset.documents, &previous);
    let (mut places, mut back) = (entities::Places::default(), HashSet::new());
    dataset.documents.each(|at, whole| {
        sentences::sentences(at, &whole, &heirs, &previous, &mut gone);
        places.add(&whole, &dataset.documents.briefs[at], &dataset.entities);
        back.extend(whole.ids.sentences.into_iter().filter(|id| earlier.contains(id.as_str())));
    })?;
    sentences::lost(&heirs, &previous, &mut gone);
    gone.extend(events::carry(dataset, &previous));
    gone.extend(entities::carry(dataset, &places, &previous));
    let tombstones = with_earlier(gone, &previous.tombstones, &live(dataset, back));
    dataset.tombstones = tombstones;
    Ok(())
}

/// Ids that stand in the new version: all but those of sentences, of which only those in `back`, which
/// were gone before, can have a tombstone.
fn live(dataset: &Dataset, back: HashSet<String>) -> HashSet<String> {
    let documents = dataset.documents.briefs.iter().map(|brief| ids::document(&brief.source));
    let entities = dataset.entities.entities.iter().map(|entity| entity.id.clone());
    back.into_iter().chain(documents).chain(dataset.event_ids.iter().cloned()).chain(entities).collect()
}

/// The new tombstones and those of earlier versions, whose successors may have gone in turn.
fn with_earlier(gone: Vec<Tombstone>, earlier: &Frame, live: &HashSet<String>) -> Vec<Tombstone> {
    let mut all: BTreeMap<(&'static str, String), Tombstone> = BTreeMap::new();
    for row in 0..earlier.rows() {
        let table = schema::table(earlier.text("table", row));
        let reason = Reason::from_code(earlier.text("reason", row));
        if let (Some(table), Some(reason)) = (table, reason) {
            let old_id = earlier.text("old_id", row).to_owned();
            let new_id = earlier.text("new_id", row).to_owned();
            all.insert(
                (&table.name, old_id.clone()),
                Tombstone { table: &table.name, old_id, new_id, reason },
            );
        }
    }
    for tombstone in gone {
        all.insert((tombstone.table, tombstone.old_id.clone()), tombstone);
    }
    all.retain(|(_, id), _| !live.contains(id.as_str()));
    let next: HashMap<(&'static str, String), String> =
        all.iter().map(|(key, tombstone)| (key.clone(), tombstone.new_id.clone())).collect();
    for tombstone in all.values_mut() {
        let mut steps = 0;
        while let Some(newer) = next.get(&(tombstone.table, tombstone.new_id.clone())) {
            tombstone.new_id.clone_from(newer);
            steps += 1;
            if steps > next.len() {
                break;
            }
        }
    }
    all.into_values().collect()
}

/// How the mentions of old things are spread over new ones.
#[derive(Default)]
struct Overlap {
    /// Old id to how many mentions it had.
    size: BTreeMap<String, usize>,
    /// Old id to the new things its mentions are now in.
    shared: BTreeMap<String, BTreeMap<usize, usize>>,
}

impl Overlap {
    /// Counts an old mention, and where it is now.
    fn add(&mut self, old: &str, new: Option<usize>) {
        *self.size.entry(old.to_owned()).or_default() += 1;
        if let Some(new) = new {
            *self.shared.entry(old.to_owned()).or_default().entry(new).or_default() += 1;
        }
    }

    /// The new thing that most of the old mentions are in, and how many; the first among equals.
    fn largest(&self, old: &str) -> Option<(usize, usize)> {
        let shared = self.shared.get(old)?;
        shared
            .iter()
            .max_by_key(|&(new, count)| (*count, std::cmp::Reverse(*new)))
            .map(|(&new, &count)| (new, count))
    }

    /// Old ids that keep living, each with the new thing that takes it: one that holds more than half
    /// of the old mentions, and of several old ids that with most of them.
    fn heirs(&self) -> BTreeMap<usize, String> {
        let mut best: BTreeMap<usize, (usize, &str)> = BTreeMap::new();
        for (old, &size) in &self.size {
            if let Some((new, count)) = self.largest(old).filter(|(_, count)| count * 2 > size)
                && best.get(&new).is_none_or(|&(most, _)| count > most)
            {
                best.insert(new, (count, old));
            }
        }
        best.into_iter().map(|(new, (_, old))| (new, old.to_owned())).collect()
    }

    /// What became of an old id that no new thing took.
    fn fate(&self, old: &str) -> Option<(usize, Reason)> {
        let (new, count) = self.largest(old)?;
        let whole = count * 2 > self.size.get(old).copied().unwrap_or(0);
        Some((new, if whole { Reason::Merged } else { Reason::Split }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn overlap(mentions: &[(&str, Option<usize>)]) -> Overlap {
        let mut overlap = Overlap::default();
        mentions.iter().for_each(|&(old, new)| overlap.add(old, new));
        overlap
    }

    #[test]
    fn an_id_goes_where_most_of_its_mentions_are() {
        let kept = overlap(&[("a", Some(0)), ("a", Some(0)), ("a", Some(1))]);
        assert_eq!(kept.heirs(), BTreeMap::from([(0, "a".to_owned())]));
        let half = overlap(&[("a", Some(0)), ("a", None)]);
        assert!(half.heirs().is_empty());
        assert_eq!(half.fate("a"), Some((0, Reason::Split)));
        assert_eq!(overlap(&[("a", None)]).fate("a"), None);
    }

    #[test]
    fn of_merged_ids_that_with_most_mentions_lives() {
        let merged = overlap(&[("a", Some(0)), ("b", Some(0)), ("b", Some(0))]);
        assert_eq!(merged.heirs(), BTreeMap::from([(0, "b".to_owned())]));
        assert_eq!(merged.fate("a"), Some((0, Reason::Merged)));
    }

    #[test]
    fn tombstones_follow_their_successors() {
        let stone = |old: &str, new: &str| Tombstone {
            table: "events",
            old_id: old.to_owned(),
            new_id: new.to_owned(),
            reason: Reason::Merged,
        };
        let mut earlier = Frame::new("tombstones");
        earlier.push(["events".into(), "a".into(), "b".into(), "merged".into()]);
        earlier.push(["events".into(), "x".into(), "".into(), "removed".into()]);
        let all =
            with_earlier(vec![stone("b", "c")], &earlier, &HashSet::from(["c", "x"].map(str::to_owned)));
        assert_eq!(all, [stone("a", "c"), stone("b", "c")]);
    }
}
