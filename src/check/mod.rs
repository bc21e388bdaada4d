//! Check: whether a dataset holds what its schema, its lock and its gates promise.
//!
//! Each promise is a check with a name of its own, so that a finding says which one broke, where, and
//! a CI can count them. Both formats are read; the second is only looked into where it holds other
//! rows than the first.

mod coverage;
pub mod edtf;
mod gates;
mod values;

pub use gates::{Gates, Limit};

use crate::dataset::frame::Frame;
use crate::dataset::load;
use crate::dataset::lock::{self, Lock};
use crate::dataset::schema;
use crate::pipeline::Input;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

/// Every check by name, with what it promises.
pub const CHECKS: &[(&str, &str)] = &[
    ("lock", "the lock file is there and readable"),
    ("hash", "files and rows are those of the lock"),
    ("schema", "tables and columns are those of the schema"),
    ("type", "values are of the type of their column"),
    ("required", "no value is empty where the schema wants one"),
    ("primary-key", "no two rows have one key"),
    ("foreign-key", "every id points to a row"),
    ("vocabulary", "values are of their closed vocabulary"),
    ("edtf", "EDTF dates are valid"),
    ("interval", "no interval ends before it begins"),
    ("offset", "offsets point to the text they stand for"),
    ("coverage", "sentences, headings and removals cover the sources"),
    ("gate", "counts stay within the gates"),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    Error,
    Warning,
}

/// A promise that does not hold at one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub check: &'static str,
    pub level: Level,
    /// File below the dataset's folder; empty where it is about the whole.
    pub file: String,
    /// Row of data from 1; 0 where it is about the file.
    pub row: usize,
    pub column: String,
    pub message: String,
}

impl Finding {
    pub fn about(check: &'static str, file: &str, message: impl Into<String>) -> Self {
        let (file, message) = (file.to_owned(), message.into());
        Finding { check, level: Level::Error, file, row: 0, column: String::new(), message }
    }

    pub fn at(check: &'static str, file: &str, row: usize, column: &str, message: impl Into<String>) -> Self {
        Finding { row, column: column.to_owned(), ..Finding::about(check, file, message) }
    }
}

/// The tables of one format, with the file that each was read from.
pub struct Tables {
    frames: BTreeMap<&'static str, (String, Frame)>,
}

impl Tables {
    pub fn frame(&self, table: &str) -> Option<&Frame> {
        self.frames.get(table).map(|(_, frame)| frame)
    }

    pub fn file(&self, table: &str) -> &str {
        self.frames.get(table).map_or("", |(file, _)| file)
    }

    fn all(&self) -> impl Iterator<Item = (&str, &Frame)> {
        self.frames.values().map(|(file, frame)| (file.as_str(), frame))
    }
}

/// What a check looked at and found.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    pub tables: usize,
    pub rows: usize,
    pub findings: Vec<Finding>,
}

impl Report {
    pub fn errors(&self) -> usize {
        self.findings.iter().filter(|finding| finding.level == Level::Error).count()
    }
}

/// Checks the dataset in `folder`; with `raw`, also that it accounts for all of these files.
pub fn check(folder: &Path, gates: &Gates, raw: Option<&[Input]>) -> io::Result<Report> {
    let mut report = Report::default();
    let lock = match Lock::read(folder) {
        Ok(lock) => Some(lock),
        Err(error) => {
            report.findings.push(Finding::about("lock", lock::NAME, error.to_string()));
            None
        }
    };
    if let Some(lock) = &lock {
        files(folder, lock, &mut report.findings);
    }
    let mut seen = BTreeMap::new();
    for format in ["parquet", "csv"] {
        let tables = read(folder, format, lock.as_ref(), &mut seen, &mut report.findings);
        values::check(&tables, &mut report.findings);
        if report.tables == 0 {
            report.tables = tables.frames.len();
            report.rows = tables.all().map(|(_, frame)| frame.rows()).sum();
            gates.check(&tables, &mut report.findings);
            if let Some(raw) = raw {
                coverage::check(&tables, raw, &mut report.findings);
            }
        }
    }
    Ok(report)
}

/// Every file of the lock has its size and hash.
fn files(folder: &Path, lock: &Lock, findings: &mut Vec<Finding>) {
    if lock.schema_version != schema::VERSION {
        let what = format!("schema version {}, this program knows {}", lock.schema_version, schema::VERSION);
        findings.push(Finding::about("schema", lock::NAME, what));
    }
    for (name, file) in lock.all_files() {
        match lock::hash_file(&folder.join(name)) {
            Ok(found) if found == *file => {}
            Ok(_) => findings.push(Finding::about("hash", name, "is not the file of the lock")),
            Err(error) => findings.push(Finding::about("hash", name, format!("can't be read: {error}"))),
        }
    }
}

/// Reads the tables of a format. Where the other format of a table held the same rows, the rows are
/// taken as checked and left out; `seen` holds their hashes.
fn read(
    folder: &Path,
    format: &str,
    lock: Option<&Lock>,
    seen: &mut BTreeMap<&'static str, String>,
    findings: &mut Vec<Finding>,
) -> Tables {
    let mut frames = BTreeMap::new();
    let mut differs = false;
    for table in schema::tables() {
        let name = format!("{}.{format}", table.name);
        let path = folder.join(&name);
        if !path.exists() {
            findings.push(Finding::about("schema", &name, "table is missing"));
            continue;
        }
        match load::read(&path, table) {
            Err(error) => findings.push(Finding::about("schema", &name, error.to_string())),
            Ok((frame, problems)) => {
                findings.extend(problems.into_iter().map(|problem| {
                    let check = if problem.row == 0 { "schema" } else { "type" };
                    Finding::at(check, &name, problem.row, &problem.column, problem.message)
                }));
                let hash = lock::table_hash(&frame);
                let locked = lock.and_then(|lock| lock.tables.get(&table.name));
                if locked.is_some_and(|locked| locked.hash != hash || locked.rows != frame.rows()) {
                    findings.push(Finding::about("hash", &name, "rows are not those of the lock"));
                }
                differs |= seen.insert(&table.name, hash.clone()) != Some(hash);
                frames.insert(table.name.as_str(), (name, frame));
            }
        }
    }
    Tables { frames: if differs { frames } else { BTreeMap::new() } }
}
