//! The Unicode transformation formats of two and four bytes, with or without a byte order mark.

use super::Text;
use crate::model::{Diagnostic, EncodingFrom, Severity};
use encoding_rs::{UTF_16BE, UTF_16LE};

/// Bytes that are looked at to find a format without a mark.
const WINDOW: usize = 16 * 1024;

/// Decodes by the byte order mark, if there is one that the bytes bear out.
pub(super) fn by_mark(bytes: &[u8]) -> Option<Text> {
    match bytes {
        [0xFF, 0xFE, 0, 0, rest @ ..] => Some(utf32(rest, u32::from_le_bytes, "UTF-32LE", EncodingFrom::Bom)),
        [0, 0, 0xFE, 0xFF, rest @ ..] => Some(utf32(rest, u32::from_be_bytes, "UTF-32BE", EncodingFrom::Bom)),
        [0xFF, 0xFE, rest @ ..] => Some(utf16(rest, false, EncodingFrom::Bom)),
        [0xFE, 0xFF, rest @ ..] => Some(utf16(rest, true, EncodingFrom::Bom)),
        [0xEF, 0xBB, 0xBF, rest @ ..] => {
            let text = std::str::from_utf8(rest).ok()?.to_owned();
            let (encoding, from) = ("UTF-8", EncodingFrom::Bom);
            Some(Text { text, encoding, from, replaced: 0, diagnostics: Vec::new(), mush: false })
        }
        _ => None,
    }
}

/// Decodes two- or four-byte text that has no mark: NULs at one place of each unit give it away, or
/// units that are nearly all frequent characters.
pub(super) fn without_mark(bytes: &[u8]) -> Option<Text> {
    let head = &bytes[..bytes.len().min(WINDOW) & !3];
    if head.len() < 8 {
        return None;
    }
    let cut = &head[..head.len() - 4];
    if memchr::memchr(0, head).is_none() && std::str::from_utf8(cut).is_ok() {
        return None;
    }
    let mut nulls = [0usize; 4];
    for (i, _) in head.iter().enumerate().filter(|&(_, &byte)| byte == 0) {
        nulls[i % 4] += 1;
    }
    let quarter = head.len() / 4;
    let many = |i: usize| nulls[i] * 10 >= quarter * 9;
    if many(2) && many(3) && nulls[0] * 10 < quarter {
        return Some(utf32(bytes, u32::from_le_bytes, "UTF-32LE", EncodingFrom::Detected));
    }
    if many(0) && many(1) && nulls[3] * 10 < quarter {
        return Some(utf32(bytes, u32::from_be_bytes, "UTF-32BE", EncodingFrom::Detected));
    }
    let nulls: usize = nulls.iter().sum();
    if nulls * 100 < head.len() && std::str::from_utf8(cut).is_ok() {
        return None;
    }
    let (little, big) = (well_read(head, false), well_read(head, true));
    let enough = head.len() / 2 * 97;
    (little.max(big) * 100 >= enough).then(|| utf16(bytes, big > little, EncodingFrom::Detected))
}

/// How many units are of the blocks that running text uses.
fn well_read(head: &[u8], big: bool) -> usize {
    units(head, big)
        .filter(|unit| {
            matches!(unit, 0x09 | 0x0A | 0x0D | 0x20..=0x7E | 0xA0..=0x17F | 0x0400..=0x045F | 0x0490 | 0x0491
                | 0x2010..=0x2030 | 0x3000..=0x30FF | 0x4E00..=0x9FFF | 0xFF00..=0xFF60)
        })
        .count()
}

/// Whether the bytes are in a wide format, whose NULs and controls are no sign of binary data.
pub(super) fn is_wide(head: &[u8]) -> bool {
    by_mark(head).is_some() || without_mark(head).is_some()
}

fn units(bytes: &[u8], big: bool) -> impl Iterator<Item = u16> {
    bytes.chunks_exact(2).map(move |pair| {
        if big { u16::from_be_bytes([pair[0], pair[1]]) } else { u16::from_le_bytes([pair[0], pair[1]]) }
    })
}

fn utf16(bytes: &[u8], big: bool, from: EncodingFrom) -> Text {
    let encoding = if big { UTF_16BE } else { UTF_16LE };
    let (text, failed) = encoding.decode_without_bom_handling(bytes);
    let text = text.into_owned();
    let replaced = if failed { memchr::memmem::find_iter(text.as_bytes(), "\u{FFFD}").count() } else { 0 };
    let diagnostics = replacements(&text, replaced).into_iter().collect();
    Text { text, encoding: encoding.name(), from, replaced, diagnostics, mush: false }
}

fn utf32(bytes: &[u8], unit: fn([u8; 4]) -> u32, encoding: &'static str, from: EncodingFrom) -> Text {
    let mut replaced = 0;
    let mut text: String = bytes
        .chunks_exact(4)
        .map(|four| {
            char::from_u32(unit([four[0], four[1], four[2], four[3]])).unwrap_or_else(|| {
                replaced += 1;
                '\u{FFFD}'
            })
        })
        .collect();
    if !bytes.len().is_multiple_of(4) {
        text.push('\u{FFFD}');
        replaced += 1;
    }
    let diagnostics = replacements(&text, replaced).into_iter().collect();
    Text { text, encoding, from, replaced, diagnostics, mush: false }
}

/// Tells of characters that could not be decoded, at the place of the first.
pub(super) fn replacements(text: &str, replaced: usize) -> Option<Diagnostic> {
    let at = (replaced > 0).then(|| text.find('\u{FFFD}'))??;
    Some(Diagnostic {
        source_start: at,
        severity: Severity::Warning,
        code: "undecodable-bytes",
        message: format!("{replaced} sequences of bytes are no characters"),
        excerpt: crate::read::record::excerpt(text, at),
    })
}
