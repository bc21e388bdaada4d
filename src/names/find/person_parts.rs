//! The parts of a person's name: which words are given names and which the family name, in base form.

use super::PersonName;
use super::alphabetic::Labelled;
use super::tokens::{Gap, Script, Shape};
use crate::names::Rules;
use crate::names::inflection::{self, Gender};
use crate::names::lexicon::Lexicon;

/// Words of the run as ranges of tokens: parts joined by hyphens are one word.
pub fn words(labelled: &Labelled, from: usize, to: usize) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    for at in from..to {
        if at > from && labelled.tokens[at].gap == Gap::Hyphen {
            out.last_mut().expect("a word before").1 = at + 1;
        } else {
            out.push((at, at + 1));
        }
    }
    out
}
/// Drops what belongs to a body before a name: "Газпромбанка Тигран Хачатуров", "СПЧ Фадеев". A surname may
/// stand before the given name only where a patronymic follows, or where the two are alone.
pub fn trim_cyrillic(labelled: &Labelled, words: &mut Vec<(usize, usize)>, lexicon: &Lexicon) {
    let token = |range: (usize, usize)| &labelled.tokens[range.0];
    if token(words[0]).script != Script::Cyrillic {
        return;
    }
    while words.len() > 1
        && token(words[0]).shape == Shape::Caps
        && words.iter().any(|&word| token(word).shape == Shape::Capital)
    {
        words.remove(0);
    }
    let known = |range: (usize, usize)| {
        let initial = token(range).shape == Shape::Initial;
        initial || lexicon.given(labelled.text(range.0, range.1)).is_some()
    };
    let patronymic = |range: Option<&(usize, usize)>| {
        range.is_some_and(|&(from, to)| is_patronymic(labelled.text(from, to), lexicon))
    };
    if words.len() > 2
        && !known(words[0])
        && let Some(at) = (1..words.len() - 1).find(|&at| known(words[at]))
        && !patronymic(words.get(at + 1))
        && !(token(words[at]).shape == Shape::Initial
            && token(words[words.len() - 1]).shape == Shape::Initial)
    {
        words.drain(..at);
    }
}
pub fn shown(name: &PersonName, labelled: &Labelled, from: usize, to: usize) -> String {
    if labelled.tokens[from].script == Script::Cyrillic {
        let mut words = name.given.clone();
        words.push(name.family.clone());
        words.retain(|word| !word.is_empty());
        return words.join(" ");
    }
    labelled.text(from, to).to_owned()
}
pub fn is_patronymic(word: &str, lexicon: &Lexicon) -> bool {
    inflection::patronymic_base(word)
        .is_some_and(|(base, _)| lexicon.patronymic_endings.iter().any(|e| base.ends_with(e.as_str())))
}
/// Given names and family name in base form.
pub fn parts(labelled: &Labelled, words: &[(usize, usize)], lexicon: &Lexicon) -> PersonName {
    let texts: Vec<&str> = words.iter().map(|&(from, to)| labelled.text(from, to)).collect();
    let cyrillic = labelled.tokens[words[0].0].script == Script::Cyrillic;
    if texts.len() == 1 {
        let family = if cyrillic {
            inflection::surname_base(texts[0], Gender::Unknown, labelled.language(words[0].0))
        } else {
            texts[0].to_owned()
        };
        return PersonName { given: Vec::new(), family };
    }
    let family_first = lexicon.family_first.contains(texts[0]);
    if cyrillic && !(family_first && texts.len() <= 3 && lexicon.given(texts[texts.len() - 1]).is_none()) {
        return cyrillic_parts(labelled, words, &texts, lexicon);
    }
    if family_first && texts.len() <= 3 && lexicon.given(texts[0]).is_none() {
        return PersonName {
            given: texts[1..].iter().map(|&w| w.to_owned()).collect(),
            family: texts[0].to_owned(),
        };
    }
    let particle =
        |word: &str| lexicon.particles.contains(word) || lexicon.particles.contains(&word.to_lowercase());
    let from = usize::from(lexicon.given(texts[0]).is_some());
    let begin = (from..texts.len() - 1)
        .find(|&at| particle(texts[at]) && texts[at].chars().count() > 1)
        .unwrap_or(texts.len() - 1);
    PersonName {
        given: texts[..begin].iter().map(|&w| w.to_owned()).collect(),
        family: texts[begin..].join(" "),
    }
}
fn cyrillic_parts(
    labelled: &Labelled,
    words: &[(usize, usize)],
    texts: &[&str],
    lexicon: &Lexicon,
) -> PersonName {
    let language = labelled.language(words[0].0);
    let mut gender = Gender::Unknown;
    let mut given = Vec::new();
    let mut family = Vec::new();
    // A surname stands in the case of its given name.
    let mut case = inflection::Case::Unknown;
    for (i, text) in texts.iter().enumerate() {
        let last = i + 1 == texts.len();
        let known = best_given(text, language, lexicon).filter(|_| !last || given.is_empty() && i > 0);
        if let Some((nominative, sex)) = known {
            gender = if *sex == Gender::Unknown { gender } else { *sex };
            if case == inflection::Case::Unknown {
                case = inflection::case_of(text, nominative);
            }
            given.push(if nominative_like(text, nominative) {
                inflection::strip_stress(text)
            } else {
                nominative.clone()
            });
        } else if let Some((base, sex)) = inflection::patronymic_base(text).filter(|_| {
            is_patronymic(text, lexicon)
                && i > 0
                && !given.is_empty()
                && (!last || texts.len() > 2 && family.len() == 1)
        }) {
            gender = sex;
            given.push(base);
        } else if labelled.tokens[words[i].0].shape == Shape::Initial
            || (i == 0 && texts.len() > 1 && texts[1..].iter().all(|t| lexicon.given(t).is_none()))
        {
            given.push(inflection::strip_stress(text));
        } else {
            family.push(*text);
        }
    }
    // Мурадом Касумовым, Мгера Григоряна: a given name that no list knows, in the case that both words show.
    if let [first] = given.as_mut_slice()
        && gender == Gender::Unknown
        && let Some(last) = family.last()
        && let Some((nominative, shown)) = inflection::unknown_given(first, last)
    {
        *first = nominative;
        gender = Gender::Male;
        case = shown;
    }
    // Валерія Залужного: the surname tells that the given name is a man's in the genitive.
    if gender == Gender::Female
        && family.iter().any(|word| inflection::manly_genitive(word))
        && let Some(name) = given.first().and_then(|name| inflection::masculine_of(name))
        && lexicon.given(&name).is_some()
    {
        given[0] = name;
        gender = Gender::Male;
        case = inflection::Case::Genitive;
    }
    let base = |word: &&str| inflection::surname_in_case(word, gender, case, language);
    let family: Vec<String> = family.iter().map(base).collect();
    PersonName { given, family: family.join(" ") }
}
/// The nominative that fits the language: Валерія is Валерія or Валерій in Ukrainian, never Валерий.
fn best_given<'l>(
    word: &str,
    language: crate::model::Language,
    lexicon: &'l Lexicon,
) -> Option<&'l (String, Gender)> {
    let all = lexicon.given_all(word);
    let foreign = |name: &str| match language {
        crate::model::Language::Uk => inflection::is_russian_spelling(name),
        _ => inflection::has_ukrainian_letters(name),
    };
    let exact = all.iter().find(|(name, _)| nominative_like(word, name));
    exact.or_else(|| all.iter().find(|(name, _)| !foreign(name))).or(all.first())
}
/// The same form up to stress marks and ё.
fn nominative_like(text: &str, nominative: &str) -> bool {
    inflection::fold(text) == inflection::fold(nominative)
}
/// A name as text: one word is a family name, more are read as a full name.
pub fn read(name: &str, language: crate::model::Language, rules: &Rules) -> PersonName {
    match crate::names::reconcile::node::full(name, language, rules) {
        Some(full) => PersonName { given: vec![full.given], family: full.family },
        None => PersonName { given: Vec::new(), family: name.to_owned() },
    }
}
