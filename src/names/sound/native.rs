//! Native readings: how Han characters are spelled in the names of people who write themselves so.
//!
//! Names from China, Hong Kong, Taiwan, Korea, Japan and the Chinese abroad are not transliterated:
//! the Latin form spells a reading of each character. The learned tables have seen few of them, so
//! the readings of all characters, spelled by the usual systems, are added as a few counts each.

use super::chunks::{Chunk, Inventories};
use super::counts::Counts;
use super::letters::Script;
use crate::text::hash::Map;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Habits {
    system: Vec<System>,
}

#[derive(Deserialize)]
struct System {
    column: String,
    script: String,
    weight: f32,
    /// The initials that the system is for; none listed, for all.
    #[serde(default)]
    only: Vec<String>,
    #[serde(default)]
    initials: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    finals: BTreeMap<String, Vec<String>>,
}

/// The columns of `han_readings.tsv` after the character.
const COLUMNS: [&str; 6] = ["mandarin", "cantonese", "on", "korean", "vietnamese", "kun"];

/// The weight of each spelling that the lists of readings abroad and in Japanese names give.
const ABROAD: f32 = 1.5;
/// Readings count at least as this share of what a character was learned with.
const SHARE: f32 = 0.02;
/// One count as the learned tables write it.
const COUNT: f32 = 10.0;

/// The rule files that native readings are made of, as text.
pub struct Sources<'a> {
    pub readings: &'a str,
    pub abroad: &'a str,
    pub japanese: &'a str,
    pub habits: &'a str,
}

/// Adds the spellings of native readings to the counts of Han against Latin and Cyrillic.
pub fn add(latin: &mut Counts, cyrillic: &mut Counts, sources: &Sources, inventories: &mut Inventories) {
    let habits: Habits =
        toml::from_str(sources.habits).unwrap_or_else(|error| panic!("han_habits.toml: {error}"));
    let mut spelled =
        Spelled { latin: BTreeMap::new(), cyrillic: BTreeMap::new(), syllables: Map::default() };
    for (c, cells) in rows(sources.readings) {
        let Some(han) = inventories.of_mut(Script::Han).add(Script::Han, c) else { continue };
        let columns: Vec<&str> = cells.split('\t').collect();
        for (number, system) in habits.system.iter().enumerate() {
            let column = COLUMNS.iter().position(|name| *name == system.column);
            let readings = column.and_then(|column| columns.get(column)).map_or("", |cell| cell);
            for reading in readings.split(',').filter(|reading| !reading.is_empty()) {
                spelled.add(han, (number, system), reading, inventories);
            }
        }
    }
    for (c, cells) in rows(sources.abroad).chain(rows(sources.japanese)) {
        let Some(han) = inventories.of_mut(Script::Han).add(Script::Han, c) else { continue };
        let inventory = inventories.of_mut(Script::Latin);
        let chunks =
            cells.split_whitespace().filter_map(|text| Some((inventory.add(Script::Latin, text)?, ABROAD)));
        spelled.latin.entry(han).or_default().extend(chunks);
    }
    extend(latin, spelled.latin);
    extend(cyrillic, spelled.cyrillic);
}

/// Spellings of characters so far, and those of each syllable that was met.
struct Spelled<'a> {
    latin: BTreeMap<Chunk, Vec<(Chunk, f32)>>,
    cyrillic: BTreeMap<Chunk, Vec<(Chunk, f32)>>,
    syllables: Map<(usize, &'a str), Vec<(Chunk, f32)>>,
}

impl<'a> Spelled<'a> {
    fn add(&mut self, han: Chunk, system: (usize, &System), reading: &'a str, inventories: &mut Inventories) {
        let (script, of_han) = match system.1.script.as_str() {
            "cyrillic" => (Script::Cyrillic, self.cyrillic.entry(han)),
            _ => (Script::Latin, self.latin.entry(han)),
        };
        let chunks = self.syllables.entry((system.0, reading)).or_insert_with(|| {
            let spelled = system.1.spell(reading);
            let weight = system.1.weight / spelled.len().max(1) as f32;
            let inventory = inventories.of_mut(script);
            spelled.iter().filter_map(|text| Some((inventory.add(script, text)?, weight))).collect()
        });
        of_han.or_default().extend(chunks.iter());
    }
}

/// Adds weighted spellings to counts, on the scale of what each character was learned with.
fn extend(counts: &mut Counts, spelled: BTreeMap<Chunk, Vec<(Chunk, f32)>>) {
    let learned = counts.rows();
    let added = spelled.into_iter().flat_map(|(han, chunks)| {
        let total: f32 = chunks.iter().map(|(_, weight)| weight).sum();
        let scale = COUNT.max(learned.total(han) * SHARE / total);
        chunks.into_iter().map(move |(chunk, weight)| (han, chunk, weight * scale))
    });
    counts.add(added.collect::<Vec<_>>());
}

/// The lines of a table: a character and its cells.
fn rows(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
}

impl System {
    /// Every way in which the system spells a syllable.
    fn spell(&self, syllable: &str) -> Vec<String> {
        let initial = self.initials.keys().filter(|initial| syllable.starts_with(initial.as_str()));
        let initial = initial.max_by_key(|initial| initial.len()).map_or("", String::as_str);
        if !self.only.is_empty() && !self.only.iter().any(|only| only == initial) {
            return Vec::new();
        }
        let rest = &syllable[initial.len()..];
        let asis = |text: &str| vec![text.to_string()];
        let starts = self.initials.get(initial).cloned().unwrap_or_else(|| asis(initial));
        let ends = self.finals.get(rest).cloned().unwrap_or_else(|| asis(rest));
        starts.iter().flat_map(|start| ends.iter().map(move |end| format!("{start}{end}"))).collect()
    }
}
