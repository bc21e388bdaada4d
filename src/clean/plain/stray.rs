//! Stray references: a note that a mirror printed into the body, torn over several lines.
//!
//! The line with volume, pages and date of access gives it away; the lines above it belong to it up to
//! the end of a sentence, and an author's name glued to that sentence goes with them.

use super::draft::Draft;
use super::shape;
use crate::clean::citations;
use crate::model::Span;

/// A longer line with such signs is prose about sources.
const LONGEST: usize = 300;
/// Lines above that a note may be torn over.
const MOST_LINES: usize = 3;

pub(super) fn mark(draft: &mut Draft) {
    for i in 0..draft.lines.len() {
        if !draft.is_text(i)
            || draft.line(i).len() > LONGEST
            || !draft.rules.citations.reads_like_entry(draft.line(i))
        {
            continue;
        }
        let mut first = i;
        while first > 0
            && i - first < MOST_LINES
            && adjoins(draft, first)
            && !shape::ends_plainly(draft.line(first - 1))
            && author(draft.line(first - 1)).is_none()
        {
            first -= 1;
        }
        let author = (first > 0 && adjoins(draft, first)).then(|| author(draft.line(first - 1))).flatten();
        if author.is_none() && first < i {
            first = i;
        }
        let mut text = String::new();
        if let Some(at) = author {
            let line = draft.lines[first - 1].span;
            text.push_str(&draft.line(first - 1)[at..]);
            draft.cut(Span::new(line.start + at, line.end), "reference_list", "stray-reference");
        }
        for part in first..=i {
            text.push(' ');
            text.push_str(draft.line(part));
            draft.drop_line(part, "reference_list", "stray-reference");
        }
        let source = Span::new(draft.lines[first].span.start, draft.lines[i].span.end);
        draft.citations.push(citations::parse(&text.replace("''", ""), "", source, &draft.rules.citations));
    }
}

fn adjoins(draft: &Draft, i: usize) -> bool {
    draft.lines[i].above == 0 && draft.is_text(i - 1)
}

/// Where an author's name begins that is glued to the last sentence of a line: `the war".Miller, A B.`
fn author(line: &str) -> Option<usize> {
    let from = line.len().saturating_sub(80);
    let from = (from..line.len()).find(|&at| line.is_char_boundary(at))?;
    let tail = &line[from..];
    let mut stops = tail.match_indices(['.', '!', '?']).map(|(at, _)| at + 1);
    stops.find_map(|stop| {
        let closers = tail[stop..]
            .chars()
            .take_while(|c| matches!(c, '"' | '”' | '’' | '»' | ')'))
            .map(char::len_utf8)
            .sum::<usize>();
        let name = &tail[stop + closers..];
        let (last, rest) = name.split_once(", ")?;
        let surname = last.starts_with(char::is_uppercase)
            && last.chars().count() >= 2
            && last.chars().all(|c| c.is_alphabetic() || c == '-');
        let given = !rest.is_empty()
            && rest
                .split([' ', '.'])
                .filter(|part| !part.is_empty())
                .all(|part| part.chars().count() == 1 && part.starts_with(char::is_uppercase));
        (surname && given).then_some(from + stop + closers)
    })
}
