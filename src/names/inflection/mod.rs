//! Inflection: the base form of a Russian or Ukrainian word, and the stem that all its case forms share.
//!
//! Stems are cut by endings alone and serve only as keys of comparison. Base forms are built for names
//! of persons from the shape of the ending; where several are possible the caller's evidence (a given
//! name, a form seen elsewhere) decides, because no dictionary of persons would ever be complete.

mod endings;
mod fold;
mod given;
mod patronymics;
mod stems;
mod surnames;
mod tables;

pub use endings::Endings;
pub use fold::{fold, folded};
pub use given::{Case, Gender, case_of, given_forms, given_gender, masculine_of, unknown_given};
pub use patronymics::patronymic_base;
pub use stems::{adjectival, alternate_stems, form_stems, genitive_ending, plural_genitives, stem};
pub use surnames::{ends_bare, ends_in_consonant, manly_genitive, surname_base, surname_in_case};
use tables::tables;

/// The word without combining stress marks, composed.
pub fn strip_stress(word: &str) -> String {
    word.chars().filter(|c| !matches!(c, '\u{301}' | '\u{300}')).collect()
}

/// The text has a letter that only Ukrainian of the two languages writes.
pub fn has_ukrainian_letters(text: &str) -> bool {
    let letters = &tables().spelling.ukrainian_letters;
    text.contains(|c| letters.contains(c))
}

/// A given name is spelled as only Russian of the two languages spells it.
pub fn is_russian_spelling(name: &str) -> bool {
    let spelling = &tables().spelling;
    name.contains(|c| spelling.russian_letters.contains(c)) || tables::ends(name, &spelling.russian_endings)
}
