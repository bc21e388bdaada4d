//! Rows about documents as sources: what was read, cited, removed and remarked.

use super::CodePoints;
use crate::dataset::documents::Whole;
use crate::dataset::frame::Frame;
use crate::model::{Diagnostic, Variety};

/// `original` is the id of the document that this one repeats.
pub fn documents(frame: &mut Frame, Whole { extracted, ids }: &Whole, original: &str) {
    let document = &extracted.cleaned.document;
    frame.push([
        (&ids.document).into(),
        (&document.source).into(),
        (&document.title).into(),
        document.language.code().into(),
        document.variety.map_or("", Variety::code).into(),
        document.dump_kind.code().into(),
        (&document.media_type).into(),
        (&document.encoding).into(),
        document.encoding_from.code().into(),
        (&document.sha256).into(),
        document.bytes.into(),
        (&document.url).into(),
        document.published.into(),
        original.into(),
        document.status.code().into(),
        document.chars_source.into(),
        document.chars_kept.into(),
        document.replacement_chars.into(),
    ]);
}

pub fn citations(frame: &mut Frame, Whole { extracted, ids }: &Whole) {
    for (citation, id) in extracted.cleaned.citations.iter().zip(&ids.citations) {
        frame.push([
            id.into(),
            (&ids.document).into(),
            (&citation.number).into(),
            (&citation.title).into(),
            (&citation.authors).into(),
            (&citation.publisher).into(),
            (&citation.published).into(),
            (&citation.accessed).into(),
            (&citation.archived).into(),
            (&citation.language).into(),
            (&citation.url).into(),
            (&citation.cite_error).into(),
            (&citation.text).into(),
        ]);
    }
}

pub fn sentence_citations(frame: &mut Frame, Whole { extracted, ids }: &Whole) {
    let mut marks: Vec<(usize, usize, &str)> = extracted
        .cleaned
        .citation_marks
        .iter()
        .map(|mark| {
            let sentence = &extracted.cleaned.sentences[mark.sentence];
            let citation = ids.citations[mark.citation].as_str();
            (mark.sentence, CodePoints::of(sentence).at(mark.at), citation)
        })
        .collect();
    marks.sort_unstable();
    marks.dedup();
    for (sentence, at, citation) in marks {
        frame.push([(&ids.sentences[sentence]).into(), citation.into(), at.into()]);
    }
}

pub fn removals(frame: &mut Frame, Whole { extracted, ids }: &Whole) {
    let mut removals: Vec<_> = extracted.cleaned.removals.iter().collect();
    removals.sort_by_key(|removal| (removal.source, removal.kind, removal.rule));
    removals.dedup_by_key(|removal| (removal.source, removal.kind, removal.rule));
    for removal in removals {
        frame.push([
            (&ids.document).into(),
            removal.source.start.into(),
            removal.source.end.into(),
            removal.kind.into(),
            removal.rule.into(),
            (&removal.excerpt).into(),
        ]);
    }
}

pub fn diagnostics(frame: &mut Frame, Whole { extracted, ids }: &Whole) {
    let mut all: Vec<&Diagnostic> =
        extracted.cleaned.diagnostics.iter().chain(&extracted.dated.diagnostics).collect();
    all.sort_by_key(|d| (d.source_start, d.code, &d.message, d.severity, &d.excerpt));
    all.dedup_by_key(|d| (d.source_start, d.code, &d.message));
    for diagnostic in all {
        frame.push([
            (&ids.document).into(),
            diagnostic.source_start.into(),
            diagnostic.severity.code().into(),
            diagnostic.code.into(),
            (&diagnostic.message).into(),
            (&diagnostic.excerpt).into(),
        ]);
    }
}
