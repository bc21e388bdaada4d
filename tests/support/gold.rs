//! Figures of a dataset against annotations: which of the annotated events and names it holds, how many
//! of its own are right, and whether reports of one event came together.
//!
//! An event is found where a row of its date stands in the sentence that holds its quote. Texts are
//! compared without white space and footnote markers.

use regex::Regex;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// So many right of so many.
pub type Share = (usize, usize);

/// Shares by name.
pub type Figures = BTreeMap<&'static str, Share>;

#[derive(Deserialize)]
struct Source {
    source: String,
}

#[derive(Deserialize)]
struct Event {
    quote: String,
    date: String,
    basis: String,
    modality: String,
    #[serde(rename = "type")]
    event_type: String,
}

#[derive(Deserialize)]
struct Cluster {
    cluster: String,
    date: String,
    mentions: Vec<Told>,
}

#[derive(Deserialize)]
struct Told {
    doc: String,
    quote: String,
}

#[derive(Deserialize)]
struct Name {
    surface: String,
}

#[derive(Deserialize)]
struct DocumentRow {
    document_id: String,
    source: String,
}

#[derive(Deserialize)]
struct SentenceRow {
    sentence_id: String,
    document_id: String,
    text: String,
}

#[derive(Deserialize)]
struct MentionRow {
    event_id: String,
    sentence_id: String,
    edtf: String,
    event_type: String,
    modality: String,
}

#[derive(Deserialize)]
struct NameRow {
    name: String,
}

/// A row of the dataset with the sentence it stands in.
struct Mention {
    sentence: String,
    text: String,
    row: MentionRow,
}

/// The mentions of each annotated document.
type Mentions = BTreeMap<String, Vec<Mention>>;

/// Scores the dataset `out` against the annotations in `gold`.
pub fn figures(out: &Path, gold: &Path) -> Figures {
    let sources: BTreeMap<String, Source> =
        serde_json::from_str(&fs::read_to_string(gold.join("coverage.json")).unwrap()).unwrap();
    let mentions = mentions(out, &sources);
    let mut figures = Figures::new();
    for document in sources.keys() {
        let events: Vec<Event> = lines(&gold.join(format!("events-{document}.jsonl")));
        events_of(&events, &mentions[document], &mut figures);
    }
    together(&lines(&gold.join("event_clusters.jsonl")), &mentions, &mut figures);
    let known: BTreeSet<String> =
        table::<NameRow>(out, "entity_names").into_iter().map(|row| row.name.nfc().collect()).collect();
    let names: BTreeSet<String> =
        tsv::<Name>(&gold.join("names.tsv")).into_iter().map(|n| n.surface).collect();
    let found = names.iter().filter(|name| known.contains(&name.nfc().collect::<String>())).count();
    figures.insert("names.found", (found, names.len()));
    figures
}

fn events_of(events: &[Event], mentions: &[Mention], figures: &mut Figures) {
    let mut count = |name, right: bool| {
        let share = figures.entry(name).or_default();
        *share = (share.0 + usize::from(right), share.1 + 1);
    };
    let mut right = BTreeSet::new();
    for event in events {
        let (quote, date) = (squeeze(&event.quote), plain(&event.date));
        let found: Vec<&Mention> =
            mentions.iter().filter(|m| plain(&m.row.edtf) == date && m.text.contains(&quote)).collect();
        let dated = matches!(event.basis.as_str(), "explicit" | "partial");
        count(if dated { "events.dated" } else { "events.by_context" }, !found.is_empty());
        if !found.is_empty() {
            count("events.type", found.iter().any(|m| m.row.event_type == event.event_type));
            count("events.modality", found.iter().any(|m| m.row.modality == event.modality));
        }
        right.extend(found.iter().map(|m| (&m.sentence, plain(&m.row.edtf))));
    }
    let all: BTreeSet<_> = mentions.iter().map(|m| (&m.sentence, plain(&m.row.edtf))).collect();
    all.iter().for_each(|row| count("events.precision", right.contains(row)));
}

/// Pairs of reports: those of one event that came together, and those come together that are of one.
fn together(clusters: &[Cluster], mentions: &Mentions, figures: &mut Figures) {
    let mut told: Vec<(&str, BTreeSet<&str>)> = Vec::new();
    for cluster in clusters {
        for report in &cluster.mentions {
            let quote = squeeze(&report.quote);
            let here = || mentions[&report.doc].iter().filter(|m| m.text.contains(&quote));
            let dated = here().filter(|m| plain(&m.row.edtf) == plain(&cluster.date));
            let mut events: BTreeSet<&str> = dated.map(|m| m.row.event_id.as_str()).collect();
            if events.is_empty() {
                events = here().map(|m| m.row.event_id.as_str()).collect();
            }
            told.push((&cluster.cluster, events));
        }
    }
    let (mut found, mut of, mut wrong) = (0, 0, 0);
    for (at, (cluster, events)) in told.iter().enumerate() {
        for (other, others) in &told[at + 1..] {
            let met = events.intersection(others).next().is_some();
            if cluster == other {
                (found, of) = (found + usize::from(met), of + 1);
            } else if met && events.len() == 1 && others.len() == 1 {
                wrong += 1;
            }
        }
    }
    figures.insert("reports.together", (found, of));
    figures.insert("reports.precision", (found, found + wrong));
}

fn mentions(out: &Path, sources: &BTreeMap<String, Source>) -> Mentions {
    let documents: BTreeMap<String, &String> = table::<DocumentRow>(out, "documents")
        .into_iter()
        .filter_map(|row| {
            let (name, _) = sources.iter().find(|(_, known)| row.source.ends_with(&known.source))?;
            Some((row.document_id, name))
        })
        .collect();
    let mut texts: BTreeMap<String, (&String, String)> = BTreeMap::new();
    for row in table::<SentenceRow>(out, "sentences") {
        if let Some(document) = documents.get(&row.document_id) {
            texts.insert(row.sentence_id, (document, squeeze(&row.text)));
        }
    }
    let mut mentions: Mentions = sources.keys().map(|name| (name.clone(), Vec::new())).collect();
    for row in table::<MentionRow>(out, "event_mentions") {
        if let Some((document, text)) = texts.get(&row.sentence_id) {
            let mention = Mention { sentence: row.sentence_id.clone(), text: text.clone(), row };
            mentions.get_mut(*document).unwrap().push(mention);
        }
    }
    mentions
}

/// Without what says how sure a date is.
fn plain(edtf: &str) -> &str {
    edtf.trim_end_matches(['~', '?', '%'])
}

fn squeeze(text: &str) -> String {
    static MARKER: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\[\d+(?:\.\d+)?\]").unwrap());
    let text: String = text.nfc().collect();
    MARKER.replace_all(&text, "").chars().filter(|c| !c.is_whitespace() && *c != '\u{feff}').collect()
}

fn table<T: DeserializeOwned>(out: &Path, name: &str) -> Vec<T> {
    let mut reader = csv::Reader::from_path(out.join(format!("{name}.csv"))).unwrap();
    reader.deserialize().map(|row| row.unwrap()).collect()
}

fn tsv<T: DeserializeOwned>(path: &Path) -> Vec<T> {
    let mut reader = csv::ReaderBuilder::new().delimiter(b'\t').quoting(false).from_path(path).unwrap();
    reader.deserialize().map(|row| row.unwrap()).collect()
}

fn lines<T: DeserializeOwned>(path: &Path) -> Vec<T> {
    let text = fs::read_to_string(path).unwrap();
    let row =
        |line: &str| serde_json::from_str(line).unwrap_or_else(|e| panic!("{}: {e}: {line}", path.display()));
    text.lines().filter(|line| !line.trim().is_empty()).map(row).collect()
}
