//! The tree of a page: one array of nodes in document order, built in one pass over the tokens.
//!
//! Nodes are only ever added below an open element, so the array is the page in preorder: a subtree
//! is a range, a walk is a loop, and depth costs no stack. It follows HTML's rules for implied and
//! misnested tags with one departure: text that stands astray in a table stays where it was written,
//! because a reader of the source wants it there.

use super::builder::Builder;
use super::element::Tag;
use super::entity;
use super::token::Attribute;
use crate::model::Span;
use std::borrow::Cow;
use std::ops::Range;

/// Index of a node in its tree.
pub type NodeId = usize;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Element,
    Text,
    /// Content of a script, style or other raw element.
    Raw,
}

#[derive(Debug, Clone, Copy)]
pub struct Node {
    pub kind: Kind,
    /// Of the element; [`Tag::Other`] for text.
    pub tag: Tag,
    pub parent: NodeId,
    /// One past the last node of the subtree.
    pub end: NodeId,
    /// Of text: its bytes in the source. Of an element: its name there.
    pub span: Span,
    /// Of text: its letters and its stops, as [`measure`](super::measure) counts them.
    pub letters: u32,
    pub stops: u32,
    /// Range in the attributes of the tree.
    pub attributes: (u32, u32),
}

/// A parsed page.
pub struct Tree<'a> {
    pub source: &'a str,
    /// In document order; the first is the document itself.
    pub nodes: Vec<Node>,
    pub attributes: Vec<Attribute>,
}

impl<'a> Tree<'a> {
    pub fn parse(source: &'a str) -> Tree<'a> {
        Builder::new(source).build()
    }

    /// The nodes below `id`, in document order.
    pub fn below(&self, id: NodeId) -> Range<NodeId> {
        id + 1..self.nodes[id].end
    }

    /// The elements directly below `id`.
    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let end = self.nodes[id].end;
        let mut next = id + 1;
        std::iter::from_fn(move || {
            let child = (next < end).then_some(next)?;
            next = self.nodes[child].end;
            Some(child)
        })
    }

    /// An attribute as written; the first of that name counts.
    pub fn raw_attribute(&self, id: NodeId, name: &str) -> Option<&'a str> {
        let (start, end) = self.nodes[id].attributes;
        self.attributes[start as usize..end as usize]
            .iter()
            .find(|attribute| attribute.name.of(self.source).eq_ignore_ascii_case(name))
            .map(|attribute| attribute.value.of(self.source))
    }

    /// An attribute with its references read.
    pub fn attribute(&self, id: NodeId, name: &str) -> Option<Cow<'a, str>> {
        self.raw_attribute(id, name).map(|value| entity::decode(value, true))
    }

    pub fn has_class(&self, id: NodeId, class: &str) -> bool {
        self.classes(id).any(|found| found == class)
    }

    pub fn classes(&self, id: NodeId) -> impl Iterator<Item = &'a str> + use<'a> {
        self.raw_attribute(id, "class").unwrap_or("").split_ascii_whitespace()
    }

    /// The first element below `id` for which `test` holds.
    pub fn find(&self, id: NodeId, test: impl Fn(NodeId) -> bool) -> Option<NodeId> {
        self.below(id).find(|&node| self.nodes[node].kind == Kind::Element && test(node))
    }

    /// The name of an element as written.
    pub fn name(&self, id: NodeId) -> &'a str {
        if id == 0 { "" } else { self.nodes[id].span.of(self.source) }
    }

    /// The content of a raw element such as a title, references read, blanks folded.
    pub fn raw_text(&self, id: NodeId) -> String {
        let mut out = String::new();
        for node in self.below(id).map(|node| &self.nodes[node]).filter(|node| node.kind != Kind::Element) {
            fold_into(&mut out, &entity::decode(node.span.of(self.source), false));
        }
        out.truncate(out.trim_end().len());
        out
    }

    /// The text below `id`, references read, blanks folded. Of a subtree that was never closed and
    /// holds much of the page, only the beginning.
    pub fn text(&self, id: NodeId) -> String {
        let mut out = String::new();
        for node in id..self.nodes[id].end.min(id + LABEL_NODES) {
            let node = &self.nodes[node];
            match node.kind {
                Kind::Text => fold_into(&mut out, &entity::decode(node.span.of(self.source), false)),
                Kind::Element if node.tag.is_block() || node.tag == Tag::Br => fold_into(&mut out, " "),
                _ => {}
            }
        }
        out.truncate(out.trim_end().len());
        out
    }
}

/// Most nodes of an element that is read as a label: a heading, a footnote marker.
const LABEL_NODES: usize = 200;

fn fold_into(out: &mut String, text: &str) {
    for c in text.chars() {
        if !c.is_whitespace() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
}
