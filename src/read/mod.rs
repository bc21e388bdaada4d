//! Reading: files to records, bytes to text. Every record that holds text comes in; every one that
//! does not is accounted for.
//!
//! What a file is, is told from its bytes and never from its name, since scrapers name as they like.

mod encoding;
mod front_matter;
mod record;
mod sniff;

pub use front_matter::{FrontMatter, parse as front_matter};

use crate::model::{Decoded, Diagnostic, Severity};
use record::Envelope;
use std::path::Path;

/// Limits and names that a call may set.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Further names of JSON fields that hold text.
    pub json_text: Vec<String>,
    pub limits: Limits,
}

/// What one file may take, so that a bomb is a diagnostic and not the end of the run.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of one record; what is longer is cut.
    pub record_bytes: u64,
    /// Bytes that one file may unpack to.
    pub unpacked_bytes: u64,
    /// Times that packed bytes may grow, once they are more than a record's limit.
    pub ratio: u64,
    /// Containers within containers.
    pub depth: u8,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { record_bytes: 64 << 20, unpacked_bytes: 1 << 40, ratio: 1000, depth: 4 }
    }
}

/// Reads one file and hands each of its records to `sink`, in the order of the file.
/// `source` is the path below RAW with `/`. A file that can't be read is a rejected record.
pub fn read(path: &Path, source: &str, _options: &Options, sink: &mut dyn FnMut(Decoded)) {
    match std::fs::read(path) {
        Ok(bytes) => sink(record::from_bytes(source.to_owned(), bytes, Envelope::default())),
        Err(error) => {
            let why = Diagnostic {
                source_start: 0,
                severity: Severity::Error,
                code: "unreadable",
                message: error.to_string(),
                excerpt: String::new(),
            };
            sink(record::rejected(source.to_owned(), "application/octet-stream", why, Envelope::default()));
        }
    }
}
