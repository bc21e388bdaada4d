//! The gazetteer: names that are known beforehand — states, places, bodies, agreements, media — with
//! their spellings in each language and the key that makes them one.
//!
//! It gives identity, not truth about a text: what a sentence names is decided by the finders, which
//! may prefer a longer or better supported reading.

use super::find::tokens::{Script, Shape, Token, key};
use super::inflection;
use super::phrases::Phrases;
use crate::model::{EntityKind, Language};
use crate::text::han;
use crate::text::hash::Map;
use crate::text::phrases::HanPhrases;
use serde::Deserialize;
use std::collections::BTreeMap;

/// File of the gazetteer and the kind of what it lists.
const FILES: &[(&str, EntityKind)] = &[
    ("gazetteer/states.toml", EntityKind::State),
    ("gazetteer/former_states.toml", EntityKind::State),
    ("gazetteer/places.toml", EntityKind::Place),
    ("gazetteer/oblasts.toml", EntityKind::Place),
    ("gazetteer/organisations.toml", EntityKind::Organisation),
    ("gazetteer/media.toml", EntityKind::Organisation),
    ("gazetteer/agreements.toml", EntityKind::Agreement),
    ("gazetteer/events.toml", EntityKind::Event),
    ("gazetteer/persons.toml", EntityKind::Person),
];

#[derive(Deserialize, Default, Clone)]
#[serde(default)]
struct Row {
    en: Vec<String>,
    en_adjective: Vec<String>,
    zh: Vec<String>,
    hant: Vec<String>,
    zh_short: String,
    ru: Vec<String>,
    ru_adjective: Vec<String>,
    uk: Vec<String>,
    uk_adjective: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct BodyRow {
    kind: String,
    name: String,
    en: Vec<String>,
    zh: Vec<String>,
    zh_short: Vec<String>,
    ru: Vec<String>,
    uk: Vec<String>,
}

/// Something with a name of its own.
#[derive(Debug, Clone)]
pub struct Entry {
    pub key: String,
    pub kind: EntityKind,
    /// The names to show, first of each language.
    pub names: Vec<(Language, String)>,
    /// All names of the languages that inflect.
    inflecting: Vec<(Language, String)>,
}

impl Entry {
    /// The name is one of the entry's own in a language that inflects, in its base form.
    pub fn is_base(&self, name: &str, language: Language) -> bool {
        self.inflecting.iter().any(|(of, known)| *of == language && known == name)
    }

    /// The name in its base form of which the tokens are a case form.
    pub fn base_of(&self, tokens: &[Token], language: Language) -> Option<String> {
        let of_language = || self.inflecting.iter().filter(|(of, _)| *of == language);
        let same = |name: &str| {
            let words = super::find::tokens::tokens(name);
            words.len() == tokens.len() && words.iter().zip(tokens).all(|(a, b)| a.key() == b.key())
        };
        let found = of_language().find(|(_, name)| same(name)).or_else(|| of_language().next());
        found.map(|(_, name)| name.clone())
    }
}

/// A kind of body that every state has, such as a foreign ministry.
#[derive(Debug, Clone)]
pub struct Body {
    pub kind: EntityKind,
    /// English name with `{}` for the state.
    pub name: String,
}

/// What a known phrase stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    Entry(usize),
    /// The adjective of a state.
    Adjective(usize),
    Body(usize),
    /// A Han character that stands for a state in compounds.
    Short(usize),
    /// A Han ending such as 军 that makes a body of a state's character.
    ShortBody(usize),
}

pub struct Gazetteer {
    pub entries: Vec<Entry>,
    pub bodies: Vec<Body>,
    pub latin: Phrases<Known>,
    pub cyrillic: Phrases<Known>,
    /// Over Simplified text; the number of a phrase gives its meaning.
    pub han: HanPhrases,
    pub han_known: Vec<Known>,
    pub shorts: Map<char, usize>,
    pub short_bodies: BTreeMap<String, usize>,
    by_key: Map<String, usize>,
    by_name: Map<String, Vec<usize>>,
}

impl Gazetteer {
    pub fn builtin() -> Self {
        let mut build = Build::default();
        for (file, kind) in FILES {
            for (key, row) in crate::rules::parse::<BTreeMap<String, Row>>(file) {
                build.row(key, *kind, row);
            }
        }
        for (_, row) in crate::rules::parse::<BTreeMap<String, BodyRow>>("gazetteer/bodies.toml") {
            build.body(row);
        }
        build.finish()
    }

    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.by_key.get(key).map(|&at| &self.entries[at])
    }

    /// Entries that bear exactly this name, compared by folded form, in any language.
    pub fn named(&self, name: &str) -> &[usize] {
        self.by_name.get(&name_key(name)).map_or(&[], Vec::as_slice)
    }

    /// Entries of which a single word of alphabetic text is a form.
    pub fn of_token(&self, token: &Token) -> Vec<usize> {
        let phrases = if token.script == Script::Cyrillic { &self.cyrillic } else { &self.latin };
        let entry = |(_, known): (usize, Known)| match known {
            Known::Entry(entry) => Some(entry),
            _ => None,
        };
        phrases.at(std::slice::from_ref(token), 0).filter_map(entry).collect()
    }

    /// The English name, key and kind of a state's body.
    pub fn composed(&self, body: usize, state: usize) -> (String, String, EntityKind) {
        let state = &self.entries[state];
        let english = state
            .names
            .iter()
            .find(|(language, _)| *language == Language::En)
            .map_or(&*state.key, |(_, n)| n);
        let name = self.bodies[body].name.replace("{}", english);
        let key = super::reconcile::slug::slug(&name);
        (name, key, self.bodies[body].kind)
    }
}

/// Folded for comparison of whole names: case, stress and apostrophes do not count, nor Traditional forms.
pub fn name_key(name: &str) -> String {
    let mut key =
        if han::has_han(name) { inflection::fold(&han::simplify(name)) } else { inflection::fold(name) };
    if !key.is_ascii() && key.contains(['‑', '‐', '–']) {
        key = key.replace(['‑', '‐', '–'], "-");
    }
    key
}

#[derive(Default)]
struct Build {
    entries: Vec<Entry>,
    bodies: Vec<Body>,
    latin: Phrases<Known>,
    cyrillic: Phrases<Known>,
    han: Vec<(String, Known)>,
    shorts: Map<char, usize>,
    short_bodies: BTreeMap<String, usize>,
    by_name: Map<String, Vec<usize>>,
}

impl Build {
    fn row(&mut self, entry_key: String, kind: EntityKind, row: Row) {
        let at = self.entries.len();
        let first = |list: &[String], language| list.first().map(|name| (language, name.clone()));
        let names = [
            first(&row.en, Language::En),
            first(&row.zh, Language::ZhHans),
            first(&row.hant, Language::ZhHant),
            first(&row.ru, Language::Ru),
            first(&row.uk, Language::Uk),
        ];
        let all = |list: &[String], language| {
            list.iter().map(move |name| (language, name.clone())).collect::<Vec<_>>()
        };
        let inflecting = [all(&row.ru, Language::Ru), all(&row.uk, Language::Uk)].concat();
        self.entries.push(Entry {
            key: entry_key,
            kind,
            names: names.into_iter().flatten().collect(),
            inflecting,
        });
        for name in row.en.iter().chain(&row.zh).chain(&row.hant).chain(&row.ru).chain(&row.uk) {
            let list = self.by_name.entry(name_key(name)).or_default();
            if !list.contains(&at) {
                list.push(at);
            }
        }
        for name in &row.en {
            self.latin.add(name, true, Known::Entry(at));
        }
        for name in row.ru.iter().chain(&row.uk) {
            self.cyrillic_name(name, at);
            if name.is_ascii() {
                self.latin.add(name, true, Known::Entry(at));
            }
        }
        for name in &row.en_adjective {
            self.latin.add(name, true, Known::Adjective(at));
        }
        for stem in row.ru_adjective.iter().chain(&row.uk_adjective) {
            self.cyrillic.add_key(
                inflection::stem(&inflection::fold(stem)),
                Shape::Lower,
                true,
                Known::Adjective(at),
            );
        }
        self.han.extend(row.zh.iter().chain(&row.hant).map(|name| (han::simplify(name), Known::Entry(at))));
        if let Some(short) = row.zh_short.chars().next() {
            self.shorts.insert(short, at);
        }
    }

    fn cyrillic_name(&mut self, name: &str, at: usize) {
        self.cyrillic.add(name, true, Known::Entry(at));
        for plural in inflection::plural_genitives(name) {
            self.cyrillic.add(&plural, true, Known::Entry(at));
        }
        // Карабах loses more than its oblique forms do: a long name needs the stem of those too.
        for (at_word, word) in name.split(' ').enumerate().filter(|_| name.contains(' ')) {
            if inflection::ends_in_consonant(word)
                && inflection::stem(&inflection::fold(word)).len() < word.len()
            {
                let mut words: Vec<String> = name.split(' ').map(str::to_owned).collect();
                words[at_word].push_str(inflection::genitive_ending());
                self.cyrillic.add(&words.join(" "), true, Known::Entry(at));
            }
        }
        if !name.contains([' ', '-']) && name.chars().any(char::is_lowercase) {
            for stem in inflection::form_stems(&inflection::fold(name)) {
                self.cyrillic.add_key(&stem, Shape::Capital, false, Known::Entry(at));
            }
        }
    }

    fn body(&mut self, row: BodyRow) {
        let at = self.bodies.len();
        let kind = EntityKind::from_code(&row.kind).unwrap_or(EntityKind::Organisation);
        self.bodies.push(Body { kind, name: row.name });
        for name in &row.en {
            self.latin.add(name, true, Known::Body(at));
        }
        for name in row.ru.iter().chain(&row.uk) {
            let caps =
                key(name, Script::Cyrillic) == name.to_lowercase() && name.chars().all(char::is_uppercase);
            self.cyrillic.add(name, caps, Known::Body(at));
        }
        self.han.extend(row.zh.iter().map(|name| (name.clone(), Known::Body(at))));
        self.short_bodies.extend(row.zh_short.iter().map(|name| (name.clone(), at)));
    }

    fn finish(mut self) -> Gazetteer {
        self.han.sort_by(|a, b| a.0.cmp(&b.0));
        self.han.dedup_by(|a, b| a.0 == b.0);
        let han = HanPhrases::new(self.han.iter().map(|(name, _)| name.as_str()));
        let by_key =
            self.entries.iter().enumerate().rev().map(|(at, entry)| (entry.key.clone(), at)).collect();
        Gazetteer {
            entries: self.entries,
            bodies: self.bodies,
            latin: self.latin,
            cyrillic: self.cyrillic,
            han,
            han_known: self.han.iter().map(|&(_, known)| known).collect(),
            shorts: self.shorts,
            short_bodies: self.short_bodies,
            by_key,
            by_name: self.by_name,
        }
    }
}
