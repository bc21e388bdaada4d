//! Reading: files to records, bytes to text. Every record that holds text comes in; every one that
//! does not is accounted for.
//!
//! What a file is, is told from its bytes and never from its name, since scrapers name as they like.

mod archive;
mod encoding;
mod feed;
mod fields;
mod front_matter;
mod http;
mod input;
mod json;
mod kind;
mod layers;
mod mail;
mod mediawiki;
mod parquet;
mod record;
mod scope;
mod sgml;
mod sniff;
mod table;
mod transcode;
mod warc;
mod xml;

#[cfg(test)]
mod tests;

pub use front_matter::{FrontMatter, parse as front_matter};

use crate::fault;
use crate::model::{Decoded, Diagnostic, Severity};
use input::{Input, Notes, note};
use kind::Kind;
use record::Envelope;
use scope::{Call, Scope, diagnostic};
use std::fs::File;
use std::io::{Read, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// Code of what was cut for its length.
const TOO_LONG: &str = "record-too-long";

/// What to do where a limit cuts a record that is wanted whole.
const RAISE: &str = "--max-record raises the limit";

/// Records' worth of bytes that a packed archive within a file may have.
const SPOOLED_RECORDS: u64 = 16;

/// Limits and names that a call may set.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Further names of JSON fields and table columns that hold text; they go before the known ones.
    pub json_text: Vec<String>,
    /// Label of the encoding that the operator says pages are in, whatever they say.
    pub encoding: Option<String>,
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

impl Limits {
    /// Why so many packed bytes may not unpack to so many, if they may not.
    fn exceeded(&self, packed: u64, unpacked: u64) -> Option<String> {
        if unpacked > self.unpacked_bytes {
            Some(format!("unpacks to more than {} bytes", self.unpacked_bytes))
        } else if unpacked > self.record_bytes && unpacked / self.ratio > packed {
            Some(format!("unpacks to more than {} times its size", self.ratio))
        } else {
            None
        }
    }
}

/// Reads one file and hands each of its records to `sink`, in the order of the file.
/// `source` is the path below RAW with `/`. A file that can't be read is a rejected record, and so is
/// the rest of one that meets a fault of ours.
pub fn read(path: &Path, source: &str, options: &Options, sink: &mut dyn FnMut(Decoded)) {
    let done = catch_unwind(AssertUnwindSafe(|| file(path, source, options, &mut *sink)));
    if let Err(cause) = done {
        sink(unreadable(source, fault::diagnostic("reading", &*cause)));
    }
}

/// Reads the bytes of one file, as [`read`] does.
pub fn read_bytes(bytes: &[u8], source: &str, options: &Options, sink: &mut dyn FnMut(Decoded)) {
    let done = catch_unwind(AssertUnwindSafe(|| {
        let mut call = Call { options, sink: &mut *sink };
        stream(Input::new(bytes), source.to_owned(), Envelope::default(), 0, &mut call);
    }));
    if let Err(cause) = done {
        sink(unreadable(source, fault::diagnostic("reading", &*cause)));
    }
}

fn file(path: &Path, source: &str, options: &Options, sink: &mut dyn FnMut(Decoded)) {
    let mut call = Call { options, sink };
    let open = || opened(path);
    match open() {
        Ok(file) => {
            let mut input = Input::new(file);
            match kind::of_bytes(input.peek(input::CHUNK)) {
                Some(Kind::Zip) => {
                    let mut scope = Scope::new(&mut call, source.to_owned(), "application/zip", 0);
                    if let Ok(file) = open() {
                        archive::zip(file, &mut scope);
                    }
                    scope.finish(path.metadata().map_or(0, |m| m.len()));
                }
                Some(Kind::Parquet) => {
                    let mut scope =
                        Scope::new(&mut call, source.to_owned(), "application/vnd.apache.parquet", 0);
                    parquet::read(&mut || open(), &mut scope);
                    scope.finish(path.metadata().map_or(0, |m| m.len()));
                }
                _ => stream(input, source.to_owned(), Envelope::default(), 0, &mut call),
            }
        }
        Err(error) => {
            (call.sink)(unreadable(source, diagnostic(Severity::Error, "unreadable", 0, error.to_string())));
        }
    }
}

/// Opens a file. Pipes and devices that lie among the pages would never end; one that the call names
/// itself (`/dev/stdin`) is what was asked for.
fn opened(path: &Path) -> std::io::Result<File> {
    if path.starts_with("/dev") || path.metadata()?.is_file() {
        File::open(path)
    } else {
        Err(std::io::Error::other("it is no regular file"))
    }
}

fn unreadable(source: &str, why: Diagnostic) -> Decoded {
    record::rejected(source.to_owned(), "application/octet-stream", why, Envelope::default())
}

/// Reads what a file or a member of a container holds: one page, or a container in its turn.
fn stream(mut input: Input, source: String, envelope: Envelope, depth: u8, call: &mut Call) {
    let notes = Notes::default();
    let limits = call.options.limits;
    let mut layers = 0;
    while let Some(layer) = layers::of(input.peek(16)) {
        if layers == limits.depth {
            note(&notes, "nested-too-deep", 0, format!("more than {layers} packed layers"));
            input = Input::new(std::io::empty());
            break;
        }
        input = layers::unpack(layer, input, limits, &notes);
        layers += 1;
    }
    let whole = input.peek(input::CHUNK).len() < input::CHUNK;
    let (kind, head) = kind::of(input.peek(input::CHUNK), whole, &envelope, &call.options.json_text);
    if kind == Kind::Page {
        return page(input, source, envelope, &notes, call);
    }
    let mut scope = Scope::new(call, source, kind.media_type(), depth);
    if depth > limits.depth {
        scope.tell(
            Severity::Error,
            "nested-too-deep",
            0,
            format!("more than {} containers deep", limits.depth),
        );
    } else {
        container(kind, head, &mut input, &envelope, &mut scope);
    }
    scope.diagnostics.extend(notes.take());
    let bytes = input.offset;
    scope.finish(bytes);
}

fn container(kind: Kind, head: kind::Head, input: &mut Input, envelope: &Envelope, scope: &mut Scope) {
    match kind {
        Kind::Page => {}
        Kind::Zip => match spooled(input, scope) {
            Ok(file) => archive::zip(file, scope),
            Err(error) => scope.tell(Severity::Error, "no-room", 0, error.to_string()),
        },
        Kind::Parquet => match spooled(input, scope) {
            Ok(file) => parquet::read(&mut || reopened(&file), scope),
            Err(error) => scope.tell(Severity::Error, "no-room", 0, error.to_string()),
        },
        Kind::Feed => {
            let bytes = whole(input, scope);
            feed::read(encoding::decode(bytes, envelope.charset.as_deref(), true), scope);
        }
        Kind::Mail => mail::read(&whole(input, scope), scope),
        Kind::Http => {
            let bytes = whole(input, scope);
            if let Some(response) = http::response(&bytes, scope.limits()) {
                let envelope = Envelope { charset: response.charset, ..envelope.clone() };
                scope.bytes("body", &response.body, envelope);
            }
        }
        Kind::Tar => archive::tar(Input::new(input), scope),
        Kind::Warc => warc::read(Input::new(input), scope),
        Kind::MediaWiki => mediawiki::read(head.text(input, scope), scope),
        Kind::Sgml => sgml::read(head.text(input, scope), scope),
        Kind::Json(form) => json::read(head.text(input, scope), form, scope),
        Kind::Table(delimiter) => table::read(head.text(input, scope), delimiter, scope),
    }
}

/// A packed archive that is read by its directory, unpacked to a file without a name, up to some
/// records' worth of bytes.
fn spooled(input: &mut Input, scope: &mut Scope) -> std::io::Result<File> {
    let limit = scope.limits().record_bytes.saturating_mul(SPOOLED_RECORDS);
    let mut file = tempfile::tempfile()?;
    std::io::copy(&mut input.by_ref().take(limit), &mut file)?;
    if !input.peek(1).is_empty() {
        let message = format!("the packed archive is cut after {limit} bytes; {RAISE}");
        scope.tell(Severity::Error, TOO_LONG, limit, message);
    }
    file.rewind()?;
    Ok(file)
}

fn reopened(file: &File) -> std::io::Result<File> {
    let mut again = file.try_clone()?;
    again.rewind()?;
    Ok(again)
}

/// All bytes of a container that has to be looked at as a whole, up to the limit of a record.
fn whole(input: &mut Input, scope: &mut Scope) -> Vec<u8> {
    let limit = scope.limits().record_bytes;
    let mut bytes = Vec::new();
    let _ = input.by_ref().take(limit).read_to_end(&mut bytes);
    if !input.peek(1).is_empty() {
        scope.tell(Severity::Error, TOO_LONG, limit, format!("the file is cut after {limit} bytes; {RAISE}"));
    }
    bytes
}

/// Reads a single page, up to the limit of a record.
fn page(mut input: Input, source: String, mut envelope: Envelope, notes: &Notes, call: &mut Call) {
    let limit = call.options.limits.record_bytes;
    let mut bytes = Vec::new();
    let _ = input.by_ref().take(limit).read_to_end(&mut bytes);
    if !input.peek(1).is_empty() {
        let message = format!("the record is cut after {limit} bytes; {RAISE}");
        envelope.diagnostics.push(diagnostic(Severity::Error, TOO_LONG, limit, message));
    }
    envelope.diagnostics.extend(notes.take());
    let nothing = bytes.is_empty() && !envelope.diagnostics.is_empty();
    let envelope = Envelope { settled: call.options.encoding.clone(), ..envelope };
    let mut decoded = record::from_bytes(source, bytes, envelope);
    if nothing {
        decoded.status = crate::model::Status::Rejected;
    }
    (call.sink)(decoded);
}
