//! Given names: their case forms, and the gender and case that a form shows.
//!
//! They are looked up by every form that they can take, because the lexicon knows their nominatives;
//! what they tell then decides between the readings of the surname beside them.

use super::fold;
use super::tables::{change, ends, tables};

/// Grammatical gender as far as a given name or patronymic tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gender {
    Male,
    Female,
    Unknown,
}

/// The case of a form, as far as its given name tells; surnames stand in the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    Nominative,
    Genitive,
    Dative,
    Instrumental,
    Prepositional,
    Unknown,
}

/// The case that a form of a masculine given name stands in.
pub fn case_of(form: &str, nominative: &str) -> Case {
    let (form, nominative) = (fold(form), fold(nominative));
    let given = &tables().given;
    if form == nominative {
        return Case::Nominative;
    }
    if ends(&nominative, &given.silent) {
        return Case::Unknown;
    }
    [
        (&given.instrumental, Case::Instrumental),
        (&given.dative, Case::Dative),
        (&given.genitive, Case::Genitive),
        (&given.prepositional, Case::Prepositional),
    ]
    .into_iter()
    .find(|(endings, _)| ends(&form, endings))
    .map_or(Case::Unknown, |(_, case)| case)
}

/// Case forms of a given name, the nominative first, so that each can be looked up.
pub fn given_forms(nominative: &str) -> Vec<String> {
    let given = &tables().given;
    let mut forms = vec![nominative.to_owned()];
    let mut add = |head: &str, endings: &[String]| {
        forms.extend(endings.iter().map(|ending| format!("{head}{ending}")));
    };
    for table in &given.forms {
        if let Some(head) = nominative.strip_suffix(table.ending.as_str()) {
            add(head, &table.others);
            return forms;
        }
    }
    if nominative.chars().last().is_some_and(|c| !tables().not_consonants.contains(c)) {
        add(nominative, &given.after_consonant);
        for table in &given.dropping {
            if let Some(head) = nominative.strip_suffix(table.ending.as_str()) {
                add(head, &table.others);
            }
        }
    }
    forms
}

/// The masculine name of which a feminine one is the genitive in writing: Валерія, Валерій.
pub fn masculine_of(feminine: &str) -> Option<String> {
    change(feminine, &tables().given.masculine)
}

/// The gender that a nominative given name shows.
pub fn given_gender(nominative: &str) -> Gender {
    let given = &tables().given;
    let listed = |names: &[String]| names.iter().any(|name| name == nominative);
    if nominative.is_empty() {
        Gender::Unknown
    } else if listed(&given.male_names) {
        Gender::Male
    } else if listed(&given.female_names) || ends(nominative, &given.female) {
        Gender::Female
    } else {
        Gender::Male
    }
}

/// The nominative of a man's given name that no list knows, and its case, where the surname behind it stands
/// in an oblique case too: Мурадом Касумовым.
pub fn unknown_given(given: &str, surname: &str) -> Option<(String, Case)> {
    tables().given.unknown.iter().find_map(|unknown| {
        if !ends(surname, &unknown.surname) {
            return None;
        }
        let name = change(given, std::slice::from_ref(&unknown.given))?;
        Some((name, if unknown.instrumental { Case::Instrumental } else { Case::Genitive }))
    })
}
