//! The dataset: rows with stable ids, written whole or not at all, with descriptors and a lock.

use crate::model::{Entities, Event, Extracted};

/// Everything that the tables are made from.
pub struct Dataset {
    /// In order of source.
    pub documents: Vec<Extracted>,
    /// For each document, the index of the one it nearly repeats.
    pub near_duplicates: Vec<Option<usize>>,
    pub entities: Entities,
    /// In order of start and id.
    pub events: Vec<Event>,
}
