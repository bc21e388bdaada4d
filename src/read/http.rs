//! HTTP: a stored response, its header read and its body's transfer and content codings undone.
//!
//! Crawlers often store a body already decoded under the header of the coded one, so each coding is
//! tried and left where the bytes do not bear it out.

use super::Limits;
use std::io::{BufRead, Read};

/// A response, decoded.
#[derive(Debug, Default)]
pub(super) struct Response {
    pub status: u16,
    /// Without parameters, in lower case.
    pub media_type: String,
    pub charset: Option<String>,
    pub language: String,
    pub body: Vec<u8>,
    /// What was wrong: code and message.
    pub faults: Vec<(&'static str, String)>,
}

/// Reads a response from its status line on. None if the bytes do not start with one.
pub(super) fn response(block: &[u8], limits: Limits) -> Option<Response> {
    let (head, body) = split_head(block);
    let mut lines = head.split(|&byte| byte == b'\n');
    let status_line = String::from_utf8_lossy(lines.next()?).into_owned();
    if !status_line.starts_with("HTTP/") {
        return None;
    }
    let mut response = Response {
        status: status_line.split_whitespace().nth(1).and_then(|code| code.parse().ok()).unwrap_or(0),
        ..Response::default()
    };
    let mut chunked = false;
    let mut codings = Vec::new();
    for line in lines {
        let line = String::from_utf8_lossy(line);
        let Some((name, value)) = line.split_once(':') else { continue };
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "content-type" => (response.media_type, response.charset) = content_type(value),
            "content-language" => response.language = value.to_owned(),
            "transfer-encoding" => chunked |= value.to_ascii_lowercase().contains("chunked"),
            "content-encoding" => codings.extend(value.split(',').map(|c| c.trim().to_ascii_lowercase())),
            _ => {}
        }
    }
    let body = if chunked { unchunk(body, &mut response.faults) } else { body.to_vec() };
    response.body =
        codings.iter().rev().fold(body, |body, coding| decode(coding, body, limits, &mut response.faults));
    Some(response)
}

/// Media type in lower case and charset of a `Content-Type` value.
pub(super) fn content_type(value: &str) -> (String, Option<String>) {
    let mut parts = value.split(';');
    let media_type = parts.next().unwrap_or("").trim().to_ascii_lowercase();
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']).to_owned())
    });
    (media_type, charset.filter(|charset| !charset.is_empty()))
}

/// Splits a header block from what follows its first empty line.
pub(super) fn split_head(block: &[u8]) -> (&[u8], &[u8]) {
    let mut at = 0;
    while let Some(end) = memchr::memchr(b'\n', &block[at..]) {
        let line = &block[at..at + end];
        at += end + 1;
        if line.is_empty() || line == b"\r" {
            return (&block[..at], &block[at..]);
        }
    }
    (block, &[])
}

/// Joins the chunks; where their lengths do not fit the bytes, the rest is taken as it is.
fn unchunk(body: &[u8], faults: &mut Vec<(&'static str, String)>) -> Vec<u8> {
    let mut joined = Vec::with_capacity(body.len());
    let mut at = 0;
    loop {
        let line_end = memchr::memchr(b'\n', &body[at..]).map(|end| at + end);
        let size = line_end.and_then(|end| chunk_size(&body[at..end]));
        let (Some(size), Some(line_end)) = (size, line_end) else {
            if at < body.len() {
                let message =
                    if at == 0 { "the body is not in chunks" } else { "a chunk's length is no number" };
                faults.push(("bad-chunk", format!("{message}, at byte {at} of the body")));
                joined.extend_from_slice(&body[at..]);
            }
            return joined;
        };
        if size == 0 {
            return joined;
        }
        let start = line_end + 1;
        let end = start.saturating_add(size);
        joined.extend_from_slice(&body[start..end.min(body.len())]);
        if end >= body.len() {
            if end > body.len() {
                faults.push(("bad-chunk", format!("the last chunk lacks {} bytes", end - body.len())));
            }
            return joined;
        }
        at = end + body[end..].iter().take(2).take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    }
}

fn chunk_size(line: &[u8]) -> Option<usize> {
    let digits = line.split(|&byte| byte == b';').next()?.trim_ascii();
    let digits = std::str::from_utf8(digits).ok()?;
    if digits.is_empty() || digits.len() > 8 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    usize::from_str_radix(digits, 16).ok()
}

/// Undoes one content coding; the readable part of a broken body is kept.
fn decode(coding: &str, body: Vec<u8>, limits: Limits, faults: &mut Vec<(&'static str, String)>) -> Vec<u8> {
    let mut out = Vec::new();
    let limit = limits.record_bytes;
    let result = match coding {
        "gzip" | "x-gzip" if body.starts_with(&[0x1F, 0x8B]) => {
            take(flate2::bufread::MultiGzDecoder::new(&body[..]), limit, &mut out)
        }
        "deflate" if body.first().is_some_and(|first| first & 0x0F == 8) => {
            take(flate2::bufread::ZlibDecoder::new(&body[..]), limit, &mut out)
        }
        "deflate" => take(flate2::bufread::DeflateDecoder::new(&body[..]), limit, &mut out),
        "br" => take(brotli::Decompressor::new(&body[..], 16 * 1024), limit, &mut out),
        "zstd" if body.starts_with(&[0x28, 0xB5, 0x2F, 0xFD]) => {
            match zstd::stream::read::Decoder::new(&body[..]) {
                Ok(decoder) => take(decoder, limit, &mut out),
                Err(error) => Err(error),
            }
        }
        "identity" | "" | "none" => return body,
        "gzip" | "x-gzip" | "zstd" => {
            faults.push(("coding-undone", format!("the body is not in {coding}, as its header says")));
            return body;
        }
        other => {
            faults.push(("unknown-coding", format!("the body is in {other:?}, which is not known")));
            return body;
        }
    };
    match result {
        Ok(()) => out,
        Err(_) if out.is_empty() => {
            faults.push(("coding-undone", format!("the body is not in {coding}, as its header says")));
            body
        }
        Err(error) => {
            faults.push(("broken-coding", format!("{coding}: {error}; {} bytes kept", out.len())));
            out
        }
    }
}

fn take(decoder: impl Read, limit: u64, out: &mut Vec<u8>) -> std::io::Result<()> {
    let mut reader = std::io::BufReader::with_capacity(64 * 1024, decoder);
    loop {
        let chunk = reader.fill_buf()?;
        if chunk.is_empty() {
            return Ok(());
        }
        let room = (limit as usize).saturating_sub(out.len());
        let count = chunk.len().min(room);
        out.extend_from_slice(&chunk[..count]);
        if count == 0 {
            return Err(std::io::Error::other("longer than a record may be"));
        }
        reader.consume(count);
    }
}
