//! Feeds: RSS 0.9 to 2.0, RDF Site Summary and Atom, one record an item.

use super::encoding;
use super::record::Envelope;
use super::scope::Scope;
use super::xml::{self, Element};
use crate::model::{EncodingFrom, Hints, Markup, Severity};
use regex::Regex;
use std::sync::OnceLock;

/// Reads a whole feed; `text` is as it was decoded, by `encoding` found as `from` says.
pub(super) fn read(text: encoding::Text, scope: &mut Scope) {
    let whole = text.text.as_str();
    if text.encoding != "UTF-8" || text.from != EncodingFrom::Detected {
        scope.encoding = Some((text.encoding, text.from));
    }
    scope.diagnostics.extend(text.diagnostics);
    let starts: Vec<(usize, &str)> = item_tag()
        .captures_iter(whole)
        .map(|c| {
            let tag = c.get(1).expect("a group that always takes part");
            (tag.start() - 1, tag.as_str())
        })
        .collect();
    let channel = starts.first().map_or(whole, |&(at, _)| &whole[..at]);
    let (elements, _) = xml::elements(channel);
    let language = elements.iter().find(|e| e.name == "language").map(|e| e.text.trim().to_owned());
    let language =
        language.or_else(|| elements.iter().find_map(|e| e.attribute("xml:lang").map(str::to_owned)));
    for (index, &(start, tag)) in starts.iter().enumerate() {
        let limit = starts.get(index + 1).map_or(whole.len(), |&(next, _)| next);
        let end_tag = format!("</{tag}>");
        let end = whole[start..limit].find(&end_tag).map(|at| start + at + end_tag.len());
        if end.is_none() {
            scope.tell(Severity::Warning, "truncated-item", start as u64, "an item has no end".to_owned());
        }
        item(&whole[start..end.unwrap_or(limit)], start, language.as_deref().unwrap_or(""), scope);
    }
    if starts.is_empty() {
        scope.tell(Severity::Info, "no-item", 0, "the feed holds no item".to_owned());
    }
}

fn item_tag() -> &'static Regex {
    static ITEM: OnceLock<Regex> = OnceLock::new();
    ITEM.get_or_init(|| Regex::new(r"<((?:\w+:)?(?:item|entry))[\s>]").expect("a constant pattern"))
}

fn item(fragment: &str, start: usize, language: &str, scope: &mut Scope) {
    let (elements, error) = xml::elements(fragment);
    let own: Vec<&Element> = elements.iter().filter(|e| e.depth == 1).collect();
    let value = |names: &[&str]| {
        names
            .iter()
            .find_map(|name| own.iter().find(|e| e.name == *name && !e.text.trim().is_empty()))
            .map(|e| e.text.trim().to_owned())
            .unwrap_or_default()
    };
    let title = strip_tags(&value(&["title"]));
    if let Some(error) = error {
        scope.tell(Severity::Warning, "bad-xml", start as u64, format!("item {title:?}: {error}"));
    }
    let (text, markup) = body(fragment, &own);
    let hints = Hints {
        url: link(&own),
        title,
        published: value(&["pubdate", "date", "published", "issued", "created", "updated", "modified"]),
        language: if language.is_empty() { value(&["language"]) } else { language.to_owned() },
    };
    let key = [&hints.url, &value(&["guid", "id"]), &hints.title]
        .into_iter()
        .find(|key| !key.is_empty())
        .cloned()
        .unwrap_or_default();
    scope.text(&key, text, Envelope { markup: Some(markup), from_feed: true, hints, ..Envelope::default() });
}

/// The fullest of the places where feeds put the text of an item.
fn body(fragment: &str, own: &[&Element]) -> (String, Markup) {
    let mut best = (String::new(), Markup::Plain);
    for element in own {
        let named = matches!(
            element.name.as_str(),
            "encoded" | "content" | "description" | "summary" | "full-text" | "fulltext"
        ) && !matches!(element.prefix.as_str(), "media" | "itunes");
        if !named {
            continue;
        }
        let text = if element.attribute("type").is_some_and(|t| t.contains("xhtml")) {
            fragment[element.inner.0..element.inner.1].to_owned()
        } else {
            element.text.clone()
        };
        if text.trim().len() > best.0.trim().len() {
            let html = has_tags(&text) || element.attribute("type").is_some_and(|t| t.contains("html"));
            best = (text, if html { Markup::Html } else { Markup::Plain });
        }
    }
    best
}

/// The item's own page: an address in `link` or `href`, or a guid that is one.
fn link(own: &[&Element]) -> String {
    let links = own.iter().filter(|e| e.name == "link");
    let href = |e: &&&Element| {
        let alternate = e.attribute("rel").is_none_or(|rel| rel == "alternate");
        let at = if e.text.trim().is_empty() { e.attribute("href").unwrap_or("") } else { e.text.trim() };
        (alternate && !at.is_empty()).then(|| at.to_owned())
    };
    let guid = own.iter().find(|e| e.name == "guid" && e.text.trim().starts_with("http"));
    links
        .into_iter()
        .find_map(|e| href(&e))
        .or_else(|| guid.map(|e| e.text.trim().to_owned()))
        .unwrap_or_default()
}

fn has_tags(text: &str) -> bool {
    tag().is_match(text)
}

fn strip_tags(text: &str) -> String {
    tag().replace_all(text, "").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn tag() -> &'static Regex {
    static TAG: OnceLock<Regex> = OnceLock::new();
    TAG.get_or_init(|| Regex::new(r"</?[A-Za-z][^<>]*>|&#?\w{1,31};").expect("a constant pattern"))
}
