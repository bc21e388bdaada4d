//! Marks that stand in the text itself: `[12]`, `[edit]`, `[citation needed]` on pages whose markup
//! doesn't tell them apart, such as mirrors of wiki pages.
//!
//! Code is full of brackets, so a page with preformatted text is left alone, and numbers count as
//! footnote markers only where the page has several.

use super::blocks::Blocks;
use super::element::Tag;
use super::tree::Tree;
use crate::clean::furniture::{self, Bracket};
use crate::clean::page::{Mapped, Mark, PageBlock};
use crate::model::{Removal, Span};

/// Footnote markers that a page must have for any to be taken out.
const SEVERAL: usize = 2;
/// Marks in one block above which it is a list of something else.
const MOST: usize = 2000;
/// Longest mark, in bytes.
const LONGEST: usize = 160;

struct Found {
    block: usize,
    span: Span,
    what: Bracket,
}

/// Takes the marks out of all blocks.
pub fn remove(tree: &Tree<'_>, rules: &furniture::Rules, cut: &mut Blocks) {
    if tree.nodes.iter().any(|node| matches!(node.tag, Tag::Pre | Tag::Code)) {
        return;
    }
    let mut found: Vec<Found> = Vec::new();
    for (block, text) in cut.blocks.iter().map(text_of).enumerate() {
        let marks = marks(text.text(), rules);
        found.extend(marks.into_iter().map(|(span, what)| Found { block, span, what }));
    }
    let notes = found.iter().filter(|found| matches!(found.what, Bracket::Note(_))).count();
    found.retain(|found| notes >= SEVERAL || !matches!(found.what, Bracket::Note(_)));
    let mut all = found.as_slice();
    while let Some(first) = all.first() {
        let (here, rest) = all.split_at(all.iter().take_while(|found| found.block == first.block).count());
        if here.len() > MOST {
            all = rest;
            continue;
        }
        take(&mut cut.blocks[first.block], here, &mut cut.removals);
        all = rest;
    }
    cut.blocks.retain(|block| !text_of(block).is_empty());
}

fn text_of(block: &PageBlock) -> &Mapped {
    match block {
        PageBlock::Heading { text, .. } | PageBlock::Text { text, .. } => text,
    }
}

/// The marks of one text, in order, each with the blanks before it.
fn marks(text: &str, rules: &furniture::Rules) -> Vec<(Span, Bracket)> {
    let mut marks = Vec::new();
    let mut done = 0;
    for open in memchr::memchr_iter(b'[', text.as_bytes()) {
        let inner = open + 1;
        if open < done {
            continue;
        }
        let close = text.as_bytes()[inner..].iter().take(LONGEST).position(|&byte| byte == b']');
        let Some(close) = close.map(|len| inner + len) else { continue };
        let start = text[..open].trim_end().len();
        let (attached, last) = (start == open && open > 0, text[close + 1..].trim().is_empty());
        let counts = |what: &Bracket| match what {
            Bracket::Note(_) => attached,
            Bracket::Remark => true,
            Bracket::Edit => last,
            Bracket::Letter(_) => false,
        };
        if let Some(what) = rules.bracket(&text[inner..close]).filter(counts) {
            done = close + 1;
            marks.push((Span::new(start, done), what));
        }
    }
    marks
}

fn take(block: &mut PageBlock, found: &[Found], removals: &mut Vec<Removal>) {
    let old = text_of(block).clone();
    let mut new = Mapped::default();
    let mut new_marks = Vec::new();
    let mut done = 0;
    for Found { span, what, .. } in found {
        new.append(&old.slice(Span::new(done, span.start)));
        done = span.end;
        let (kind, rule) = match what {
            Bracket::Edit => ("edit_label", "html.bracket"),
            Bracket::Remark => ("editor_remark", "html.bracket"),
            Bracket::Note(_) | Bracket::Letter(_) => ("footnote_marker", "html.bracket"),
        };
        if let Bracket::Note(number) = what {
            new_marks.push((span.start, Mark { at: new.text().len(), number: number.clone() }));
        }
        let excerpt = span.of(old.text()).trim().to_owned();
        removals.push(Removal { source: old.source(*span), kind, rule, excerpt });
    }
    new.append(&old.slice(Span::new(done, old.text().len())));
    match block {
        PageBlock::Heading { text, .. } => *text = new,
        PageBlock::Text { text, marks, .. } => {
            let gone = |at: usize| -> usize {
                found.iter().take_while(|f| f.span.end <= at).map(|f| f.span.end - f.span.start).sum()
            };
            let moved = marks.drain(..).map(|mark| (mark.at, Mark { at: mark.at - gone(mark.at), ..mark }));
            let mut all: Vec<_> = moved.chain(new_marks).collect();
            all.sort_by_key(|(at, _)| *at);
            *marks = all.into_iter().map(|(_, mark)| mark).collect();
            *text = new;
        }
    }
}
