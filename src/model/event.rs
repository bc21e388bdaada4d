//! Events: mentions in sentences, and what they come to when reports of one event are merged.

use super::stored::{Word, day, interned};
use super::{Basis, Modifier, Precision, Span};
use crate::vocabulary;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

vocabulary! {
    /// PLOVER event types, with STATEMENT and OTHER for what none of them fits.
    EventType {
        Agree => "AGREE", Consult => "CONSULT", Support => "SUPPORT", Concede => "CONCEDE",
        Cooperate => "COOPERATE", Aid => "AID", Retreat => "RETREAT", Request => "REQUEST",
        Accuse => "ACCUSE", Reject => "REJECT", Threaten => "THREATEN", Protest => "PROTEST",
        Sanction => "SANCTION", Mobilize => "MOBILIZE", Coerce => "COERCE", Assault => "ASSAULT",
        Statement => "STATEMENT", Other => "OTHER",
    }
}

vocabulary! {
    Modality { Happened => "happened", Planned => "planned", Negated => "negated", Hypothetical => "hypothetical" }
}

vocabulary! {
    Role {
        Actor => "actor", Recipient => "recipient", Host => "host", Mediator => "mediator",
        Participant => "participant",
    }
}

vocabulary! {
    EventStatus { Agreed => "agreed", Conflicting => "conflicting", SingleSource => "single_source" }
}

/// One sentence saying that one thing happened at one time.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EventMention {
    pub sentence: usize,
    /// Index into `Dated::times`; none where only context dates it.
    pub time: Option<usize>,
    pub edtf: String,
    #[serde(with = "day")]
    pub start: Option<Date>,
    #[serde(with = "day")]
    pub end: Option<Date>,
    pub precision: Precision,
    pub modifier: Modifier,
    pub basis: Basis,
    pub event_type: EventType,
    /// PLOVER mode (`visit`, `phone`, `ceasefire` …) or empty.
    #[serde(with = "interned")]
    pub mode: Word,
    pub modality: Modality,
    /// Tells how the thing ended rather than that it was done: talks that concluded without result.
    pub ends: bool,
    /// Bytes of the sentence's text; empty where no word triggered it.
    pub trigger: Span,
    /// `round 4` gives 4; 0 where none is claimed.
    pub ordinal_claimed: u32,
    /// Indexes into `Named::entities`.
    pub participants: Vec<(usize, Role)>,
    pub place: Option<usize>,
    pub confidence: f64,
    #[serde(with = "interned")]
    pub rule: Word,
}

/// A document with everything the per-document stages found in it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Extracted {
    pub cleaned: super::Cleaned,
    pub dated: super::Dated,
    pub named: super::Named,
    /// In order of sentence and time.
    pub mentions: Vec<EventMention>,
}

/// A mention as the global stages name it: document and index into its `mentions`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MentionRef {
    pub document: usize,
    pub mention: usize,
}

/// What the mentions of one event disagree on.
#[derive(Debug, Clone)]
pub struct Conflict {
    /// `date`, `ordinal`, `place` or `modality`.
    pub field: &'static str,
    pub value: String,
    pub mentions: Vec<MentionRef>,
    pub chosen: bool,
}

/// Mentions that report the same thing.
#[derive(Debug, Clone)]
pub struct Event {
    /// Sorted; never empty.
    pub mentions: Vec<MentionRef>,
    pub best: MentionRef,
    pub edtf: String,
    pub start: Option<Date>,
    pub end: Option<Date>,
    pub precision: Precision,
    pub event_type: EventType,
    pub mode: &'static str,
    pub modality: Modality,
    /// English, made from type, actors, place and date.
    pub label: String,
    /// Index into `Entities::entities`.
    pub place: Option<usize>,
    /// Entity, role, and how many mentions say so.
    pub participants: Vec<(usize, Role, usize)>,
    pub status: EventStatus,
    pub conflicts: Vec<Conflict>,
}
