//! Events and their mentions, by column: see [`super::columns`].

use super::columns::{Coded, day};
use super::tables::Table;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::Path;

/// Every vector has an element for each event, in order of date.
#[derive(Serialize)]
pub struct Events {
    id: Vec<String>,
    edtf: Vec<String>,
    /// Days since 1970-01-01.
    from: Vec<Option<i32>>,
    to: Vec<Option<i32>>,
    label: Vec<String>,
    precision: Coded,
    #[serde(rename = "type")]
    event_type: Coded,
    mode: Coded,
    quad: Coded,
    modality: Coded,
    status: Coded,
    languages: Coded,
    /// Number of an entity, or -1.
    place: Vec<i64>,
    /// Entity and role of those who take part.
    participants: Vec<Vec<(usize, String)>>,
    /// Field, value, chosen; by event, where reports disagree.
    conflicts: BTreeMap<usize, Vec<Conflict>>,
}

type Conflict = (String, String, bool);

/// Every vector but the last has an element for each mention.
#[derive(Serialize)]
pub struct Mentions {
    event: Vec<i64>,
    document: Vec<usize>,
    /// Number of a sentence.
    sentence: Vec<i64>,
    /// Code points of the sentence that name the time, from and to; equal where none do.
    time: Vec<[usize; 2]>,
    /// Code points of the sentence that tell of the event.
    trigger: Vec<[usize; 2]>,
    edtf: Vec<String>,
    /// First day, since 1970-01-01.
    from: Vec<Option<i32>>,
    basis: Coded,
    confidence: Coded,
    sentences: Vec<String>,
    languages: Coded,
}

/// The events, and the number of each by its id.
pub fn read(out: &Path, entity_at: &HashMap<&str, usize>) -> io::Result<(Events, HashMap<String, usize>)> {
    let table = Table::read(out, "events")?;
    let at: HashMap<String, usize> =
        table.index("event_id").into_iter().map(|(id, i)| (id.to_owned(), i)).collect();
    let text = |column: &str| -> Vec<String> { column_of(&table, column).map(str::to_owned).collect() };
    let coded = |column: &str| Coded::of(column_of(&table, column));
    let days = |column: &str| column_of(&table, column).map(day).collect();
    let place = |id: &str| entity_at.get(id).map_or(-1, |&i| i as i64);
    let events = Events {
        id: text("event_id"),
        edtf: text("edtf"),
        from: days("date_start"),
        to: days("date_end"),
        label: text("label"),
        precision: coded("precision"),
        event_type: coded("event_type"),
        mode: coded("mode"),
        quad: coded("quad_class"),
        modality: coded("modality"),
        status: coded("status"),
        languages: coded("languages"),
        place: column_of(&table, "place_id").map(place).collect(),
        participants: participants(&Table::read(out, "participants")?, &at, entity_at),
        conflicts: conflicts(&Table::read(out, "event_conflicts")?, &at),
    };
    Ok((events, at))
}

fn column_of<'a>(table: &'a Table, column: &str) -> impl Iterator<Item = &'a str> {
    table.rows.iter().map(move |row| table.cell(row, column))
}

fn participants(
    table: &Table,
    event_at: &HashMap<String, usize>,
    entity_at: &HashMap<&str, usize>,
) -> Vec<Vec<(usize, String)>> {
    let mut all = vec![Vec::new(); event_at.len()];
    for row in &table.rows {
        let event = event_at.get(table.cell(row, "event_id"));
        let entity = entity_at.get(table.cell(row, "entity_id"));
        if let (Some(&event), Some(&entity)) = (event, entity) {
            all[event].push((entity, table.cell(row, "role").to_owned()));
        }
    }
    all
}

fn conflicts(table: &Table, event_at: &HashMap<String, usize>) -> BTreeMap<usize, Vec<Conflict>> {
    let mut all: BTreeMap<usize, Vec<Conflict>> = BTreeMap::new();
    for row in &table.rows {
        if let Some(&event) = event_at.get(table.cell(row, "event_id")) {
            let text = |column| table.cell(row, column).to_owned();
            let conflict = (text("field"), text("value"), table.cell(row, "chosen") == "true");
            all.entry(event).or_default().push(conflict);
        }
    }
    all
}

/// The mentions of all events, in the order of their table; of the sentences those that they need.
pub fn mentions(out: &Path, documents: &Table, event_at: &HashMap<String, usize>) -> io::Result<Mentions> {
    let table = Table::read(out, "event_mentions")?;
    let times = Table::read(out, "time_expressions")?;
    let (time_at, document_at) = (times.index("time_id"), documents.index("document_id"));
    let (sentence, sentences, languages) = told(&table, &Table::read(out, "sentences")?);
    let time = |id: &str| match time_at.get(id).map(|&i| &times.rows[i]) {
        Some(time) => [times.count(time, "start"), times.count(time, "end")],
        None => [0, 0],
    };
    let trigger = |row| [table.count(row, "trigger_start"), table.count(row, "trigger_end")];
    Ok(Mentions {
        event: column_of(&table, "event_id").map(|id| event_at.get(id).map_or(-1, |&i| i as i64)).collect(),
        document: column_of(&table, "document_id")
            .map(|id| document_at.get(id).copied().unwrap_or_default())
            .collect(),
        sentence,
        time: column_of(&table, "time_id").map(time).collect(),
        trigger: table.rows.iter().map(trigger).collect(),
        edtf: column_of(&table, "edtf").map(str::to_owned).collect(),
        from: column_of(&table, "date_start").map(day).collect(),
        basis: Coded::of(column_of(&table, "basis")),
        confidence: Coded::of(column_of(&table, "confidence")),
        languages: Coded::of(languages.iter().map(String::as_str)),
        sentences,
    })
}

/// For each mention the number of its sentence, or -1; and of these sentences text and language.
fn told(mentions: &Table, table: &Table) -> (Vec<i64>, Vec<String>, Vec<String>) {
    let sentence_at = table.index("sentence_id");
    let mut numbers: HashMap<&str, i64> = HashMap::new();
    let (mut of_mention, mut texts, mut languages) = (Vec::new(), Vec::new(), Vec::new());
    for id in column_of(mentions, "sentence_id") {
        let Some(&i) = sentence_at.get(id) else {
            of_mention.push(-1);
            continue;
        };
        of_mention.push(*numbers.entry(id).or_insert_with(|| {
            texts.push(table.cell(&table.rows[i], "text").to_owned());
            languages.push(table.cell(&table.rows[i], "language").to_owned());
            texts.len() as i64 - 1
        }));
    }
    (of_mention, texts, languages)
}
