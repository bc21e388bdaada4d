//! Tables of text: CSV and its kin, one record a row, where the header names a column of text.

use super::fields::{self, Found};
use super::input::Input;
use super::record::Envelope;
use super::scope::Scope;
use crate::model::Severity;
use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

const DELIMITERS: &[u8] = b",\t;|";

/// The delimiter of a table with a column of text, or none if the head is no such table.
pub(super) fn delimiter(head: &str, own: &[String]) -> Option<u8> {
    let line = head.trim_start_matches('\u{FEFF}').lines().next()?;
    if line.len() > 2048 {
        return None;
    }
    DELIMITERS.iter().copied().find(|&delimiter| {
        let names: Vec<&str> = line.split(delimiter as char).map(|n| n.trim().trim_matches('"')).collect();
        let plausible =
            names.len() >= 2 && names.iter().all(|n| n.len() < 60 && n.split_whitespace().count() < 5);
        let text = names.iter().any(|name| fields::text_rank(name, own).is_some());
        let other = names.iter().any(|name| {
            let mut found = Found::default();
            fields::describe(name, "x", &mut found);
            !found.key().is_empty() || !found.hints.published.is_empty() || !found.hints.language.is_empty()
        });
        // A line of prose may hold the word "text" after a comma; a second known name settles it.
        plausible && text && (other || names.iter().all(|n| !n.contains(' ')))
    })
}

pub(super) fn read(input: Input, delimiter: u8, scope: &mut Scope) {
    let since = Rc::new(Cell::new(0u64));
    let fused = Fused { inner: input, since: since.clone(), limit: scope.limits().record_bytes };
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(fused);
    let own = scope.call.options.json_text.clone();
    let mut row = csv::ByteRecord::new();
    let mut names: Vec<String> = Vec::new();
    loop {
        let start = reader.position().byte();
        match reader.read_byte_record(&mut row) {
            Ok(false) => return,
            Ok(true) if names.is_empty() => {
                names = row
                    .iter()
                    .map(|n| String::from_utf8_lossy(n).trim_matches('\u{FEFF}').trim().to_owned())
                    .collect();
            }
            Ok(true) => record(&names, &row, &own, scope),
            Err(error) => {
                scope.tell(Severity::Error, "bad-table", start, format!("{error}; the rest is not read"));
                return;
            }
        }
        since.set(0);
    }
}

fn record(names: &[String], row: &csv::ByteRecord, own: &[String], scope: &mut Scope) {
    let mut found = Found::default();
    let mut best = usize::MAX;
    for (name, value) in names.iter().zip(row.iter()) {
        let value = scope.string(value.to_vec());
        match fields::text_rank(name, own) {
            Some((rank, markup)) if rank < best && !value.trim().is_empty() => {
                (best, found.text, found.markup) = (rank, value, markup);
            }
            _ => fields::describe(name, &value, &mut found),
        }
    }
    if best == usize::MAX {
        return scope.skip("rows without text");
    }
    let key = found.key().to_owned();
    scope.text(
        &key,
        found.text,
        Envelope { markup: found.markup, hints: found.hints, ..Envelope::default() },
    );
}

/// Fails once a single row takes more bytes than a record may.
struct Fused<'a> {
    inner: Input<'a>,
    since: Rc<Cell<u64>>,
    limit: u64,
}

impl Read for Fused<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(into)?;
        self.since.set(self.since.get() + count as u64);
        if self.since.get() > self.limit {
            return Err(io::Error::other(format!("a row is longer than a record may be; {}", super::RAISE)));
        }
        Ok(count)
    }
}
