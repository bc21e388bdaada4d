//! Checks of values: keys, references, vocabularies, dates and offsets.

use super::{Finding, Tables, edtf};
use crate::dataset::frame::{Frame, Values};
use crate::dataset::schema::{Column, Type};
use std::collections::{HashMap, HashSet};

/// Findings of one kind in one column are told up to this many; the rest is counted.
const TOLD: usize = 20;

/// Runs every check of values over the tables of one format.
pub fn check(tables: &Tables, findings: &mut Vec<Finding>) {
    for (file, frame) in tables.all() {
        let mut found = Found { file, findings: Vec::new() };
        primary_key(frame, &mut found);
        for (column, values) in frame.table.columns.iter().zip(&frame.columns) {
            required(column, values, frame.rows(), &mut found);
            vocabulary(column, values, &mut found);
            format(column, values, &mut found);
            foreign_key(column, values, tables, &mut found);
        }
        interval(frame, &mut found);
        offsets(frame, tables, &mut found);
        found.hand_over(findings);
    }
}

/// Findings of one file.
struct Found<'a> {
    file: &'a str,
    findings: Vec<Finding>,
}

impl Found<'_> {
    /// Rows count from 0 here.
    fn add(&mut self, check: &'static str, row: usize, column: &str, message: String) {
        self.findings.push(Finding::at(check, self.file, row + 1, column, message));
    }

    fn hand_over(self, findings: &mut Vec<Finding>) {
        let mut counts: HashMap<(&str, String), usize> = HashMap::new();
        let mut order = Vec::new();
        for finding in self.findings {
            let key = (finding.check, finding.column.clone());
            let count = counts.entry(key.clone()).or_default();
            *count += 1;
            if *count <= TOLD {
                findings.push(finding);
            } else if *count == TOLD + 1 {
                order.push(key);
            }
        }
        for (check, column) in order {
            let rest = counts[&(check, column.clone())] - TOLD;
            findings.push(Finding::at(check, self.file, 0, &column, format!("{rest} more rows")));
        }
    }
}

fn primary_key(frame: &Frame, found: &mut Found) {
    let places = frame.table.key_positions();
    let mut seen: HashMap<Vec<u8>, usize> = HashMap::with_capacity(frame.rows());
    let mut cell = String::new();
    for row in 0..frame.rows() {
        let mut key = Vec::new();
        for &place in &places {
            cell.clear();
            frame.columns[place].spell(row, &mut cell);
            key.extend((cell.len() as u32).to_le_bytes());
            key.extend(cell.as_bytes());
        }
        if let Some(first) = seen.insert(key, row) {
            found.add(
                "primary-key",
                row,
                &frame.table.key.join(", "),
                format!("same key as row {}", first + 1),
            );
        }
    }
}

fn required(column: &Column, values: &Values, rows: usize, found: &mut Found) {
    if column.optional {
        return;
    }
    for row in 0..rows {
        let empty = match values {
            Values::Text(all) => all.get(row).is_empty(),
            Values::Date(all) => all[row].is_none(),
            _ => false,
        };
        if empty {
            found.add("required", row, &column.name, "is empty".to_owned());
        }
    }
}

fn vocabulary(column: &Column, values: &Values, found: &mut Found) {
    if let (Values::Text(all), false) = (values, column.vocabulary.is_empty()) {
        for (row, value) in all.iter().enumerate() {
            if !column.vocabulary.iter().any(|known| known == value) {
                found.add("vocabulary", row, &column.name, format!("{value:?} is none of its values"));
            }
        }
    }
}

fn format(column: &Column, values: &Values, found: &mut Found) {
    if let (Values::Text(all), "edtf") = (values, column.format.as_str()) {
        for (row, value) in all.iter().enumerate().filter(|(_, value)| !value.is_empty()) {
            if !edtf::is_valid(value) {
                found.add("edtf", row, &column.name, format!("{value:?} is no EDTF date"));
            }
        }
    }
}

fn foreign_key(column: &Column, values: &Values, tables: &Tables, found: &mut Found) {
    let Some((to, field)) = column.target() else { return };
    let Some(target) = tables.frame(to) else { return };
    let known: HashSet<&str> = (0..target.rows()).map(|row| target.text(field, row)).collect();
    let missing = |value: &str| !value.is_empty() && !known.contains(value);
    let mut tell = |row: usize, value: &str| {
        found.add("foreign-key", row, &column.name, format!("{value:?} is not in {}", column.references));
    };
    match values {
        Values::Text(all) => {
            all.iter()
                .enumerate()
                .filter(|(_, value)| missing(value))
                .for_each(|(row, value)| tell(row, value));
        }
        Values::List(all) => {
            for row in 0..all.len() {
                all.get(row).filter(|value| missing(value)).for_each(|value| tell(row, value));
            }
        }
        _ => {}
    }
}

/// Pairs of columns that begin and end something.
fn interval(frame: &Frame, found: &mut Found) {
    const PAIRS: [(&str, &str); 4] = [
        ("date_start", "date_end"),
        ("start", "end"),
        ("source_start", "source_end"),
        ("trigger_start", "trigger_end"),
    ];
    for (start, end) in PAIRS {
        let (Some(from), Some(to)) = (frame.table.position(start), frame.table.position(end)) else {
            continue;
        };
        for row in 0..frame.rows() {
            let wrong = match (&frame.columns[from], &frame.columns[to]) {
                (Values::Date(a), Values::Date(b)) => matches!((a[row], b[row]), (Some(a), Some(b)) if b < a),
                (Values::Integer(a), Values::Integer(b)) => b[row] < a[row] || a[row] < 0,
                _ => false,
            };
            if wrong {
                found.add("interval", row, end, "ends before it begins".to_owned());
            }
        }
    }
    for (column, values) in frame.table.columns.iter().zip(&frame.columns) {
        if let (Type::Number, Values::Number(all)) = (column.kind, values) {
            for (row, value) in all.iter().enumerate().filter(|(_, value)| !(0.0..=1.0).contains(*value)) {
                found.add("interval", row, &column.name, format!("{value} is not between 0 and 1"));
            }
        }
    }
}

/// Offsets into sentences stand for the words beside them.
fn offsets(frame: &Frame, tables: &Tables, found: &mut Found) {
    let (start, end, words) = match frame.table.name.as_str() {
        "time_expressions" | "entity_mentions" => ("start", "end", "surface"),
        "event_mentions" => ("trigger_start", "trigger_end", "trigger"),
        _ => return,
    };
    let Some(sentences) = tables.frame("sentences") else { return };
    let texts: HashMap<&str, &str> = (0..sentences.rows())
        .map(|row| (sentences.text("sentence_id", row), sentences.text("text", row)))
        .collect();
    for row in 0..frame.rows() {
        let Some(text) = texts.get(frame.text("sentence_id", row)) else { continue };
        let (from, to) = (frame.integer(start, row).max(0) as usize, frame.integer(end, row).max(0) as usize);
        let there: String = text.chars().skip(from).take(to.saturating_sub(from)).collect();
        if there != frame.text(words, row) {
            let message = format!("{:?} stands there, not {:?}", there, frame.text(words, row));
            found.add("offset", row, start, message);
        }
    }
}
