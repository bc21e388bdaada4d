//! A passage of a source: the sentence between marks, with a little of what stands around it and what
//! cleaning took out there.

use super::{Explanation, cell, tables::Tables};

/// Bytes shown on either side of a sentence.
const AROUND: usize = 160;

/// Where a sentence stands; with the source at hand, its passage.
pub fn passage(tables: &Tables, row: usize) -> Explanation {
    let sentences = &tables.sentences;
    let document = sentences.text("document_id", row);
    let mut out = Explanation::new("source");
    out.fact("source", tables.source(document));
    let (start, end) = (sentences.integer("source_start", row), sentences.integer("source_end", row));
    out.fact("bytes", format!("{start}–{end}"));
    let (start, end) = (start.max(0) as usize, end.max(0) as usize);
    if let Some(text) = tables.text(document) {
        let from = floor(&text, start.saturating_sub(AROUND));
        let to = floor(&text, end + AROUND);
        let (start, end) = (floor(&text, start), floor(&text, end));
        out.fact("passage", format!("…{}⟦{}⟧{}…", &text[from..start], &text[start..end], &text[end..to]));
    }
    let mut removed = Explanation::new("removed in or beside it");
    let removals = &tables.removals;
    for at in super::rows(removals, "document_id", document) {
        let (from, to) = (removals.integer("source_start", at), removals.integer("source_end", at));
        if to as usize + AROUND >= start && from as usize <= end + AROUND {
            let what = format!("{} (rule {})", cell(removals, "kind", at), cell(removals, "rule", at));
            removed.fact(&what, format!("{from}–{to}: {}", cell(removals, "excerpt", at)));
        }
    }
    out.part(removed);
    out
}

/// The last character boundary up to `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A sentence with marks around spans of code points; overlapping spans are marked once.
pub fn marked(text: &str, spans: &[(usize, usize)]) -> String {
    let mut spans: Vec<(usize, usize)> = spans.iter().copied().filter(|(start, end)| start < end).collect();
    spans.sort_unstable();
    let mut out = String::new();
    let mut next = spans.into_iter().peekable();
    let mut open: Option<usize> = None;
    for (at, c) in text.chars().enumerate() {
        if open == Some(at) {
            out.push(']');
            open = None;
        }
        while let Some((start, end)) = next.peek().copied().filter(|&(start, _)| start <= at) {
            next.next();
            if open.is_none() && start == at {
                out.push('[');
                open = Some(end);
            }
        }
        out.push(c);
    }
    if open.is_some() {
        out.push(']');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::marked;

    #[test]
    fn spans_are_marked_once() {
        assert_eq!(marked("They met on 3 March.", &[(5, 8), (12, 19), (14, 19)]), "They [met] on [3 March].");
        assert_eq!(marked("三月三日", &[(0, 4)]), "[三月三日]");
        assert_eq!(marked("x", &[(0, 0)]), "x");
    }
}
