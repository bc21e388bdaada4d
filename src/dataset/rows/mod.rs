//! Rows: the dataset as cells in schema order, one function a table.
//!
//! Everything that only a row needs is worked out here (code points from bytes, counts, the flat
//! timeline), so that the stages hold no column that is a copy of another.

mod entities;
mod events;
mod sources;
mod text;

use super::frame::{Cell, Frame};
use super::ids::DocumentIds;
use super::{Dataset, Tombstone};
use crate::model::{Extracted, Sentence, Span};
use std::collections::HashSet;

/// A document beside its ids.
type Named<'a> = (&'a Extracted, &'a DocumentIds);

/// Every table, in the order of the codebook.
pub fn frames(dataset: &Dataset) -> Vec<Frame> {
    let documents: Vec<Named> = dataset.documents.iter().zip(&dataset.ids).collect();
    let tally = entities::Tally::new(dataset);
    vec![
        sources::documents(dataset),
        text::sections(&documents),
        text::sentences(&documents),
        text::time_expressions(&documents),
        events::event_mentions(dataset),
        events::events(dataset),
        events::event_conflicts(dataset),
        events::participants(dataset),
        entities::entities(dataset, &tally),
        entities::entity_names(dataset),
        entities::entity_mentions(dataset),
        entities::name_links(dataset),
        sources::citations(&documents),
        sources::sentence_citations(&documents),
        sources::removals(&documents),
        sources::diagnostics(&documents),
        tombstones(&dataset.tombstones),
        events::timeline(dataset),
    ]
}

fn tombstones(all: &[Tombstone]) -> Frame {
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

/// Adds a row unless one with its key came before.
struct Unique {
    frame: Frame,
    seen: HashSet<Vec<String>>,
}

impl Unique {
    fn new(table: &str) -> Self {
        Unique { frame: Frame::new(table), seen: HashSet::new() }
    }

    fn push<const N: usize>(&mut self, key: Vec<String>, cells: [Cell<'_>; N]) {
        if self.seen.insert(key) {
            self.frame.push(cells);
        }
    }
}
