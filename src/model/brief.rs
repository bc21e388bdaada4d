//! What the global half keeps of a document while the rest of it waits on disk.

use super::stored::Word;
use super::{Basis, EventMention, EventType, Language, Modality, Modifier, Precision, Role};
use jiff::civil::Date;

/// An id of a row: a letter and fourteen signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct RowId([u8; 15]);

impl RowId {
    /// An id as [`crate::dataset::ids::id`] spells it.
    pub fn new(id: &str) -> Self {
        let mut bytes = [0; 15];
        bytes.iter_mut().zip(id.bytes()).for_each(|(to, from)| *to = from);
        RowId(bytes)
    }

    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("").trim_end_matches('\0')
    }
}

/// A document as the global stages see it.
#[derive(Debug, Clone, Default)]
pub struct Brief {
    pub source: String,
    pub sha256: String,
    pub entities: Vec<KnownEntity>,
    pub mentions: Vec<ToldEvent>,
}

/// An entity of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownEntity {
    /// Number of what the document knows of it, among the profiles of all documents.
    pub profile: u32,
    /// How often sentences name it.
    pub named: u32,
}

/// An event mention with what merging asks of its sentence.
#[derive(Debug, Clone)]
pub struct ToldEvent {
    pub sentence: u32,
    pub edtf: Word,
    pub start: Option<Date>,
    pub end: Option<Date>,
    pub precision: Precision,
    pub modifier: Modifier,
    pub basis: Basis,
    pub event_type: EventType,
    pub mode: Word,
    pub modality: Modality,
    /// See [`EventMention::ends`].
    pub ends: bool,
    pub ordinal_claimed: u32,
    /// Indexes into [`Brief::entities`].
    pub participants: Box<[(u32, Role)]>,
    pub place: Option<u32>,
    pub confidence: f64,
    /// Entities that the sentence names; indexes into [`Brief::entities`], sorted.
    pub names: Box<[u32]>,
    /// Hashes of the sentence and of the clause around the trigger, where they are long enough.
    pub texts: [Option<u64>; 2],
    pub language: Language,
    pub id: RowId,
    /// What it says, whatever document says it: see [`crate::dataset::ids::signature`].
    pub words: RowId,
}

impl ToldEvent {
    /// A mention without what its sentence says.
    pub fn new(mention: &EventMention) -> Self {
        let participants = mention.participants.iter().map(|&(entity, role)| (entity as u32, role));
        ToldEvent {
            sentence: mention.sentence as u32,
            edtf: super::stored::interned::keep(&mention.edtf),
            start: mention.start,
            end: mention.end,
            precision: mention.precision,
            modifier: mention.modifier,
            basis: mention.basis,
            event_type: mention.event_type,
            mode: mention.mode,
            modality: mention.modality,
            ends: mention.ends,
            ordinal_claimed: mention.ordinal_claimed,
            participants: participants.collect(),
            place: mention.place.map(|place| place as u32),
            confidence: mention.confidence,
            names: Box::default(),
            texts: [None; 2],
            language: Language::Und,
            id: RowId::default(),
            words: RowId::default(),
        }
    }
}
