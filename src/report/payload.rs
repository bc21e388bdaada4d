//! What the page draws: the tables joined into the shape that its script reads.

use super::summary::{self, Coverage, Network};
use super::tables::Table;
use serde::Serialize;
use std::collections::{BTreeSet, HashMap};
use std::io;
use std::path::Path;

#[derive(Serialize)]
pub struct Payload {
    range: String,
    languages: Vec<String>,
    documents: Vec<Document>,
    pub entities: Vec<Entity>,
    pub events: Vec<Event>,
    pub mentions: Vec<Mention>,
    network: Network,
    coverage: Coverage,
    /// Severity, code, message, document, count.
    diagnostics: Vec<(String, String, String, String, usize)>,
    /// Kind, spans, bytes.
    removals: Vec<(String, usize, usize)>,
}

#[derive(Serialize)]
struct Document {
    source: String,
    title: String,
    language: String,
    kind: String,
    published: String,
    status: String,
    duplicate: String,
    mentions: usize,
}

#[derive(Serialize)]
pub struct Entity {
    pub kind: String,
    pub name: String,
    /// The name in other scripts, for the closed row.
    sample: String,
    pub mentions: usize,
    names: Vec<Name>,
    /// Name, name, decision, evidence, score, detail.
    links: Vec<[String; 6]>,
}

#[derive(Serialize)]
struct Name {
    name: String,
    language: String,
    evidence: String,
    mentions: usize,
}

#[derive(Serialize)]
pub struct Event {
    id: String,
    edtf: String,
    start: String,
    end: String,
    precision: String,
    #[serde(rename = "type")]
    event_type: String,
    mode: String,
    quad: String,
    modality: String,
    label: String,
    /// Index of an entity, or -1.
    place: i64,
    status: String,
    languages: Vec<String>,
    /// Entity and role.
    pub participants: Vec<(usize, String)>,
    mentions: Vec<usize>,
    /// Field, value, chosen.
    conflicts: Vec<(String, String, bool)>,
}

#[derive(Serialize)]
pub struct Mention {
    document: usize,
    text: String,
    pub language: String,
    /// Code points of the text, from and to; equal where there is none.
    time: [usize; 2],
    trigger: [usize; 2],
    edtf: String,
    #[serde(skip)]
    pub start: String,
    basis: String,
    confidence: String,
}

/// Joins the tables of the dataset in `out`.
pub fn build(out: &Path) -> io::Result<Payload> {
    let documents = Table::read(out, "documents")?;
    let entities = entities(out)?;
    let entity_at: HashMap<&str, usize> =
        entities.iter().enumerate().map(|(i, (id, _))| (id.as_str(), i)).collect();
    let (mentions, of_event, of_document) = mentions(out, &documents)?;
    let events = events(out, &entity_at, &of_event)?;
    let entities: Vec<Entity> = entities.into_iter().map(|(_, entity)| entity).collect();
    let languages: BTreeSet<&str> = mentions.iter().map(|m| m.language.as_str()).collect();
    Ok(Payload {
        range: summary::range(&events.iter().map(|e| (e.start.as_str(), e.end.as_str())).collect::<Vec<_>>()),
        languages: languages.into_iter().map(str::to_owned).collect(),
        documents: document_rows(&documents, &of_document),
        network: summary::network(&entities, &events),
        coverage: summary::coverage(&mentions),
        diagnostics: summary::diagnostics(&Table::read(out, "diagnostics")?, &documents),
        removals: summary::removals(&Table::read(out, "removals")?),
        entities,
        events,
        mentions,
    })
}

fn document_rows(table: &Table, mentions: &[usize]) -> Vec<Document> {
    let at = table.index("document_id");
    let source = |id: &str| at.get(id).map_or("", |&i| table.cell(&table.rows[i], "source")).to_owned();
    let text = |row, column| table.cell(row, column).to_owned();
    let rows = table.rows.iter().zip(mentions);
    rows.map(|(row, &mentions)| Document {
        source: text(row, "source"),
        title: text(row, "title"),
        language: text(row, "language"),
        kind: text(row, "dump_kind"),
        published: text(row, "published"),
        status: text(row, "status"),
        duplicate: source(table.cell(row, "near_duplicate_of")),
        mentions,
    })
    .collect()
}

/// Entities with their ids, the most mentioned first.
fn entities(out: &Path) -> io::Result<Vec<(String, Entity)>> {
    let table = Table::read(out, "entities")?;
    let mut rows: Vec<(String, Entity)> = Vec::new();
    for row in &table.rows {
        let text = |column| table.cell(row, column).to_owned();
        let (id, name) = (text("entity_id"), text("canonical_name"));
        let others =
            ["name_en", "name_zh_hans", "name_zh_hant", "name_ru", "name_uk"].map(|c| table.cell(row, c));
        let others: BTreeSet<&str> =
            others.into_iter().filter(|other| !other.is_empty() && *other != name).collect();
        let sample = others.into_iter().collect::<Vec<_>>().join(" · ");
        let mentions = table.count(row, "mention_count");
        rows.push((
            id,
            Entity { kind: text("kind"), name, sample, mentions, names: Vec::new(), links: Vec::new() },
        ));
    }
    rows.sort_by(|a, b| b.1.mentions.cmp(&a.1.mentions).then_with(|| a.0.cmp(&b.0)));
    let at: HashMap<String, usize> = rows.iter().enumerate().map(|(i, (id, _))| (id.clone(), i)).collect();
    let names = Table::read(out, "entity_names")?;
    for row in &names.rows {
        if let Some(&i) = at.get(names.cell(row, "entity_id")) {
            let text = |column| names.cell(row, column).to_owned();
            let mentions = names.count(row, "mention_count");
            let name =
                Name { name: text("name"), language: text("language"), evidence: text("evidence"), mentions };
            rows[i].1.names.push(name);
        }
    }
    let links = Table::read(out, "name_links")?;
    for row in &links.rows {
        if let Some(&i) = at.get(links.cell(row, "entity_id")) {
            let columns = ["name_a", "name_b", "decision", "evidence", "score", "detail"];
            rows[i].1.links.push(columns.map(|column| links.cell(row, column).to_owned()));
        }
    }
    Ok(rows)
}

/// Mentions, the mentions of each event by its id, and the count for each document.
type Mentions = (Vec<Mention>, HashMap<String, Vec<usize>>, Vec<usize>);

fn mentions(out: &Path, documents: &Table) -> io::Result<Mentions> {
    let table = Table::read(out, "event_mentions")?;
    let sentences = Table::read(out, "sentences")?;
    let times = Table::read(out, "time_expressions")?;
    let (sentence_at, time_at) = (sentences.index("sentence_id"), times.index("time_id"));
    let document_at = documents.index("document_id");
    let mut of_event: HashMap<String, Vec<usize>> = HashMap::new();
    let mut of_document = vec![0; documents.rows.len()];
    let mut mentions = Vec::new();
    for row in &table.rows {
        let text = |column| table.cell(row, column).to_owned();
        let sentence = sentence_at.get(table.cell(row, "sentence_id")).map(|&i| &sentences.rows[i]);
        let time = time_at.get(table.cell(row, "time_id")).map(|&i| &times.rows[i]);
        let document = document_at.get(table.cell(row, "document_id")).copied().unwrap_or(0);
        of_event.entry(text("event_id")).or_default().push(mentions.len());
        if let Some(count) = of_document.get_mut(document) {
            *count += 1;
        }
        mentions.push(Mention {
            document,
            text: sentence.map_or(String::new(), |s| sentences.cell(s, "text").to_owned()),
            language: sentence.map_or(String::new(), |s| sentences.cell(s, "language").to_owned()),
            time: time.map_or([0, 0], |t| [times.count(t, "start"), times.count(t, "end")]),
            trigger: [table.count(row, "trigger_start"), table.count(row, "trigger_end")],
            edtf: text("edtf"),
            start: text("date_start"),
            basis: text("basis"),
            confidence: text("confidence"),
        });
    }
    Ok((mentions, of_event, of_document))
}

fn events(
    out: &Path,
    entity_at: &HashMap<&str, usize>,
    of_event: &HashMap<String, Vec<usize>>,
) -> io::Result<Vec<Event>> {
    let (table, participants) = (Table::read(out, "events")?, Table::read(out, "participants")?);
    let conflicts = Table::read(out, "event_conflicts")?;
    let mut events: Vec<Event> = Vec::new();
    for row in &table.rows {
        let text = |column| table.cell(row, column).to_owned();
        events.push(Event {
            mentions: of_event.get(table.cell(row, "event_id")).cloned().unwrap_or_default(),
            id: text("event_id"),
            edtf: text("edtf"),
            start: text("date_start"),
            end: text("date_end"),
            precision: text("precision"),
            event_type: text("event_type"),
            mode: text("mode"),
            quad: text("quad_class").replace('_', " "),
            modality: text("modality"),
            label: text("label"),
            place: entity_at.get(table.cell(row, "place_id")).map_or(-1, |&i| i as i64),
            status: text("status"),
            languages: table.list(row, "languages"),
            participants: Vec::new(),
            conflicts: Vec::new(),
        });
    }
    let at = table.index("event_id");
    for row in &participants.rows {
        let event = at.get(participants.cell(row, "event_id"));
        let entity = entity_at.get(participants.cell(row, "entity_id"));
        if let (Some(&event), Some(&entity)) = (event, entity) {
            events[event].participants.push((entity, participants.cell(row, "role").to_owned()));
        }
    }
    for row in &conflicts.rows {
        if let Some(&event) = at.get(conflicts.cell(row, "event_id")) {
            let text = |column| conflicts.cell(row, column).to_owned();
            events[event].conflicts.push((
                text("field"),
                text("value"),
                conflicts.cell(row, "chosen") == "true",
            ));
        }
    }
    Ok(events)
}
