//! Weaving: lines back into blocks, each run of text with the place it came from.
//!
//! Lines join where a gloss was cut between them, where the page was wrapped at a width, or where a
//! sentence plainly goes on; everywhere else a line is a paragraph of its own.

use super::draft::{Cut, Draft, Role};
use super::lines;
use super::shape::{self, Shape};
use super::{inline, list};
use crate::clean::page::{Mapped, Mark, PageBlock};
use crate::model::{Block, Span};
use crate::text::han::is_han;
use regex::Regex;
use std::sync::LazyLock;

/// A block as it grows.
struct Growing {
    block: Block,
    text: Mapped,
    marks: Vec<Mark>,
    /// An odd number of straight quotation marks so far: the next one closes.
    quoted: bool,
    last_line: usize,
}

/// The blocks of the page, in order. `levels` holds those of the headings.
pub(super) fn blocks(draft: &mut Draft, shape: Shape, levels: &[u8]) -> Vec<PageBlock> {
    let mut out = Vec::new();
    let mut growing: Option<Growing> = None;
    let mut levels = levels.iter();
    let mut listed = false;
    draft.cuts.sort_by_key(|cut| (cut.span, cut.kind));
    let mut earlier = std::mem::take(&mut draft.cuts);
    let mut next_cut = 0;
    let mut later = Vec::new();
    for i in 0..draft.lines.len() {
        let span = match draft.roles[i] {
            Role::Gone => {
                flush(&mut growing, &mut out, &mut later);
                continue;
            }
            Role::Heading { span, .. } => span,
            Role::Gloss { anchor_end } => Span::new(draft.lines[i].span.start, anchor_end),
            Role::Item { start } | Role::Quote { start } => Span::new(start, draft.lines[i].span.end),
            Role::Text | Role::Caption | Role::Row => draft.lines[i].span,
        };
        while next_cut < earlier.len() && earlier[next_cut].span.end <= span.start {
            next_cut += 1;
        }
        let known: Vec<Cut> =
            earlier[next_cut..].iter().take_while(|cut| cut.span.start < span.end).copied().collect();
        let (found, markers) = inline::find(draft, span);
        let pieces = pieces(draft.text, span, &known, &found, markers, shape);
        later.extend(found);
        if let Role::Heading { .. } = draft.roles[i] {
            flush(&mut growing, &mut out, &mut later);
            let mut text = Mapped::default();
            pieces.iter().for_each(|piece| piece.push(draft.text, &mut text));
            out.push(PageBlock::Heading { level: levels.next().copied().unwrap_or(1), text });
            listed = false;
            continue;
        }
        let block = match draft.roles[i] {
            Role::Item { .. } => Block::ListItem,
            Role::Caption => Block::Caption,
            Role::Quote { .. } => Block::Quote,
            Role::Row => Block::TableCell,
            _ if listed => Block::ListItem,
            _ => Block::Paragraph,
        };
        // A bullet alone on its line belongs to the line below.
        listed = matches!(draft.roles[i], Role::Item { .. }) && span.start == span.end;
        if !growing.as_ref().is_some_and(|growing| joins(draft, growing, i, shape))
            || block == Block::ListItem
        {
            flush(&mut growing, &mut out, &mut later);
        }
        let growing = growing.get_or_insert_with(|| Growing {
            block,
            text: Mapped::default(),
            marks: Vec::new(),
            quoted: false,
            last_line: i,
        });
        growing.add(draft.text, &pieces);
        growing.last_line = i;
    }
    flush(&mut growing, &mut out, &mut later);
    earlier.extend(later);
    draft.cuts = earlier;
    out
}

fn flush(growing: &mut Option<Growing>, out: &mut Vec<PageBlock>, cuts: &mut Vec<Cut>) {
    let Some(grown) = growing.take() else { return };
    if grown.block != Block::Paragraph || !list::unfold(&grown.text, &grown.marks, out, cuts) {
        out.push(PageBlock::Text { block: grown.block, text: grown.text, marks: grown.marks });
    }
}

/// Whether line `i` goes on with the block.
fn joins(draft: &Draft, growing: &Growing, i: usize, shape: Shape) -> bool {
    let before = growing.last_line;
    if before + 1 != i || draft.lines[i].above > 0 || growing.block == Block::Caption {
        return false;
    }
    let gloss = |i: usize| matches!(draft.roles[i], Role::Gloss { .. });
    if gloss(before) || gloss(i) {
        return true;
    }
    let (above, line) = (draft.line(before), draft.line(i));
    if entry(draft, i) {
        return false;
    }
    if shape.wrapped {
        let short = shape::columns(above) * 10 < shape.width * 7 && shape::ends(above);
        return !short && !indented(draft, i);
    }
    shape::breaks_off(above)
        && line.starts_with(|c: char| {
            c.is_lowercase() || matches!(c, ',' | ';' | ')' | '，' | '。' | '、' | '；')
        })
}

/// One of the lines of a chronology, each of which begins with its day: `2006.12.23　…`.
fn entry(draft: &Draft, i: usize) -> bool {
    static DAY: LazyLock<Regex> = LazyLock::new(|| {
        let numbers = r"[0-9]{1,4} ?[年月./-] ?[0-9]{1,2}";
        let words = r"[0-9]{1,2} \p{L}{3,12},? [0-9]{4}|\p{Lu}\p{L}{2,11} [0-9]{1,2}, [0-9]{4}";
        Regex::new(&format!("^(?:{numbers}|{words})")).expect("a constant pattern")
    });
    let begins = |i: usize| draft.lines.get(i).is_some() && DAY.is_match(draft.line(i));
    begins(i) && (begins(i + 1) || i > 0 && begins(i - 1))
}

/// A line set in from the margin begins a paragraph.
fn indented(draft: &Draft, i: usize) -> bool {
    let before = &draft.text[..draft.lines[i].span.start];
    before.ends_with(['\u{3000}', '\t']) || before.ends_with("  ")
}

/// A part of a line that stays, or a marker that stood there.
enum Piece {
    Text(Span),
    Marker(String),
}

impl Piece {
    fn push(&self, source: &str, text: &mut Mapped) {
        if let Piece::Text(span) = self {
            text.push(span.of(source), *span);
        }
    }
}

/// What stays of `span`, without blanks at its ends and without blanks that a cut left doubled.
fn pieces(
    text: &str,
    span: Span,
    known: &[Cut],
    found: &[Cut],
    markers: Vec<inline::Marker>,
    shape: Shape,
) -> Vec<Piece> {
    let mut cuts: Vec<Span> = known.iter().chain(found).map(|cut| cut.span).collect();
    cuts.sort_unstable();
    let mut out: Vec<Piece> = Vec::new();
    let mut markers = markers.into_iter().peekable();
    let mut at = span.start;
    let ends = cuts.iter().copied().chain(std::iter::once(Span::new(span.end, span.end)));
    for cut in ends {
        if cut.start > at {
            keep(text, Span::new(at, cut.start.min(span.end)), shape, &mut out);
        }
        at = at.max(cut.end);
        while let Some((_, number)) = markers.next_if(|(place, _)| *place < at) {
            out.push(Piece::Marker(number));
        }
    }
    while let Some(Piece::Text(last)) = out.iter_mut().rev().find(|piece| matches!(piece, Piece::Text(_))) {
        let kept = last.of(text).trim_end_matches(lines::is_blank).len();
        last.end = last.start + kept;
        if kept > 0 {
            break;
        }
        let empty = |piece: &Piece| matches!(piece, Piece::Text(span) if span.start == span.end);
        let at = out.iter().rposition(empty).unwrap_or(0);
        out.remove(at);
    }
    out
}

fn keep(text: &str, mut span: Span, shape: Shape, out: &mut Vec<Piece>) {
    let last = out.iter().rev().find_map(|piece| match piece {
        Piece::Text(span) => Some(*span),
        Piece::Marker(_) => None,
    });
    if last.is_none_or(|last| last.of(text).ends_with(lines::is_blank)) {
        span.start = span.end - span.of(text).trim_start_matches(lines::is_blank).len();
    }
    if span.start == span.end {
        return;
    }
    if !shape.wrapped || !span.of(text).contains(is_han) {
        out.push(Piece::Text(span));
        return;
    }
    // Blanks between Chinese characters come from the wrapping.
    let part = span.of(text);
    let mut start = span.start;
    for (at, blank) in part.match_indices([' ', '\u{3000}']) {
        let (before, after) = (part[..at].chars().next_back(), part[at + blank.len()..].chars().next());
        if before.is_some_and(is_chinese) && after.is_some_and(is_chinese) && span.start + at >= start {
            out.push(Piece::Text(Span::new(start, span.start + at)));
            start = span.start + at + blank.len();
        }
    }
    out.push(Piece::Text(Span::new(start, span.end)));
}

fn is_chinese(c: char) -> bool {
    is_han(c) || matches!(c as u32, 0x3001..=0x303F | 0xFF00..=0xFFEF)
}

impl Growing {
    fn add(&mut self, source: &str, pieces: &[Piece]) {
        let first = pieces.iter().find_map(|piece| match piece {
            Piece::Text(span) => Some(*span),
            Piece::Marker(_) => None,
        });
        if let Some(first) = first
            && !self.text.is_empty()
        {
            let before = self.text.text().chars().next_back();
            if self.blank_between(before, first.of(source)) {
                self.text.push_made(" ", first.start);
            }
        }
        for piece in pieces {
            match piece {
                Piece::Text(span) => {
                    let quotes = memchr::memchr_iter(b'"', span.of(source).as_bytes()).count();
                    self.quoted ^= quotes % 2 == 1;
                    self.text.push(span.of(source), *span);
                }
                Piece::Marker(number) => {
                    self.marks.push(Mark { at: self.text.text().len(), number: number.clone() })
                }
            }
        }
    }

    /// Whether a blank belongs between the text so far and what comes next.
    fn blank_between(&self, before: Option<char>, next: &str) -> bool {
        let mut chars = next.chars();
        let (Some(before), Some(first)) = (before, chars.next()) else { return false };
        let second = chars.next();
        if before.is_whitespace()
            || matches!(before, '(' | '[' | '“' | '«' | '「' | '‘' | '/')
            || (is_chinese(before) && is_chinese(first))
        {
            return false;
        }
        match first {
            ',' | '.' | ';' | ':' | '!' | '?' | ')' | ']' | '”' | '»' | '」' | '%' | '…' => false,
            '\'' | '’' => !second.is_some_and(char::is_alphabetic),
            '"' if self.quoted => false,
            _ => !(before == '"' && self.quoted),
        }
    }
}
