//! What a run did, told on stderr when it ends.

use crate::dataset::Dataset;
use crate::overrides::Overrides;
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::time::Instant;

#[derive(Debug, Serialize, Deserialize)]
pub struct Summary {
    documents: usize,
    pub rejected: usize,
    sentences: usize,
    events: usize,
    entities: usize,
    bytes: u64,
    /// What became of the overrides.
    notes: Vec<String>,
}

impl Summary {
    pub fn of(dataset: &Dataset, overrides: &Overrides) -> Self {
        let extent = dataset.documents.extent;
        Summary {
            documents: extent.documents,
            rejected: extent.rejected,
            sentences: extent.sentences,
            events: dataset.events.len(),
            entities: dataset.entities.entities.len(),
            bytes: extent.bytes,
            notes: overrides.account(),
        }
    }

    /// The summary kept beside a dataset in the cache.
    pub fn read(kept: &Path) -> Option<Self> {
        serde_json::from_slice(&std::fs::read(kept.join(crate::cache::SUMMARY)).ok()?).ok()
    }

    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    pub fn tell(&self, started: Instant) {
        let seconds = started.elapsed().as_secs_f64();
        for note in &self.notes {
            eprintln!("{note}");
        }
        eprintln!(
            "{} documents ({} rejected), {} sentences, {} events, {} entities; {seconds:.1} s, {:.1} MB/s",
            self.documents,
            self.rejected,
            self.sentences,
            self.events,
            self.entities,
            self.bytes as f64 / 1e6 / seconds.max(1e-9),
        );
    }
}
