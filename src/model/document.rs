//! A page, record or article: as it was read ([`Decoded`]) and as it was cleaned ([`Cleaned`]).

use super::stored::{Word, day, interned};
use super::{Language, Span, Variety};
use crate::vocabulary;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

vocabulary! {
    /// How the text of a record is marked up, which decides the cleaner that takes it.
    Markup { Plain => "plain", Markdown => "markdown", Html => "html", Wikitext => "wikitext" }
}

vocabulary! {
    /// What kind of scrape a document is; recognised from its furniture.
    DumpKind {
        Plain => "plain",
        WikiText => "wiki_text",
        WikiHtml => "wiki_html",
        Wikitext => "wikitext",
        Mirror => "mirror",
        News => "news",
        Feed => "feed",
    }
}

vocabulary! {
    EncodingFrom {
        Bom => "bom", Http => "http", Declared => "declared", Detected => "detected", Default => "default",
    }
}

vocabulary! {
    Status { Ok => "ok", Empty => "empty", Rejected => "rejected" }
}

vocabulary! {
    Severity { Info => "info", Warning => "warning", Error => "error" }
}

vocabulary! {
    Block {
        Paragraph => "paragraph",
        ListItem => "list_item",
        Quote => "quote",
        Caption => "caption",
        TableCell => "table_cell",
    }
}

/// Something a reader should know about a document; never the end of a run.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Byte offset into the decoded source.
    pub source_start: usize,
    pub severity: Severity,
    /// Stable code in kebab-case, such as `declared-encoding-contradicted`.
    #[serde(with = "interned")]
    pub code: Word,
    pub message: String,
    pub excerpt: String,
}

/// What the container or the page's own metadata says; believed only where nothing better is known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hints {
    pub url: String,
    pub title: String,
    /// As written there; the cleaner parses it.
    pub published: String,
    /// BCP 47 code as declared, unchecked.
    pub language: String,
}

/// One record, read and decoded, with its markup still on.
#[derive(Debug, Clone)]
pub struct Decoded {
    /// Path below RAW with `/`, and `#record` where the file holds many.
    pub source: String,
    /// The decoded text without a byte order mark. All source offsets count its UTF-8 bytes.
    pub text: String,
    pub markup: Markup,
    /// The record came out of an RSS or Atom feed.
    pub from_feed: bool,
    pub media_type: String,
    pub encoding: String,
    pub encoding_from: EncodingFrom,
    /// Lower-case hex digest of the record's raw bytes.
    pub sha256: String,
    pub bytes: u64,
    pub hints: Hints,
    pub status: Status,
    /// U+FFFD that decoding put in.
    pub replacement_chars: usize,
    pub diagnostics: Vec<Diagnostic>,
}

#[cfg(test)]
impl Decoded {
    /// A record as reading would hand it over, for the tests of the stages after it.
    pub(crate) fn sample(source: &str, markup: Markup, media_type: &str, text: &str) -> Self {
        Decoded {
            source: source.to_owned(),
            text: text.to_owned(),
            markup,
            from_feed: false,
            media_type: media_type.to_owned(),
            encoding: "UTF-8".to_owned(),
            encoding_from: EncodingFrom::Default,
            sha256: String::new(),
            bytes: text.len() as u64,
            hints: Hints::default(),
            status: Status::Ok,
            replacement_chars: 0,
            diagnostics: Vec::new(),
        }
    }
}

/// What is known of a document after cleaning: a row of the table `documents`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Document {
    pub source: String,
    pub title: String,
    pub language: Language,
    /// Of a Chinese page, where its words tell.
    pub variety: Option<Variety>,
    pub dump_kind: DumpKind,
    pub media_type: String,
    pub encoding: String,
    pub encoding_from: EncodingFrom,
    pub sha256: String,
    pub bytes: u64,
    pub url: String,
    #[serde(with = "day")]
    pub published: Option<Date>,
    pub status: Status,
    /// Code points of the decoded source.
    pub chars_source: usize,
    /// Code points of all sentences and headings.
    pub chars_kept: usize,
    pub replacement_chars: usize,
}

/// A heading and what stands under it. The text before the first heading belongs to section 0,
/// which has level 0 and an empty heading.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Section {
    /// Index into [`Cleaned::sections`]; none for section 0.
    pub parent: Option<usize>,
    /// 1 for top headings below the title.
    pub level: u8,
    pub heading: String,
    pub source: Span,
}

/// A sentence of the cleaned text.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Sentence {
    pub text: String,
    /// Index into [`Cleaned::sections`].
    pub section: usize,
    /// Counts blocks (paragraphs, list items, cells) through the document.
    pub block_no: usize,
    pub block: Block,
    pub language: Language,
    /// Where it stands in the decoded source; what cleaning removed inside is included.
    pub source: Span,
}

/// An entry of a reference list. Empty strings where the entry says nothing.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Citation {
    /// As printed or counted: `1`, `2`, `a`.
    pub number: String,
    pub title: String,
    /// `Last, First; Last, First`.
    pub authors: String,
    pub publisher: String,
    /// ISO date (day, month or year precision) or empty.
    pub published: String,
    pub accessed: String,
    pub archived: String,
    /// BCP 47 code, or the language as named where the code is not known.
    pub language: String,
    pub url: String,
    /// Name of the undefined reference, or empty.
    pub cite_error: String,
    pub text: String,
    pub source: Span,
}

/// A footnote marker that stood in a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CitationMark {
    pub sentence: usize,
    /// Index into [`Cleaned::citations`].
    pub citation: usize,
    /// Byte offset into the sentence's text where the marker stood.
    pub at: usize,
}

/// What a link tool-tip said of its anchor before cleaning took it out: evidence for names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gloss {
    pub anchor: String,
    /// The name the gloss opens with, such as `Sergey Viktorovich Lavrov`; may equal the anchor.
    pub name: String,
    /// Names in other languages that it gives, with their language code (`uk`, `ru`, `zh` …).
    pub native: Vec<(String, String)>,
    /// Text of the gloss, for kind and role words ("is a Russian diplomat").
    pub text: String,
    pub source: Span,
}

/// A span that cleaning took out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removal {
    pub source: Span,
    /// `navigation`, `edit_label`, `footnote_marker`, `cite_error`, `gloss`, `reference_list`,
    /// `category`, `footer`, `share_bar`, `script`, `template`, `comment` …
    #[serde(with = "interned")]
    pub kind: Word,
    #[serde(with = "interned")]
    pub rule: Word,
    pub excerpt: String,
}

/// A document as its author wrote it, with a receipt for all that was taken away.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Cleaned {
    pub document: Document,
    /// Never empty: section 0 is the lead.
    pub sections: Vec<Section>,
    pub sentences: Vec<Sentence>,
    pub citations: Vec<Citation>,
    pub citation_marks: Vec<CitationMark>,
    pub glosses: Vec<Gloss>,
    pub removals: Vec<Removal>,
    pub diagnostics: Vec<Diagnostic>,
}
