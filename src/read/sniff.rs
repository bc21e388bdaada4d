//! What a run of bytes or a text is, by its content; names of files are never asked.

use crate::model::Markup;
use regex::Regex;
use std::sync::OnceLock;

/// Bytes of the head that decide.
const WINDOW: usize = 64 * 1024;

/// First bytes of formats that hold no text to read.
const MAGIC: &[(&[u8], &str)] = &[
    (b"\x89PNG", "image/png"),
    (b"\xFF\xD8\xFF", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"\0\0\x01\0", "image/x-icon"),
    (b"%PDF-", "application/pdf"),
    (b"%!PS", "application/postscript"),
    (b"\x7FELF", "application/x-executable"),
    (b"MZ", "application/x-msdownload"),
    (b"\xD0\xCF\x11\xE0", "application/x-ole-storage"),
    (b"7z\xBC\xAF\x27\x1C", "application/x-7z-compressed"),
    (b"Rar!", "application/vnd.rar"),
    (b"SQLite format 3", "application/vnd.sqlite3"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"fLaC", "audio/flac"),
    (b"wOFF", "font/woff"),
    (b"wOF2", "font/woff2"),
    (b"CWS", "application/x-shockwave-flash"),
    (b"FWS", "application/x-shockwave-flash"),
];

/// The media type of bytes that are no text in any encoding, or none.
pub(super) fn binary(bytes: &[u8]) -> Option<&'static str> {
    let head = &bytes[..bytes.len().min(4096)];
    if head.starts_with(b"RIFF") && head.len() > 11 {
        return Some(if &head[8..12] == b"WEBP" { "image/webp" } else { "application/octet-stream" });
    }
    let known = MAGIC.iter().find(|(magic, _)| head.starts_with(magic));
    // Two letters may also begin a text.
    if let Some((magic, media_type)) = known
        && (magic.len() > 3 || controls(head) * 50 > head.len())
    {
        return Some(media_type);
    }
    let many = head.len() > 16 && controls(head) * 20 > head.len();
    (many && !super::encoding::is_wide(head)).then_some("application/octet-stream")
}

fn controls(head: &[u8]) -> usize {
    head.iter().filter(|&&b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B)).count()
}

/// The media type that a markup stands for.
pub(super) fn media_type(markup: Markup) -> &'static str {
    match markup {
        Markup::Plain => "text/plain",
        Markup::Markdown => "text/markdown",
        Markup::Html => "text/html",
        Markup::Wikitext => "text/x-wiki",
    }
}

/// How a text is marked up. Signs are counted in its head; a form wins only where its signs are
/// many for the length, since prose quotes tags and brackets too.
pub(super) fn markup(text: &str) -> (Markup, &'static str) {
    let head = head(text);
    let start = head.trim_start_matches(['\u{FEFF}', ' ', '\t', '\r', '\n', '\u{C}']);
    if start.starts_with("<?xml") && !signs().html_root.is_match(start) {
        return (Markup::Html, "application/xml");
    }
    let found = if starts_as_html(start) {
        Markup::Html
    } else if super::front_matter::parse(text).is_some() || starts_as_markdown(start) {
        Markup::Markdown
    } else {
        by_count(head)
    };
    (found, media_type(found))
}

fn head(text: &str) -> &str {
    let mut end = text.len().min(WINDOW);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

struct Signs {
    html_root: Regex,
    html_tag: Regex,
    heading: Regex,
    markdown: Regex,
    wikitext: Regex,
}

fn signs() -> &'static Signs {
    static SIGNS: OnceLock<Signs> = OnceLock::new();
    SIGNS.get_or_init(|| {
        let new = |pattern| Regex::new(pattern).expect("a constant pattern");
        Signs {
            html_root: new(r"(?i)<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<title[\s>]"),
            html_tag: new(
                r"(?i)</(?:p|div|span|a|td|tr|table|li|ul|ol|h[1-6]|b|i|em|strong|font|script|style|section|article|figure)>|<br\s*/?>|<p>|<img\s|<meta\s|<link\s",
            ),
            heading: new(r"(?m)^#{1,6}[ \t]+\S"),
            markdown: new(r"(?m)^#{1,6}[ \t]+\S|\]\((?:https?:|/|#|\.)[^)\s]*\)|\*\*[^*\s][^*\n]{0,200}\*\*|^(?:-{3,}|={3,})[ \t]*$|^```"),
            wikitext: new(r"(?m)\[\[[^\[\]\n]{1,300}\]\]|\{\{[^{}\n]{1,300}|^={2,5}[^=\n]{1,200}={2,5}[ \t]*$|'''|<ref[ >/]|-\{[^{}\n]{1,200}\}-|^\{\|"),
        }
    })
}

fn starts_as_html(start: &str) -> bool {
    let Some(found) = signs().html_root.find(head_of(start, 8192)) else {
        return false;
    };
    // The root may come after comments, blank lines and the wrapper of a corpus, but not after prose.
    start.starts_with('<') || start[..found.start()].trim().is_empty()
}

fn head_of(text: &str, limit: usize) -> &str {
    let mut end = text.len().min(limit);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn starts_as_markdown(start: &str) -> bool {
    let mut lines = start.lines();
    let (first, second) = (lines.next().unwrap_or(""), lines.next().unwrap_or("").trim());
    let underlined =
        second.len() >= 3 && (second.bytes().all(|b| b == b'-') || second.bytes().all(|b| b == b'='));
    signs().heading.is_match(first) || (underlined && !first.trim().is_empty())
}

fn by_count(head: &str) -> Markup {
    let length = head.len();
    let dense = |count: usize, least: usize, bytes: usize| count >= least && count * bytes >= length;
    let tags = signs().html_tag.find_iter(head).count();
    let wiki = signs().wikitext.find_iter(head).count();
    let markdown = signs().markdown.find_iter(head).count();
    let starts = head.trim_start().starts_with('<');
    if dense(wiki, 3, 3000) && wiki >= tags {
        Markup::Wikitext
    } else if dense(tags, if starts { 2 } else { 6 }, if starts { 4000 } else { 1500 }) && tags >= markdown {
        Markup::Html
    } else if dense(markdown, 3, 4000) || signs().heading.find_iter(head).count() >= 2 {
        Markup::Markdown
    } else {
        Markup::Plain
    }
}
