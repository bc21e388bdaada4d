//! MediaWiki exports: the current revision of each page, as wikitext.
//!
//! Dumps with full histories hold gigabytes for one page, so revisions are cut out of the stream one
//! by one and only the latest is kept. Redirects and pages outside the content namespaces are counted.

use super::input::Input;
use super::record::Envelope;
use super::scope::Scope;
use super::xml::{self, Element};
use crate::model::{Hints, Language, Markup, Severity};
use crate::text::language;
use std::io::BufRead;

/// Namespaces whose pages are written for readers: articles, project pages, portals, drafts.
const CONTENT: &[i64] = &[0, 4, 100, 118];
const HEAD_LIMIT: usize = 1 << 20;

#[derive(Default)]
struct Site {
    /// Address before the title.
    base: String,
    language: String,
}

pub(super) fn read(mut input: Input, scope: &mut Scope) {
    let mut head = Vec::new();
    let started = input.take_through(b"<page>", HEAD_LIMIT, &mut head);
    let site = site(&scope.string(head));
    if !started {
        scope.tell(Severity::Error, "no-page", 0, "the export holds no page".to_owned());
        return;
    }
    let limit = scope.limits().record_bytes as usize;
    loop {
        let start = input.offset;
        let (fragment, complete) = page(&mut input, limit);
        if !complete {
            let message = if fragment.len() >= limit {
                format!("a page is too long; {}", super::RAISE)
            } else {
                "the last page is cut off".to_owned()
            };
            scope.tell(Severity::Error, "truncated-page", start, message);
        }
        let fragment = scope.string(fragment);
        emit(&fragment, &site, start, scope);
        let mut between = Vec::new();
        if !input.take_through(b"<page>", HEAD_LIMIT, &mut between) {
            return;
        }
    }
}

/// The head of the page and its latest revision, which is the last one of an export.
fn page(input: &mut Input, limit: usize) -> (Vec<u8>, bool) {
    let mut fragment = Vec::new();
    loop {
        let head = memchr::memmem::find(&fragment, b"<revision").unwrap_or(fragment.len());
        let mut revision = Vec::new();
        let found = input.take_through_first(&end_of_part, "</revision>".len(), limit, &mut revision);
        if found && revision.ends_with(b"</page>") {
            // No revision follows in this page.
            fragment.append(&mut revision);
            return (fragment, true);
        }
        if !revision.is_empty() {
            fragment.truncate(head);
            fragment.append(&mut revision);
        }
        if !found {
            return (fragment, false);
        }
        while input.peek(1).first().is_some_and(u8::is_ascii_whitespace) {
            input.consume(1);
        }
        if input.peek(9) != b"<revision" {
            let complete = input.peek(7) == b"</page>";
            return (fragment, complete);
        }
    }
}

/// Where the next revision or page ends.
fn end_of_part(window: &[u8]) -> Option<usize> {
    memchr::memmem::find_iter(window, b"</").find_map(|at| {
        let ends = [&b"</revision>"[..], b"</page>"].into_iter().find(|end| window[at..].starts_with(end));
        ends.map(|end| at + end.len())
    })
}

fn site(head: &str) -> Site {
    let (elements, _) = xml::elements(head);
    let base = elements.iter().find(|e| e.name == "base").map_or("", |e| e.text.trim());
    Site {
        base: base.rfind('/').map_or("", |slash| &base[..=slash]).to_owned(),
        language: elements
            .iter()
            .find(|e| e.name == "mediawiki")
            .and_then(|e| e.attribute("xml:lang"))
            .unwrap_or("")
            .to_owned(),
    }
}

fn emit(fragment: &str, site: &Site, start: u64, scope: &mut Scope) {
    let (elements, error) = xml::elements(fragment);
    let first = |name: &str| elements.iter().find(|e| e.name == name);
    let value = |name: &str| first(name).map_or("", |e| e.text.trim());
    let title = value("title").to_owned();
    if let Some(error) = error {
        scope.tell(Severity::Warning, "bad-xml", start, format!("page {title:?}: {error}"));
    }
    let namespace: i64 = value("ns").parse().unwrap_or(0);
    if !CONTENT.contains(&namespace) {
        return scope.skip(format!("pages of namespace {namespace}"));
    }
    let model = value("model");
    if !matches!(model, "" | "wikitext") {
        return scope.skip(format!("pages of content model {model}"));
    }
    if let Some(target) = first("redirect") {
        let target = target.attribute("title").unwrap_or("");
        scope.tell(Severity::Info, "redirect", start, format!("{title} redirects to {target}"));
        return;
    }
    let Some(text) = elements.iter().rev().find(|e| e.name == "text") else {
        return scope.skip("pages without text");
    };
    scope.text(&title, text.text.clone(), envelope(&title, text, site));
}

fn envelope(title: &str, text: &Element, site: &Site) -> Envelope {
    // Exports are made from files of another wiki: the address is believed where the language fits.
    let written = language::detect(&text.text);
    let declared = language::of_declared(&site.language);
    let fits =
        written == Language::Und || declared == written || (declared.is_chinese() && written.is_chinese());
    let url = if fits && !site.base.is_empty() {
        format!("{}{}", site.base, title.replace(' ', "_"))
    } else {
        String::new()
    };
    let hints =
        Hints { url, title: title.to_owned(), published: String::new(), language: site.language.clone() };
    Envelope { markup: Some(Markup::Wikitext), hints, ..Envelope::default() }
}
