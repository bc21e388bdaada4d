//! Surnames: the nominative of one that stands in an oblique case.
//!
//! The ending alone often allows several nominatives; the gender and case that the given name shows
//! choose. Without them a word that may be a nominative already is left as it is.

use super::tables::{Hard, change, ends, tables};
use super::{Case, Gender, strip_stress};
use crate::model::Language;

/// The nominative of a surname, from its ending and the case that its given name stands in.
pub fn surname_in_case(word: &str, gender: Gender, case: Case, language: Language) -> String {
    let plain = strip_stress(word);
    if case == Case::Nominative {
        return plain;
    }
    if gender != Gender::Male || case == Case::Unknown {
        return surname_base(word, gender, language);
    }
    if let Some(base) = in_a(&plain, case) {
        return base;
    }
    let cases = &tables().surname.cases;
    let fits = match case {
        Case::Genitive => ends(&plain, &cases.genitive),
        Case::Dative => ends(&plain, &cases.dative),
        Case::Instrumental => ends(&plain, &cases.instrumental),
        Case::Prepositional => ends(&plain, &cases.prepositional),
        Case::Nominative | Case::Unknown => true,
    };
    if fits { surname_base(word, gender, language) } else { plain }
}

/// Of a man's surname in -а: Обамы, Обаме, Обамой.
fn in_a(word: &str, case: Case) -> Option<String> {
    let surname = &tables().surname;
    let adjective = || surname.male.iter().any(|change| ends(word, &change.from));
    let endings = match case {
        Case::Genitive => &surname.in_a.genitive,
        Case::Dative => &surname.in_a.dative,
        Case::Instrumental if !adjective() => &surname.in_a.instrumental,
        _ => return None,
    };
    let head = endings.iter().find_map(|ending| word.strip_suffix(ending.as_str()))?;
    (head.chars().count() >= 3).then(|| format!("{head}{}", surname.in_a.base))
}

/// The nominative of a surname, from its ending; the word itself where it may well be one already.
pub fn surname_base(word: &str, gender: Gender, language: Language) -> String {
    let word = strip_stress(word);
    let surname = &tables().surname;
    let base = match gender {
        Gender::Female => return change(&word, &surname.female).unwrap_or(word),
        Gender::Male => change(&word, &surname.male),
        Gender::Unknown => change(&word, &surname.male).or_else(|| change(&word, &surname.surely_female)),
    };
    base.or_else(|| possessive(&word, gender))
        .unwrap_or_else(|| if gender == Gender::Male { masculine(&word, language) } else { word })
}

/// Петрова, Пушкину: a surname in -ов or -ин in an oblique case.
fn possessive(word: &str, gender: Gender) -> Option<String> {
    let surname = &tables().surname;
    surname
        .possessive_endings
        .iter()
        .filter(|ending| **ending != surname.possessive_female || gender == Gender::Male)
        .filter_map(|ending| word.strip_suffix(ending.as_str()))
        .find(|head| ends(head, &surname.possessive_stems) && head.chars().count() >= 4)
        .map(str::to_owned)
}

fn masculine(word: &str, language: Language) -> String {
    let surname = &tables().surname;
    let ukrainian = || (language == Language::Uk).then(|| change(word, &surname.ukrainian)).flatten();
    ukrainian()
        .or_else(|| change(word, &surname.adjectives))
        .or_else(|| hard(word, &surname.hard))
        .or_else(|| change(word, &surname.soft))
        .unwrap_or_else(|| word.to_owned())
}

/// Трампа, Байдену, Лукашевичем: a consonant stem with a masculine ending.
fn hard(word: &str, rules: &Hard) -> Option<String> {
    let consonant = |c: char| !tables().not_consonants.contains(c);
    let head = rules
        .endings
        .iter()
        .filter_map(|ending| word.strip_suffix(ending.as_str()))
        .find(|head| head.chars().count() >= 3 && head.ends_with(consonant))?;
    let mut letters = head.chars().rev();
    let unchanging = letters.next().is_some_and(|last| rules.unchanging_last.contains(last))
        && letters.next().is_some_and(|before| rules.unchanging_before.contains(before));
    Some(if unchanging { word.to_owned() } else { head.to_owned() })
}

/// The ending is one of men's surnames in the genitive: Залужного.
pub fn manly_genitive(word: &str) -> bool {
    ends(word, &tables().surname.manly)
}

/// The word ends in a consonant, as no man's surname does in an oblique case.
pub fn ends_bare(word: &str) -> bool {
    ends_in_consonant(word) && !ends(&strip_stress(word), &tables().surname.bare_obliques)
}

/// The last letter is a small consonant.
pub fn ends_in_consonant(word: &str) -> bool {
    let last = word.chars().rfind(|c| c.is_alphabetic());
    last.is_some_and(|c| c.is_lowercase() && !tables().not_consonants.contains(c))
}
