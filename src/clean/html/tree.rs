//! The tree of a page: one array of nodes in document order, built in one pass over the tokens.
//!
//! Nodes are only ever added below an open element, so the array is the page in preorder: a subtree
//! is a range, a walk is a loop, and depth costs no stack. It follows HTML's rules for implied and
//! misnested tags with one departure: text that stands astray in a table stays where it was written,
//! because a reader of the source wants it there.

use super::element::Tag;
use super::entity;
use super::token::{Attribute, Token, Tokens};
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
    attributes: (u32, u32),
}

/// A parsed page.
pub struct Tree<'a> {
    pub source: &'a str,
    /// In document order; the first is the document itself.
    pub nodes: Vec<Node>,
    attributes: Vec<Attribute>,
}

impl<'a> Tree<'a> {
    pub fn parse(source: &'a str) -> Tree<'a> {
        let mut builder = Builder::new(source);
        while let Some(token) = builder.tokens.next_token() {
            builder.take(token);
        }
        builder.finish()
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

    /// All elements below `id` for which `test` holds.
    pub fn find_all(&self, id: NodeId, test: impl Fn(NodeId) -> bool) -> Vec<NodeId> {
        self.below(id).filter(|&node| self.nodes[node].kind == Kind::Element && test(node)).collect()
    }

    /// The name of an element as written.
    pub fn name(&self, id: NodeId) -> &'a str {
        if id == 0 { "" } else { self.nodes[id].span.of(self.source) }
    }

    /// The content of a raw element such as a title, references read, blanks folded.
    pub fn raw_text(&self, id: NodeId) -> String {
        let mut out = String::new();
        for node in self.below(id).map(|node| &self.nodes[node]) {
            fold_into(&mut out, &entity::decode(node.span.of(self.source), false));
        }
        out.truncate(out.trim_end().len());
        out
    }

    /// All text below `id`, references read, blanks folded.
    pub fn text(&self, id: NodeId) -> String {
        let mut out = String::new();
        for node in id..self.nodes[id].end {
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

fn fold_into(out: &mut String, text: &str) {
    for c in text.chars() {
        if !c.is_whitespace() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
}

/// How far up an end tag or an implied end looks for its element; browsers cap depth at a like number.
const REACH: usize = 512;
/// Most blocks that are reopened when a formatting element ends inside them.
const REOPENED: usize = 8;

struct Builder<'a> {
    tokens: Tokens<'a>,
    source: &'a str,
    nodes: Vec<Node>,
    /// Open elements, the document first.
    open: Vec<NodeId>,
    /// How many of each tag are open.
    count: [u32; Tag::COUNT],
    body_seen: bool,
}

impl<'a> Builder<'a> {
    fn new(source: &'a str) -> Self {
        let document = Node {
            kind: Kind::Element,
            tag: Tag::Document,
            parent: 0,
            end: 0,
            span: Span::default(),
            attributes: (0, 0),
        };
        let mut nodes = Vec::with_capacity(source.len() / 24 + 1);
        nodes.push(document);
        Builder {
            tokens: Tokens::new(source),
            source,
            nodes,
            open: vec![0],
            count: [0; Tag::COUNT],
            body_seen: false,
        }
    }

    fn finish(mut self) -> Tree<'a> {
        while !self.open.is_empty() {
            self.pop();
        }
        Tree { source: self.source, nodes: self.nodes, attributes: self.tokens.attributes }
    }

    fn take(&mut self, token: Token) {
        match token {
            Token::Text(span) => {
                let blank = span.of(self.source).bytes().all(|b| b.is_ascii_whitespace());
                if !blank && self.current() == Tag::Head {
                    self.pop();
                }
                self.add(Kind::Text, Tag::Other, span, (0, 0));
            }
            Token::Raw(span) => {
                self.add(Kind::Raw, Tag::Other, span, (0, 0));
            }
            Token::Comment(_) => {}
            Token::Start { tag, name, attributes, self_closing } => {
                let range = (attributes as u32, self.tokens.attributes.len() as u32);
                self.start(tag, name, range, self_closing);
            }
            Token::End { tag, name } => self.end(tag, name),
        }
    }

    fn add(&mut self, kind: Kind, tag: Tag, span: Span, attributes: (u32, u32)) -> NodeId {
        let parent = *self.open.last().unwrap_or(&0);
        let id = self.nodes.len();
        self.nodes.push(Node { kind, tag, parent, end: id + 1, span, attributes });
        id
    }

    fn push(&mut self, tag: Tag, name: Span, attributes: (u32, u32)) {
        let id = self.add(Kind::Element, tag, name, attributes);
        self.open.push(id);
        self.count[tag as usize] += 1;
    }

    fn pop(&mut self) {
        if let Some(id) = self.open.pop() {
            self.nodes[id].end = self.nodes.len();
            self.count[self.nodes[id].tag as usize] =
                self.count[self.nodes[id].tag as usize].saturating_sub(1);
        }
    }

    fn current(&self) -> Tag {
        self.open.last().map_or(Tag::Document, |&id| self.nodes[id].tag)
    }

    fn is_open(&self, tag: Tag) -> bool {
        self.count[tag as usize] > 0
    }

    /// Position in `open` of the nearest element that `wanted` accepts, not looking past one that
    /// `bound` accepts.
    fn nearest(&self, wanted: impl Fn(Tag) -> bool, bound: impl Fn(Tag) -> bool) -> Option<usize> {
        for (at, &id) in self.open.iter().enumerate().skip(1).rev().take(REACH) {
            let tag = self.nodes[id].tag;
            if wanted(tag) {
                return Some(at);
            }
            if bound(tag) {
                return None;
            }
        }
        None
    }

    /// Closes the element at position `at` of `open` and all in it.
    fn pop_from(&mut self, at: usize) {
        while self.open.len() > at {
            self.pop();
        }
    }

    fn close_nearest(&mut self, wanted: impl Fn(Tag) -> bool, bound: impl Fn(Tag) -> bool) {
        if let Some(at) = self.nearest(wanted, bound) {
            self.pop_from(at);
        }
    }

    fn start(&mut self, tag: Tag, name: Span, attributes: (u32, u32), self_closing: bool) {
        match tag {
            Tag::Html if self.is_open(Tag::Html) => return,
            Tag::Body if self.body_seen => return,
            Tag::Head if self.body_seen || self.is_open(Tag::Head) => return,
            Tag::Body => self.body_seen = true,
            _ => {}
        }
        if self.current() == Tag::Head && !tag.is_metadata() {
            self.pop();
        }
        self.imply_ends(tag);
        self.push(tag, name, attributes);
        let foreign =
            matches!(tag, Tag::Svg | Tag::Math) || self.is_open(Tag::Svg) || self.is_open(Tag::Math);
        if tag.is_void() || (self_closing && foreign) {
            self.pop();
        }
    }

    /// Closes what the start of `tag` closes by implication.
    fn imply_ends(&mut self, tag: Tag) {
        use Tag::*;
        if self.is_open(P) && tag.closes_paragraph() {
            self.close_nearest(|t| t == P, |t| t.bounds_scope() || t == Button);
        }
        match tag {
            Li => self.close_nearest(|t| t == Li, |t| t.is_list() || is_wall(t)),
            Dd | Dt => self.close_nearest(|t| matches!(t, Dd | Dt), |t| t.is_list() || is_wall(t)),
            Option | Optgroup => self.close_nearest(|t| t == Option, |t| t != Optgroup),
            Td | Th => self.close_nearest(Tag::is_cell, |t| matches!(t, Table | Tr | Template)),
            Tr => self.close_nearest(|t| t == Tr || t == Caption, |t| matches!(t, Table | Template)),
            Table => self.close_nearest(|t| t == Table, |t| !(t.is_table_part() || t == Tr) || t == Caption),
            A if self.is_open(A) => self.end_formatting(A),
            Button => self.close_nearest(|t| t == Button, Tag::bounds_scope),
            _ if tag.is_table_part() => {
                self.close_nearest(|t| t.is_table_part() || t == Tr, |t| matches!(t, Table | Template));
            }
            _ if tag.is_heading() && self.current().is_heading() => self.pop(),
            Rt | Rp if matches!(self.current(), Rt | Rp) => self.pop(),
            _ => {}
        }
        if tag.closes_paragraph() && (self.is_open(Svg) || self.is_open(Math)) {
            self.close_nearest(|t| matches!(t, Svg | Math), |t| t != Other && !t.is_formatting());
        }
    }

    fn end(&mut self, tag: Tag, name: Span) {
        match tag {
            Tag::Html | Tag::Body | Tag::Document => {}
            Tag::Br => {
                self.push(Tag::Br, name, (0, 0));
                self.pop();
            }
            Tag::Other => self.end_unknown(name),
            _ if !self.is_open(tag) && !tag.is_heading() => {}
            Tag::P => self.close_nearest(|t| t == Tag::P, |t| t.bounds_scope() || t == Tag::Button),
            Tag::Li => {
                self.close_nearest(|t| t == tag, |t| t.bounds_scope() || matches!(t, Tag::Ul | Tag::Ol))
            }
            Tag::Table => self.close_nearest(|t| t == tag, |t| t == Tag::Template),
            _ if tag.is_cell() || tag.is_table_part() || tag == Tag::Tr => {
                self.close_nearest(|t| t == tag, |t| matches!(t, Tag::Table | Tag::Template));
            }
            _ if tag.is_heading() => self.close_nearest(Tag::is_heading, Tag::bounds_scope),
            _ if tag.is_formatting() => self.end_formatting(tag),
            Tag::Span => self.close_nearest(|t| t == tag, |t| t.is_block()),
            _ => self.close_nearest(|t| t == tag, Tag::bounds_scope),
        }
    }

    /// An end tag of an element without rules: it reaches its like across inline elements only.
    fn end_unknown(&mut self, name: Span) {
        if !self.is_open(Tag::Other) {
            return;
        }
        let name = name.of(self.source);
        for at in (1..self.open.len()).rev().take(REACH) {
            let node = &self.nodes[self.open[at]];
            if node.tag == Tag::Other && node.span.of(self.source).eq_ignore_ascii_case(name) {
                return self.pop_from(at);
            }
            if node.tag.bounds_scope() {
                return;
            }
        }
    }

    /// Ends a formatting element. Blocks that stand open inside it go on without it: they are closed
    /// and opened again as its siblings, which is what HTML's adoption agency comes to for text.
    fn end_formatting(&mut self, tag: Tag) {
        let Some(at) = self.nearest(|t| t == tag, Tag::bounds_scope) else { return };
        let inside: Vec<NodeId> =
            self.open[at + 1..].iter().copied().filter(|&id| self.nodes[id].tag.is_block()).collect();
        if inside.len() > REOPENED {
            return;
        }
        self.pop_from(at);
        for id in inside {
            let Node { tag, span, attributes, .. } = self.nodes[id];
            self.push(tag, span, attributes);
        }
    }
}

/// Elements an implied end of a list item doesn't look past.
fn is_wall(tag: Tag) -> bool {
    tag.is_block() && !matches!(tag, Tag::Address | Tag::Div | Tag::P)
}
