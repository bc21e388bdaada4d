//! Blocks: the text of a page cut where its markup cuts it, each run with its source, and a receipt
//! for every text that isn't kept.

use super::element::Tag;
use super::entity;
use super::measure::Measure;
use super::tree::{Kind, NodeId, Tree};
use super::verdict::Verdict;
use crate::clean::page::{Mapped, Mark, PageBlock};
use crate::model::{Block, Removal, Span};
use crate::text::han::is_han;
use std::collections::BTreeMap;

/// Longest excerpt of a receipt, in characters.
const EXCERPT: usize = 80;

/// What the text of a node is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Context {
    Heading(u8),
    Block(Block),
}

/// Blocks and receipts of a page.
#[derive(Default)]
pub struct Blocks {
    pub blocks: Vec<PageBlock>,
    pub removals: Vec<Removal>,
}

/// Cuts the kept text of a page into blocks. `verdicts` are inherited; `marks` names the entry that a
/// footnote marker refers to, by the marker's element; `named` elements whose class says what they are.
pub fn cut(
    tree: &Tree<'_>,
    verdicts: &[Verdict],
    measure: &Measure,
    marks: &BTreeMap<NodeId, String>,
    named: &BTreeMap<NodeId, Block>,
) -> Blocks {
    let mut cutter = Cutter {
        tree,
        out: Blocks::default(),
        text: Mapped::default(),
        marks: Vec::new(),
        context: Context::Block(Block::Paragraph),
        gap: None,
        broken: None,
        receipt: None,
    };
    let contexts = contexts(tree, measure, named);
    let mut block_of = vec![0; tree.nodes.len()];
    let mut last_block = 0;
    for (id, node) in tree.nodes.iter().enumerate() {
        block_of[id] =
            if node.kind == Kind::Element && node.tag.is_block() { id } else { block_of[node.parent] };
        match node.kind {
            Kind::Element => {
                if node.tag.is_block() || node.tag == Tag::Hr {
                    cutter.flush();
                } else if node.tag == Tag::Br && verdicts[id] == Verdict::Kept {
                    cutter.line_break(node.span.start);
                }
                if let Some(number) = marks.get(&id) {
                    cutter.marks.push(Mark { at: cutter.text.text().len(), number: number.clone() });
                }
            }
            Kind::Text | Kind::Raw if verdicts[id] != Verdict::Kept => cutter.remove(node.span, verdicts[id]),
            Kind::Raw => cutter.remove(node.span, Verdict::Script),
            Kind::Text => {
                if block_of[id] != last_block {
                    cutter.flush();
                    last_block = block_of[id];
                }
                cutter.keep(node.span, contexts[id]);
            }
        }
    }
    cutter.flush();
    cutter.close_receipt();
    cutter.out
}

/// The context of each node, handed down from the elements above it.
fn contexts(tree: &Tree<'_>, measure: &Measure, named: &BTreeMap<NodeId, Block>) -> Vec<(Context, bool)> {
    let mut contexts = vec![(Context::Block(Block::Paragraph), false); tree.nodes.len()];
    for (id, node) in tree.nodes.iter().enumerate().skip(1) {
        let (above, pre) = contexts[node.parent];
        contexts[id] = match node.tag {
            Tag::Li | Tag::Dd | Tag::Dt => (Context::Block(Block::ListItem), pre),
            Tag::Blockquote => (Context::Block(Block::Quote), pre),
            Tag::Figcaption | Tag::Caption => (Context::Block(Block::Caption), pre),
            Tag::Td | Tag::Th if is_data_cell(tree, measure, id) => (Context::Block(Block::TableCell), pre),
            Tag::Td | Tag::Th => (Context::Block(Block::Paragraph), pre),
            Tag::Pre | Tag::Listing | Tag::Xmp | Tag::Textarea => (above, true),
            tag if tag.is_heading() => (Context::Heading(tag.heading_level()), pre),
            _ => (above, pre),
        };
        if let Some(&block) = named.get(&id) {
            contexts[id].0 = Context::Block(block);
        }
    }
    contexts
}

/// Letters above which a cell is part of a page's layout and no cell of data: in a table with header
/// cells, and in one without.
const LONG_CELL: u32 = 600;
const LONG_PLAIN_CELL: u32 = 120;

fn is_data_cell(tree: &Tree<'_>, measure: &Measure, id: NodeId) -> bool {
    let mut table = id;
    for _ in 0..3 {
        table = tree.nodes[table].parent;
        if tree.nodes[table].tag == Tag::Table {
            break;
        }
    }
    let longest = if measure.size(tree, table).header_cells > 0 { LONG_CELL } else { LONG_PLAIN_CELL };
    let size = measure.size(tree, id);
    size.text < longest && size.structures <= 2
}

/// Numbers heading levels from 1, the highest heading of the page, without gaps.
pub fn level(blocks: &mut [PageBlock]) {
    let mut used = [false; 7];
    for block in blocks.iter() {
        if let PageBlock::Heading { level, .. } = block {
            used[usize::from(*level).min(6)] = true;
        }
    }
    for block in blocks.iter_mut() {
        if let PageBlock::Heading { level, .. } = block {
            *level = used[..=usize::from(*level).min(6)].iter().filter(|used| **used).count() as u8;
        }
    }
}

struct Cutter<'t> {
    tree: &'t Tree<'t>,
    out: Blocks,
    text: Mapped,
    marks: Vec<Mark>,
    context: Context,
    /// Blanks seen since the last character of the block.
    gap: Option<Span>,
    /// Where a line break stood since then.
    broken: Option<usize>,
    /// The open receipt: what it covers so far and why.
    receipt: Option<(Span, Verdict)>,
}

impl Cutter<'_> {
    fn flush(&mut self) {
        self.gap = None;
        self.broken = None;
        if self.text.is_empty() {
            return;
        }
        let text = std::mem::take(&mut self.text);
        let marks = std::mem::take(&mut self.marks);
        self.out.blocks.push(match self.context {
            Context::Heading(level) => PageBlock::Heading { level, text },
            Context::Block(block) => PageBlock::Text { block, text, marks },
        });
    }

    /// A second break in a row ends the block; a first one waits for what follows.
    fn line_break(&mut self, at: usize) {
        if self.broken.is_some() {
            self.flush();
        } else if !self.text.is_empty() {
            self.broken = Some(at);
        }
    }

    fn keep(&mut self, span: Span, (context, pre): (Context, bool)) {
        let source = self.tree.source;
        let bytes = source.as_bytes();
        let (mut at, mut run) = (span.start, span.start);
        while at < span.end {
            let byte = bytes[at];
            if !SPECIAL[byte as usize] {
                at += 1;
                continue;
            }
            let Some((len, what)) = special(&source[at..span.end]) else {
                at += 1;
                continue;
            };
            self.solid(Span::new(run, at), context);
            let piece = Span::new(at, at + len);
            match what {
                Special::Blank(line) if pre && line => self.line_break(at),
                Special::Blank(_) => self.blank(piece),
                Special::Nothing => {}
                Special::Text(text) => self.text(&text, piece, context),
            }
            at += len;
            run = at;
        }
        self.solid(Span::new(run, span.end), context);
    }

    fn solid(&mut self, span: Span, context: Context) {
        if span.start < span.end {
            self.text(span.of(self.tree.source), span, context);
        }
    }

    fn blank(&mut self, span: Span) {
        if !self.text.is_empty() {
            let gap = self.gap.unwrap_or(span);
            self.gap = Some(Span::new(gap.start, span.end));
        }
    }

    fn text(&mut self, text: &str, span: Span, context: Context) {
        self.close_receipt();
        if let Some(at) = self.broken.take() {
            if joins(self.text.text(), text) {
                self.gap = Some(self.gap.unwrap_or(Span::new(at, at)));
            } else {
                self.flush();
            }
        }
        if let Some(gap) = self.gap.take() {
            let wrapped = gap.of(self.tree.source).contains(['\n', '\r']) || gap.start == gap.end;
            let cjk = self.text.text().chars().next_back().is_some_and(is_cjk)
                && text.chars().next().is_some_and(is_cjk);
            if !(wrapped && cjk) {
                if gap.start == gap.end {
                    self.text.push_made(" ", gap.start)
                } else {
                    self.text.push(" ", gap)
                }
            }
        }
        if self.text.is_empty() {
            self.context = context;
        }
        self.text.push(text, span);
    }

    fn remove(&mut self, span: Span, why: Verdict) {
        let text = span.of(self.tree.source);
        let Some(start) = text.find(|c: char| !c.is_whitespace()) else { return };
        let span = Span::new(span.start + start, span.start + text.trim_end().len());
        match &mut self.receipt {
            Some((covered, reason)) if *reason == why => covered.end = span.end,
            _ => {
                self.close_receipt();
                self.receipt = Some((span, why));
            }
        }
    }

    fn close_receipt(&mut self) {
        let Some((source, why)) = self.receipt.take() else { return };
        let Some((kind, rule)) = why.receipt() else { return };
        let excerpt: String = source.of(self.tree.source).chars().take(EXCERPT).collect();
        self.out.removals.push(Removal { source, kind, rule, excerpt });
    }
}

/// Letters above which a line of Chinese may have been wrapped and not ended.
const WRAPPED: usize = 20;

/// Whether a line that ends a block so far goes on after a single line break.
fn joins(before: &str, after: &str) -> bool {
    let (Some(last), Some(first)) = (before.chars().next_back(), after.chars().next()) else { return false };
    if is_han(last) && is_han(first) {
        return before.chars().rev().take(WRAPPED).count() == WRAPPED;
    }
    (last.is_alphanumeric() || matches!(last, ',' | '-')) && first.is_lowercase()
}

/// A character that is written without a blank beside its like: Han, kana, and their punctuation.
fn is_cjk(c: char) -> bool {
    is_han(c) || matches!(c as u32, 0x3001..=0x30FF | 0xFF01..=0xFFEF)
}

/// Bytes that [`special`] has to look at.
const SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let bytes = [b'\t', b'\n', b'\r', 0x0C, b' ', b'&', 0xC2, 0xE2, 0xEF];
    let mut i = 0;
    while i < bytes.len() {
        table[bytes[i] as usize] = true;
        i += 1;
    }
    table
};

enum Special {
    /// Blanks; true where they hold a line end.
    Blank(bool),
    /// Characters that only steer layout.
    Nothing,
    Text(String),
}

/// Blanks, references and invisible characters at the start of `text`, and their length in bytes.
fn special(text: &str) -> Option<(usize, Special)> {
    match text.as_bytes() {
        [b'\r', b'\n', ..] => Some((2, Special::Blank(true))),
        [b'\r' | b'\n', ..] => Some((1, Special::Blank(true))),
        [b' ' | b'\t' | 0x0C, ..] => Some((1, Special::Blank(false))),
        [b'&', ..] => {
            let (chars, len) = entity::reference(text, false)?;
            Some((
                len,
                match chars.as_ref() {
                    "\u{a0}" | " " | "\t" | "\n" => Special::Blank(false),
                    "\u{ad}" | "\u{200b}" | "\u{feff}" => Special::Nothing,
                    other => Special::Text(other.to_owned()),
                },
            ))
        }
        [0xC2, 0xA0, ..] => Some((2, Special::Blank(false))),
        [0xC2, 0xAD, ..] => Some((2, Special::Nothing)),
        [0xE2, 0x80, 0x8B, ..] | [0xEF, 0xBB, 0xBF, ..] => Some((3, Special::Nothing)),
        _ => None,
    }
}
