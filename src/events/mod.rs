//! Events: dated mentions found in sentences, and mentions of one event merged across documents.

use crate::model::{Cleaned, Dated, Entities, Event, EventMention, Extracted, Named};

/// Compiled rules of this stage.
pub struct Rules {}

impl Rules {
    pub fn builtin() -> Self {
        Rules {}
    }
}

/// Finds the dated event mentions of one document.
pub fn extract(_cleaned: &Cleaned, _dated: &Dated, _named: &Named, _rules: &Rules) -> Vec<EventMention> {
    Vec::new()
}

/// Merges mentions that report one event. `near_duplicates` holds for each document the index of
/// the document it repeats, so that copies do not count as independent sources.
pub fn merge(
    _documents: &[Extracted],
    _entities: &Entities,
    _near_duplicates: &[Option<usize>],
    _rules: &Rules,
) -> Vec<Event> {
    Vec::new()
}
