//! A page while it is being cleaned: its lines, what each is, and what was cut.

use super::lines::{self, Line};
use crate::clean::Rules;
use crate::model::{Citation, Diagnostic, Gloss, Removal, Span};
use std::collections::BTreeSet;

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::clean) enum Role {
    Text,
    /// Text up to `anchor_end`; what follows explained a link.
    Gloss {
        anchor_end: usize,
    },
    /// A list item whose text begins at `start`.
    Item {
        start: usize,
    },
    Heading {
        level: Option<u8>,
        span: Span,
    },
    /// Under a photograph or the like.
    Caption,
    /// Of somebody else's words, set apart; its text begins at `start`.
    Quote {
        start: usize,
    },
    /// A row of a table.
    Row,
    /// No text: cut as a whole, or kept as citation.
    Gone,
}

/// A span that is taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::clean) struct Cut {
    pub span: Span,
    pub kind: &'static str,
    pub rule: &'static str,
}

pub(in crate::clean) struct Draft<'a> {
    pub text: &'a str,
    pub rules: &'a Rules,
    /// Marks of Markdown count as marks.
    pub markdown: bool,
    pub lines: Vec<Line>,
    pub roles: Vec<Role>,
    pub cuts: Vec<Cut>,
    pub title: String,
    pub published: String,
    pub citations: Vec<Citation>,
    pub glosses: Vec<Gloss>,
    pub diagnostics: Vec<Diagnostic>,
    /// Numbers of the entries, sorted.
    notes: BTreeSet<String>,
    /// Places of the first and last line of prose.
    pub prose: Option<(usize, usize)>,
    /// Lines that were edit labels, and taglines.
    labelled: BTreeSet<usize>,
    tagged: BTreeSet<usize>,
    /// Kinds of furniture seen, for the kind of the dump.
    pub labels: usize,
    pub taglines: usize,
    pub mirrored: bool,
}

impl<'a> Draft<'a> {
    pub fn new(text: &'a str, rules: &'a Rules) -> Self {
        let lines = lines::split(text);
        Draft {
            roles: vec![Role::Text; lines.len()],
            text,
            rules,
            markdown: false,
            lines,
            cuts: Vec::new(),
            title: String::new(),
            published: String::new(),
            citations: Vec::new(),
            glosses: Vec::new(),
            diagnostics: Vec::new(),
            notes: BTreeSet::new(),
            labelled: BTreeSet::new(),
            tagged: BTreeSet::new(),
            prose: None,
            labels: 0,
            taglines: 0,
            mirrored: false,
        }
    }

    pub fn line(&self, i: usize) -> &'a str {
        self.lines[i].span.of(self.text)
    }

    pub fn is_text(&self, i: usize) -> bool {
        self.roles[i] == Role::Text
    }

    /// Lines that are still part of the text, in order.
    pub fn live(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.lines.len()).filter(|&i| self.roles[i] != Role::Gone)
    }

    /// Takes a whole line out.
    pub fn drop_line(&mut self, i: usize, kind: &'static str, rule: &'static str) {
        self.roles[i] = Role::Gone;
        if kind == "edit_label" {
            self.labelled.insert(i);
        }
        if kind == "tagline" {
            self.tagged.insert(i);
        }
        self.cut(self.lines[i].span, kind, rule);
    }

    pub fn cut(&mut self, span: Span, kind: &'static str, rule: &'static str) {
        if span.start < span.end {
            self.cuts.push(Cut { span, kind, rule });
        }
    }

    /// Learns the numbers of the entries, so that markers can be told from insertions.
    pub fn know_notes(&mut self) {
        self.notes = self.citations.iter().map(|citation| citation.number.clone()).collect();
    }

    pub fn has_note(&self, number: &str) -> bool {
        self.notes.contains(number)
    }

    /// Whether a line that is gone was an edit label.
    pub fn is_label(&self, i: usize) -> bool {
        self.labelled.contains(&i)
    }

    /// Whether a line that is gone was a tagline.
    pub fn is_tagline(&self, i: usize) -> bool {
        self.tagged.contains(&i)
    }

    /// The receipts for all that was cut.
    pub fn removals(&mut self) -> Vec<Removal> {
        self.cuts.sort_by_key(|cut| (cut.span, cut.kind));
        let receipt = |cut: &Cut| Removal {
            source: cut.span,
            kind: cut.kind,
            rule: cut.rule,
            excerpt: excerpt(cut.span.of(self.text)),
        };
        self.cuts.iter().map(receipt).collect()
    }
}

/// Characters of a removed span that its receipt shows.
const EXCERPT: usize = 80;

fn excerpt(text: &str) -> String {
    match text.char_indices().nth(EXCERPT) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
