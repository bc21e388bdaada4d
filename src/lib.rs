//! annalist turns scraped pages into one normalised dataset of dated events and the people, places
//! and organisations in them.
//!
//! Data flows one way; each stage is a plain function from typed input to typed output:
//!
//! ```text
//! bytes ─ read ─▶ Decoded ─ clean ─▶ Cleaned ─ dates ─▶ Dated ─ names ─▶ Named ─ events ─▶ Extracted   (per document)
//!                                                                             │
//!       tables ◀─ dataset::write ◀─ Dataset ◀─ dataset::reconcile ◀───────────┘                        (global)
//! ```
//!
//! [`pipeline`] shows the whole flow on one screen, [`model`] the values that pass between stages,
//! and `rules/` (loaded by [`rules`]) everything that is said in a human language.
#![forbid(unsafe_code)]

pub mod cache;
pub mod check;
pub mod clean;
pub mod cli;
pub mod dataset;
pub mod dates;
pub mod diff;
pub mod events;
pub mod explain;
pub mod fault;
pub mod model;
pub mod names;
pub mod overrides;
pub mod pipeline;
pub mod read;
pub mod report;
pub mod rules;
pub mod text;
