//! Lists that lost their lines: `… plan: # Safety of … # Release of …` inside a paragraph.

use super::draft::Cut;
use crate::clean::page::{Mapped, Mark, PageBlock};
use crate::model::{Block, Span};

/// Fewest items that make a list.
const LEAST: usize = 3;
/// Most items looked at; more are no list of a paragraph.
const MOST: usize = 200;
/// Words after which the text may go on behind the last item.
const SHORTEST_ITEM: usize = 2;

/// A lower-case word this short may stand before a name inside an item.
const LONGEST_PARTICLE: usize = 4;

/// Writes the blocks of a paragraph with such a list: what stands before, the items, what stands after.
/// Writes nothing and says so where there is none.
pub(super) fn unfold(text: &Mapped, marks: &[Mark], out: &mut Vec<PageBlock>, cuts: &mut Vec<Cut>) -> bool {
    let signs = signs(text.text());
    if !(LEAST..=MOST).contains(&signs.len()) {
        return false;
    }
    let all = text.text();
    let mut parts = vec![(Block::Paragraph, Span::new(0, signs[0].start))];
    for (i, sign) in signs.iter().enumerate() {
        let end = signs.get(i + 1).map_or(all.len(), |next| next.start);
        let source = text.source(*sign);
        cuts.push(Cut { span: source, kind: "list_marker", rule: "inline-list" });
        if i + 1 < signs.len() {
            parts.push((Block::ListItem, Span::new(sign.end, end)));
        } else {
            let item = last_item(&all[sign.end..end]);
            parts.push((Block::ListItem, Span::new(sign.end, sign.end + item)));
            parts.push((Block::Paragraph, Span::new(sign.end + item, end)));
        }
    }
    for (block, span) in parts {
        let Some(span) = super::lines::trim(all, span) else { continue };
        let inside = marks.iter().filter(|mark| span.start < mark.at && mark.at <= span.end);
        let marks =
            inside.map(|mark| Mark { at: mark.at - span.start, number: mark.number.clone() }).collect();
        out.push(PageBlock::Text { block, text: text.slice(span), marks });
    }
    true
}

/// The signs that open items: `#` after a blank and before a capital, with or without a blank between.
fn signs(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    for at in memchr::memchr_iter(b'#', text.as_bytes()) {
        let rest = &text[at + 1..];
        let blank = rest.len() - rest.trim_start_matches(' ').len();
        let opens = rest[blank..].starts_with(|c: char| c.is_uppercase());
        let parted = at == 0
            || text[..at].ends_with(|c: char| c.is_whitespace() || matches!(c, ':' | '.' | ';' | ','));
        // `#Peace2024` is a tag of a network, not an item.
        let tag = rest[blank..]
            .split(' ')
            .next()
            .is_some_and(|word| word.chars().skip(1).any(|c| c.is_uppercase() || c.is_ascii_digit()))
            && blank == 0;
        if opens && parted && !tag {
            out.push(Span::new(at, at + 1 + blank));
        }
        if out.len() > MOST {
            break;
        }
    }
    out
}

/// Bytes of the last item: up to a full stop, or to a capital that opens a sentence of its own.
fn last_item(text: &str) -> usize {
    let mut at = 0;
    let mut lower = false;
    for (words, word) in text.split_inclusive(' ').enumerate() {
        let capital = word.starts_with(char::is_uppercase);
        let goes_on = text[at..].split(' ').take(9).count() == 9;
        if words >= SHORTEST_ITEM && capital && lower && goes_on {
            return at;
        }
        at += word.len();
        lower = word.starts_with(char::is_lowercase) && word.trim_end().chars().count() > LONGEST_PARTICLE;
        if word.trim_end().ends_with(['.', ';', '!', '?']) {
            return at;
        }
    }
    at
}
