//! Plain text: copies of wiki pages, mirrors, saved news, without markup or with what leaked of it.
//!
//! Boundary: takes a page of text and yields its blocks, with a receipt for every span that is in none.
//! Works by lines, since lines are all the structure such a page has left, in passes from the surest
//! sign to the least sure; each pass sees what the ones before it took.

mod chronology;
pub(in crate::clean) mod draft;
mod entries;
mod furnish;
pub mod gloss;
pub mod inline;
pub(in crate::clean) mod lines;
mod list;
mod outline;
mod shape;
mod stray;
#[cfg(test)]
mod tests;
mod title;
mod weave;

use super::Rules;
use super::headings::Seen;
use super::page::Page;
use crate::model::{Decoded, DumpKind, Span};
use draft::{Draft, Role};

/// Cleans a page of plain text.
pub fn clean(decoded: &Decoded, rules: &Rules) -> Page {
    draft(Draft::new(&decoded.text, rules), &decoded.hints.title)
}

/// Cleans a page whose own marks have been read, as far as it has any.
pub(in crate::clean) fn draft(mut draft: Draft, hint: &str) -> Page {
    furnish::mark(&mut draft);
    gloss::mark(&mut draft);
    stray::mark(&mut draft);
    captions(&mut draft);
    let shape = shape::shape(&draft);
    chronology::mark(&mut draft);
    title::mark(&mut draft, shape, hint);
    outline::mark(&mut draft, shape);
    entries::mark(&mut draft);
    draft.know_notes();
    items(&mut draft);
    let levels = levels(&draft);
    let blocks = weave::blocks(&mut draft, shape, &levels);
    let dump_kind = kind(&draft);
    Page {
        dump_kind,
        removals: draft.removals(),
        title: draft.title,
        url: String::new(),
        published: draft.published,
        language: String::new(),
        blocks,
        citations: draft.citations,
        glosses: draft.glosses,
        diagnostics: draft.diagnostics,
    }
}

/// A short line right below the tagline is the caption of the first picture.
fn captions(draft: &mut Draft) {
    for i in 1..draft.lines.len() {
        let below = draft.is_text(i) && draft.lines[i].above == 0 && draft.is_tagline(i - 1);
        if below && shape::could_head(draft.line(i), false) {
            draft.roles[i] = Role::Caption;
        }
    }
}

/// Marks list items and takes their bullets out; numbers are the author's and stay.
fn items(draft: &mut Draft) {
    numbered(draft);
    for i in 0..draft.lines.len() {
        let line = draft.line(i);
        let Some(bullet) = line
            .chars()
            .next()
            .filter(|c| matches!(c, '•' | '*' | '·' | '●' | '‣' | '▪' | '-' | '–' | '—' | '■' | '○'))
        else {
            continue;
        };
        let rest = &line[bullet.len_utf8()..];
        // A dash without a blank after it is a minus or a dialogue of one word; two are a rule.
        let parted = rest.is_empty() || rest.starts_with(lines::is_blank);
        let dialogue = matches!(bullet, '–' | '—');
        if !draft.is_text(i) || !parted || dialogue {
            continue;
        }
        let span = draft.lines[i].span;
        let start = lines::trim(draft.text, Span::new(span.start + bullet.len_utf8(), span.end))
            .map_or(span.end, |inner| inner.start);
        draft.roles[i] = Role::Item { start };
        draft.cut(Span::new(span.start, span.start + bullet.len_utf8()), "list_marker", "bullet");
    }
}

/// Fewest lines in a row, numbered one after another, that make a list.
const LEAST_NUMBERED: usize = 3;

/// Marks the lines of a numbered list, so that none is joined to the one above.
fn numbered(draft: &mut Draft) {
    let number = |draft: &Draft, i: usize| -> Option<u32> {
        let line = draft.line(i);
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        let rest = line.get(digits..)?.strip_prefix(['.', ')'])?;
        let parted = rest.starts_with([' ', '\t']) && draft.is_text(i);
        line[..digits].parse().ok().filter(|_| parted && digits <= 3)
    };
    let mut i = 0;
    while i < draft.lines.len() {
        let Some(first) = number(draft, i) else {
            i += 1;
            continue;
        };
        let after = (i + 1..draft.lines.len()).zip(first + 1..);
        let run = 1 + after.take_while(|&(at, wanted)| number(draft, at) == Some(wanted)).count();
        if run >= LEAST_NUMBERED {
            (i..i + run).for_each(|at| draft.roles[at] = Role::Item { start: draft.lines[at].span.start });
        }
        i += run;
    }
}

/// The levels of the headings that are left.
fn levels(draft: &Draft) -> Vec<u8> {
    let mut seen = Vec::new();
    let mut stacked = false;
    for i in 0..draft.lines.len() {
        match draft.roles[i] {
            Role::Heading { level, span } => {
                seen.push(Seen { text: span.of(draft.text).to_owned(), level, stacked });
                stacked = true;
            }
            // What a label or a list filled is not nothing, but an edit label is.
            Role::Gone if draft.is_label(i) => {}
            _ => stacked = false,
        }
    }
    // Where the title took the highest mark, the next one opens the top sections.
    let highest = seen.iter().filter_map(|heading| heading.level).min().unwrap_or(1);
    seen.iter_mut().for_each(|heading| heading.level = heading.level.map(|level| level + 1 - highest));
    draft.rules.headings.levels(&seen)
}

fn kind(draft: &Draft) -> DumpKind {
    let cut = |kind: &str| draft.cuts.iter().any(|cut| cut.kind == kind);
    let noted = !draft.citations.is_empty() || cut("footnote_marker") || cut("category");
    if draft.mirrored || (noted && cut("footer")) {
        DumpKind::Mirror
    } else if draft.labels > 0 || draft.taglines > 0 || noted || cut("see_also") {
        DumpKind::WikiText
    } else if cut("dateline") || cut("byline") || cut("share_bar") || cut("related") || cut("notice") {
        DumpKind::News
    } else {
        DumpKind::Plain
    }
}
