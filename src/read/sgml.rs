//! Corpus wrappers: `<doc …>` elements joined in one file, as WikiExtractor and the TREC and ACE
//! collections have them. They are no XML (bare ampersands, no root), so they are cut by their tags.

use super::input::Input;
use super::record::Envelope;
use super::scope::Scope;
use crate::model::{Hints, Severity};
use regex::Regex;
use std::io::BufRead;
use std::sync::OnceLock;

pub(super) fn read(mut input: Input, scope: &mut Scope) {
    let limit = scope.limits().record_bytes as usize;
    loop {
        let next = input.peek(super::input::CHUNK);
        let Some(at) = opening().find(next).map(|m| m.start()) else {
            if input.peek(1).is_empty() {
                return;
            }
            let skip = input.peek(super::input::CHUNK).len().saturating_sub(64).max(1);
            input.consume(skip);
            continue;
        };
        input.consume(at);
        let start = input.offset;
        let end: &[u8] = if input.peek(4) == b"<DOC" { b"</DOC>" } else { b"</doc>" };
        let mut bytes = Vec::new();
        if !input.take_through(end, limit, &mut bytes) {
            let message = format!("a document of {} bytes has no end", bytes.len());
            scope.tell(Severity::Error, "truncated-document", start, message);
        }
        let text = scope.string(bytes);
        document(&text, scope);
    }
}

fn opening() -> &'static regex::bytes::Regex {
    static OPENING: OnceLock<regex::bytes::Regex> = OnceLock::new();
    OPENING.get_or_init(|| regex::bytes::Regex::new(r"<(?:doc|DOC)[\s>]").expect("a constant pattern"))
}

struct Tags {
    attribute: Regex,
    inline: Regex,
    paragraph: Regex,
}

fn tags() -> &'static Tags {
    static TAGS: OnceLock<Tags> = OnceLock::new();
    TAGS.get_or_init(|| {
        let new = |pattern| Regex::new(pattern).expect("a constant pattern");
        Tags {
            attribute: new(r#"([\w:-]+)\s*=\s*"([^"]*)""#),
            inline: new(
                r"(?i)</?(?:TIMEX[23]?|EVENT|SIGNAL|ENAMEX|NUMEX|S|SENT|TURN|ANNOTATION)(?:\s[^<>]*)?>",
            ),
            paragraph: new(r"(?i)</?P>[ \t]*\r?\n?"),
        }
    })
}

fn document(text: &str, scope: &mut Scope) {
    let head_end = text.find('>').map_or(text.len(), |end| end + 1);
    let (head, rest) = text.split_at(head_end);
    let rest = rest.trim_end();
    let rest = rest.strip_suffix("</doc>").or_else(|| rest.strip_suffix("</DOC>")).unwrap_or(rest);
    let attribute = |name: &str| {
        let found = tags().attribute.captures_iter(head).find(|c| &c[1] == name);
        found.map(|c| unescape(&c[2])).unwrap_or_default()
    };
    let element =
        |names: &[&str]| names.iter().find_map(|name| inside(rest, name)).unwrap_or("").trim().to_owned();
    let id = [attribute("id"), element(&["DOCID", "DOCNO", "DOC_ID"])].into_iter().find(|id| !id.is_empty());
    let title =
        [attribute("title"), element(&["HEADLINE", "TITLE", "HL"])].into_iter().find(|t| !t.is_empty());
    let url = Some(attribute("url")).filter(|url| url.starts_with("http")).unwrap_or_default();
    let published = element(&["DATETIME", "DATE_TIME", "DATE"]);
    let body = inside(rest, "TEXT").unwrap_or(rest);
    let body = tags().paragraph.replace_all(body, "\n\n");
    let body = tags().inline.replace_all(&body, "");
    let hints = Hints { url, title: title.unwrap_or_default(), published, language: attribute("lang") };
    let id = id.unwrap_or_default();
    let key =
        [&hints.title, &id, &hints.url].into_iter().find(|k| !k.is_empty()).cloned().unwrap_or_default();
    let body = body.trim_start_matches(['\r', '\n']).to_owned();
    scope.text(&key, body, Envelope { hints, ..Envelope::default() });
}

/// What stands between the first pair of tags of that name, in either case.
fn inside<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    [name.to_owned(), name.to_ascii_lowercase()].iter().find_map(|name| {
        let start = text.find(&format!("<{name}>"))? + name.len() + 2;
        let end = text[start..].find(&format!("</{name}>")).map_or(text.len(), |end| start + end);
        Some(&text[start..end])
    })
}

fn unescape(text: &str) -> String {
    text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}
