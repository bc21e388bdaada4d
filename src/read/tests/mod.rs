//! Small inputs of each kind, made here and read from a file, as whole files are.

mod archives;
mod damaged;
mod json;
mod text;
mod warc;
mod xml;

use super::*;
use crate::model::{Markup, Status};
use std::io::Write;

/// What a file with these bytes holds.
pub(super) fn records(bytes: &[u8]) -> Vec<Decoded> {
    records_within(bytes, &Options::default())
}

pub(super) fn records_within(bytes: &[u8], options: &Options) -> Vec<Decoded> {
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    file.write_all(bytes).expect("room for it");
    let mut records = Vec::new();
    read(file.path(), "file", options, &mut |record| records.push(record));
    records
}

/// Records that hold text: source, text.
pub(super) fn texts(records: &[Decoded]) -> Vec<(&str, &str)> {
    let read = records.iter().filter(|record| record.status == Status::Ok);
    read.map(|record| (record.source.as_str(), record.text.as_str())).collect()
}

/// Codes of all diagnostics, sorted, each once.
pub(super) fn codes(records: &[Decoded]) -> Vec<&'static str> {
    let mut codes: Vec<_> = records.iter().flat_map(|record| &record.diagnostics).map(|d| d.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

pub(super) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}
