//! Blocks: lines of a page as headings, list items and paragraphs.

use super::inline::Inline;
use super::tree::{Kind, Node, tag_name};
use super::{Cleaner, within};
use crate::model::{Block, Span};

/// A page as it is read line by line.
#[derive(Default)]
struct Lines {
    paragraph: Inline,
    line: Inline,
    /// Where the line starts in the source.
    start: usize,
}

impl<'a> Cleaner<'a> {
    /// Cuts a span into blocks.
    pub(super) fn page(&mut self, span: Span, nodes: &'a [Node]) {
        let mut lines = Lines { start: span.start, ..Lines::default() };
        let mut at = span.start;
        for node in within(nodes, span) {
            if node.span.start < at {
                continue;
            }
            self.text(Span::new(at, node.span.start), &mut lines);
            if let Some(block) = self.is_block(node) {
                self.end_line(&mut lines, node.span.end);
                self.flush(&mut lines);
                self.block(node, block);
                lines.start = node.span.end;
            } else {
                self.node(node, &mut lines.line);
            }
            at = node.span.end.min(span.end).max(at);
        }
        self.text(Span::new(at, span.end), &mut lines);
        self.end_line(&mut lines, span.end);
        self.flush(&mut lines);
    }

    fn is_block(&self, node: &Node) -> Option<Block> {
        match node.kind {
            Kind::Table => Some(Block::TableCell),
            Kind::Tag => match tag_name(&self.of(node.span)[1..]).as_str() {
                "blockquote" | "poem" => Some(Block::Quote),
                _ => None,
            },
            Kind::Template if self.quoted(node).is_some() => Some(Block::Quote),
            _ => None,
        }
    }

    fn block(&mut self, node: &'a Node, block: Block) {
        match node.kind {
            Kind::Table => {
                let cells = self.cells(node);
                cells.into_iter().for_each(|cell| self.emit(Block::TableCell, cell));
            }
            Kind::Template => {
                if let Some(span) = self.quoted(node) {
                    self.quote(span, &node.children);
                }
            }
            _ => self.quote(node.inner, &node.children),
        }
        debug_assert!(matches!(block, Block::TableCell | Block::Quote));
    }

    fn quote(&mut self, span: Span, nodes: &'a [Node]) {
        let quote = self.inline(span, nodes);
        for part in split(quote) {
            self.emit(Block::Quote, part);
        }
    }

    fn text(&mut self, span: Span, lines: &mut Lines) {
        let mut at = span.start;
        for line in self.of(span).split_inclusive('\n') {
            let content = line.strip_suffix('\n').unwrap_or(line);
            self.run(Span::new(at, at + content.len()), &mut lines.line);
            at += line.len();
            if line.len() > content.len() {
                self.end_line(lines, at);
            }
        }
    }

    /// Files a line by what it starts with; the next starts at `next`.
    fn end_line(&mut self, lines: &mut Lines, next: usize) {
        let line = std::mem::take(&mut lines.line);
        let start = self.text[lines.start..].bytes().next().unwrap_or(b'\n');
        lines.start = next;
        if line.is_blank() {
            // A line that held only what was taken out does not part paragraphs.
            if matches!(start, b'\n' | b'\r' | b' ') {
                self.flush(lines);
            }
            return;
        }
        match start {
            b'=' if heading_level(line.text.text()).is_some() => {
                self.flush(lines);
                let level = heading_level(line.text.text()).unwrap_or(1);
                let text = line.text.text();
                let outer = text.len() - text.trim_start().len();
                let end = text.trim_end().len();
                let inner = Span::new(outer + level as usize, end - level as usize);
                let inner = Inline { text: line.text.slice(inner), marks: Vec::new() };
                self.heading(level.saturating_sub(1).max(1), inner);
            }
            b'*' | b'#' | b';' | b':' => {
                self.flush(lines);
                let text = line.text.text();
                let marks =
                    text.bytes().take_while(|b| matches!(b, b'*' | b'#' | b';' | b':' | b' ')).count();
                let is_item = text.as_bytes()[..marks].iter().any(|b| matches!(b, b'*' | b'#' | b';'));
                let item = cut(line, marks);
                for part in split(item) {
                    self.emit(if is_item { Block::ListItem } else { Block::Paragraph }, part);
                }
            }
            b'-' if line.text.text().trim_end().bytes().all(|byte| byte == b'-') => self.flush(lines),
            _ => {
                let mut parts = split(line);
                let last = parts.pop();
                for part in parts {
                    self.join(part, lines);
                    self.flush(lines);
                }
                if let Some(last) = last {
                    self.join(last, lines);
                }
            }
        }
    }

    fn join(&mut self, part: Inline, lines: &mut Lines) {
        if !lines.paragraph.is_blank() {
            lines.paragraph.text.push_made(" ", lines.start);
        }
        lines.paragraph.append(part);
    }

    fn flush(&mut self, lines: &mut Lines) {
        let paragraph = std::mem::take(&mut lines.paragraph);
        if !paragraph.is_blank() {
            self.emit(Block::Paragraph, paragraph);
        }
        for caption in std::mem::take(&mut self.captions) {
            self.emit(Block::Caption, caption);
        }
    }
}

/// Equal signs on both sides of a line.
fn heading_level(line: &str) -> Option<u8> {
    let line = line.trim();
    let count = |bytes: &mut dyn Iterator<Item = u8>| bytes.take_while(|&byte| byte == b'=').count();
    let level = count(&mut line.bytes()).min(count(&mut line.bytes().rev())).min(6);
    (level > 0 && line.len() > 2 * level).then_some(level as u8)
}

/// Without the first bytes.
fn cut(inline: Inline, from: usize) -> Inline {
    let length = inline.text.text().len();
    part(&inline, Span::new(from, length))
}

fn part(inline: &Inline, span: Span) -> Inline {
    let marks = inline.marks.iter().filter(|mark| mark.at >= span.start && mark.at <= span.end);
    Inline {
        text: inline.text.slice(span),
        marks: marks
            .map(|mark| super::Mark { at: mark.at - span.start, number: mark.number.clone() })
            .collect(),
    }
}

/// The parts between line breaks that tags have left.
fn split(inline: Inline) -> Vec<Inline> {
    if !inline.text.text().contains('\n') {
        return vec![inline];
    }
    let mut parts = Vec::new();
    let mut at = 0;
    for line in inline.text.text().split_inclusive('\n') {
        let end = at + line.trim_end_matches('\n').len();
        if !line.trim().is_empty() {
            parts.push(part(&inline, Span::new(at, end)));
        }
        at += line.len();
    }
    parts
}
