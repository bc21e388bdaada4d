//! Events: dated mentions found in sentences, and mentions of one event merged across documents.
//!
//! A mention is one sentence saying that one thing happened at one time; an event is what mentions
//! come to that report the same thing. Words are looked up in `rules/cues.<lang>.toml`, types come
//! from `rules/plover.toml`. Extraction sees one document and merging sees only mentions, so that
//! documents can be read anywhere and joined later.

mod carry;
mod confidence;
mod cues;
mod extract;
mod merge;
mod modality;
mod openings;
mod ordinal;
mod pattern;
mod plover;
mod reading;
mod roles;
mod sentence;
#[cfg(test)]
mod tests;
mod typing;

pub use merge::told;
pub use plover::{Plover, TypeFacts};

use crate::model::{Brief, Cleaned, Dated, Entities, Event, EventMention, Language, Named};
use cues::Cues;

/// Compiled rules of this stage.
pub struct Rules {
    en: Cues,
    zh: Cues,
    ru: Cues,
    uk: Cues,
    /// Labels, quad classes and CAMEO roots of the types.
    pub plover: Plover,
}

impl Rules {
    pub fn builtin() -> Self {
        Rules {
            en: Cues::builtin("en"),
            zh: Cues::builtin("zh"),
            ru: Cues::builtin("ru"),
            uk: Cues::builtin("uk"),
            plover: Plover::builtin(),
        }
    }

    /// The cues of a sentence's language; those of the document where the sentence has none.
    fn cues(&self, sentence: Language, document: Language) -> Option<&Cues> {
        match sentence.rules_key().or(document.rules_key())? {
            "en" => Some(&self.en),
            "zh" => Some(&self.zh),
            "ru" => Some(&self.ru),
            "uk" => Some(&self.uk),
            _ => None,
        }
    }
}

/// Finds the dated event mentions of one document.
pub fn extract(cleaned: &Cleaned, dated: &Dated, named: &Named, rules: &Rules) -> Vec<EventMention> {
    extract::extract(&extract::Document::new(cleaned, dated, named, rules))
}

/// Merges mentions that report one event. `near_duplicates` holds for each document the index of
/// the document it repeats, so that copies do not count as independent sources.
pub fn merge(
    documents: &[Brief],
    entities: &Entities,
    near_duplicates: &[Option<usize>],
    rules: &Rules,
) -> Vec<Event> {
    merge::merge(documents, entities, near_duplicates, rules)
}
