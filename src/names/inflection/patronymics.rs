//! Patronymics: told by their endings, which no other word between two names has.
//!
//! They show the gender of a person more surely than the given name does, so they are read first.

use super::tables::tables;
use super::{Gender, strip_stress};
use std::sync::LazyLock;

/// The fewest letters of the father's name.
const LEAST: usize = 3;

/// An ending of a patronymic with that of its nominative.
struct Ending {
    form: String,
    nominative: String,
    gender: Gender,
}

static ENDINGS: LazyLock<Vec<Ending>> = LazyLock::new(|| {
    let mut out = Vec::new();
    for kind in &tables().patronymic {
        let gender = if kind.male { Gender::Male } else { Gender::Female };
        for stem in &kind.stems {
            out.extend(kind.endings.iter().map(|ending| Ending {
                form: format!("{stem}{ending}"),
                nominative: format!("{stem}{}", kind.base),
                gender,
            }));
        }
    }
    out
});

/// The nominative of a patronymic and its gender; none where the word is no patronymic.
pub fn patronymic_base(word: &str) -> Option<(String, Gender)> {
    let word = strip_stress(word);
    ENDINGS.iter().find_map(|ending| {
        let head = word.strip_suffix(ending.form.as_str())?;
        (head.chars().count() >= LEAST).then(|| (format!("{head}{}", ending.nominative), ending.gender))
    })
}
