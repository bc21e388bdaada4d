//! Tables: the text of each cell, row by row. Boxes beside the text are taken out whole.

use super::inline::Inline;
use super::tree::Node;
use super::{Cleaner, within};
use crate::model::Span;

/// Classes of tables that are no part of the text.
const BOXES: &[&str] =
    &["infobox", "navbox", "metadata", "ambox", "toc", "vertical-navbox", "sidebar", "noprint"];

impl<'a> Cleaner<'a> {
    /// The cells of a table, captions first as they stand.
    pub(super) fn cells(&mut self, node: &'a Node) -> Vec<Inline> {
        let head = self.of(node.inner).lines().next().unwrap_or("").to_lowercase();
        if BOXES.iter().any(|class| head.contains(class)) {
            self.remove(node.span, "infobox", "wikitext/table");
            return Vec::new();
        }
        let mut cells = Vec::new();
        for span in cell_spans(self.text, node) {
            let cell = self.inline(without_attributes(self.text, span, node), &node.children);
            if !cell.is_blank() {
                cells.push(cell);
            }
        }
        cells
    }
}

/// Where the cells stand: after `|`, `!`, `|+` at the start of a line and `||`, `!!` within one, but
/// not within the table's nested constructs.
fn cell_spans(text: &str, node: &Node) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut open: Option<usize> = None;
    let mut at = node.inner.start;
    let first_line = text[at..node.inner.end].find('\n').map_or(node.inner.end, |end| at + end);
    at = first_line;
    let bytes = text.as_bytes();
    let mut header = false;
    let mut close = |open: &mut Option<usize>, end: usize| {
        if let Some(start) = open.take() {
            spans.push(Span::new(start, end.max(start)));
        }
    };
    let mut inside = within(&node.children, node.inner).iter().peekable();
    while at < node.inner.end {
        while inside.peek().is_some_and(|child| child.span.end <= at) {
            inside.next();
        }
        if let Some(child) = inside.peek().filter(|child| child.span.start <= at) {
            at = child.span.end;
            continue;
        }
        let line_start = bytes[at] == b'\n';
        let mark = if line_start { skip_blanks(bytes, at + 1, node.inner.end) } else { at };
        let two = |pair: &[u8]| bytes[mark..node.inner.end].starts_with(pair);
        if line_start && mark < node.inner.end && matches!(bytes[mark], b'|' | b'!') {
            close(&mut open, at);
            header = bytes[mark] == b'!';
            at = mark + 1;
            if two(b"|-") {
                at = text[mark..node.inner.end].find('\n').map_or(node.inner.end, |end| mark + end);
            } else {
                open = Some(if two(b"|+") { mark + 2 } else { mark + 1 });
            }
        } else if !line_start && open.is_some() && (two(b"||") || (header && two(b"!!"))) {
            close(&mut open, at);
            open = Some(at + 2);
            at += 2;
        } else {
            at += 1;
        }
    }
    close(&mut open, node.inner.end);
    spans
}

fn skip_blanks(bytes: &[u8], mut at: usize, end: usize) -> usize {
    while at < end && matches!(bytes[at], b' ' | b'\t') {
        at += 1;
    }
    at
}

/// A cell may start with `attributes |`.
fn without_attributes(text: &str, span: Span, node: &Node) -> Span {
    let pipe = node.pipes.iter().find(|&&pipe| pipe >= span.start && pipe < span.end);
    match pipe {
        Some(&pipe) if text[span.start..pipe].contains('=') || text[span.start..pipe].trim().is_empty() => {
            Span::new(pipe + 1, span.end)
        }
        _ => span,
    }
}
