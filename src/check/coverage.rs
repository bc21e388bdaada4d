//! Whether a dataset accounts for every word of its sources: what is neither sentence, heading, title
//! nor removal was lost on the way.
//!
//! Headings have no offsets of their own and markup is nobody's word, so what sentences and removals
//! leave over is compared with headings and titles after its tags are taken out.

use super::{Finding, Level, Tables};
use crate::pipeline::Input;
use crate::read;
use std::collections::{BTreeMap, HashMap};

/// Share of a source's letters and digits that may be unaccounted for before it is told.
const LOST: f64 = 0.02;

struct Document<'a> {
    row: usize,
    sha256: &'a str,
    status: &'a str,
    /// Spans of sentences and removals.
    spans: Vec<(usize, usize)>,
    /// Headings and title.
    words: String,
}

pub fn check(tables: &Tables, raw: &[Input], findings: &mut Vec<Finding>) {
    let Some(mut documents) = documents(tables) else { return };
    let file = tables.file("documents").to_owned();
    for input in raw {
        let mut read_any = false;
        read::read(&input.path, &input.source, &read::Options::default(), &mut |record| {
            read_any = true;
            let about =
                |message: &str| Finding::about("coverage", &file, format!("{}: {message}", record.source));
            let Some(document) = documents.get_mut(record.source.as_str()) else {
                findings.push(about("no row for this source"));
                return;
            };
            if document.sha256 != record.sha256 {
                findings
                    .push(Finding { row: document.row + 1, ..about("other bytes than those of the row") });
            } else if document.status == "ok" {
                let (lost, of, first) = lost(&record.text, document);
                if lost as f64 > LOST * of as f64 {
                    let message = format!("{lost} of {of} letters are nowhere, first {first:?}");
                    findings.push(Finding {
                        row: document.row + 1,
                        level: Level::Warning,
                        ..about(&message)
                    });
                }
            }
        });
        if !read_any && !documents.keys().any(|source| source.starts_with(&input.source)) {
            findings.push(Finding::about(
                "coverage",
                &file,
                format!("{}: no row for this file", input.source),
            ));
        }
    }
}

fn documents(tables: &Tables) -> Option<HashMap<&str, Document<'_>>> {
    let frame = tables.frame("documents")?;
    let mut by_id: BTreeMap<&str, Document> = BTreeMap::new();
    for row in 0..frame.rows() {
        let document = Document {
            row,
            sha256: frame.text("sha256", row),
            status: frame.text("status", row),
            spans: Vec::new(),
            words: frame.text("title", row).to_owned(),
        };
        by_id.insert(frame.text("document_id", row), document);
    }
    for table in ["sentences", "removals"] {
        let spans = tables.frame(table)?;
        for row in 0..spans.rows() {
            if let Some(document) = by_id.get_mut(spans.text("document_id", row)) {
                let place = |column| spans.integer(column, row).max(0) as usize;
                document.spans.push((place("source_start"), place("source_end")));
            }
        }
    }
    let sections = tables.frame("sections")?;
    for row in 0..sections.rows() {
        if let Some(document) = by_id.get_mut(sections.text("document_id", row)) {
            document.words.push('\n');
            document.words.push_str(sections.text("heading", row));
        }
    }
    let source: HashMap<&str, &str> =
        (0..frame.rows()).map(|row| (frame.text("document_id", row), frame.text("source", row))).collect();
    Some(by_id.into_iter().map(|(id, document)| (source[id], document)).collect())
}

/// Letters that nothing accounts for, all letters, and the first line that was lost.
fn lost(text: &str, document: &mut Document) -> (usize, usize, String) {
    document.spans.sort_unstable();
    let mut lost = 0;
    let mut first = String::new();
    let mut at = 0;
    let end = (text.len(), text.len());
    let spans = std::mem::take(&mut document.spans);
    for (start, end) in spans.into_iter().chain([end]) {
        if let Some(gap) = text.get(at..start.max(at).min(text.len())) {
            for line in untagged(gap).lines().map(str::trim).filter(|line| letters(line) > 0) {
                let bare = line.trim_matches(|c: char| !c.is_alphanumeric());
                if !document.words.contains(bare) {
                    lost += letters(line);
                    if first.is_empty() {
                        first = line.chars().take(60).collect();
                    }
                }
            }
        }
        at = at.max(end);
    }
    (lost, letters(text).max(1), first)
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

/// The text without what stands between `<` and `>`.
fn untagged(text: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in text.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            _ if !inside => out.push(c),
            _ => {}
        }
    }
    out
}
