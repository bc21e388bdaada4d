//! Patronymics: told by their endings, which no other word between two names has.
//!
//! They show the gender of a person more surely than the given name does, so they are read first.

use super::endings::Endings;
use super::tables::tables;
use super::{Gender, strip_stress};
use std::borrow::Cow;
use std::sync::LazyLock;

/// The fewest letters of the father's name.
const LEAST: usize = 3;

/// An ending of a patronymic with that of its nominative.
struct Ending {
    form: String,
    nominative: String,
    gender: Gender,
}

/// Endings, and what each says by its place in the list.
struct Patronymics {
    forms: Endings,
    meanings: Vec<Ending>,
}

static PATRONYMICS: LazyLock<Patronymics> = LazyLock::new(|| {
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
    Patronymics { forms: Endings::new(out.iter().map(|ending| ending.form.as_str())), meanings: out }
});

/// The nominative of a patronymic and its gender; none where the word is no patronymic.
pub fn patronymic_base(word: &str) -> Option<(String, Gender)> {
    let word = stress_free(word);
    PATRONYMICS.forms.of(&word).find_map(|ending| {
        let meaning = &PATRONYMICS.meanings[ending.place];
        let head = &word[..word.len() - ending.text.len()];
        (head.chars().count() >= LEAST).then(|| (format!("{head}{}", meaning.nominative), meaning.gender))
    })
}

/// The word without stress marks; no copy where it has none.
fn stress_free(word: &str) -> Cow<'_, str> {
    if word.contains(['\u{301}', '\u{300}']) { strip_stress(word).into() } else { word.into() }
}
