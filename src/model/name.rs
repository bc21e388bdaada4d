//! Names: mentions in sentences, entities of one document, and entities across documents.

use super::stored::{Word, interned};
use super::{Language, Span, Varieties};
use crate::vocabulary;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

vocabulary! {
    EntityKind {
        Person => "person", State => "state", Place => "place", Organisation => "organisation",
        Agreement => "agreement", Event => "event",
    }
}

vocabulary! {
    /// Where a name was seen.
    NameEvidence {
        Text => "text", Gloss => "gloss", Bracket => "bracket", Gazetteer => "gazetteer", Citation => "citation",
    }
}

vocabulary! {
    LinkEvidence {
        Override => "override", Gloss => "gloss", Bracket => "bracket", Gazetteer => "gazetteer",
        VariantSpelling => "variant_spelling", SurnameInDocument => "surname_in_document",
        Phonetic => "phonetic", Role => "role", Date => "date",
    }
}

vocabulary! {
    Decision { Same => "same", Different => "different" }
}

/// A name where it stands in a sentence.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NameMention {
    pub sentence: usize,
    /// Bytes of the sentence's text. Mentions may nest, never cross.
    pub span: Span,
    /// Index into [`Named::entities`].
    pub entity: usize,
    /// How it was found: `gazetteer`, `interpunct`, `role_word`, `transliteration`, `shape`, `repetition` …
    #[serde(with = "interned")]
    pub method: Word,
    pub confidence: f64,
}

/// One spelling of an entity inside a document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct NameForm {
    /// As it stands in the text, in its base form where the language inflects.
    pub name: String,
    pub language: Language,
    pub evidence: NameEvidence,
    pub mentions: usize,
    /// Those of the Chinese pages that write it.
    pub varieties: Varieties,
}

/// An entity as one document knows it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DocumentEntity {
    pub kind: EntityKind,
    /// The fullest form first; every surface of the document is here, inflected ones too.
    pub forms: Vec<NameForm>,
    /// Role words seen beside it, normalised to keys of the rules (`president`, `foreign_minister`).
    pub roles: Vec<String>,
    /// Key of the gazetteer row, where one matched.
    pub gazetteer: Option<String>,
}

/// Why two names are one entity, or were kept apart.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NameLink {
    pub name_a: String,
    pub language_a: Language,
    pub name_b: String,
    pub language_b: Language,
    pub decision: Decision,
    pub evidence: LinkEvidence,
    /// 0 to 1.
    pub score: f64,
    pub detail: String,
}

impl NameLink {
    /// Puts its two names in order.
    pub fn order(&mut self) {
        if (&self.name_b, self.language_b) < (&self.name_a, self.language_a) {
            std::mem::swap(&mut self.name_a, &mut self.name_b);
            std::mem::swap(&mut self.language_a, &mut self.language_b);
        }
    }

    /// The surer decision on two names comes first.
    pub fn surer(&self, other: &NameLink) -> Ordering {
        self.decision
            .cmp(&other.decision)
            .then(other.score.total_cmp(&self.score))
            .then(self.evidence.cmp(&other.evidence))
    }
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Named {
    pub entities: Vec<DocumentEntity>,
    /// In order of sentence, start, and longest first.
    pub mentions: Vec<NameMention>,
    pub links: Vec<NameLink>,
}

/// An entity across all documents: a row of the table `entities`.
#[derive(Debug, Clone)]
pub struct Entity {
    /// Slug: `person/volodymyr-zelenskyy`.
    pub id: String,
    pub kind: EntityKind,
    pub canonical_name: String,
    pub canonical_language: Language,
    /// Every spelling, in all languages, with where it was seen; sorted.
    pub names: Vec<EntityName>,
}

#[derive(Debug, Clone)]
pub struct EntityName {
    pub name: String,
    pub language: Language,
    /// ISO 15924: Latn, Cyrl, Hans, Hant, Hani.
    pub script: &'static str,
    /// `zh-CN`, `zh-TW`, `zh-HK` or empty.
    pub variety: &'static str,
    pub romanised: String,
    pub is_canonical: bool,
    /// Not an inflected form, as far as the gazetteer or the first use in a document tells.
    pub base_form: bool,
    pub mentions: usize,
    pub evidence: NameEvidence,
}

/// What reconciling the names of all documents came to.
#[derive(Debug, Clone, Default)]
pub struct Entities {
    /// Sorted by id.
    pub entities: Vec<Entity>,
    /// For each profile, the index into `entities`, and its kind.
    pub of_profile: Vec<(u32, EntityKind)>,
    pub links: Vec<NameLink>,
}

impl Entities {
    /// The index into `entities` of an entity of a document.
    pub fn of(&self, document: &super::Brief, entity: usize) -> Option<usize> {
        let known = document.entities.get(entity)?;
        Some(self.of_profile.get(known.profile as usize)?.0 as usize).filter(|&at| at < self.entities.len())
    }

    /// What kind of entity the document takes it for.
    pub fn kind(&self, document: &super::Brief, entity: usize) -> Option<EntityKind> {
        let known = document.entities.get(entity)?;
        self.of_profile.get(known.profile as usize).map(|&(_, kind)| kind)
    }
}
