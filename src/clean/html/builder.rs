//! The building of a [`Tree`]: which element a token opens, closes, or closes by implication.

use super::element::Tag;
use super::measure::weigh;
use super::token::{Token, Tokens};
use super::tree::{Kind, Node, NodeId, Tree};
use crate::model::Span;

/// How far up an end tag or an implied end looks for its element; browsers cap depth at a like number.
const REACH: usize = 512;
/// Most blocks that are reopened when a formatting element ends inside them.
const REOPENED: usize = 8;

pub struct Builder<'a> {
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
    pub fn new(source: &'a str) -> Self {
        let document = Node {
            kind: Kind::Element,
            tag: Tag::Document,
            parent: 0,
            end: 0,
            span: Span::default(),
            letters: 0,
            stops: 0,
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

    /// Reads the whole source.
    pub fn build(mut self) -> Tree<'a> {
        while let Some(token) = self.tokens.next_token() {
            self.take(token);
        }
        while !self.open.is_empty() {
            self.pop();
        }
        Tree { source: self.source, nodes: self.nodes, attributes: self.tokens.attributes }
    }

    fn take(&mut self, token: Token) {
        match token {
            Token::Text(span) => {
                if self.current() == Tag::Head && !span.of(self.source).trim_ascii().is_empty() {
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
        let (letters, stops) = if kind == Kind::Text { weigh(span.of(self.source)) } else { (0, 0) };
        self.nodes.push(Node { kind, tag, parent, end: id + 1, span, letters, stops, attributes });
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
        // A raw element without an end tag ends where markup begins again.
        if self.current().is_raw() {
            self.pop();
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
