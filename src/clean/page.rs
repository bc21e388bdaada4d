//! A page between its markup and its sentences: what every markup-specific cleaner hands on.
//!
//! A cleaner for plain text, Markdown, HTML or wikitext takes markup and furniture away and yields a
//! [`Page`] of blocks whose text still knows where in the source each part stood. What is common to
//! all of them — sentences, language, counts — is then done once, in `finish`.

use crate::model::{Block, Citation, Diagnostic, DumpKind, Gloss, Removal, Span};

/// Text with the source of each run of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapped {
    text: String,
    /// Where each run begins in `text`, and the source it came from; sorted, first at 0.
    runs: Vec<(usize, Span)>,
}

impl Mapped {
    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Appends text that came from `source`. Where both have the same length in bytes, each byte is
    /// taken to come from its fellow; else (an entity, a folded blank) the run maps as a whole.
    pub fn push(&mut self, text: &str, source: Span) {
        if text.is_empty() {
            return;
        }
        let joins = self.runs.last().is_some_and(|&(start, last)| {
            last.end == source.start
                && last.end - last.start == self.text.len() - start
                && source.end - source.start == text.len()
        });
        if joins {
            self.runs.last_mut().expect("a last run").1.end = source.end;
        } else {
            self.runs.push((self.text.len(), source));
        }
        self.text.push_str(text);
    }

    /// Appends text that has no source of its own (a blank between joined lines); it maps to the
    /// empty span at `at`.
    pub fn push_made(&mut self, text: &str, at: usize) {
        if !text.is_empty() {
            self.runs.push((self.text.len(), Span::new(at, at)));
            self.text.push_str(text);
        }
    }

    /// Appends another mapped text.
    pub fn append(&mut self, other: &Mapped) {
        for (i, &(start, source)) in other.runs.iter().enumerate() {
            let end = other.runs.get(i + 1).map_or(other.text.len(), |&(next, _)| next);
            self.push_run(&other.text[start..end], source);
        }
    }

    fn push_run(&mut self, text: &str, source: Span) {
        if source.start == source.end { self.push_made(text, source.start) } else { self.push(text, source) }
    }

    /// Shortens the text to its first `length` bytes.
    pub fn truncate(&mut self, length: usize) {
        let mut end = self.text.len();
        while let Some(&(start, _)) = self.runs.last().filter(|&&(start, _)| start >= length) {
            end = start;
            self.runs.pop();
        }
        if let Some((start, source)) = self.runs.last_mut()
            && length < end
            && source.end - source.start == end - *start
        {
            source.end = source.start + length - *start;
        }
        self.text.truncate(length);
    }

    /// The part of this text in `span`, with its map.
    pub fn slice(&self, span: Span) -> Mapped {
        let mut part = Mapped::default();
        let first = self.runs.partition_point(|&(start, _)| start <= span.start).saturating_sub(1);
        for (i, &(start, source)) in self.runs.iter().enumerate().skip(first) {
            if start >= span.end {
                break;
            }
            let end = self.runs.get(i + 1).map_or(self.text.len(), |&(next, _)| next);
            let (from, to) = (start.max(span.start), end.min(span.end));
            if from < to {
                let exact = source.end - source.start == end - start;
                let source = if exact {
                    Span::new(source.start + from - start, source.start + to - start)
                } else {
                    source
                };
                part.push_run(&self.text[from..to], source);
            }
        }
        part
    }

    /// The source spans of many parts, given in order and not overlapping: one pass over the text.
    pub fn sources(&self, spans: &[Span]) -> Vec<Span> {
        let mut out = Vec::with_capacity(spans.len());
        let mut run = 0;
        for span in spans {
            let end_of = |run: usize| self.runs.get(run + 1).map_or(self.text.len(), |&(next, _)| next);
            while run < self.runs.len() && end_of(run) <= span.start {
                run += 1;
            }
            let mut source: Option<Span> = None;
            let first = run;
            for (at, &(start, whole)) in self.runs.iter().enumerate().skip(first) {
                if start >= span.end {
                    break;
                }
                let (from, to) = (start.max(span.start), end_of(at).min(span.end));
                let exact = whole.end - whole.start == end_of(at) - start;
                let part = if exact {
                    Span::new(whole.start + from - start, whole.start + to - start)
                } else {
                    whole
                };
                source = Some(
                    source.map_or(part, |all| Span::new(all.start.min(part.start), all.end.max(part.end))),
                );
                run = at;
            }
            out.push(source.unwrap_or_default());
        }
        out
    }

    /// The source span from the first to the last byte of `span`; what was removed in between is inside.
    pub fn source(&self, span: Span) -> Span {
        let part = self.slice(span);
        let start = part.runs.iter().map(|&(_, source)| source.start).min().unwrap_or(0);
        let end = part.runs.iter().map(|&(_, source)| source.end).max().unwrap_or(start);
        Span::new(start, end)
    }
}

/// A footnote marker: where in its block it stood, and which entry it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Byte offset into the block's text.
    pub at: usize,
    /// The number or letter of the entry, compared with [`Citation::number`].
    pub number: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageBlock {
    Heading { level: u8, text: Mapped },
    Text { block: Block, text: Mapped, marks: Vec<Mark> },
}

/// A page without its markup and furniture.
#[derive(Debug, Clone)]
pub struct Page {
    pub dump_kind: DumpKind,
    /// What the page says of itself; empty strings where it says nothing.
    pub title: String,
    pub url: String,
    /// As written; parsed when the page is finished.
    pub published: String,
    /// BCP 47 code as the page declares it, unchecked.
    pub language: String,
    pub blocks: Vec<PageBlock>,
    pub citations: Vec<Citation>,
    pub glosses: Vec<Gloss>,
    pub removals: Vec<Removal>,
    pub diagnostics: Vec<Diagnostic>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slice_keeps_its_source() {
        let mut text = Mapped::default();
        text.push("Talks", Span::new(10, 15));
        text.push(" began", Span::new(15, 21));
        text.push_made(" ", 30);
        text.push("& ended", Span::new(30, 41));
        assert_eq!(text.text(), "Talks began & ended");
        assert_eq!(text.source(Span::new(0, 5)), Span::new(10, 15));
        assert_eq!(text.source(Span::new(3, 8)), Span::new(13, 18));
        assert_eq!(text.source(Span::new(6, 13)), Span::new(16, 41));
        let mut joined = text.slice(Span::new(0, 11));
        joined.append(&text.slice(Span::new(11, 19)));
        assert_eq!(joined, text);
    }
}
