//! What a page says of itself: title, author, date, site, address and language, each with the
//! source it was taken from.
//!
//! Sources are tried in the order of their trustworthiness: JSON-LD, OpenGraph and its like, plain
//! meta elements, then what stands on the page. Who said it is told by a diagnostic.

use super::element::Tag;
use super::entity;
use super::tree::{Kind, NodeId, Tree};
use crate::model::{Decoded, Diagnostic, Severity};
use serde_json::Value;

/// Characters that a heading must have to be the title where the title only opens with it.
const OPENING: usize = 10;

/// Metadata of a page; empty where it says nothing.
#[derive(Debug, Default)]
pub struct Metadata {
    pub title: String,
    pub url: String,
    pub published: String,
    pub language: String,
    pub author: String,
    pub site: String,
    /// Names the source of each field.
    pub diagnostics: Vec<Diagnostic>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Title,
    Url,
    Published,
    Language,
    Author,
    Site,
}

impl Field {
    fn name(self) -> &'static str {
        match self {
            Field::Title => "title",
            Field::Url => "url",
            Field::Published => "published",
            Field::Language => "language",
            Field::Author => "author",
            Field::Site => "site",
        }
    }
}

/// `name`, `property` or `itemprop` of a meta element, what it tells, and how far to trust it: the
/// lower, the further.
const METAS: &[(&str, Field, u8)] = &[
    ("og:title", Field::Title, 2),
    ("twitter:title", Field::Title, 3),
    ("dc.title", Field::Title, 3),
    ("dcterms.title", Field::Title, 3),
    ("headline", Field::Title, 3),
    ("articletitle", Field::Title, 3),
    ("og:url", Field::Url, 3),
    ("article:published_time", Field::Published, 2),
    ("og:article:published_time", Field::Published, 2),
    ("og:published_time", Field::Published, 2),
    ("datepublished", Field::Published, 2),
    ("parsely-pub-date", Field::Published, 3),
    ("sailthru.date", Field::Published, 3),
    ("dc.date.issued", Field::Published, 3),
    ("dcterms.created", Field::Published, 4),
    ("dc.date", Field::Published, 4),
    ("pubdate", Field::Published, 3),
    ("publishdate", Field::Published, 3),
    ("publish_date", Field::Published, 3),
    ("publication_date", Field::Published, 3),
    ("article.published", Field::Published, 3),
    ("citation_publication_date", Field::Published, 3),
    ("citation_date", Field::Published, 3),
    ("date", Field::Published, 5),
    ("author", Field::Author, 3),
    ("article:author", Field::Author, 4),
    ("dc.creator", Field::Author, 3),
    ("parsely-author", Field::Author, 3),
    ("sailthru.author", Field::Author, 3),
    ("citation_author", Field::Author, 3),
    ("og:site_name", Field::Site, 2),
    ("application-name", Field::Site, 4),
    ("publisher", Field::Site, 4),
    ("dc.publisher", Field::Site, 4),
    ("source", Field::Site, 5),
    ("og:locale", Field::Language, 4),
    ("content-language", Field::Language, 3),
    ("dc.language", Field::Language, 3),
    ("language", Field::Language, 4),
];

/// A value, the trust in it, its source and where that stands.
struct Candidate {
    value: String,
    trust: u8,
    from: String,
    at: usize,
}

struct Reader<'t, 'a> {
    tree: &'t Tree<'a>,
    found: Vec<(Field, Candidate)>,
    /// Content of the title element.
    whole_title: String,
    /// Text of the first-level headings.
    headings: Vec<String>,
}

impl Metadata {
    pub fn read(tree: &Tree<'_>, decoded: &Decoded) -> Metadata {
        let mut reader = Reader { tree, found: Vec::new(), whole_title: String::new(), headings: Vec::new() };
        reader.read_elements();
        let hints = &decoded.hints;
        for (field, value) in [
            (Field::Url, &hints.url),
            (Field::Title, &hints.title),
            (Field::Published, &hints.published),
            (Field::Language, &hints.language),
        ] {
            reader.offer(field, value.clone(), if field == Field::Url { 1 } else { 8 }, "container", 0);
        }
        reader.finish()
    }
}

impl Metadata {
    /// Sets the date of publication to that of a line on the page.
    pub fn set_published(&mut self, line: String, at: usize) {
        self.published.clone_from(&line);
        self.note(
            Field::Published,
            &Candidate { value: line, trust: u8::MAX, from: "date line".to_owned(), at },
        );
    }

    fn note(&mut self, field: Field, candidate: &Candidate) {
        self.diagnostics.push(Diagnostic {
            source_start: candidate.at,
            severity: Severity::Info,
            code: "page-metadata",
            message: format!("{} from {}", field.name(), candidate.from),
            excerpt: candidate.value.chars().take(120).collect(),
        });
    }
}

/// Whether a title is `heading` with something added behind a dash, a bar or the like.
fn opens_with(title: &str, heading: &str) -> bool {
    title.strip_prefix(heading).is_some_and(|rest| !rest.trim_start().starts_with(char::is_alphanumeric))
}

/// A title without the name of the site that software puts after it.
pub fn without_site(title: &str) -> String {
    let end = [" - ", " — ", " – ", " | ", "_", " :: ", " » ", " · ", "--"]
        .iter()
        .filter_map(|mark| title.rfind(mark))
        .max();
    let short = end.map_or(title, |end| title[..end].trim_end());
    if short.len() * 3 >= title.len() { short.to_owned() } else { title.to_owned() }
}

impl Reader<'_, '_> {
    fn offer(&mut self, field: Field, value: String, trust: u8, from: &str, at: usize) {
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        let value = if value.contains('&') && field != Field::Url {
            entity::decode(&value, false).into_owned()
        } else {
            value
        };
        if !value.is_empty() && fits(field, &value) {
            self.found.push((field, Candidate { value, trust, from: from.to_owned(), at }));
        }
    }

    fn read_elements(&mut self) {
        for id in 1..self.tree.nodes.len() {
            let node = &self.tree.nodes[id];
            if node.kind != Kind::Element {
                continue;
            }
            let at = node.span.start;
            match node.tag {
                Tag::Html => {
                    let language = self.attribute(id, "lang").or_else(|| self.attribute(id, "xml:lang"));
                    self.offer(Field::Language, language.unwrap_or_default(), 2, "html lang", at);
                }
                Tag::Title => {
                    let title = self.tree.raw_text(id);
                    self.whole_title.clone_from(&title);
                    self.offer(Field::Title, without_site(&title), 6, "title element", at);
                }
                Tag::Meta => self.read_meta(id),
                Tag::Link if self.tree.raw_attribute(id, "rel") == Some("canonical") => {
                    let url = self.attribute(id, "href").unwrap_or_default();
                    self.offer(Field::Url, url, 2, "canonical link", at);
                }
                Tag::Script if self.attribute(id, "type").is_some_and(|kind| kind.contains("ld+json")) => {
                    self.read_json(id)
                }
                Tag::Time => self.read_time(id),
                Tag::H1 => {
                    // A heading that the title begins with is the title without the site's name.
                    let title = self.tree.text(id);
                    let sure = title.chars().count() >= 4 && opens_with(&self.whole_title, &title);
                    self.headings.push(title.clone());
                    self.offer(Field::Title, title, if sure { 5 } else { 7 }, "first heading", at);
                }
                _ => {}
            }
        }
    }

    fn attribute(&self, id: NodeId, name: &str) -> Option<String> {
        self.tree.attribute(id, name).map(|value| value.trim().to_owned())
    }

    fn read_meta(&mut self, id: NodeId) {
        let Some(content) = self.attribute(id, "content") else { return };
        for key in ["property", "name", "itemprop", "http-equiv"] {
            let Some(name) = self.attribute(id, key) else { continue };
            let name = name.to_lowercase();
            if let Some(&(_, field, trust)) = METAS.iter().find(|(known, ..)| *known == name) {
                let at = self.tree.nodes[id].span.start;
                self.offer(field, content.clone(), trust, &format!("meta {name}"), at);
            }
        }
    }

    /// A time element marked as the date of publication, or the first on the page.
    fn read_time(&mut self, id: NodeId) {
        let Some(value) = self.attribute(id, "datetime") else { return };
        let marked = self.tree.raw_attribute(id, "itemprop") == Some("datePublished")
            || self.tree.raw_attribute(id, "pubdate").is_some()
            || self.tree.classes(id).any(|class| class.contains("published"));
        let at = self.tree.nodes[id].span.start;
        self.offer(Field::Published, value, if marked { 4 } else { 6 }, "time element", at);
    }

    fn read_json(&mut self, id: NodeId) {
        let Some(raw) = self.tree.below(id).next() else { return };
        let span = self.tree.nodes[raw].span;
        if let Ok(value) = serde_json::from_str::<Value>(span.of(self.tree.source).trim()) {
            self.read_ld(&value, span.start, 0);
        }
    }

    fn read_ld(&mut self, value: &Value, at: usize, depth: usize) {
        match value {
            Value::Array(items) if depth < 4 => {
                items.iter().for_each(|item| self.read_ld(item, at, depth + 1))
            }
            Value::Object(object) => {
                if let Some(graph) = object.get("@graph") {
                    self.read_ld(graph, at, depth + 1);
                }
                let kind = match object.get("@type") {
                    Some(Value::Array(kinds)) => {
                        kinds.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" ")
                    }
                    Some(Value::String(kind)) => kind.clone(),
                    _ => String::new(),
                };
                let is_article =
                    ["Article", "BlogPosting", "Report", "Posting"].iter().any(|end| kind.contains(end));
                if is_article {
                    let text = |key: &str| object.get(key).and_then(Value::as_str).unwrap_or("").to_owned();
                    self.offer(Field::Title, text("headline"), 1, "json-ld headline", at);
                    self.offer(Field::Published, text("datePublished"), 1, "json-ld datePublished", at);
                    self.offer(Field::Language, text("inLanguage"), 3, "json-ld inLanguage", at);
                    self.offer(Field::Author, names(object.get("author")), 1, "json-ld author", at);
                    self.offer(Field::Site, names(object.get("publisher")), 1, "json-ld publisher", at);
                } else if kind == "WebPage" {
                    let date = object.get("datePublished").and_then(Value::as_str).unwrap_or("");
                    self.offer(Field::Published, date.to_owned(), 3, "json-ld datePublished", at);
                }
            }
            _ => {}
        }
    }

    /// A title without the name of the site or the section: a heading of the page that makes up
    /// most of it, where there is one.
    fn without_additions(&self, title: &str) -> String {
        let opens = |heading: &&String| heading.chars().count() >= OPENING && opens_with(title, heading);
        let most = |heading: &&String| {
            heading.chars().count() * 2 >= title.chars().count() && title.contains(heading.as_str())
        };
        let heading = self.headings.iter().find(|heading| opens(heading) || most(heading));
        let bar = title.rfind(" | ").map_or(title, |bar| &title[..bar]);
        heading.cloned().unwrap_or_else(|| bar.trim().to_owned())
    }

    fn finish(self) -> Metadata {
        let mut metadata = Metadata::default();
        for field in [Field::Title, Field::Url, Field::Published, Field::Language, Field::Author, Field::Site]
        {
            let best = self
                .found
                .iter()
                .filter(|(found, _)| *found == field)
                .min_by_key(|(_, candidate)| candidate.trust);
            let Some((_, best)) = best else { continue };
            let slot = match field {
                Field::Title => &mut metadata.title,
                Field::Url => &mut metadata.url,
                Field::Published => &mut metadata.published,
                Field::Language => &mut metadata.language,
                Field::Author => &mut metadata.author,
                Field::Site => &mut metadata.site,
            };
            slot.clone_from(&best.value);
            if field == Field::Title {
                metadata.title = self.without_additions(&best.value);
            }
            metadata.note(field, best);
        }
        metadata
    }
}

/// Whether a value can be one of its field at all.
fn fits(field: Field, value: &str) -> bool {
    match field {
        Field::Published => value.chars().filter(char::is_ascii_digit).count() >= 4,
        Field::Url => value.contains("://") || value.starts_with("//"),
        Field::Language => is_language(value),
        Field::Author => !value.contains("://"),
        _ => true,
    }
}

/// Whether a value has the form of a language code: `en`, `zh-Hans`, `pt_BR`.
fn is_language(value: &str) -> bool {
    let mut parts = value.split(['-', '_']);
    let first = parts.next().unwrap_or("");
    (2..=3).contains(&first.len())
        && first != "utf"
        && first.bytes().all(|b| b.is_ascii_alphabetic())
        && parts.all(|part| part.len() <= 8 && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// The names of a person, an organisation or a list of them.
fn names(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(name)) => name.clone(),
        Some(Value::Object(object)) => object.get("name").and_then(Value::as_str).unwrap_or("").to_owned(),
        Some(Value::Array(items)) => items
            .iter()
            .map(|item| names(Some(item)))
            .filter(|name| !name.is_empty())
            .collect::<Vec<_>>()
            .join("; "),
        _ => String::new(),
    }
}
