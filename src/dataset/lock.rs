//! The lock file: what went into a dataset and what came out, as hashes.
//!
//! A table has a logical hash, over its typed rows in any order and whatever the file format, and a
//! hash of each file. The logical one says whether two datasets hold the same; the other whether a
//! file was touched. There is no time and no machine in it.

use super::frame::Frame;
use super::row_hashes::row_hash;
use crate::text::hex;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

/// Name of the lock file in a dataset folder.
pub const NAME: &str = "annalist.lock";

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lock {
    pub schema_version: u32,
    pub tool: String,
    /// Hash of all language rules.
    pub rules: String,
    /// Hash of the logical hashes of all tables.
    pub dataset: String,
    pub inputs: Vec<Input>,
    pub tables: BTreeMap<String, Table>,
    /// Cells of the CSV files that spreadsheets would run have a guard before them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub csv_safe: bool,
    /// Descriptors.
    pub files: BTreeMap<String, File>,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    pub source: String,
    pub sha256: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    pub rows: usize,
    /// Hash over the typed rows.
    pub hash: String,
    pub files: BTreeMap<String, File>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    pub bytes: u64,
    pub sha256: String,
}

impl Lock {
    /// The lock of the dataset in a folder.
    pub fn read(folder: &Path) -> io::Result<Lock> {
        let path = folder.join(NAME);
        let text = std::fs::read(&path);
        let text = text.map_err(|error| {
            io::Error::new(error.kind(), format!("cannot read {}: {error}", path.display()))
        })?;
        serde_json::from_slice(&text).map_err(|error| {
            io::Error::new(io::ErrorKind::InvalidData, format!("{} is no lock file: {error}", path.display()))
        })
    }

    /// Whether the dataset in a folder is this one, byte for byte.
    pub fn holds(&self, folder: &Path) -> bool {
        let same =
            |(name, file): (&str, &File)| hash_file(&folder.join(name)).is_ok_and(|found| found == *file);
        Lock::read(folder).is_ok_and(|lock| lock == *self) && self.all_files().into_iter().all(same)
    }

    /// Whether the CSV files in a folder have guards before cells that spreadsheets would run.
    pub fn guards_csv(folder: &Path) -> bool {
        Lock::read(folder).is_ok_and(|lock| lock.csv_safe)
    }

    /// Every file of the dataset but the lock itself.
    pub fn all_files(&self) -> BTreeMap<&str, &File> {
        let tables = self.tables.values().flat_map(|table| &table.files);
        tables.chain(&self.files).map(|(name, file)| (name.as_str(), file)).collect()
    }
}

/// Size and hash of a file on disk.
pub fn hash_file(path: &Path) -> io::Result<File> {
    let mut sink = Hashing::new(io::sink());
    io::copy(&mut std::fs::File::open(path)?, &mut sink)?;
    sink.finish()
}

/// What a dataset in `folder` with the lock `old` has otherwise than one with the lock `new`, a line
/// each; empty where no byte differs.
pub fn differences(old: &Lock, new: &Lock, folder: &Path) -> io::Result<Vec<String>> {
    let mut lines = Vec::new();
    for (what, old, new) in [("tool", &old.tool, &new.tool), ("rules", &old.rules, &new.rules)] {
        if old != new {
            lines.push(format!("{what}: {old} → {new}"));
        }
    }
    if old.inputs != new.inputs {
        lines.push(format!("inputs: {}", changes(&old.inputs, &new.inputs)));
    }
    for (name, table) in &new.tables {
        match old.tables.get(name) {
            None => lines.push(format!("{name}: new table")),
            Some(before) if before.hash != table.hash => {
                lines.push(format!("{name}: rows differ ({} → {})", before.rows, table.rows));
            }
            Some(_) => {}
        }
    }
    for (name, file) in new.all_files() {
        match hash_file(&folder.join(name)) {
            Ok(found) if found == *file => {}
            Ok(_) => lines.push(format!("{name}: bytes differ")),
            Err(_) => lines.push(format!("{name}: missing")),
        }
    }
    if lines.is_empty() && old != new {
        lines.push(format!("{NAME}: differs"));
    }
    Ok(lines)
}

fn changes(old: &[Input], new: &[Input]) -> String {
    let by_source = |inputs: &'_ [Input]| -> BTreeMap<String, String> {
        inputs.iter().map(|input| (input.source.clone(), input.sha256.clone())).collect()
    };
    let (old, new) = (by_source(old), by_source(new));
    let added = new.keys().filter(|source| !old.contains_key(*source)).count();
    let removed = old.keys().filter(|source| !new.contains_key(*source)).count();
    let changed =
        new.iter().filter(|(source, hash)| old.get(*source).is_some_and(|old| old != *hash)).count();
    format!("{added} added, {removed} removed, {changed} changed")
}

/// Hash over the rows of a table, as [`RowHashes`](super::row_hashes::RowHashes) gives it.
pub fn table_hash(frame: &Frame) -> String {
    let mut rows: Vec<[u8; 32]> = Vec::with_capacity(frame.rows());
    let mut cell = String::new();
    let mut bytes = Vec::new();
    for row in 0..frame.rows() {
        bytes.clear();
        for values in &frame.columns {
            cell.clear();
            values.spell(row, &mut cell);
            bytes.extend((cell.len() as u32).to_le_bytes());
            bytes.extend(cell.as_bytes());
        }
        rows.push(row_hash(&bytes));
    }
    rows.sort_unstable();
    hex(&Sha256::digest(rows.as_flattened()))
}

/// Hash of a dataset from the hashes of its tables.
pub fn dataset_hash<'a>(tables: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut hasher = Sha256::new();
    for (name, hash) in tables {
        hasher.update(name.as_bytes());
        hasher.update([0]);
        hasher.update(hash.as_bytes());
        hasher.update([0]);
    }
    hex(&hasher.finalize())
}

/// Passes bytes on and hashes them.
pub struct Hashing<W> {
    out: W,
    hasher: Sha256,
    bytes: u64,
}

impl<W: Write> Hashing<W> {
    pub fn new(out: W) -> Self {
        Hashing { out, hasher: Sha256::new(), bytes: 0 }
    }

    /// What went through, flushed.
    pub fn finish(&mut self) -> io::Result<File> {
        self.out.flush()?;
        Ok(File { bytes: self.bytes, sha256: hex(&self.hasher.clone().finalize()) })
    }
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
