//! Limit: the longest sentence. What stages after cleaning do with a sentence may cost the square of
//! its length, and a page without stops (a dump of numbers, a list that lost its line ends) is one
//! sentence. Such a sentence is parted, so that a page costs no more than others of its length.

use crate::model::{Diagnostic, Severity, Span};

/// Bytes; far more than any sentence that a person wrote.
const LONGEST: usize = 8 << 10;

/// The spans with those that are too long parted at a blank, or where there is none, between two
/// characters; and how many were too long.
pub fn parted(text: &str, spans: Vec<Span>) -> (Vec<Span>, usize) {
    if spans.iter().all(|span| span.end - span.start <= LONGEST) {
        return (spans, 0);
    }
    let (mut out, mut long) = (Vec::with_capacity(spans.len() + 8), 0);
    for span in spans {
        let mut start = span.start;
        long += usize::from(span.end - start > LONGEST);
        while span.end - start > LONGEST {
            let end = start + cut(&text[start..span.end]);
            push(text, start, end, &mut out);
            start = end;
        }
        push(text, start, span.end, &mut out);
    }
    (out, long)
}

/// Adds what stands between two places, without the blanks around it.
fn push(text: &str, start: usize, end: usize, out: &mut Vec<Span>) {
    let part = &text[start..end];
    let kept = part.trim();
    if !kept.is_empty() {
        let start = start + part.len() - part.trim_start().len();
        out.push(Span::new(start, start + kept.len()));
    }
}

/// Where to part a text that is too long; never 0.
fn cut(text: &str) -> usize {
    let end = (1..=LONGEST).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
    let blank = text[..end].char_indices().rev().find(|(_, c)| c.is_whitespace()).map(|(at, _)| at);
    blank.filter(|&at| at > LONGEST / 2).unwrap_or(end)
}

/// A heading or title up to the limit.
pub fn shortened(text: &str) -> &str {
    if text.len() <= LONGEST { text } else { text[..cut(text)].trim_end() }
}

pub fn diagnostic(at: usize, count: usize) -> Diagnostic {
    Diagnostic {
        source_start: at,
        severity: Severity::Warning,
        code: "sentence-too-long",
        message: format!("{count} stretches of more than {LONGEST} bytes without a stop were parted"),
        excerpt: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_stretches_are_parted_between_words() {
        let text = "шесть слов ".repeat(3000);
        let (spans, long) = parted(&text, vec![Span::new(0, text.len())]);
        assert_eq!(long, 1);
        assert!(spans.len() > 4 && spans.iter().all(|span| span.end - span.start <= LONGEST));
        let words: Vec<&str> = spans.iter().flat_map(|span| span.of(&text).split(' ')).collect();
        assert_eq!(words.len(), 6000);
        assert!(words.iter().all(|word| matches!(*word, "шесть" | "слов")));
    }

    #[test]
    fn without_blanks_they_are_parted_between_characters() {
        let text = "会谈".repeat(5000);
        let (spans, _) = parted(&text, vec![Span::new(0, text.len())]);
        assert_eq!(spans.iter().map(|span| span.of(&text)).collect::<String>(), text);
        assert_eq!(shortened(&text).chars().count(), LONGEST / 3);
    }

    #[test]
    fn others_stay_as_they_are() {
        let spans = vec![Span::new(0, 4), Span::new(5, 9)];
        assert_eq!(parted("One. Two.", spans.clone()), (spans, 0));
        assert_eq!(shortened("One."), "One.");
    }
}
