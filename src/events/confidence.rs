//! Confidence: the share of mentions made in the same way that hand annotation confirms.
//!
//! It speaks of the mention's being there with this date, not of its type. The values were counted
//! on annotated pages, pooled over languages and rounded down to 0.05.

use crate::model::{Basis, EventMention};

/// The confidence of a mention by the way its date was got and whether a word triggered it.
pub fn of(mention: &EventMention) -> f64 {
    let dated = match (mention.time.is_some(), mention.basis) {
        (true, Basis::Explicit) => 0.95,
        (true, Basis::Partial) => 0.95,
        (true, Basis::Relative) => 0.85,
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
