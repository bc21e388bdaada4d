//! The event ontology: PLOVER's types with quad class, CAMEO root and the words of our labels.

use crate::model::EventType;
use serde::Deserialize;
use std::collections::BTreeMap;

/// PLOVER modes that rules may name.
const MODES: &[&str] = &[
    "abduct",
    "access",
    "aerial",
    "arrest",
    "boycott",
    "censor",
    "ceasefire",
    "convict",
    "curfew",
    "cyber",
    "demo",
    "deport",
    "destroy",
    "disarm",
    "drone",
    "expel",
    "explosives",
    "firearms",
    "heavy-weapons",
    "hunger",
    "investigate",
    "martial-law",
    "meet",
    "multilateral",
    "phone",
    "release",
    "resign",
    "restrict",
    "riot",
    "seize",
    "strike",
    "targeted",
    "third-party",
    "visit",
    "withdraw",
];

/// What is known of a type.
#[derive(Debug, Deserialize)]
pub struct TypeFacts {
    /// English noun for labels.
    pub label: String,
    /// Quad class, or empty.
    pub quad: String,
    /// CAMEO root code, or empty.
    pub cameo: String,
    /// Types of one family may report one event.
    pub family: String,
    /// Nouns for labels by mode.
    #[serde(default)]
    pub modes: BTreeMap<String, String>,
}

/// The ontology, one entry a type.
pub struct Plover(Vec<TypeFacts>);

impl Plover {
    pub fn builtin() -> Self {
        let mut table: BTreeMap<String, TypeFacts> = crate::rules::parse("plover.toml");
        Plover(
            EventType::ALL
                .iter()
                .map(|t| table.remove(t.code()).unwrap_or_else(|| panic!("rules/plover.toml has no {t}")))
                .collect(),
        )
    }

    pub fn of(&self, event_type: EventType) -> &TypeFacts {
        &self.0[event_type as usize]
    }

    /// The noun that a label begins with.
    pub fn label(&self, event_type: EventType, mode: &str) -> &str {
        let facts = self.of(event_type);
        facts.modes.get(mode).unwrap_or(&facts.label)
    }
}

/// The mode as the static word of the vocabulary; empty for none.
pub fn mode(name: &str) -> &'static str {
    if name.is_empty() {
        return "";
    }
    MODES.iter().find(|m| **m == name).unwrap_or_else(|| panic!("no PLOVER mode {name}"))
}
