//! Confidence: the share of mentions made in the same way that hand annotation confirms.
//!
//! It speaks of the mention being there with this date, not of its type. The values were counted
//! on annotated pages, pooled over languages and rounded down to 0.05; those of dates that only
//! context gives are set lower than counted (0.90 carried, 0.78 from a heading), because the rules
//! of carrying were made on these pages.

use crate::model::{Basis, EventMention};

/// The confidence of a mention by the way its date was got and whether a word triggered it.
pub fn of(mention: &EventMention) -> f64 {
    let dated = match (mention.time.is_some(), mention.basis) {
        (true, Basis::Explicit) => 0.95,
        (true, Basis::Partial) => 0.95,
        (true, Basis::Relative) => 0.80,
        (true, Basis::Heading | Basis::Document) => 0.80,
        (false, Basis::Relative) => 0.70,
        (false, _) => 0.60,
    };
    match mention.rule {
        "carried-adjacent" => 0.50,
        "no-trigger" => dated - 0.25,
        "unknown-verb" => dated - 0.10,
        _ => dated,
    }
}
