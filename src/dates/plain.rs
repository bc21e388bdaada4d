//! Plain text as an outline: sections by their headings, paragraphs by lines, sentences by stops.
//!
//! The pipeline has its own cleaner; this is what `annalist dates` reads, where the text comes as it
//! is. A heading is a short line without a closing stop; nothing tells its level but a markup sign, so
//! a bare heading that names no year takes that of the last heading that did.

use super::{Outline, Resolved, Rules};
use crate::model::{Language, Span, TimeKind};
use jiff::civil::Date;

/// A time expression of a plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlainTime {
    /// Bytes of the text.
    pub span: Span,
    pub kind: TimeKind,
    /// TIMEX3 value; of one end where the expression is a range.
    pub value: String,
    /// EDTF of the whole expression; empty where it has none.
    pub edtf: String,
    pub modifier: &'static str,
    /// What it does in its sentence, a code of [`crate::model::TimeUse`].
    pub used_as: &'static str,
    pub basis: &'static str,
    pub year_from: &'static str,
    pub rule: &'static str,
}

/// Longest heading in code points.
const HEADING: usize = 90;

/// Finds the time expressions of a plain text. A range gives one row for each end, as TIMEX3 has no
/// ranges; both carry the EDTF of the whole.
pub fn resolve_text(
    text: &str,
    language: Language,
    title: &str,
    published: Option<Date>,
    rules: &Rules,
) -> Vec<PlainTime> {
    let mut sections: Vec<(&str, Option<usize>)> = vec![("", None)];
    let mut levels = vec![0usize];
    let mut sentences = Vec::new();
    let mut starts = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        if body.is_empty() {
            continue;
        }
        let level = heading_level(body);
        let first = sentences.is_empty() && sections.len() == 1;
        if let Some(level) = level.filter(|_| !first || title.is_empty()) {
            let parent = (0..sections.len())
                .rev()
                .find(|&i| levels[i] < level || level == BARE && i > 0 && levels[i] == BARE);
            sections.push((body, parent.filter(|&parent| parent > 0)));
            levels.push(level);
            sentences.push((body, 0));
            starts.push(start);
            let section = sections.len() - 1;
            if let Some(last) = sentences.last_mut() {
                last.1 = section;
            }
            continue;
        }
        for part in sentence_spans(body) {
            sentences.push((part.of(body), sections.len() - 1));
            starts.push(start + part.start);
        }
    }
    let outline = Outline {
        title,
        language,
        sections,
        sentences: sentences.into_iter().map(|(text, section)| (text, section, language)).collect(),
        published,
        news: false,
        wiki: false,
    };
    let (rows, _) = super::resolve_outline(&outline, rules);
    rows.into_iter().flat_map(|row| plain(row, &starts)).collect()
}

fn plain(row: Resolved, starts: &[usize]) -> Vec<PlainTime> {
    let shift = starts[row.sentence];
    let make = |span: Span, value: String| PlainTime {
        span: Span::new(span.start + shift, span.end + shift),
        kind: row.kind,
        value,
        edtf: row.edtf.clone(),
        modifier: row.modifier.code(),
        used_as: row.used_as.code(),
        basis: row.basis.code(),
        year_from: row.year_from.code(),
        rule: row.rule,
    };
    match row.ends.clone() {
        Some(ends) => ends.into_iter().map(|(span, value)| make(span, value)).collect(),
        None => vec![make(row.span, row.timex.clone())],
    }
}

const BARE: usize = 99;

/// Level of a heading line: by its `#` or `==`, or [`BARE`] for a short line without a closing stop.
fn heading_level(line: &str) -> Option<usize> {
    let signs = line.chars().take_while(|&c| c == '#' || c == '=').count();
    if signs > 0 {
        return Some(signs);
    }
    let closing = line.chars().next_back()?;
    let short = line.chars().count() <= HEADING;
    let open = closing.is_alphanumeric() || matches!(closing, ')' | '）' | '"' | '”' | '»' | '’');
    let inside = line.contains(". ") || line.contains('。') || line.contains('，');
    (short && open && !inside).then_some(BARE)
}

/// Sentences of a paragraph, in bytes of it: after a stop that a blank and no small letter follows.
pub fn sentence_spans(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    let mut word = 0;
    while let Some((i, c)) = chars.next() {
        let end = i + c.len_utf8();
        let wide = matches!(c, '。' | '！' | '？');
        let narrow = matches!(c, '.' | '!' | '?');
        if narrow && chars.peek().is_some_and(|&(_, next)| next == ' ') {
            let next = text[end..].trim_start().chars().next();
            // `St. John`, `Sept. 1862`: a short word before a stop is mostly cut short
            let longest = if next.is_some_and(|next| next.is_ascii_digit()) { 4 } else { 2 };
            let short = text[word..i].chars().count() <= longest && c == '.';
            if next.is_some_and(|next| !next.is_lowercase()) && !short {
                spans.push(Span::new(start, end));
                start = end;
            }
        } else if wide {
            spans.push(Span::new(start, end));
            start = end;
        }
        if !c.is_alphanumeric() {
            word = end;
        }
    }
    spans.push(Span::new(start, text.len()));
    spans
        .into_iter()
        .filter_map(|span| {
            let part = span.of(text);
            let lead = part.len() - part.trim_start().len();
            let trimmed = part.trim();
            (!trimmed.is_empty()).then(|| Span::new(span.start + lead, span.start + lead + trimmed.len()))
        })
        .collect()
}
