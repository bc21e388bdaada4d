//! Kind: whether bytes are one page or a container of records, and of which sort.

use super::encoding;
use super::input::Input;
use super::json::Form;
use super::record::Envelope;
use super::scope::Scope;
use super::{json, mail, table, transcode};
use crate::model::{EncodingFrom, Markup};
use regex::Regex;
use std::sync::OnceLock;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Page,
    Zip,
    Tar,
    Parquet,
    Warc,
    Http,
    MediaWiki,
    Feed,
    Sgml,
    Json(Form),
    Table(u8),
    Mail,
}

impl Kind {
    pub fn media_type(self) -> &'static str {
        match self {
            Kind::Page => "text/plain",
            Kind::Zip => "application/zip",
            Kind::Tar => "application/x-tar",
            Kind::Parquet => "application/vnd.apache.parquet",
            Kind::Warc => "application/warc",
            Kind::Http => "application/http",
            Kind::MediaWiki => "application/xml",
            Kind::Feed => "application/rss+xml",
            Kind::Sgml => "application/sgml",
            Kind::Json(Form::Lines) => "application/jsonl",
            Kind::Json(_) => "application/json",
            Kind::Table(b'\t') => "text/tab-separated-values",
            Kind::Table(_) => "text/csv",
            Kind::Mail => "multipart/related",
        }
    }
}

/// How the text of a container is encoded, told from its head.
pub(super) struct Head {
    encoding: &'static str,
    from: EncodingFrom,
}

impl Head {
    /// The container as UTF-8.
    pub fn text<'a>(&self, input: &'a mut Input, scope: &mut Scope) -> Input<'a> {
        if self.encoding != "UTF-8" || self.from == EncodingFrom::Bom {
            scope.encoding = Some((self.encoding, self.from));
        }
        transcode::to_utf8(input, self.encoding)
    }
}

/// The kinds that are told by their first bytes.
pub(super) fn of_bytes(head: &[u8]) -> Option<Kind> {
    match head {
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] | [b'P', b'K', 0x30, 0x30, b'P', b'K', ..] => {
            Some(Kind::Zip)
        }
        [b'P', b'A', b'R', b'1', ..] => Some(Kind::Parquet),
        _ if head.starts_with(b"WARC/") => Some(Kind::Warc),
        _ if head.starts_with(b"HTTP/1.") || head.starts_with(b"HTTP/2") => Some(Kind::Http),
        _ if is_tar(head) => Some(Kind::Tar),
        _ => None,
    }
}

/// The magic of POSIX, or the checksum that all forms have.
fn is_tar(head: &[u8]) -> bool {
    if head.len() < 512 || head[0] == 0 {
        return false;
    }
    let digits: Vec<u8> = head[148..156].iter().copied().filter(|byte| matches!(byte, b'0'..=b'7')).collect();
    let stated = std::str::from_utf8(&digits).ok().and_then(|d| u64::from_str_radix(d, 8).ok());
    let sum: u64 = head[..512].iter().map(|&byte| u64::from(byte)).sum();
    let field: u64 = head[148..156].iter().map(|&byte| u64::from(byte)).sum();
    stated == Some(sum - field + 8 * 32)
}

/// The kind of a file that starts with `bytes`; `whole` says that there is no more of it.
pub(super) fn of(bytes: &[u8], whole: bool, envelope: &Envelope, own: &[String]) -> (Kind, Head) {
    if let Some(kind) = of_bytes(bytes) {
        return (kind, Head { encoding: "UTF-8", from: EncodingFrom::Default });
    }
    // A head cut within a line may end in half a character.
    let end =
        if whole { bytes.len() } else { memchr::memrchr(b'\n', bytes).map_or(bytes.len(), |at| at + 1) };
    let end = if end > 64 && end % 4 != 0 && bytes[..end].contains(&0) { end - end % 4 } else { end };
    let decoded = encoding::decode(bytes[..end].to_vec(), envelope.charset.as_deref(), true);
    let kind = of_text(&decoded.text, whole, own);
    // Page markup that the container settles is no container itself.
    let kind =
        if matches!(envelope.markup, Some(Markup::Html | Markup::Wikitext)) { Kind::Page } else { kind };
    (kind, Head { encoding: decoded.encoding, from: decoded.from })
}

fn of_text(text: &str, whole: bool, own: &[String]) -> Kind {
    let start = text.trim_start_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']);
    if start.starts_with('<') {
        return markup(start);
    }
    if let Some(form) = json::form(start, whole) {
        return Kind::Json(form);
    }
    if mail::is_message(start) {
        return Kind::Mail;
    }
    table::delimiter(start, own).map_or(Kind::Page, Kind::Table)
}

fn markup(start: &str) -> Kind {
    static ROOT: OnceLock<Regex> = OnceLock::new();
    let root = ROOT.get_or_init(|| {
        let before = r"^(?s:\s*(?:<\?.*?\?>|<!--.*?-->|<!(?i:doctype)[^>]*>))*";
        Regex::new(&format!(r"{before}\s*<([\w:.-]+)([^>]*)>?")).expect("a constant pattern")
    });
    let Some(found) = root.captures(start) else { return Kind::Page };
    let (name, attributes) = (&found[1], &found[2]);
    match name.rsplit(':').next().unwrap_or(name) {
        "mediawiki" => Kind::MediaWiki,
        "rss" | "feed" => Kind::Feed,
        "RDF" if attributes.contains("purl.org/rss") || attributes.contains("netscape.com/rdf") => Kind::Feed,
        "doc" | "DOC" => Kind::Sgml,
        // An export that lost its head.
        "page" if start.contains("<revision>") => Kind::MediaWiki,
        _ => Kind::Page,
    }
}
