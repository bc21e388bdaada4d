//! Inline text: links to their labels, formatting marks and tags taken off, entities read.

use super::tree::{Kind, Node, tag_end, tag_name};
use super::{Cleaner, within};
use crate::clean::html::entity;
use crate::clean::page::{Mapped, Mark};
use crate::model::Span;

/// A run of text with the footnote marks in it.
#[derive(Debug, Clone, Default)]
pub(super) struct Inline {
    pub text: Mapped,
    pub marks: Vec<Mark>,
}

impl Inline {
    pub fn append(&mut self, other: Inline) {
        let at = self.text.text().len();
        self.text.append(&other.text);
        self.marks.extend(other.marks.into_iter().map(|mark| Mark { at: at + mark.at, ..mark }));
    }

    pub fn is_blank(&self) -> bool {
        self.text.text().trim().is_empty()
    }
}

/// Tags that start a new line of text.
const BREAKS: &[&str] = &[
    "p", "div", "li", "ul", "ol", "tr", "td", "th", "table", "dd", "dt", "dl", "h1", "h2", "h3", "h4", "hr",
    "caption",
];

impl<'a> Cleaner<'a> {
    /// The text of a span with its nodes, on one line.
    pub(super) fn inline(&mut self, span: Span, nodes: &'a [Node]) -> Inline {
        let mut out = Inline::default();
        let mut at = span.start;
        for node in within(nodes, span) {
            if node.span.start < at {
                continue;
            }
            self.run(Span::new(at, node.span.start), &mut out);
            self.node(node, &mut out);
            at = node.span.end.min(span.end).max(at);
        }
        self.run(Span::new(at, span.end), &mut out);
        out
    }

    /// Text between nodes: marks and tags off, entities read. Line breaks are kept.
    pub(super) fn run(&mut self, span: Span, out: &mut Inline) {
        let text = self.of(span);
        let mut at = 0;
        let mut kept = 0;
        while at < text.len() {
            let Some(next) = text.as_bytes()[at..]
                .iter()
                .position(|b| matches!(b, b'\'' | b'&' | b'<' | b'_' | b'[' | b']' | b'{' | b'}'))
            else {
                break;
            };
            at += next;
            let (length, shown): (usize, Option<String>) = special(&text[at..]);
            if length == 0 {
                at += 1;
                continue;
            }
            out.text.push(&text[kept..at], Span::new(span.start + kept, span.start + at));
            let source = Span::new(span.start + at, span.start + at + length);
            match shown {
                Some(shown) => out.text.push(&shown, source),
                None if text[at..].starts_with('<') || text[at..].starts_with('_') => {
                    self.remove(source, "markup", "wikitext/tag");
                }
                None => {}
            }
            at += length;
            kept = at;
        }
        out.text.push(&text[kept..], Span::new(span.start + kept, span.end));
    }

    pub(super) fn node(&mut self, node: &'a Node, out: &mut Inline) {
        match node.kind {
            Kind::Comment => self.remove(node.span, "comment", "wikitext/comment"),
            Kind::Parameter => self.remove(node.span, "template", "wikitext/parameter"),
            Kind::Template => self.template(node, out),
            Kind::Link => self.link(node, out),
            Kind::Outer => self.outer_link(node, out),
            Kind::Variant => self.variant(node, out),
            Kind::Table => {
                let cells = self.cells(node);
                cells.into_iter().for_each(|cell| {
                    out.append(cell);
                    out.text.push_made("\n", node.span.end);
                });
            }
            Kind::Tag => self.tag(node, out),
            Kind::Raw => self.raw(node, out),
        }
    }

    fn raw(&mut self, node: &Node, out: &mut Inline) {
        let name = tag_name(&self.of(node.span)[1..]);
        match name.as_str() {
            "nowiki" | "pre" | "code" => out.text.push(self.of(node.inner), node.inner),
            "math" | "chem" => self.remove(node.span, "formula", "wikitext/tag"),
            _ => self.remove(node.span, "markup", "wikitext/tag"),
        }
    }

    fn tag(&mut self, node: &'a Node, out: &mut Inline) {
        let name = tag_name(&self.of(node.span)[1..]);
        match name.as_str() {
            "ref" => self.reference(node, out),
            "references" => self.remove(node.span, "reference_list", "wikitext/references"),
            "blockquote" | "poem" => {
                let inner = self.inline(node.inner, &node.children);
                out.text.push_made("\n", node.span.start);
                out.append(inner);
                out.text.push_made("\n", node.span.end);
            }
            "gallery" | "imagemap" => self.gallery(node),
            _ => {}
        }
    }

    /// Lines of a gallery: `File:name|caption`.
    fn gallery(&mut self, node: &'a Node) {
        let mut start = node.inner.start;
        for line in self.of(node.inner).split_inclusive('\n') {
            let span = Span::new(start, start + line.trim_end().len());
            start += line.len();
            if let Some(pipe) = line.find('|').filter(|&pipe| pipe < span.end - span.start) {
                let caption = self.inline(Span::new(span.start + pipe + 1, span.end), &node.children);
                self.captions.push(caption);
            }
        }
        self.remove(node.span, "media", "wikitext/gallery");
    }

    fn link(&mut self, node: &'a Node, out: &mut Inline) {
        let first = node.pipes.first().copied().unwrap_or(node.inner.end);
        let target = self.of(Span::new(node.inner.start, first));
        let prefix = target.split_once(':').map(|(prefix, _)| prefix.trim().to_lowercase());
        match prefix.as_deref() {
            Some(prefix) if self.rules.namespaces.file.iter().any(|name| name == prefix) => self.media(node),
            Some(prefix) if self.rules.namespaces.category.iter().any(|name| name == prefix) => {
                self.remove(node.span, "category", "wikitext/category");
            }
            Some(prefix) if is_language(prefix) && node.pipes.is_empty() => {
                self.remove(node.span, "interlanguage", "wikitext/interlanguage");
            }
            _ => {
                let label = match node.pipes.first() {
                    Some(&pipe) => Span::new(pipe + 1, node.inner.end),
                    None => node.inner,
                };
                let shown = self.of(label);
                if shown.trim().is_empty() {
                    // The pipe trick: the label is the target without its bracket.
                    let length = target.find([',', '(']).unwrap_or(target.len());
                    let bare = target[..length].trim_end();
                    out.text.push(bare, Span::new(node.inner.start, node.inner.start + bare.len()));
                } else {
                    let skip = usize::from(node.pipes.is_empty() && shown.starts_with(':'));
                    let inner = self.inline(Span::new(label.start + skip, label.end), &node.children);
                    out.append(inner);
                }
            }
        }
    }

    /// A picture: its caption is the last parameter that is no option.
    fn media(&mut self, node: &'a Node) {
        let mut ends = node.pipes.iter().skip(1).copied().chain([node.inner.end]);
        let parts: Vec<Span> = node
            .pipes
            .iter()
            .map(|&pipe| Span::new(pipe + 1, ends.next().unwrap_or(node.inner.end)))
            .collect();
        let caption = parts.last().copied().filter(|&part| !self.rules.is_media_option(self.of(part)));
        if let Some(caption) = caption {
            let caption = self.inline(caption, &node.children);
            self.captions.push(caption);
        }
        self.remove(node.span, "media", "wikitext/media");
    }

    fn outer_link(&mut self, node: &'a Node, out: &mut Inline) {
        let inner = self.of(node.inner);
        match inner.find(char::is_whitespace) {
            Some(gap) if !inner[gap..].trim().is_empty() => {
                let label =
                    self.inline(Span::new(node.inner.start + gap + 1, node.inner.end), &node.children);
                out.append(label);
            }
            _ => self.remove(node.span, "link", "wikitext/outer-link"),
        }
    }
}

/// Length of what starts here and what it shows: nothing for formatting, a character for an entity.
fn special(text: &str) -> (usize, Option<String>) {
    match text.as_bytes()[0] {
        b'\'' => {
            let run = text.bytes().take_while(|&byte| byte == b'\'').count();
            match run {
                1 => (0, None),
                4 => (4, Some("'".to_owned())),
                6.. => (run, Some("'".repeat(run - 5))),
                _ => (run, None),
            }
        }
        b'&' => match entity::reference(text, false) {
            Some((shown, length)) => (length, Some(shown.replace('\u{A0}', " "))),
            None => (0, None),
        },
        b'_' => {
            let word = text.strip_prefix("__").map_or(0, |rest| {
                rest.bytes().take(40).take_while(|b| b.is_ascii_uppercase() || *b >= 0x80).count()
            });
            let whole = word > 2 && text.get(2 + word..).is_some_and(|rest| rest.starts_with("__"));
            (if whole { word + 4 } else { 0 }, None)
        }
        b'<' => tag(text),
        // A bracket of a construct that was never closed.
        first => (if text.as_bytes().get(1) == Some(&first) { 2 } else { 0 }, None),
    }
}

fn tag(text: &str) -> (usize, Option<String>) {
    let inside = text[1..].strip_prefix('/').unwrap_or(&text[1..]);
    let name = tag_name(inside);
    let known = !name.is_empty() && inside.as_bytes()[0].is_ascii_alphabetic();
    match tag_end(text) {
        Some(length) if known && BREAKS.contains(&name.as_str()) => (length, Some("\n".to_owned())),
        Some(length) if known && name == "br" => (length, Some(" ".to_owned())),
        Some(length) if known => (length, None),
        _ => (0, None),
    }
}

/// A prefix of links to the same page in other languages.
fn is_language(prefix: &str) -> bool {
    let code = prefix.split('-').next().unwrap_or("");
    let short = (2..=3).contains(&code.len()) && prefix.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    short && crate::text::language::of_declared(prefix) != crate::model::Language::Und
}
