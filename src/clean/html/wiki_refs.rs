//! Reference lists of MediaWiki pages: an entry a list item, tied to the markers that link to it.

use super::element::Tag;
use super::entity;
use super::tree::{Kind, NodeId, Tree};
use super::verdict::Verdict;
use super::wiki_names::WikiNames;
use crate::clean::{self, citations};
use crate::model::{Citation, Span};
use std::collections::{BTreeMap, HashMap};

/// Entries of all reference lists, and for each marker the number of its entry.
pub fn read(
    tree: &Tree<'_>,
    rules: &clean::Rules,
    verdicts: &[Verdict],
) -> (Vec<Citation>, BTreeMap<NodeId, String>) {
    let markers = markers(tree, &rules.html.mediawiki, verdicts);
    let mut label_of: HashMap<&str, &str> = HashMap::new();
    for marker in &markers {
        label_of.entry(marker.target.as_str()).or_insert(&marker.label);
    }
    let mut citations = Vec::new();
    let mut number_of: HashMap<String, String> = HashMap::new();
    let mut counted: HashMap<NodeId, usize> = HashMap::new();
    let mut until = 0;
    for (id, node) in tree.nodes.iter().enumerate() {
        let is_entry = node.tag == Tag::Li && id >= until && verdicts[id] == Verdict::ReferenceList;
        if !is_entry {
            continue;
        }
        until = node.end;
        let anchor = tree.attribute(id, "id").unwrap_or_default().into_owned();
        let numbered = tree.nodes[node.parent].tag == Tag::Ol;
        let count = counted.entry(node.parent).or_default();
        *count += 1;
        let number = match label_of.get(anchor.as_str()) {
            Some(label) => (*label).to_owned(),
            None if numbered => count.to_string(),
            None => String::new(),
        };
        number_of.insert(anchor, number.clone());
        citations.extend(entry(tree, rules, id, number));
    }
    let number =
        |marker: &Marker| number_of.get(&marker.target).cloned().unwrap_or_else(|| marker.label.clone());
    let marks = markers.iter().map(|marker| (marker.id, number(marker))).collect();
    (citations, marks)
}

struct Marker {
    id: NodeId,
    /// The id of the entry it links to.
    target: String,
    /// As printed, without brackets.
    label: String,
}

fn markers(tree: &Tree<'_>, rules: &WikiNames, verdicts: &[Verdict]) -> Vec<Marker> {
    let mut markers = Vec::new();
    let mut until = 0;
    for (id, node) in tree.nodes.iter().enumerate() {
        let outermost = node.kind == Kind::Element && id >= until && verdicts[id] == Verdict::FootnoteMarker;
        if !outermost || !rules.is(&rules.markers, tree, id) {
            continue;
        }
        until = node.end;
        let link = tree.find(id, |at| tree.nodes[at].tag == Tag::A);
        let href = link.and_then(|link| tree.attribute(link, "href")).unwrap_or_default();
        let target = href.split_once('#').map_or("", |(_, target)| target);
        let label = tree.text(id);
        let label = label.trim_matches(|c: char| c.is_whitespace() || matches!(c, '[' | ']')).to_owned();
        if !label.is_empty() {
            markers.push(Marker { id, target: percent_decoded(target), label });
        }
    }
    markers
}

/// One entry of a reference list; none where it is empty.
fn entry(tree: &Tree<'_>, rules: &clean::Rules, item: NodeId, number: String) -> Option<Citation> {
    let names = &rules.html.mediawiki;
    let mut text = String::new();
    let mut source: Option<Span> = None;
    let mut url = String::new();
    let mut until = item + 1;
    for id in tree.below(item) {
        let node = &tree.nodes[id];
        if id < until {
            continue;
        }
        match node.kind {
            Kind::Element if node.tag == Tag::Style || names.is(&names.backlinks, tree, id) => {
                until = node.end
            }
            Kind::Element if node.tag == Tag::A && url.is_empty() && tree.has_class(id, "external") => {
                let href = tree.attribute(id, "href").unwrap_or_default();
                url = if href.starts_with("//") { format!("https:{href}") } else { href.into_owned() };
            }
            Kind::Text => {
                text.push_str(&entity::decode(node.span.of(tree.source), false));
                source = Some(Span::new(source.map_or(node.span.start, |span| span.start), node.span.end));
            }
            _ => {}
        }
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = text.trim_start_matches(['^', '↑', ' ']).to_owned();
    if text.is_empty() {
        return None;
    }
    let mut citation = citations::parse(&text, &number, source.unwrap_or_default(), &rules.citations);
    if !url.is_empty() {
        citation.url = url;
    }
    coins(tree, item, rules, &mut citation);
    Some(citation)
}

/// Fields of the machine-readable record (COinS) that citation templates add to an entry; they are
/// surer than what the text of the entry is read as.
fn coins(tree: &Tree<'_>, item: NodeId, rules: &clean::Rules, citation: &mut Citation) {
    let Some(record) = tree.find(item, |id| tree.has_class(id, "Z3988")) else { return };
    let fields = tree.attribute(record, "title").unwrap_or_default();
    let mut values: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (key, value) in fields.split('&').filter_map(|field| field.split_once('=')) {
        let value = percent_decoded(&value.replace('+', " "));
        let value = entity::decode(&value, false).into_owned();
        let of_key = values.entry(key).or_default();
        if !value.is_empty() && !of_key.contains(&value) {
            of_key.push(value);
        }
    }
    let first = |keys: &[&str]| keys.iter().find_map(|key| values.get(key)?.first().cloned());
    let set = |slot: &mut String, value: Option<String>| {
        if let Some(value) = value {
            *slot = value;
        }
    };
    set(&mut citation.title, first(&["rft.atitle", "rft.btitle", "rft.title"]));
    set(&mut citation.publisher, first(&["rft.pub", "rft.jtitle"]));
    set(&mut citation.authors, values.get("rft.au").map(|authors| authors.join("; ")));
    set(&mut citation.url, first(&["rft_id"]).filter(|url| url.starts_with("http")));
    if citation.published.is_empty() {
        let date = first(&["rft.date"]).and_then(|date| rules.citations.calendar.find(&date));
        set(&mut citation.published, date.map(|date| date.iso()));
    }
}

/// A text with its `%XX` read; what isn't UTF-8 then stays as it was.
fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}
