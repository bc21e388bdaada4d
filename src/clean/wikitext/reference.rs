//! References: what stands between `<ref>` tags and in reference templates, as citations numbered in
//! the order of their first marks.

use super::Cleaner;
use super::inline::Inline;
use super::rules::Action;
use super::template::Parameter;
use super::tree::{Kind, Node, tag_end, tag_name};
use crate::clean::page::Mark;
use crate::model::{Citation, Span};
use std::collections::BTreeMap;

#[derive(Default)]
pub(super) struct References<'a> {
    pub citations: Vec<Citation>,
    /// Index of the citation of a name.
    named: BTreeMap<String, usize>,
    /// Where each name is defined.
    defined: BTreeMap<String, &'a Node>,
    /// Places of the references that have become citations.
    taken: Vec<usize>,
}

impl<'a> Cleaner<'a> {
    /// Notes where names are defined, for marks that stand before.
    pub(super) fn collect(&mut self, nodes: &'a [Node]) {
        for node in nodes {
            if self.is_reference(node) && node.inner.start < node.inner.end {
                let name = self.attribute(node, "name");
                if !name.is_empty() {
                    self.references.defined.entry(name).or_insert(node);
                }
            }
            self.collect(&node.children);
        }
    }

    /// Citations for references whose marks stood in what was taken out.
    pub(super) fn unmarked(&mut self, nodes: &'a [Node]) {
        for node in nodes {
            let fresh = !self.references.taken.contains(&node.span.start);
            if self.is_reference(node) && node.inner.start < node.inner.end && fresh {
                let name = self.attribute(node, "name");
                if !self.references.named.contains_key(&name) {
                    self.cite(node, &name);
                }
            }
            self.unmarked(&node.children);
        }
    }

    fn is_reference(&self, node: &Node) -> bool {
        node.kind == Kind::Tag && tag_name(&self.of(node.span)[1..]) == "ref"
    }

    fn attribute(&self, node: &Node, name: &str) -> String {
        let tag = self.of(node.span);
        let tag = &tag[..tag_end(tag).unwrap_or(tag.len())];
        let lower = tag.to_ascii_lowercase();
        let Some(at) = lower.find(&format!("{name}=")).or_else(|| lower.find(&format!("{name} ="))) else {
            return String::new();
        };
        let value = tag[at + name.len()..].trim_start().trim_start_matches('=').trim_start();
        let value = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split(quote).next().unwrap_or(""),
            _ => value.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next().unwrap_or(""),
        };
        value.trim().to_owned()
    }

    pub(super) fn reference(&mut self, node: &'a Node, out: &mut Inline) {
        let name = self.attribute(node, "name");
        let number = match self.references.named.get(&name) {
            Some(&index) if !name.is_empty() => self.references.citations[index].number.clone(),
            _ => self.cite(node, &name),
        };
        self.mark(node.span, number, out);
    }

    fn mark(&mut self, span: Span, number: String, out: &mut Inline) {
        out.marks.push(Mark { at: out.text.text().len(), number });
        self.remove(span, "footnote_marker", "wikitext/reference");
    }

    /// Makes the citation of a reference; its number.
    fn cite(&mut self, node: &'a Node, name: &str) -> String {
        self.references.taken.push(node.span.start);
        let content = if node.inner.start < node.inner.end {
            Some(node)
        } else {
            self.references.defined.get(name).copied()
        };
        let mut citation = match content {
            Some(content) => {
                self.references.taken.push(content.span.start);
                self.citation(content.inner, &content.children)
            }
            None => Citation { cite_error: name.to_owned(), source: node.span, ..Citation::default() },
        };
        citation.number = (self.references.citations.len() + 1).to_string();
        let number = citation.number.clone();
        if !name.is_empty() {
            self.references.named.insert(name.to_owned(), self.references.citations.len());
        }
        self.references.citations.push(citation);
        number
    }

    /// A reference template in the text: a mark where it stands for one, an entry in a list of sources.
    pub(super) fn cited(&mut self, node: &'a Node, out: &mut Inline) {
        let name = self.template_name(node);
        let action = self.rules.action(&name);
        let key =
            if action == Action::ShortCitation { self.of(node.inner).to_owned() } else { String::new() };
        if let Some(&index) = self.references.named.get(&key).filter(|_| !key.is_empty()) {
            let number = self.references.citations[index].number.clone();
            return self.mark(node.span, number, out);
        }
        let mut citation = match action {
            Action::Citation => self.citation(node.span, std::slice::from_ref(node)),
            _ => Citation { text: self.note(node), source: node.span, ..Citation::default() },
        };
        citation.number = (self.references.citations.len() + 1).to_string();
        let number = citation.number.clone();
        if !key.is_empty() {
            self.references.named.insert(key, self.references.citations.len());
        }
        self.references.citations.push(citation);
        self.mark(node.span, number, out);
    }

    fn note(&mut self, node: &'a Node) -> String {
        let parameters = self.parameters(node);
        let shown = parameters
            .iter()
            .filter(|p| p.name.parse::<u32>().is_ok() || matches!(p.name.as_str(), "p" | "pp"));
        let values: Vec<Span> = shown.map(|p| p.value).collect();
        let texts: Vec<String> = values.into_iter().map(|value| self.plain(value, &node.children)).collect();
        texts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// The text of a span, its receipts dropped: what is cited is kept as a citation.
    fn plain(&mut self, span: Span, nodes: &'a [Node]) -> String {
        let (removals, captions) = (self.removals.len(), self.captions.len());
        let inline = self.inline(span, nodes);
        self.removals.truncate(removals);
        self.captions.truncate(captions);
        super::tidy::tidy(inline).text.text().to_owned()
    }

    fn citation(&mut self, span: Span, nodes: &'a [Node]) -> Citation {
        let template = super::within(nodes, span).iter().find(|node| {
            node.kind == Kind::Template && self.rules.action(&self.template_name(node)) == Action::Citation
        });
        match template {
            Some(template) => self.cited_by_template(template, span),
            None => self.cited_in_text(span, nodes),
        }
    }

    fn cited_in_text(&mut self, span: Span, nodes: &'a [Node]) -> Citation {
        let text = self.plain(span, nodes);
        let outer = super::within(nodes, span).iter().find(|node| node.kind == Kind::Outer);
        let (url, title) = match outer {
            Some(node) => {
                let inner = self.of(node.inner);
                let gap = inner.find(char::is_whitespace).unwrap_or(inner.len());
                let label = self.plain(Span::new(node.inner.start + gap, node.inner.end), &node.children);
                (inner[..gap].to_owned(), label)
            }
            None => {
                let bare = text.split_whitespace().find(|word| word.starts_with("http"));
                (bare.unwrap_or("").to_owned(), String::new())
            }
        };
        Citation { title, url, text, source: span, ..Citation::default() }
    }

    fn cited_by_template(&mut self, node: &'a Node, span: Span) -> Citation {
        let parameters = self.parameters(node);
        let rules = self.rules;
        let mut field = |name: &str| {
            let aliases = rules.citations.fields.get(name).map_or(&[][..], |names| names.as_slice());
            let value = aliases.iter().find_map(|alias| {
                parameters.iter().find(|p| &p.name == alias && p.value.start < p.value.end)
            });
            value.map(|p| p.value).map(|value| self.plain(value, &node.children)).unwrap_or_default()
        };
        let (title, publisher, published) = (field("title"), field("publisher"), field("published"));
        let (accessed, archived) = (field("accessed"), field("archived"));
        let (language, url) = (field("language"), field("url"));
        let iso = |date: &str| self.calendar.find(date).map(|stamp| stamp.iso()).unwrap_or_default();
        let (published, accessed, archived) = ((iso(&published), published), iso(&accessed), iso(&archived));
        let authors = self.authors(&parameters, &node.children);
        let parts = [&authors, &title, &publisher, &published.1];
        let text = parts.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(". ");
        Citation {
            title,
            authors,
            publisher,
            published: published.0,
            accessed,
            archived,
            language,
            url,
            text,
            source: span,
            ..Citation::default()
        }
    }

    /// `Last, First; Last, First`.
    fn authors(&mut self, parameters: &[Parameter], nodes: &'a [Node]) -> String {
        let rules = self.rules;
        let names = |kind: &str| rules.citations.fields.get(kind).cloned().unwrap_or_default();
        let (lasts, firsts) = (names("author"), names("first"));
        let mut found = Vec::new();
        for number in 0..20 {
            let mut get = |names: &[String]| {
                let parameter = names.iter().find_map(|name| {
                    let name = if number == 0 { name.clone() } else { format!("{name}{number}") };
                    parameters.iter().find(|p| p.name == name && p.value.start < p.value.end)
                });
                parameter.map(|p| p.value).map(|value| self.plain(value, nodes))
            };
            match (get(&lasts), get(&firsts)) {
                (Some(last), Some(first)) => found.push(format!("{last}, {first}")),
                (Some(last), None) => found.push(last),
                _ => {}
            }
        }
        found.dedup();
        found.join("; ")
    }
}
