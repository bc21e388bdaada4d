//! Cleaning: the text as its author wrote it, in sections and sentences, with citations as records
//! and a receipt for every span taken away.

pub mod html;
pub mod page;

use crate::model::{Block, Cleaned, Decoded, Document, DumpKind, Language, Section, Sentence, Span, Status};

/// Compiled rules of this stage.
pub struct Rules {
    pub html: html::Rules,
}

impl Rules {
    pub fn builtin() -> Self {
        Rules { html: html::Rules::builtin() }
    }
}

/// Cleans one record.
pub fn clean(decoded: Decoded, _rules: &Rules) -> Cleaned {
    let mut sentences = Vec::new();
    let mut at = 0;
    for (block_no, line) in decoded.text.split_inclusive('\n').enumerate() {
        let text = line.trim();
        if !text.is_empty() && decoded.status == Status::Ok {
            let start = at + (line.len() - line.trim_start().len());
            sentences.push(Sentence {
                text: text.to_owned(),
                section: 0,
                block_no,
                block: Block::Paragraph,
                language: Language::Und,
                source: Span::new(start, start + text.len()),
            });
        }
        at += line.len();
    }
    let lead = Section { parent: None, level: 0, heading: String::new(), source: Span::default() };
    Cleaned {
        document: Document {
            title: decoded.hints.title,
            language: Language::Und,
            dump_kind: DumpKind::Plain,
            url: decoded.hints.url,
            published: None,
            chars_source: decoded.text.chars().count(),
            chars_kept: sentences.iter().map(|s| s.text.chars().count()).sum(),
            source: decoded.source,
            media_type: decoded.media_type,
            encoding: decoded.encoding,
            encoding_from: decoded.encoding_from,
            sha256: decoded.sha256,
            bytes: decoded.bytes,
            status: decoded.status,
            replacement_chars: decoded.replacement_chars,
        },
        sections: vec![lead],
        sentences,
        citations: Vec::new(),
        citation_marks: Vec::new(),
        glosses: Vec::new(),
        removals: Vec::new(),
        diagnostics: decoded.diagnostics,
    }
}
