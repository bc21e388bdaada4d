//! Tables of inflection: the endings of `rules/inflection.toml`.
//!
//! They are read once for the program and not held by the stage's rules, because a fold or a stem is
//! asked for in places that have no rules at hand.

use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tables {
    /// A letter as written and as compared.
    pub same_letters: Vec<(char, char)>,
    pub not_consonants: String,
    pub stem: Stem,
    pub plural: Plural,
    pub adjective: Adjective,
    pub given: Given,
    pub patronymic: Vec<Patronymic>,
    pub surname: Surname,
    pub spelling: Spelling,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stem {
    pub endings: Vec<String>,
    pub consonant_unless: String,
    pub after_consonant: Vec<String>,
    pub alternations: Vec<Alternation>,
    pub softened: Vec<Change>,
}

/// A vowel before the last consonant of a stem that other forms change or drop.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alternation {
    pub letters: String,
    pub to: Vec<String>,
    /// The fewest letters of a stem that has it.
    #[serde(default)]
    pub least: usize,
    /// The last consonants that it stands before; any if empty.
    #[serde(default)]
    pub before: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plural {
    pub nominative: Vec<String>,
    pub genitive: Vec<String>,
    pub adjectives: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Adjective {
    pub endings: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Given {
    pub silent: Vec<String>,
    pub instrumental: Vec<String>,
    pub dative: Vec<String>,
    pub genitive: Vec<String>,
    pub prepositional: Vec<String>,
    pub female: Vec<String>,
    pub male_names: Vec<String>,
    pub female_names: Vec<String>,
    pub after_consonant: Vec<String>,
    pub forms: Vec<Forms>,
    pub dropping: Vec<Forms>,
    pub masculine: Vec<Change>,
    pub unknown: Vec<UnknownGiven>,
}

/// Endings that a man's surname has only in this case, and what they make of the given name before it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnknownGiven {
    pub instrumental: bool,
    pub surname: Vec<String>,
    pub given: Change,
}

/// The endings of the other forms of a nominative.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Forms {
    pub ending: String,
    pub others: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Patronymic {
    pub male: bool,
    pub stems: Vec<String>,
    pub endings: Vec<String>,
    pub base: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Surname {
    pub manly: Vec<String>,
    /// Endings of oblique cases and unchanging surnames that a consonant closes.
    pub bare_obliques: Vec<String>,
    pub possessive_stems: Vec<String>,
    pub possessive_endings: Vec<String>,
    pub possessive_female: String,
    pub cases: Cases,
    pub in_a: InA,
    pub male: Vec<Change>,
    pub female: Vec<Change>,
    pub surely_female: Vec<Change>,
    pub ukrainian: Vec<Change>,
    pub adjectives: Vec<Change>,
    pub hard: Hard,
    pub soft: Vec<Change>,
}

/// The endings that a surname may have in each case.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cases {
    pub genitive: Vec<String>,
    pub dative: Vec<String>,
    pub instrumental: Vec<String>,
    pub prepositional: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InA {
    pub base: String,
    pub genitive: Vec<String>,
    pub dative: Vec<String>,
    pub instrumental: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hard {
    pub endings: Vec<String>,
    pub unchanging_before: String,
    pub unchanging_last: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spelling {
    pub ukrainian_letters: String,
    pub russian_letters: String,
    pub russian_endings: Vec<String>,
}

/// Endings of one form and the ending that another form has in their place.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    pub from: Vec<String>,
    pub to: String,
    /// What the head ends in; anything if empty.
    #[serde(default)]
    pub after: Vec<String>,
    /// The fewest letters of the head.
    #[serde(default)]
    pub least: usize,
}

impl Change {
    /// The other form; none where the word has no such ending.
    pub fn apply(&self, word: &str) -> Option<String> {
        let fits = |head: &&str| {
            (self.after.is_empty() || ends(head, &self.after)) && head.chars().count() >= self.least
        };
        let head = self.from.iter().filter_map(|ending| word.strip_suffix(ending.as_str())).find(fits)?;
        Some(format!("{head}{}", self.to))
    }
}

/// The other form by the first change that fits.
pub fn change(word: &str, changes: &[Change]) -> Option<String> {
    changes.iter().find_map(|change| change.apply(word))
}

/// The word ends in one of the endings.
pub fn ends(word: &str, endings: &[String]) -> bool {
    endings.iter().any(|ending| word.ends_with(ending.as_str()))
}

pub fn tables() -> &'static Tables {
    static TABLES: LazyLock<Tables> = LazyLock::new(|| crate::rules::parse("inflection.toml"));
    &TABLES
}

#[cfg(test)]
mod tests {
    use super::tables;

    #[test]
    fn a_longer_ending_stands_before_those_that_it_ends_in() {
        let endings = &tables().stem.endings;
        for (at, ending) in endings.iter().enumerate() {
            assert!(
                endings[..at].iter().all(|before| !ending.ends_with(before.as_str())),
                "{ending} is never reached"
            );
        }
    }
}
