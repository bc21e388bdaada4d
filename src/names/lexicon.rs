//! The words of each language that show where names begin and end: roles, honorifics, verbs of saying,
//! heads of organisations. Read from `rules/names.*.toml`, kept apart from the gazetteer because they
//! name nobody.

use super::find::tokens::{Script, key, script_of};
use super::inflection::{self, Gender};
use super::phrases::Phrases;
use crate::text::hash::{Map, Set, Words};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize, Default)]
#[serde(default)]
struct Lists {
    honorifics: Vec<String>,
    suffixes: Vec<String>,
    particles: Vec<String>,
    speech: Vec<String>,
    before_place: Vec<String>,
    locative: Vec<String>,
    place_verbs: Vec<String>,
    locative_endings: Vec<String>,
    not_place_endings: Vec<String>,
    before_person: Vec<String>,
    articles: Vec<String>,
    definite_articles: Vec<String>,
    resolutions: Vec<String>,
    of_words: Vec<String>,
    link_words: Vec<String>,
    lead_words: Vec<String>,
    first_links: Vec<String>,
    series_heads: Vec<String>,
    place_starts: Vec<String>,
    alias_cues: Vec<String>,
    conjunctions: Vec<String>,
    loose_heads: Vec<String>,
    stop: Vec<String>,
    organisation_heads: Vec<String>,
    place_heads: Vec<String>,
    agreement_heads: Vec<String>,
    event_heads: Vec<String>,
    event_heads_dated: Vec<String>,
    of_heads: Vec<String>,
    surname_endings: Vec<String>,
    telling_endings: Vec<String>,
    not_surname_endings: Vec<String>,
    patronymic_endings: Vec<String>,
    given: Vec<String>,
    given_places: Vec<String>,
    family_first: Vec<String>,
    roles: BTreeMap<String, Vec<String>>,
}

/// What a capitalised chain names, by its head word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Head {
    Organisation,
    Place,
    Agreement,
    Event,
    /// Names an event only behind a year or an ordinal.
    DatedEvent,
}

/// Words of the alphabetic languages of one script.
#[derive(Default)]
pub struct Lexicon {
    pub honorifics: Words<()>,
    pub suffixes: Set<String>,
    pub particles: Set<String>,
    pub speech: Words<()>,
    pub before_place: Set<String>,
    /// Those behind which an unknown name is a place, and how it may end there.
    pub locative: Set<String>,
    /// Verbs of what is done to towns.
    pub place_verbs: Set<String>,
    pub locative_endings: Vec<String>,
    /// Endings of peoples, languages, faiths and sciences, which stand behind the same prepositions.
    pub not_place_endings: Vec<String>,
    pub before_person: Set<String>,
    pub articles: Set<String>,
    /// As written: those that a name may stand with or without.
    pub definite_articles: Vec<String>,
    /// What is known by a number, for each language: as it is shown, then its forms in small letters.
    pub resolutions: Vec<Vec<String>>,
    pub of_words: Set<String>,
    /// Small words inside names of bodies.
    pub link_words: Set<String>,
    /// Those of them that stand only right behind the head.
    pub first_links: Set<String>,
    /// Heads of events that come again.
    pub series_heads: Set<String>,
    pub place_starts: Words<()>,
    pub alias_cues: Vec<String>,
    pub conjunctions: Set<String>,
    /// Heads written small that name an event only beside a known place or a year.
    pub loose_heads: Set<String>,
    /// Capitalised words before a name that are no part of it.
    pub lead_words: Set<String>,
    /// As written: capitalised words that begin no name.
    pub stop: Set<String>,
    pub heads: Words<Head>,
    pub of_heads: Set<String>,
    pub surname_endings: Vec<String>,
    /// Endings by which a word alone is a surname.
    pub telling_endings: Vec<String>,
    /// Endings of common words that stand with a capital behind a role: президент Ассоциации.
    pub not_surname_endings: Vec<String>,
    pub patronymic_endings: Vec<String>,
    /// Case forms of given names (folded) with nominative and gender.
    pub given: Map<String, Vec<(String, Gender)>>,
    pub given_places: Set<String>,
    pub family_first: Set<String>,
    /// Role phrases with the index of their key in `role_keys`.
    pub roles: Phrases<usize>,
    pub role_keys: Vec<String>,
}

impl Lexicon {
    /// Reads the words of all languages of a script.
    pub fn new(files: &[&str], script: Script) -> Self {
        let mut lexicon = Lexicon::default();
        for file in files {
            lexicon.add(crate::rules::parse::<Lists>(file), script);
        }
        lexicon.add_given_table(script);
        lexicon
    }

    /// The forms of the given-name table in this script.
    fn add_given_table(&mut self, script: Script) {
        for line in
            crate::rules::file("translit/given_names.tsv").lines().filter(|line| !line.starts_with('#'))
        {
            for name in
                line.split_whitespace().filter(|name| script_of(name) == script && name.chars().count() > 2)
            {
                self.add_given(name, script);
            }
        }
    }

    fn add_given(&mut self, name: &str, script: Script) {
        let cyrillic = script == Script::Cyrillic;
        let gender = if cyrillic { inflection::given_gender(name) } else { Gender::Unknown };
        let forms = if cyrillic { inflection::given_forms(name) } else { vec![name.to_owned()] };
        for form in forms {
            let known = self.given.entry(inflection::fold(&form)).or_default();
            if !known.iter().any(|(other, _)| other == name) {
                known.push((name.to_owned(), gender));
            }
        }
    }

    fn add(&mut self, words: Lists, script: Script) {
        let fold = |list: Vec<String>| list.into_iter().map(|word| inflection::fold(&word));
        self.honorifics.extend(fold(words.honorifics));
        self.suffixes.extend(words.suffixes);
        self.particles.extend(words.particles);
        self.speech.extend(fold(words.speech));
        self.before_place.extend(fold(words.before_place));
        self.locative.extend(fold(words.locative));
        self.place_verbs.extend(fold(words.place_verbs));
        self.locative_endings.extend(words.locative_endings);
        self.not_place_endings.extend(words.not_place_endings);
        self.before_person.extend(fold(words.before_person));
        self.articles.extend(words.articles);
        self.definite_articles.extend(words.definite_articles);
        self.resolutions.push(words.resolutions);
        self.of_words.extend(words.of_words);
        self.link_words.extend(words.link_words);
        self.lead_words.extend(words.lead_words);
        self.first_links.extend(words.first_links);
        self.series_heads.extend(words.series_heads);
        self.place_starts.extend(words.place_starts);
        self.alias_cues.extend(words.alias_cues);
        self.conjunctions.extend(words.conjunctions);
        self.loose_heads.extend(words.loose_heads);
        self.stop.extend(words.stop);
        self.of_heads.extend(words.of_heads);
        self.surname_endings.extend(words.surname_endings);
        self.telling_endings.extend(words.telling_endings);
        self.not_surname_endings.extend(words.not_surname_endings);
        self.patronymic_endings.extend(words.patronymic_endings);
        self.given_places.extend(words.given_places);
        self.family_first.extend(words.family_first);
        let heads = [
            (words.organisation_heads, Head::Organisation),
            (words.place_heads, Head::Place),
            (words.agreement_heads, Head::Agreement),
            (words.event_heads, Head::Event),
            (words.event_heads_dated, Head::DatedEvent),
        ];
        for (list, head) in heads {
            for word in list {
                let word = if script == Script::Cyrillic { key(&word, script) } else { word };
                self.heads.add(word, head);
            }
        }
        for name in &words.given {
            self.add_given(name, script);
        }
        for (role, phrases) in words.roles {
            let at = self.role_keys.iter().position(|known| *known == role).unwrap_or_else(|| {
                self.role_keys.push(role.clone());
                self.role_keys.len() - 1
            });
            for phrase in phrases {
                self.roles.add(&phrase, false, at);
            }
        }
    }

    /// The nominative and gender of a given name in any case form.
    pub fn given(&self, word: &str) -> Option<&(String, Gender)> {
        self.given.get(&*inflection::folded(word)).and_then(|known| known.first())
    }

    /// Every nominative of which the word may be a case form.
    pub fn given_all(&self, word: &str) -> &[(String, Gender)] {
        self.given.get(&*inflection::folded(word)).map_or(&[], Vec::as_slice)
    }
}
