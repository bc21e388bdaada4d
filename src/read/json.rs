//! JSON: a document, an array of records, or one record a line.
//!
//! Values are cut out of the stream one by one, so a file of any length is read in the memory of its
//! longest record. A value that does not parse is repaired where the damage is of a kind that
//! scrapers make (raw control characters, lone surrogates, a cut-off end), and told of.

use super::fields::{self, Found};
use super::input::Input;
use super::record::Envelope;
use super::scope::Scope;
use super::{RAISE, TOO_LONG};
use crate::model::Severity;
use serde_json::Value;
use std::io::BufRead;

/// How the values of a file are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// The whole file is one object.
    Document,
    Lines,
    /// Values of several lines, in an array or one after the other.
    Values,
}

/// The form of a file that starts like this, or none if it is not JSON. `whole` says that there is
/// no more than `head`.
pub(super) fn form(head: &str, whole: bool) -> Option<Form> {
    let start = head.trim_start();
    let mut chars = start.chars().filter(|c| !c.is_whitespace());
    let opening = (chars.next()?, chars.next()?);
    match opening {
        ('{', '"' | '}') => {}
        ('[', '{') => return Some(Form::Values),
        _ => return None,
    }
    if whole && serde_json::from_str::<Value>(start).is_ok() {
        return Some(Form::Document);
    }
    let line = start.lines().next().unwrap_or("").trim_end();
    let cut = start.len() == line.len() || line.len() > 4096;
    let complete = line.ends_with('}') && serde_json::from_str::<Value>(&repair(line)).is_ok();
    Some(if complete || cut { Form::Lines } else { Form::Values })
}

pub(super) fn read(mut input: Input, form: Form, scope: &mut Scope) {
    match form {
        Form::Lines => lines(&mut input, scope),
        Form::Document | Form::Values => values(&mut input, form == Form::Document, scope),
    }
}

fn lines(input: &mut Input, scope: &mut Scope) {
    let limit = scope.limits().record_bytes as usize;
    let mut line = Vec::new();
    loop {
        let start = input.offset;
        line.clear();
        let ended = input.take_until(b'\n', limit, &mut line);
        if line.is_empty() {
            return;
        }
        if !ended && line.len() == limit {
            let mut rest = Vec::new();
            scope.tell(
                Severity::Error,
                TOO_LONG,
                start,
                format!("a line is cut after {limit} bytes; {RAISE}"),
            );
            while !input.take_until(b'\n', limit, &mut rest) && !rest.is_empty() {
                rest.clear();
            }
        }
        if !line.trim_ascii().is_empty() {
            value(&line, start, false, scope);
        }
    }
}

fn values(input: &mut Input, document: bool, scope: &mut Scope) {
    let limit = scope.limits().record_bytes as usize;
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        let complete = balanced(input, limit, &mut bytes);
        let start = input.offset - bytes.len() as u64;
        if bytes.is_empty() {
            return;
        }
        if !complete && bytes.len() >= limit {
            scope.tell(
                Severity::Error,
                TOO_LONG,
                start,
                format!("a value is cut after {limit} bytes; {RAISE}"),
            );
        }
        value(&bytes, start, document, scope);
    }
}

/// Takes the next object; what stands between objects (brackets, commas) is passed over.
fn balanced(input: &mut Input, limit: usize, into: &mut Vec<u8>) -> bool {
    let (mut depth, mut in_string, mut escaped) = (0usize, false, false);
    loop {
        let Ok(held) = input.fill_buf() else { return false };
        if held.is_empty() || into.len() >= limit {
            return false;
        }
        let (mut from, mut used, mut done) = (if depth > 0 { 0 } else { usize::MAX }, held.len(), false);
        for (at, &byte) in held.iter().enumerate() {
            if in_string {
                match byte {
                    _ if escaped => escaped = false,
                    b'\\' => escaped = true,
                    b'"' => in_string = false,
                    _ => {}
                }
                continue;
            }
            match byte {
                b'"' if depth > 0 => in_string = true,
                b'{' => {
                    if depth == 0 {
                        from = at;
                    }
                    depth += 1;
                }
                b'}' if depth > 0 => {
                    depth -= 1;
                    if depth == 0 {
                        (used, done) = (at + 1, true);
                        break;
                    }
                }
                _ => {}
            }
        }
        if from < used {
            into.extend_from_slice(&held[from..used]);
        }
        input.consume(used);
        if done {
            return true;
        }
    }
}

fn value(bytes: &[u8], start: u64, document: bool, scope: &mut Scope) {
    let text = scope.string(bytes.to_vec());
    let parsed = match serde_json::from_str::<Value>(&text) {
        Ok(value) => Some(value),
        Err(error) => {
            let repaired = serde_json::from_str::<Value>(&repair(&text)).ok();
            let what = if repaired.is_some() { "mended" } else { "skipped" };
            let severity = if repaired.is_some() { Severity::Warning } else { Severity::Error };
            scope.tell(severity, "bad-json", start, format!("{error}; {what}"));
            repaired
        }
    };
    let Some(parsed) = parsed else { return };
    scope.single = document && fields::is_record(&parsed, &scope.call.options.json_text);
    let mut count = 0;
    let own = scope.call.options.json_text.clone();
    fields::records(&parsed, &own, &mut |found| {
        count += 1;
        record(found, scope);
    });
    if count == 0 {
        scope.skip("JSON values without a text field");
    }
}

fn record(found: Found, scope: &mut Scope) {
    let key = found.key().to_owned();
    let markup = found.markup;
    let envelope = Envelope { markup, hints: found.hints, ..Envelope::default() };
    scope.text(&key, found.text, envelope);
}

/// Mends what scrapers break: raw control characters and lone surrogates in strings, and an end
/// that is cut off.
fn repair(text: &str) -> String {
    let mut mended = String::with_capacity(text.len() + 16);
    let mut open = Vec::new();
    let (mut in_string, mut chars) = (false, text.char_indices().peekable());
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' if in_string => match chars.next() {
                Some((_, 'u')) => mended.push_str(&unicode_escape(&text[at..], &mut chars)),
                Some((_, next)) => mended.extend(['\\', next]),
                None => {}
            },
            '"' => {
                in_string = !in_string;
                mended.push('"');
            }
            c if in_string && c < ' ' => mended.push_str(&format!("\\u{:04x}", c as u32)),
            '{' | '[' if !in_string => {
                open.push(if c == '{' { '}' } else { ']' });
                mended.push(c);
            }
            '}' | ']' if !in_string => {
                open.pop();
                mended.push(c);
            }
            c => mended.push(c),
        }
    }
    if in_string {
        mended.push('"');
    }
    let end = mended.trim_end().trim_end_matches(',').len();
    mended.truncate(end);
    if mended.ends_with(':') {
        mended.push_str("null");
    }
    mended.extend(open.into_iter().rev());
    mended
}

/// The escape at the start of `rest` as it was, or U+FFFD where it is half a character.
fn unicode_escape(rest: &str, chars: &mut std::iter::Peekable<std::str::CharIndices>) -> String {
    let unit = |rest: &str| u16::from_str_radix(rest.strip_prefix("\\u")?.get(..4)?, 16).ok();
    let Some(first) = unit(rest) else { return "\\ufffd".to_owned() };
    let low = |unit: u16| (0xDC00..0xE000).contains(&unit);
    let pair = (0xD800..0xDC00).contains(&first) && rest.get(6..).and_then(unit).is_some_and(low);
    let length = if pair { 12 } else { 6 };
    for _ in 2..length {
        chars.next();
    }
    if !pair && (0xD800..0xE000).contains(&first) { "\\ufffd".to_owned() } else { rest[..length].to_owned() }
}
