//! Stems: keys under which all case forms of a Russian or Ukrainian word meet.
//!
//! A stem is cut by endings alone and is no form of the word: where cutting leaves two stems for one
//! word, both are kept, because a key too many costs less than a form that is not found.

use super::endings::Endings;
use super::fold;
use super::tables::{change, ends, tables};
use std::sync::LazyLock;

/// The fewest letters of a stem.
const LEAST: usize = 3;

static ENDINGS: LazyLock<Endings> =
    LazyLock::new(|| Endings::new(tables().stem.endings.iter().map(String::as_str)));
static ADJECTIVES: LazyLock<Endings> =
    LazyLock::new(|| Endings::new(tables().adjective.endings.iter().map(String::as_str)));

/// The stem of a Cyrillic word: the same for (nearly) all its case forms. Takes a folded word.
pub fn stem(folded: &str) -> &str {
    let letters = folded.chars().count();
    // A longer ending may leave too short a stem where a shorter one fits.
    ENDINGS
        .of(folded)
        .find(|ending| letters.saturating_sub(ending.letters) >= LEAST)
        .map_or(folded, |ending| &folded[..folded.len() - ending.text.len()])
}

/// Stems under which a name may also be found: the vowels of Ukrainian closed syllables change
/// (Київ, Києва; Львів, Львова), and some vowels drop (Донец, Донца).
pub fn alternate_stems(folded: &str) -> Vec<String> {
    let chars: Vec<char> = stem(folded).chars().collect();
    let [head @ .., vowel, last] = chars.as_slice() else { return Vec::new() };
    if head.is_empty() {
        return Vec::new();
    }
    let head: String = head.iter().collect();
    tables()
        .stem
        .alternations
        .iter()
        .filter(|change| {
            change.letters.contains(*vowel)
                && chars.len() >= change.least
                && (change.before.is_empty() || change.before.contains(*last))
        })
        .flat_map(|change| change.to.iter().map(|to| format!("{head}{to}{last}")))
        .collect()
}

/// Every stem under which the case forms of a folded name are found, other than its own: those of its
/// alternates, those of endings that eat into the stem (Львові), and softened ones (Рига, Ризі).
pub fn form_stems(folded: &str) -> Vec<String> {
    let rules = &tables().stem;
    let own = stem(folded).to_owned();
    let mut out = alternate_stems(folded);
    let mut roots: Vec<String> = out.clone();
    if !folded.ends_with(|c| rules.consonant_unless.contains(c)) {
        roots.push(folded.to_owned());
    }
    for root in roots {
        out.extend(rules.after_consonant.iter().map(|ending| stem(&format!("{root}{ending}")).to_owned()));
    }
    out.extend(change(folded, &rules.softened).map(|soft| stem(&soft).to_owned()));
    out.sort();
    out.dedup();
    out.retain(|stem| *stem != own && stem.chars().count() >= LEAST);
    out
}

/// The ending of the genitive behind a consonant.
pub fn genitive_ending() -> &'static str {
    tables().stem.after_consonant.first().map_or("", String::as_str)
}

/// The genitive of plural names, which keeps no stem that other forms share: Штаты, Штатов.
pub fn plural_genitives(name: &str) -> Vec<String> {
    let plural = &tables().plural;
    let words: Vec<&str> = name.split(' ').collect();
    let mut out = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let folded = fold(word);
        if adjectival(&folded) || ends(&folded, &plural.adjectives) {
            continue;
        }
        let head = plural.nominative.iter().find_map(|ending| word.strip_suffix(ending.as_str()));
        let Some(head) = head.filter(|head| head.chars().count() >= LEAST) else { continue };
        for ending in &plural.genitive {
            let mut forms: Vec<String> = words.iter().map(|&w| w.to_owned()).collect();
            forms[at] = format!("{head}{ending}");
            out.push(forms.join(" "));
        }
    }
    out
}

/// The ending of `folded` is one that only adjectives have.
pub fn adjectival(folded: &str) -> bool {
    ADJECTIVES.fit(folded)
}
