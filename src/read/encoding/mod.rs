//! Encoding: the name of the code in which a page's bytes are text, and the text.
//!
//! A byte order mark, the HTTP header and the page's own declaration are heard in that order, but
//! none is believed against the bytes: each candidate's decoding is scored by how much it reads like
//! running text, and a declaration only tips the scale. Real pages lie often (GBK under `utf-8`,
//! UTF-8 under `gb2312`), and a wrong decoding can't be mended later.

mod declared;
mod score;
mod unicode;

#[cfg(test)]
mod tests;

use self::declared::Declaration;
use crate::model::{Diagnostic, EncodingFrom, Severity};
use encoding_rs::Encoding;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Bytes of non-ASCII text that are enough to judge a candidate.
const SAMPLE: usize = 24 * 1024;

/// Score of a decoding by an encoding that is named but whose letters are not known.
const OUTSIDE: f64 = 0.9;

/// Text and how it was found.
#[derive(Debug)]
pub struct Text {
    pub text: String,
    pub encoding: &'static str,
    pub from: EncodingFrom,
    /// U+FFFD that decoding put in.
    pub replaced: usize,
    pub diagnostics: Vec<Diagnostic>,
    /// No encoding makes it read like text.
    pub mush: bool,
}

#[derive(Deserialize)]
struct File {
    least_score: f64,
    max_replaced_share: f64,
    min_replaced: usize,
    declaration_window: usize,
    labels: BTreeMap<String, String>,
    candidates: Candidates,
    frequent: score::Frequent,
}

#[derive(Deserialize)]
struct Candidates {
    names: Vec<String>,
}

struct Charsets {
    file: File,
    candidates: Vec<&'static Encoding>,
    letters: score::Letters,
}

fn charsets() -> &'static Charsets {
    static CHARSETS: OnceLock<Charsets> = OnceLock::new();
    CHARSETS.get_or_init(|| {
        let file: File = crate::rules::parse("charsets.toml");
        let known = |name: &String| Encoding::for_label(name.as_bytes());
        Charsets {
            candidates: file.candidates.names.iter().filter_map(known).collect(),
            letters: score::Letters::new(&file.frequent),
            file,
        }
    })
}

/// The encoding that a label names; the names of GB2312 and GBK stand for their superset GB18030.
pub fn for_label(label: &str) -> Option<&'static Encoding> {
    let label = label.trim().trim_matches(|c| c == '"' || c == '\'').to_ascii_lowercase();
    let name = charsets().file.labels.get(&label).map_or(label.as_str(), String::as_str);
    let found = Encoding::for_label(name.as_bytes())?;
    match found.name() {
        "GBK" => Some(encoding_rs::GB18030),
        "replacement" | "x-user-defined" => None,
        _ => Some(found),
    }
}

/// Decodes the bytes of a page. `http` is the charset of its HTTP header; `markup` says whether the
/// bytes may declare their own. Never fails: what is no text comes out full of U+FFFD.
pub fn decode(bytes: Vec<u8>, http: Option<&str>, markup: bool) -> Text {
    if let Some(text) = unicode::by_mark(&bytes) {
        return text;
    }
    if let Some(text) = unicode::without_mark(&bytes) {
        return text;
    }
    let mut diagnostics = Vec::new();
    let window = charsets().file.declaration_window;
    let declared = declared::all(&bytes[..bytes.len().min(window)], http, markup, &mut diagnostics);
    let mut text = match String::from_utf8(bytes) {
        Ok(text) if decides(&text, &declared) => utf8(text, &declared),
        Ok(text) => guess(text.as_bytes(), &declared),
        Err(error) => guess(error.as_bytes(), &declared),
    };
    diagnostics.append(&mut text.diagnostics);
    text.diagnostics = diagnostics;
    text
}

/// Decodes bytes whose encoding is settled.
pub fn decode_as(bytes: &[u8], encoding: &'static Encoding) -> Text {
    Text { from: EncodingFrom::Declared, ..with(bytes, encoding, &[]) }
}

/// Whether being valid UTF-8 settles the matter. Two or three characters of another encoding may be
/// valid by chance, and escape sequences of ISO-2022-JP are ASCII.
fn decides(text: &str, declared: &[Declaration]) -> bool {
    let others = declared.iter().filter(|d| d.encoding != encoding_rs::UTF_8);
    for other in others {
        if !other.encoding.is_ascii_compatible() && memchr::memchr(0x1B, text.as_bytes()).is_some() {
            return false;
        }
        if !text.is_ascii() && text.chars().filter(|c| !c.is_ascii()).take(8).count() < 8 {
            return false;
        }
    }
    true
}

fn utf8(text: String, declared: &[Declaration]) -> Text {
    let confirmed = declared.iter().find(|d| d.encoding == encoding_rs::UTF_8);
    let (encoding, from) = match (confirmed, declared.first()) {
        (Some(confirmed), _) => ("UTF-8", confirmed.from),
        (None, Some(other)) if text.is_ascii() => (name(other.encoding), other.from),
        _ if text.is_ascii() => ("UTF-8", EncodingFrom::Default),
        _ => ("UTF-8", EncodingFrom::Detected),
    };
    let lost = declared.iter().filter(|d| d.encoding != encoding_rs::UTF_8 && !text.is_ascii());
    let diagnostics = lost.map(|lost| contradicted(lost, encoding)).collect();
    Text { text, encoding, from, replaced: 0, diagnostics, mush: false }
}

/// Scores every candidate on a sample and decodes with the best.
fn guess(bytes: &[u8], declared: &[Declaration]) -> Text {
    let sample = score::sample(bytes, SAMPLE);
    let mut candidates: Vec<(&'static Encoding, f64)> =
        declared.iter().map(|d| (d.encoding, 0.2)).chain([(encoding_rs::UTF_8, 0.1)]).collect();
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    detector.feed(&sample, true);
    candidates.push((detector.guess(None, chardetng::Utf8Detection::Deny), 0.1));
    candidates.extend(charsets().candidates.iter().map(|&encoding| (encoding, 0.0)));
    let mut best = (encoding_rs::UTF_8, f64::MIN);
    for (i, &(encoding, bonus)) in candidates.iter().enumerate() {
        let encoding = if encoding == encoding_rs::GBK { encoding_rs::GB18030 } else { encoding };
        if candidates[..i].iter().any(|&(earlier, _)| earlier == encoding) {
            continue;
        }
        let (decoded, failed) = encoding.decode_without_bom_handling(&sample);
        let plain = charsets().letters.score(&decoded);
        // Encodings outside the list have no table of letters here; they are named for a reason.
        let outside = bonus > 0.0
            && !failed
            && encoding != encoding_rs::UTF_8
            && !charsets().candidates.contains(&encoding);
        let score = if outside && plain > 0.0 { plain.max(OUTSIDE) + bonus } else { plain + bonus };
        if score > best.1 {
            best = (encoding, score);
        }
    }
    // The two differ in the letters of Ukrainian only.
    let koi8 = best.0 == encoding_rs::KOI8_U
        && encoding_rs::KOI8_U.decode_without_bom_handling(&sample).0
            == encoding_rs::KOI8_R.decode_without_bom_handling(&sample).0;
    let mut text = with(bytes, if koi8 { encoding_rs::KOI8_R } else { best.0 }, declared);
    let dense = bytes.iter().filter(|byte| !byte.is_ascii()).count() * 3 > bytes.len();
    text.mush = best.1 < charsets().file.least_score && dense && bytes.len() > 64;
    text
}

fn with(bytes: &[u8], encoding: &'static Encoding, declared: &[Declaration]) -> Text {
    let (text, failed) = encoding.decode_without_bom_handling(bytes);
    let text = text.into_owned();
    let replaced = if failed { memchr::memmem::find_iter(text.as_bytes(), "\u{FFFD}").count() } else { 0 };
    let confirmed = declared.iter().find(|d| d.encoding == encoding);
    let mut diagnostics: Vec<_> =
        declared.iter().filter(|d| d.encoding != encoding).map(|d| contradicted(d, name(encoding))).collect();
    diagnostics.extend(unicode::replacements(&text, replaced));
    let from = confirmed.map_or(EncodingFrom::Detected, |d| d.from);
    Text { text, encoding: name(encoding), from, replaced, diagnostics, mush: false }
}

/// The name written to the tables: that of the WHATWG, but in capitals where that is the custom.
fn name(encoding: &'static Encoding) -> &'static str {
    if encoding == encoding_rs::GB18030 || encoding == encoding_rs::GBK { "GB18030" } else { encoding.name() }
}

fn contradicted(declared: &Declaration, found: &str) -> Diagnostic {
    Diagnostic {
        source_start: 0,
        severity: Severity::Warning,
        code: "declared-encoding-contradicted",
        message: format!("declared {}, but the bytes are {found}", declared.label),
        excerpt: String::new(),
    }
}

/// Whether the bytes are UTF-16 or UTF-32.
pub fn is_wide(bytes: &[u8]) -> bool {
    unicode::is_wide(bytes)
}

/// Whether so much of a text could not be decoded that it is no text. `replaced` counts U+FFFD.
pub fn is_mush(text: &str, replaced: usize) -> bool {
    let file = &charsets().file;
    if replaced < file.min_replaced {
        return false;
    }
    let others = text.chars().filter(|c| !c.is_ascii()).count();
    replaced as f64 > others as f64 * file.max_replaced_share
}
