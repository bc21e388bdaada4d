//! WARC: the records of a web archive (ISO 28500, versions 0.17 to 1.1).
//!
//! Responses, resources and conversions are read; requests, metadata and what is no page are counted.
//! Lengths in headers are wrong often enough that each is checked against what follows the block, and
//! reading goes on at the next line that starts a record. A small reader of our own, because the
//! crates for it stop at the first broken record.

use super::input::Input;
use super::record::Envelope;
use super::scope::{Scope, diagnostic};
use super::{RAISE, TOO_LONG, http};
use crate::model::{Hints, Severity};
use std::io::{BufRead, Read};

const HEAD_LIMIT: usize = 64 * 1024;
const VERSION: &[u8] = b"WARC/";

/// Records' worth of bytes that may be read twice for wrong lengths; after that lengths are not
/// believed any more, so that a file of nothing but wrong lengths takes no longer than others.
const DISTRUST: u64 = 16;

#[derive(Debug, Default)]
struct Header {
    kind: String,
    uri: String,
    content_type: String,
    length: Option<u64>,
    payload_type: String,
    truncated: String,
}

pub(super) fn read(mut input: Input, scope: &mut Scope) {
    // Bytes that wrong lengths had us read twice.
    let mut reread = 0;
    while seek_record(&mut input, scope) {
        let start = input.offset;
        let header = header(&mut input);
        let Some(length) = header.length else {
            scope.tell(Severity::Error, "bad-warc-header", start, "a record without a length".to_owned());
            continue;
        };
        let limit = scope.limits().record_bytes;
        let block = if reread > limit.saturating_mul(DISTRUST) {
            to_next_record(&mut input, limit)
        } else {
            block(&mut input, length, start, &mut reread, scope)
        };
        record(&header, &block, start, scope);
    }
}

/// Goes to the next line that starts a record.
fn seek_record(input: &mut Input, scope: &mut Scope) -> bool {
    let start = input.offset;
    while matches!(input.peek(1), [b'\r' | b'\n']) {
        input.consume(1);
    }
    if input.peek(VERSION.len()) == VERSION {
        return true;
    }
    if input.peek(1).is_empty() {
        return false;
    }
    loop {
        let (_, found) = input.skip_to(b"\nWARC/");
        if found {
            input.consume(1);
        }
        let is_version = input.peek(8).get(5).is_some_and(|&byte| byte.is_ascii_digit());
        if !found || is_version {
            let skipped = input.offset - start;
            let message = format!("{skipped} bytes between records are no record");
            scope.tell(Severity::Error, "bad-warc-header", start, message);
            return found;
        }
    }
}

fn header(input: &mut Input) -> Header {
    let mut header = Header::default();
    let mut line = Vec::new();
    let mut last = String::new();
    let mut total = 0;
    while total < HEAD_LIMIT {
        line.clear();
        input.take_until(b'\n', HEAD_LIMIT, &mut line);
        total += line.len();
        let text = String::from_utf8_lossy(&line);
        if text.trim().is_empty() {
            break;
        }
        let (name, value) = match text.split_once(':') {
            _ if text.starts_with([' ', '\t']) => (last.clone(), text.trim().to_owned()),
            Some((name, value)) => (name.trim().to_ascii_lowercase(), value.trim().to_owned()),
            None => continue,
        };
        field(&mut header, &name, &value);
        last = name;
    }
    header
}

fn field(header: &mut Header, name: &str, value: &str) {
    match name {
        "warc-type" => header.kind = value.to_ascii_lowercase(),
        // Wget writes the address in angle brackets.
        "warc-target-uri" => header.uri = value.trim_start_matches('<').trim_end_matches('>').to_owned(),
        "content-type" => header.content_type = value.to_owned(),
        "content-length" => header.length = value.parse().ok(),
        "warc-identified-payload-type" => header.payload_type = value.to_owned(),
        "warc-truncated" => header.truncated = value.to_owned(),
        _ => {}
    }
}

/// Takes a block. If no record or end follows where its length says, and a record starts within it,
/// the length was wrong: the block ends there.
fn block(input: &mut Input, length: u64, start: u64, reread: &mut u64, scope: &mut Scope) -> Vec<u8> {
    let limit = scope.limits().record_bytes;
    let mut block = Vec::new();
    let _ = input.by_ref().take(length.min(limit)).read_to_end(&mut block);
    let after = input.peek(4);
    let well = block.len() as u64 == length
        && (after.iter().all(|byte| matches!(byte, b'\r' | b'\n')) || after.starts_with(b"WAR"));
    if let Some(at) = (!well).then(|| inner_record(&block)).flatten() {
        let message = "a record is shorter than its length".to_owned();
        scope.tell(Severity::Error, "bad-warc-length", start, message);
        input.unread(&block[at..]);
        *reread += (block.len() - at) as u64;
        block.truncate(at);
    } else if (block.len() as u64) < length.min(limit) {
        let message = format!("the last record lacks {} bytes", length - block.len() as u64);
        scope.tell(Severity::Error, "truncated-record", start, message);
    } else if length > limit {
        let message = format!("a record of {length} bytes is cut after {limit}; {RAISE}");
        scope.tell(Severity::Error, TOO_LONG, start, message);
        let _ = std::io::copy(&mut input.by_ref().take(length - limit), &mut std::io::sink());
    }
    block
}

/// Where a line in the block starts a record.
fn inner_record(block: &[u8]) -> Option<usize> {
    let starts =
        |at: &usize| block.get(at + 6).is_some_and(u8::is_ascii_digit) && block.get(at + 7) == Some(&b'.');
    memchr::memmem::find_iter(block, b"\nWARC/").find(starts).map(|at| at + 1)
}

/// Takes a block up to the next line that starts a record, whatever its length says.
fn to_next_record(input: &mut Input, limit: u64) -> Vec<u8> {
    let mut block = Vec::new();
    if input.take_through(b"\nWARC/", limit as usize, &mut block) {
        let end = block.len() - VERSION.len();
        input.unread(&block[end..]);
        block.truncate(end);
    }
    block
}

fn record(header: &Header, block: &[u8], start: u64, scope: &mut Scope) {
    match header.kind.as_str() {
        "response" | "resource" | "conversion" if !header.uri.starts_with("metadata:") => {}
        other => return scope.skip(format!("{other} records")),
    }
    let is_http = header.content_type.to_ascii_lowercase().starts_with("application/http");
    let response =
        if is_http || block.starts_with(b"HTTP/") { http::response(block, scope.limits()) } else { None };
    let mut envelope =
        Envelope { hints: Hints { url: header.uri.clone(), ..Hints::default() }, ..Envelope::default() };
    if !header.truncated.is_empty() {
        let message = format!("the crawler cut the record: {}", header.truncated);
        envelope.diagnostics.push(diagnostic(Severity::Warning, "truncated-record", 0, message));
    }
    match response {
        Some(response) if !(200..300).contains(&response.status) => {
            scope.skip(format!("responses with status {}", response.status));
        }
        Some(response) => {
            for (code, message) in response.faults {
                envelope.diagnostics.push(diagnostic(Severity::Warning, code, 0, message));
            }
            envelope.charset = response.charset;
            envelope.hints.language = response.language;
            payload(header, &response.media_type, &response.body, envelope, scope);
        }
        None if is_http => {
            scope.tell(Severity::Error, "bad-http-header", start, format!("{}: no status line", header.uri));
        }
        None => {
            let (media_type, charset) = http::content_type(&header.content_type);
            envelope.charset = charset;
            payload(header, &media_type, block, envelope, scope);
        }
    }
}

fn payload(header: &Header, media_type: &str, body: &[u8], envelope: Envelope, scope: &mut Scope) {
    let no_page = is_no_page(media_type);
    if no_page || body.is_empty() || super::sniff::binary(body).is_some() && super::layers::of(body).is_none()
    {
        let what = match (body.is_empty(), media_type) {
            (true, _) => "empty bodies",
            (false, "") => "application/octet-stream",
            (false, media_type) => media_type,
        };
        return scope.skip(format!("{what} ({})", header.kind));
    }
    scope.bytes(&header.uri, body, envelope);
}

/// Media types of what pages are dressed with.
fn is_no_page(media_type: &str) -> bool {
    let (kind, name) = media_type.split_once('/').unwrap_or((media_type, ""));
    matches!(kind, "image" | "audio" | "video" | "font")
        || name.contains("javascript")
        || name.contains("ecmascript")
        || name.contains("font")
        || matches!(media_type, "text/css" | "text/dns" | "application/pdf" | "application/wasm")
}
