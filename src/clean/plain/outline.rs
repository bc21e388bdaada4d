//! Outline: the lines that are headings, by marks, labels, or form and place.

use super::draft::{Draft, Role};
use super::shape::{self, Shape};
use crate::clean::furniture::Bracket;
use crate::model::Span;

/// Marks the headings of the page. Signs are tried from the surest to the least sure, and once a page
/// has shown one of them the less sure are not tried.
pub(super) fn mark(draft: &mut Draft, shape: Shape) {
    let marked = marked(draft);
    let labelled = labelled(draft);
    if marked >= 2 || labelled >= 2 {
        return tails(draft);
    }
    if !with_stop(draft) && !roomy(draft) && !shape.wrapped {
        if shape.spaced { spaced(draft) } else { dense(draft) }
    }
    tails(draft);
}

/// `== Talks ==` and `## Talks`.
fn marked(draft: &mut Draft) -> usize {
    let mut count = 0;
    for i in 0..draft.lines.len() {
        let (line, span) = (draft.line(i), draft.lines[i].span);
        let Some((level, text)) =
            (draft.is_text(i)).then(|| wiki_mark(line).or_else(|| number_signs(line))).flatten()
        else {
            continue;
        };
        // One sign alone opens a list as well as a heading.
        let alone =
            draft.lines[i].above > 0 || i == 0 || draft.lines.get(i + 1).is_some_and(|next| next.above > 0);
        if line.starts_with('#') && !alone {
            continue;
        }
        let inner = Span::new(span.start + text.start, span.start + text.end);
        draft.cut(Span::new(span.start, inner.start), "markup", "heading-mark");
        draft.cut(Span::new(inner.end, span.end), "markup", "heading-mark");
        draft.roles[i] = Role::Heading { level: Some(level), span: inner };
        count += 1;
    }
    count
}

fn wiki_mark(line: &str) -> Option<(u8, Span)> {
    let depth = line.bytes().take_while(|&b| b == b'=').count();
    let close = line.bytes().rev().take_while(|&b| b == b'=').count();
    if !(2..=6).contains(&depth) || close != depth || line.len() > 300 || line.len() <= 2 * depth {
        return None;
    }
    let inner = super::lines::trim(line, Span::new(depth, line.len() - close))?;
    Some((depth as u8 - 1, inner))
}

fn number_signs(line: &str) -> Option<(u8, Span)> {
    let depth = line.bytes().take_while(|&b| b == b'#').count();
    if !(1..=6).contains(&depth) || !line[depth..].starts_with([' ', '\t']) || line.len() > 300 {
        return None;
    }
    let end = line.trim_end_matches(['#', ' ']).len();
    Some((depth as u8, super::lines::trim(line, Span::new(depth, end.max(depth)))?))
}

/// A line with an edit label after it, on the same line or the next.
fn labelled(draft: &mut Draft) -> usize {
    let mut count = 0;
    for i in 0..draft.lines.len() {
        if !draft.is_text(i) || draft.lines[i].span.end - draft.lines[i].span.start > 400 {
            continue;
        }
        let line = draft.line(i);
        let own = label_start(draft, line);
        let below = draft.is_label(i + 1);
        let (Some(end), true) = (own.or(below.then_some(line.len())), !shape::ends(line) || own.is_some())
        else {
            continue;
        };
        let span = draft.lines[i].span;
        let text = Span::new(span.start, span.start + line[..end].trim_end().len());
        if own.is_some() {
            draft.cut(Span::new(text.end, span.end), "edit_label", "edit-label");
            draft.labels += 1;
        }
        draft.roles[i] = Role::Heading { level: None, span: text };
        count += 1;
    }
    count
}

/// Where the edit label that ends the line begins.
fn label_start(draft: &Draft, line: &str) -> Option<usize> {
    let open = line.ends_with([']', '］']).then(|| line.rfind(['[', '［']))??;
    let inner = line[open..].trim_matches(['[', ']', '［', '］']);
    let heading = open > 0 && !shape::ends(line[..open].trim_end());
    (heading && draft.rules.furniture.bracket(inner) == Some(Bracket::Edit)).then_some(open)
}

/// A short line that is a heading but for its full stop, without the stop.
fn stopped(line: &str) -> Option<&str> {
    let inner = line.strip_suffix('.')?;
    let short =
        line.len() <= 90 && inner.split_whitespace().count() <= 9 && !inner.ends_with(char::is_uppercase);
    (short && inner.starts_with(char::is_uppercase) && !inner.contains(['.', '!', '?', ';'])).then_some(inner)
}

/// Headings of extracts that give each a full stop: `History.` They are believed where known section
/// words stand among them, or where all that is not as short is long paragraphs.
fn with_stop(draft: &mut Draft) -> bool {
    let found: Vec<usize> =
        (0..draft.lines.len()).filter(|&i| draft.is_text(i) && stopped(draft.line(i)).is_some()).collect();
    let known = found
        .iter()
        .filter(|&&i| stopped(draft.line(i)).is_some_and(|inner| draft.rules.headings.is_known(inner)))
        .count();
    if known < 2 && !among_paragraphs(draft, &found) {
        return false;
    }
    for i in found {
        let span = draft.lines[i].span;
        draft.cut(Span::new(span.end - 1, span.end), "markup", "heading-stop");
        draft.roles[i] = Role::Heading { level: None, span: Span::new(span.start, span.end - 1) };
    }
    true
}

/// Fewest headings that long paragraphs alone can vouch for.
const LEAST_STOPPED: usize = 4;
/// Bytes of a paragraph, on average, beside such headings.
const LONG_PARAGRAPH: usize = 250;

fn among_paragraphs(draft: &Draft, found: &[usize]) -> bool {
    let (mut lines, mut bytes) = (0, 0);
    for i in draft.live().filter(|&i| draft.is_text(i)) {
        lines += 1;
        bytes += draft.line(i).len();
    }
    let headings: usize = found.iter().map(|&i| draft.line(i).len()).sum();
    let others = lines - found.len().min(lines);
    let prose =
        |&i: &usize| draft.lines.get(i + 1).is_some_and(|_| draft.line(i + 1).len() >= LONG_PARAGRAPH / 2);
    found.len() >= LEAST_STOPPED
        && others >= found.len()
        && bytes - headings >= others * LONG_PARAGRAPH
        && found.iter().filter(|&i| prose(i)).count() * 3 >= found.len() * 2
}

/// A page that leaves more room above its headings than between its paragraphs.
fn roomy(draft: &mut Draft) -> bool {
    let live: Vec<usize> = draft.live().collect();
    let room = live.iter().skip(1).filter(|&&i| draft.lines[i].above >= 2 && draft.is_text(i));
    let (heads, others): (Vec<usize>, Vec<usize>) =
        room.partition(|&&i| shape::could_head(draft.line(i), false) && stands_alone(draft, i));
    if heads.len() < 2 || others.len() > heads.len() {
        return false;
    }
    heads.into_iter().for_each(|i| head(draft, i));
    true
}

fn stands_alone(draft: &Draft, i: usize) -> bool {
    draft.lines.get(i + 1).is_none_or(|next| next.above > 0)
}

fn head(draft: &mut Draft, i: usize) {
    draft.roles[i] = Role::Heading { level: None, span: draft.lines[i].span };
}

/// More short lines in a row than this are a list or a menu.
const LONGEST_STACK: usize = 3;

/// Short lines between paragraphs that blank lines part.
fn spaced(draft: &mut Draft) {
    let alone = |draft: &Draft, i: usize| {
        draft.is_text(i)
            && draft.lines[i].above > 0
            && stands_alone(draft, i)
            && shape::could_head(draft.line(i), false)
    };
    by_runs(draft, alone);
}

/// Short lines among lines that end as sentences do.
fn dense(draft: &mut Draft) {
    let (mut ended, mut short, mut known) = (0, 0, 0);
    for i in draft.live().filter(|&i| draft.is_text(i)) {
        ended += usize::from(shape::ends(draft.line(i)));
        short += usize::from(shape::could_head(draft.line(i), true));
        known += usize::from(draft.rules.headings.is_known(draft.line(i)));
    }
    // A poem, a table or a list has few full stops, and its short lines are no headings.
    if short > ended && (known < 2 || short > 2 * ended + 2) {
        return;
    }
    let mut above = vec![None; draft.lines.len()];
    let mut last = None;
    for i in draft.live() {
        above[i] = last.replace(i);
    }
    by_runs(draft, |draft, i| {
        let before = above[i];
        draft.is_text(i)
            && shape::could_head(draft.line(i), true)
            && !goes_on(draft, i)
            && before.is_none_or(|before| {
                !draft.is_text(before)
                    || shape::ends(draft.line(before))
                    || shape::could_head(draft.line(before), true)
            })
    });
}

/// Whether the line below goes on with the sentence of line `i`.
fn goes_on(draft: &Draft, i: usize) -> bool {
    let below = draft.lines.get(i + 1).is_some_and(|below| below.above == 0);
    below
        && (matches!(draft.roles[i + 1], Role::Gloss { .. })
            || draft.line(i + 1).starts_with(char::is_lowercase))
}

/// Marks runs of candidates that prose follows; a run that is too long, or that nothing follows, is a
/// list.
fn by_runs(draft: &mut Draft, candidate: impl Fn(&Draft, usize) -> bool) {
    let live: Vec<usize> = draft.live().collect();
    let mut at = 0;
    while at < live.len() {
        let run = live[at..].iter().take_while(|&&i| candidate(draft, i)).count();
        let next = live.get(at + run).copied();
        let known = live[at..at + run].iter().any(|&i| draft.rules.headings.is_known(draft.line(i)));
        let prose = next.is_some_and(|i| {
            shape::ends(draft.line(i)) || shape::is_prose(draft.line(i)) || draft.roles[i] != Role::Text
        });
        if (1..=LONGEST_STACK).contains(&run) && (prose || known) || (known && run > 0) {
            live[at..at + run].iter().for_each(|&i| head(draft, i));
        }
        at += run.max(1);
    }
}

/// Known section words after the body are headings on any page.
fn tails(draft: &mut Draft) {
    for i in 0..draft.lines.len() {
        if draft.is_text(i) && draft.rules.headings.tail(draft.line(i)).is_some() {
            head(draft, i);
        }
    }
}
