//! Rows: the dataset as cells in schema order, one function a table.
//!
//! Everything that only a row needs is worked out here (code points from bytes, counts, the flat
//! timeline), so that the stages hold no column that is a copy of another.

pub mod entities;
pub mod events;
mod sources;
mod text;

use super::documents::{Chunk, Whole};
use super::frame::Frame;
use super::table::Piece;
use super::{Dataset, EventOf, Tombstone, ids};
use crate::model::{Sentence, Span};
use entities::Tally;
use std::io;

/// Tables whose rows follow from one document after another.
pub const OF_DOCUMENTS: [&str; 10] = [
    "documents",
    "sections",
    "sentences",
    "time_expressions",
    "event_mentions",
    "entity_mentions",
    "citations",
    "sentence_citations",
    "removals",
    "diagnostics",
];

/// What some documents give.
pub struct OfDocuments {
    /// In the order of [`OF_DOCUMENTS`].
    pub pieces: Vec<Piece>,
    pub tally: Tally,
    /// Events, and the sentence here that tells each best.
    pub best: Vec<(usize, String)>,
}

/// The rows of some documents.
pub fn of_documents(
    chunk: &Chunk,
    dataset: &Dataset,
    event_of: &EventOf,
    csv_safe: bool,
) -> io::Result<OfDocuments> {
    let mut frames = OF_DOCUMENTS.map(Frame::new);
    let (mut tally, mut best) = (Tally::default(), Vec::new());
    for (at, bytes) in chunk {
        let whole = dataset.documents.open(*at, bytes)?;
        let brief = &dataset.documents.briefs[*at];
        of_document(&mut frames, *at, &whole, dataset, event_of);
        tally.add(&whole, brief, &dataset.entities);
        for (mention, event) in event_of.best(*at) {
            let sentence = whole.extracted.mentions[mention].sentence;
            best.push((event, whole.extracted.cleaned.sentences[sentence].text.clone()));
        }
    }
    let pieces = frames.into_iter().map(|frame| Piece::new(frame, csv_safe)).collect::<io::Result<_>>()?;
    Ok(OfDocuments { pieces, tally, best })
}

fn of_document(frames: &mut [Frame; 10], at: usize, whole: &Whole, dataset: &Dataset, event_of: &EventOf) {
    let briefs = &dataset.documents.briefs;
    let original = dataset.near_duplicates.get(at).copied().flatten();
    let original = original.map_or(String::new(), |original| ids::document(&briefs[original].source));
    let event = |mention| event_of.event(at, mention).map_or("", |event| dataset.event_ids[event].as_str());
    let [documents, sections, sentences, times, mentions, names, citations, marks, removals, diagnostics] =
        frames;
    sources::documents(documents, whole, &original);
    text::sections(sections, whole);
    text::sentences(sentences, whole);
    text::time_expressions(times, whole);
    events::event_mentions(mentions, whole, event);
    entities::entity_mentions(names, whole, &briefs[at], &dataset.entities);
    sources::citations(citations, whole);
    sources::sentence_citations(marks, whole);
    sources::removals(removals, whole);
    sources::diagnostics(diagnostics, whole);
}

pub fn tombstones(all: &[Tombstone]) -> Frame {
    let mut frame = Frame::new("tombstones");
    let mut sorted: Vec<&Tombstone> = all.iter().collect();
    sorted.sort();
    sorted.dedup_by_key(|tombstone| (tombstone.table, &tombstone.old_id));
    for tombstone in sorted {
        frame.push([
            tombstone.table.into(),
            (&tombstone.old_id).into(),
            (&tombstone.new_id).into(),
            tombstone.reason.code().into(),
        ]);
    }
    frame
}

/// Code points from bytes, for places that come in any order.
struct CodePoints<'a>(&'a str);

impl CodePoints<'_> {
    fn of(sentence: &Sentence) -> CodePoints<'_> {
        CodePoints(&sentence.text)
    }

    /// The words of a span; a span that is none of this text has none.
    fn words(&self, span: Span) -> &str {
        self.0.get(span.start..span.end).unwrap_or("")
    }

    /// Code points before byte `at`; a place outside the text or inside a character is moved to its edge.
    fn at(&self, at: usize) -> usize {
        let mut at = at.min(self.0.len());
        while !self.0.is_char_boundary(at) {
            at -= 1;
        }
        crate::text::code_points(self.0, at)
    }
}
