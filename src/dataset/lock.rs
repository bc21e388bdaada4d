//! The lock file: what went into a dataset and what came out, as hashes.
//!
//! A table has a logical hash, over its typed rows in any order and whatever the file format, and a
//! hash of each file. The logical one says whether two datasets hold the same; the other whether a
//! file was touched. There is no time and no machine in it.

use super::frame::Frame;
use crate::text::hex;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::{self, Write};

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
    /// Descriptors.
    pub files: BTreeMap<String, File>,
}

/// A record that was read.
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

/// Hash over the rows of a table: each row hashed alone, the hashes sorted, then hashed.
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
        rows.push(Sha256::digest(&bytes).into());
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
    pub fn finish(mut self) -> io::Result<File> {
        self.out.flush()?;
        Ok(File { bytes: self.bytes, sha256: hex(&self.hasher.finalize()) })
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
