//! Scope: one container while its records are read. It names them by a key that holds when others
//! come or go, counts what is passed over, and gives an account of both at the end.

use super::encoding;
use super::record::{self, Envelope};
use super::{Limits, Options};
use crate::model::{Decoded, Diagnostic, EncodingFrom, Markup, Severity, Status};
use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

/// Longest key in bytes; longer ones (addresses with data in them) are cut and made unique.
const LONGEST_KEY: usize = 1024;

/// What all containers of a run share.
pub(super) struct Call<'a> {
    pub options: &'a Options,
    pub sink: &'a mut dyn FnMut(Decoded),
}

pub(super) struct Scope<'a, 'c> {
    pub call: &'a mut Call<'c>,
    pub source: String,
    pub media_type: &'static str,
    /// Containers around this one.
    pub depth: u8,
    /// Encoding of the whole container, where it is text and not UTF-8.
    pub encoding: Option<(&'static str, EncodingFrom)>,
    /// The container is one record under its own name, however it is written.
    pub single: bool,
    /// How often each key was used, by its hash.
    keys: HashMap<u64, u32>,
    skipped: BTreeMap<String, usize>,
    pub diagnostics: Vec<Diagnostic>,
    records: usize,
}

impl<'a, 'c> Scope<'a, 'c> {
    pub fn new(call: &'a mut Call<'c>, source: String, media_type: &'static str, depth: u8) -> Self {
        Scope {
            call,
            source,
            media_type,
            depth,
            encoding: None,
            single: false,
            keys: HashMap::new(),
            skipped: BTreeMap::new(),
            diagnostics: Vec::new(),
            records: 0,
        }
    }

    pub fn limits(&self) -> Limits {
        self.call.options.limits
    }

    /// The source name of a record: its key, or its number where it has none; repeated keys are
    /// numbered from the second on.
    pub fn name(&mut self, key: &str) -> String {
        self.records += 1;
        if self.single && self.records == 1 {
            return self.source.clone();
        }
        let key = clean_key(key);
        let key = if key.is_empty() { self.records.to_string() } else { key };
        let mut hasher = DefaultHasher::new();
        key.hash(&mut hasher);
        let used = self.keys.entry(hasher.finish()).or_insert(0);
        *used += 1;
        match *used {
            1 => format!("{}#{key}", self.source),
            again => format!("{}#{key}~{again}", self.source),
        }
    }

    /// The text of bytes that should be UTF-8; a record that is not is decoded by itself.
    pub fn string(&self, bytes: Vec<u8>) -> String {
        String::from_utf8(bytes)
            .unwrap_or_else(|error| encoding::decode(error.into_bytes(), None, false).text)
    }

    /// Hands on a record whose text the container held.
    pub fn text(&mut self, key: &str, text: String, envelope: Envelope) {
        let source = self.name(key);
        let mut decoded = record::from_text(source, text, envelope);
        if let Some((name, from)) = self.encoding {
            decoded.encoding = name.to_owned();
            decoded.encoding_from = from;
            decoded.replacement_chars = decoded.text.matches('\u{FFFD}').count();
        } else if !decoded.text.is_ascii() {
            decoded.encoding_from = EncodingFrom::Detected;
        }
        if encoding::is_mush(&decoded.text, decoded.replacement_chars) {
            decoded.status = Status::Rejected;
        }
        (self.call.sink)(decoded);
    }

    /// Hands on bytes that may be anything, a container too.
    pub fn bytes(&mut self, key: &str, bytes: &[u8], envelope: Envelope) {
        let source = self.name(key);
        super::stream(super::input::Input::new(bytes), source, envelope, self.depth + 1, self.call);
    }

    /// Hands on a record that can't be read.
    pub fn reject(&mut self, key: &str, media_type: &str, code: &'static str, message: String) {
        let source = self.name(key);
        let why = diagnostic(Severity::Error, code, 0, message);
        (self.call.sink)(record::rejected(source, media_type, why, Envelope::default()));
    }

    /// Counts a part of the container that is no record to read.
    pub fn skip(&mut self, what: impl Into<String>) {
        *self.skipped.entry(what.into()).or_insert(0) += 1;
    }

    pub fn tell(&mut self, severity: Severity, code: &'static str, offset: u64, message: String) {
        // A container of millions of broken records must not fill the memory with complaints.
        if self.diagnostics.len() < 1000 {
            self.diagnostics.push(diagnostic(severity, code, offset, message));
        }
    }

    /// Closes the account: a row for the container itself, where there is something to say of it.
    pub fn finish(mut self, bytes: u64) {
        if self.records > 0 && !(self.skipped.is_empty() && self.diagnostics.is_empty()) {
            let message = format!("records read: {}", self.records);
            self.tell(Severity::Info, "records-read", 0, message);
        }
        for (what, count) in std::mem::take(&mut self.skipped) {
            self.tell(Severity::Info, "skipped", 0, format!("{what}: {count}"));
        }
        if self.diagnostics.is_empty() && self.records > 0 {
            return;
        }
        let failed = self.diagnostics.iter().any(|d| d.severity == Severity::Error);
        let envelope = Envelope {
            markup: Some(Markup::Plain),
            media_type: self.media_type.to_owned(),
            diagnostics: self.diagnostics,
            ..Envelope::default()
        };
        let mut row = record::from_text(self.source, String::new(), envelope);
        row.bytes = bytes;
        if failed && self.records == 0 {
            row.status = Status::Rejected;
        }
        (self.call.sink)(row);
    }
}

pub(super) fn diagnostic(severity: Severity, code: &'static str, offset: u64, message: String) -> Diagnostic {
    Diagnostic { source_start: offset as usize, severity, code, message, excerpt: String::new() }
}

/// One line, without control characters, of bounded length.
fn clean_key(key: &str) -> String {
    let mut clean = String::new();
    for c in key.trim().chars() {
        if clean.len() + c.len_utf8() > LONGEST_KEY {
            break;
        }
        clean.push(if c.is_control() { ' ' } else { c });
    }
    clean
}

/// A member's path without what would lead out of its archive: no root, no drive, no `..`.
pub(super) fn safe_path(path: &str) -> (String, bool) {
    let unified = path.replace('\\', "/");
    let parts: Vec<&str> = unified
        .split('/')
        .filter(|part| !(matches!(*part, "" | "." | "..") || part.len() == 2 && part.ends_with(':')))
        .collect();
    let safe = parts.join("/");
    let tricked = path.starts_with('/')
        || path.contains("..") && unified.split('/').any(|part| part == "..")
        || path.as_bytes().get(1) == Some(&b':');
    (safe, tricked)
}
