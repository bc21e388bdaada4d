//! Fields: which field of a JSON object or a table holds the text of a record, and which its title,
//! address, date and language. Names are compared without case, `_` and `-`.

use crate::model::{Hints, Markup};
use serde_json::{Map, Value};

/// Fields that hold text, best first, with the markup that the name promises.
const TEXT: &[(&str, Option<Markup>)] = &[
    ("text", None),
    ("content", None),
    ("body", None),
    ("html", Some(Markup::Html)),
    ("wikitext", Some(Markup::Wikitext)),
    ("article", None),
    ("articlebody", None),
    ("articletext", None),
    ("fulltext", None),
    ("maintext", None),
    ("pagecontent", None),
    ("rawcontent", None),
    ("rawtext", None),
    ("plaintext", None),
    ("markdown", Some(Markup::Markdown)),
    ("contenthtml", Some(Markup::Html)),
    ("contenttext", Some(Markup::Plain)),
    ("extract", None),
    ("paragraphs", None),
    ("sections", None),
    ("story", None),
    ("*", Some(Markup::Wikitext)),
];
const TITLE: &[&str] = &["title", "headline", "pagetitle", "name", "subject"];
const URL: &[&str] =
    &["url", "link", "canonicalurl", "pageurl", "sourceurl", "originalurl", "permalink", "uri", "href"];
const PUBLISHED: &[&str] = &[
    "published",
    "publishedat",
    "publishdate",
    "publisheddate",
    "datepublished",
    "pubdate",
    "date",
    "datetime",
    "createdat",
    "created",
    "timestamp",
    "time",
];
const LANGUAGE: &[&str] = &["lang", "language", "locale", "languagecode"];
const ID: &[&str] = &["id", "guid", "uuid", "docid", "pageid", "slug"];
/// The text of an object that stands where a string is expected.
const INNER: &[&str] = &["rendered", "value", "#text", "$t", "plain", "text"];
/// Headings, and further places of text, in an article given as sections.
const HEADING: &[&str] = &["sectiontitle", "heading", "header", "title", "name", "headline"];
const PART: &[&str] = &[
    "sectioncontent",
    "sectiontext",
    "sentence",
    "sentences",
    "paragraph",
    "items",
    "children",
    "subsections",
];
const LEAD: &[&str] = &["summary", "lead", "intro", "abstract"];

/// The text of one record and what stands beside it.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub text: String,
    pub markup: Option<Markup>,
    pub hints: Hints,
    pub id: String,
}

impl Found {
    /// What names the record among its fellows.
    pub fn key(&self) -> &str {
        [&self.hints.url, &self.id, &self.hints.title]
            .into_iter()
            .find(|key| !key.is_empty())
            .map_or("", |k| k)
    }
}

fn plain(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).flat_map(char::to_lowercase).collect()
}

/// How good a name is as that of the text field (lower is better), and the markup it promises.
pub(super) fn text_rank(name: &str, own: &[String]) -> Option<(usize, Option<Markup>)> {
    if let Some(at) = own.iter().position(|field| field == name) {
        return Some((at, None));
    }
    let name = plain(name);
    TEXT.iter().position(|(known, _)| *known == name).map(|at| (own.len() + at, TEXT[at].1))
}

/// Puts a field where it belongs, if it says something that is not yet known.
pub(super) fn describe(name: &str, value: &str, found: &mut Found) {
    let name = plain(name);
    let slots: [(&[&str], &mut String); 5] = [
        (TITLE, &mut found.hints.title),
        (URL, &mut found.hints.url),
        (PUBLISHED, &mut found.hints.published),
        (LANGUAGE, &mut found.hints.language),
        (ID, &mut found.id),
    ];
    for (names, slot) in slots {
        if slot.is_empty() && names.contains(&name.as_str()) && value.len() < 4096 {
            *slot = value.trim().to_owned();
        }
    }
}

/// Whether a JSON value is itself a record, and not only the holder of some.
pub(super) fn is_record(value: &Value, own: &[String]) -> bool {
    value.as_object().is_some_and(|map| text_of(map, own).is_some())
}

/// All records in a JSON value, in its order. What an object says of itself holds for the records
/// inside it too, where they say nothing.
pub(super) fn records(value: &Value, own: &[String], sink: &mut dyn FnMut(Found)) {
    walk(value, own, &Found::default(), sink);
}

fn walk(value: &Value, own: &[String], outer: &Found, sink: &mut dyn FnMut(Found)) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| walk(item, own, outer, sink)),
        Value::Object(map) => {
            let mut found = Found::default();
            for (name, value) in map {
                if let Some(said) = scalar(value) {
                    describe(name, &said, &mut found);
                }
            }
            inherit(&mut found, outer);
            match text_of(map, own) {
                Some((text, markup)) => sink(Found { text, markup, ..found }),
                None => map
                    .values()
                    .filter(|v| v.is_object() || v.is_array())
                    .for_each(|v| walk(v, own, &found, sink)),
            }
        }
        _ => {}
    }
}

fn inherit(found: &mut Found, outer: &Found) {
    let pairs = [
        (&mut found.hints.title, &outer.hints.title),
        (&mut found.hints.url, &outer.hints.url),
        (&mut found.hints.published, &outer.hints.published),
        (&mut found.hints.language, &outer.hints.language),
    ];
    for (slot, outer) in pairs {
        if slot.is_empty() {
            slot.clone_from(outer);
        }
    }
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.as_i64().map_or_else(|| number.to_string(), |n| n.to_string())),
        Value::Object(map) => INNER.iter().find_map(|key| map.get(*key)?.as_str().map(str::to_owned)),
        _ => None,
    }
}

fn text_of(map: &Map<String, Value>, own: &[String]) -> Option<(String, Option<Markup>)> {
    let mut fields: Vec<_> =
        map.iter().filter_map(|(name, value)| Some((text_rank(name, own)?, value))).collect();
    fields.sort_by_key(|((rank, _), _)| *rank);
    for ((_, markup), value) in fields {
        match value {
            Value::String(text) if !text.trim().is_empty() => return Some((text.clone(), markup)),
            Value::Object(_) => {
                if let Some(text) = scalar(value).filter(|text| !text.trim().is_empty()) {
                    return Some((text, markup));
                }
            }
            Value::Array(items) if !is_list_of_records(items) => {
                let mut text = String::new();
                let lead = map.iter().filter(|(name, _)| LEAD.contains(&plain(name).as_str()));
                lead.for_each(|(_, value)| sections(value, 1, &mut text));
                sections(value, 1, &mut text);
                if !text.is_empty() {
                    let structured = items.iter().any(Value::is_object);
                    return Some((text, if structured { Some(Markup::Markdown) } else { markup }));
                }
            }
            _ => {}
        }
    }
    None
}

/// Items that have addresses or names of their own are records, not sections.
fn is_list_of_records(items: &[Value]) -> bool {
    let of_record = |item: &Value| {
        item.as_object().is_some_and(|map| {
            map.keys().any(|name| {
                let name = plain(name);
                URL.contains(&name.as_str()) || ID.contains(&name.as_str())
            })
        })
    };
    !items.is_empty() && items.iter().all(of_record)
}

/// An article given as nested sections, as Markdown: each string a paragraph, each title a heading.
fn sections(value: &Value, level: usize, into: &mut String) {
    match value {
        Value::String(text) => paragraph(text, into),
        Value::Array(items) => items.iter().for_each(|item| sections(item, level, into)),
        Value::Object(map) => {
            let title = map.iter().find(|(name, _)| HEADING.contains(&plain(name).as_str()));
            if let Some(heading) =
                title.and_then(|(_, value)| value.as_str()).filter(|h| !h.trim().is_empty())
            {
                paragraph(&format!("{} {}", "#".repeat((level + 1).min(6)), heading.trim()), into);
            }
            for (name, value) in map {
                let known = plain(name);
                if PART.contains(&known.as_str()) || text_rank(name, &[]).is_some() {
                    sections(value, level + 1, into);
                }
            }
        }
        _ => {}
    }
}

fn paragraph(text: &str, into: &mut String) {
    let text = text.trim();
    if !text.is_empty() {
        if !into.is_empty() {
            into.push_str("\n\n");
        }
        into.push_str(text);
    }
}
