//! Lines of a page: where each one's text stands and how much room is above it.

use crate::model::Span;

/// A line that is not blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Its text, without blanks and invisible characters around it.
    pub span: Span,
    /// Blank lines above it.
    pub above: usize,
}

/// White space, and characters that show nothing.
pub fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '\u{200b}'
                | '\u{200c}'
                | '\u{200d}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{feff}'
                | '\u{ad}'
                | '\u{2060}'
        )
}

/// The lines of a text, whatever ends them (LF, CRLF, CR alone).
pub fn split(text: &str) -> Vec<Line> {
    let mut out = Vec::new();
    let (mut start, mut above) = (0, 0);
    let bytes = text.as_bytes();
    let ends = memchr::memchr2_iter(b'\n', b'\r', bytes).chain(std::iter::once(bytes.len()));
    for end in ends {
        if end < start {
            continue;
        }
        match trim(text, Span::new(start, end)) {
            Some(span) => {
                out.push(Line { span, above });
                above = 0;
            }
            None => above += 1,
        }
        start = end + 1;
        if bytes.get(end) == Some(&b'\r') && bytes.get(start) == Some(&b'\n') {
            start += 1;
        }
    }
    out
}

/// The span without blanks around its text; none where it is blank.
pub fn trim(text: &str, span: Span) -> Option<Span> {
    let part = span.of(text);
    let start = span.start + (part.len() - part.trim_start_matches(is_blank).len());
    let end = span.start + part.trim_end_matches(is_blank).len();
    (start < end).then(|| Span::new(start, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_end_counts() {
        let text = "a\r\n\r\n b \rc\n\n\n\u{200b}d";
        let lines = split(text);
        let seen: Vec<(&str, usize)> = lines.iter().map(|line| (line.span.of(text), line.above)).collect();
        assert_eq!(seen, [("a", 0), ("b", 1), ("c", 0), ("d", 2)]);
    }
}
