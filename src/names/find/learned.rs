//! The second pass: what a document has taught is found again where it stands alone — surnames of persons
//! named in full, single names that full names hold, and words that behave like persons throughout.

use super::cover::Cover;
use super::persons::is_name_token;
use super::tokens::{Gap, Script, Shape, Token};
use super::{Finding, PersonName, Source, Text, alphabetic};
use crate::model::{EntityKind, Language};
use crate::names::Rules;
use crate::names::inflection;
use crate::text::hash::Map;
use std::borrow::Cow;
use std::cell::LazyCell;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// Single words that name persons of the document, by comparison key.
#[derive(Default)]
pub struct Surnames {
    by_key: Map<String, PersonName>,
    /// Long Latin ones with a letter left out.
    by_gap: Map<String, PersonName>,
}

/// The fewest letters of a surname that is known again with a letter missing.
const LONG: usize = 7;

/// A word with each of its letters left out in turn.
fn gaps(word: &str) -> impl Iterator<Item = String> + '_ {
    word.char_indices().map(|(at, c)| format!("{}{}", &word[..at], &word[at + c.len_utf8()..]))
}

/// Comparison key of a name's word: folded, without diacritics, Cyrillic cut to the stem.
pub fn word_key(word: &str) -> String {
    key_of(&inflection::folded(word), super::tokens::script_of(word)).into_owned()
}

/// The same of a word that is folded already.
fn key_of(folded: &str, script: Script) -> Cow<'_, str> {
    if script == Script::Cyrillic {
        return inflection::stem(folded).into();
    }
    if folded.is_ascii() {
        return folded.into();
    }
    folded.nfd().filter(|c| !matches!(c, '\u{300}'..='\u{36f}')).collect::<String>().into()
}

impl Surnames {
    /// Learns from the persons found so far.
    pub fn learn(findings: &[&Finding], rules: &Rules) -> Self {
        let mut surnames = Surnames::default();
        for finding in findings {
            let Some(person) = &finding.person else { continue };
            if person.given.is_empty() && finding.method != "role_word" && finding.method != "gazetteer" {
                continue;
            }
            let family = PersonName { given: Vec::new(), family: person.family.clone() };
            surnames.add(&person.family, &family);
            for part in person.family.split(' ').filter(|part| part.chars().count() > 3) {
                surnames.add(part, &family);
            }
            // Prabowo, Lula: a given name that no list knows may stand for its bearer.
            for given in &person.given {
                let lexicon = rules.lexicon(super::tokens::script_of(given));
                if given.chars().count() > 3
                    && lexicon.given(given).is_none()
                    && inflection::patronymic_base(given).is_none()
                {
                    surnames.add(given, &PersonName { given: vec![given.clone()], family: String::new() });
                }
            }
        }
        surnames
    }

    fn add(&mut self, word: &str, name: &PersonName) {
        if word.chars().count() < 2 || word.contains(' ') {
            return;
        }
        let key = word_key(word);
        if super::tokens::script_of(word) == Script::Latin && key.chars().count() > LONG {
            for gap in gaps(&key) {
                self.by_gap.entry(gap).or_insert_with(|| name.clone());
            }
        }
        self.by_key.entry(key).or_insert_with(|| name.clone());
        if super::tokens::script_of(word) == Script::Cyrillic {
            for stem in inflection::alternate_stems(&inflection::fold(word)) {
                self.by_key.entry(stem).or_insert_with(|| name.clone());
            }
        }
    }

    /// A long Latin surname with one letter more, less or other than a known one: Doucore, Doucouré.
    fn slip(&self, token: &Token) -> Option<&PersonName> {
        if token.script != Script::Latin || token.text.len() < LONG || self.by_gap.is_empty() {
            return None;
        }
        let key = word_key(token.text);
        if key.chars().count() < LONG {
            return None;
        }
        self.by_gap.get(&key).or_else(|| gaps(&key).find_map(|gap| self.by_key.get(&gap)))
    }

    pub fn get(&self, token: &Token) -> Option<&PersonName> {
        self.by_key.get(&*key_of(&token.folded, token.script))
    }
}

/// Finds learned single names in a text, outside of what is found there already.
pub fn find(
    text: &Text,
    found: &[Finding],
    surnames: &Surnames,
    common: &alphabetic::Common,
    rules: &Rules,
) -> Vec<Finding> {
    let Text { source, tokens, .. } = text;
    let mut out = Vec::new();
    if surnames.by_key.is_empty() {
        return out;
    }
    let cover = LazyCell::new(|| cover(source, found));
    for (at, token) in tokens.iter().enumerate() {
        if !is_name_token(token) {
            continue;
        }
        let slip = || {
            let lexicon = rules.lexicon(token.script);
            let word = || common.contains(&*token.folded) || lexicon.given(token.text).is_some();
            surnames.slip(token).filter(|_| at > 0 && lone(tokens, at) && !word())
        };
        let Some(name) = surnames.get(token).or_else(slip) else { continue };
        if cover.overlaps(token.span) || rules.lexicon(token.script).stop.contains(token.text) {
            continue;
        }
        // A word that the document writes small opens a sentence with a capital that says nothing.
        if token.gap == Gap::Start && common.contains(&*token.folded) {
            continue;
        }
        if name.family.is_empty() && cue(tokens, at, rules) + f64::from(u8::from(token.possessive)) < 1.0 {
            continue;
        }
        if begins_other(tokens, at, &cover, rules) || (token.shape == Shape::Caps && token.text.len() <= 3) {
            continue;
        }
        out.push(single(*source, token, name, "repetition", 0.8));
    }
    out
}

/// What of a text is found already or tells a time.
pub fn cover(source: &Source, found: &[Finding]) -> Cover {
    Cover::new(found.iter().map(|f| f.span).chain(source.times.iter().copied()))
}

/// Part of a longer capitalised run that was no person: Johnson Street, Putin Huylo.
fn begins_other(tokens: &[Token], at: usize, cover: &Cover, rules: &Rules) -> bool {
    let next = tokens.get(at + 1).filter(|next| next.gap == Gap::Space && !tokens[at].possessive);
    next.is_some_and(|next| {
        next.shape == Shape::Capital
            && rules.lexicon(next.script).heads.contains_key(next.text)
            && !cover.overlaps(next.span)
    })
}

fn single(
    source: Source,
    token: &Token,
    name: &PersonName,
    method: &'static str,
    confidence: f64,
) -> Finding {
    let shown = if name.family.is_empty() { name.given.join(" ") } else { name.family.clone() };
    let shown = if token.script == Script::Cyrillic { shown } else { token.text.to_owned() };
    Finding {
        place: source.place,
        span: token.span,
        kind: EntityKind::Person,
        surface: token.text.to_owned(),
        name: shown,
        language: alphabetic::language_of(token.script, source.language, source.text),
        evidence: source.evidence,
        method,
        confidence,
        key: None,
        person: Some(name.clone()),
        roles: Vec::new(),
        styled: String::new(),
    }
}

/// How much the document's uses of a lone capitalised word look like a person's.
#[derive(Default)]
struct Uses {
    count: usize,
    weight: f64,
    word: String,
    /// Length of the word's comparison key.
    key: usize,
}

/// Learns single names that the document uses like persons without ever giving a full name.
pub fn repeated(
    texts: &[Text],
    found: &[Vec<Finding>],
    common: &alphabetic::Common,
    rules: &Rules,
) -> Surnames {
    let mut uses: BTreeMap<Cow<str>, Uses> = BTreeMap::new();
    for (Text { source, tokens, .. }, found) in texts.iter().zip(found) {
        let cover = LazyCell::new(|| cover(source, found));
        for (at, token) in tokens.iter().enumerate() {
            if !lone(tokens, at) || cover.overlaps(token.span) {
                continue;
            }
            let lexicon = rules.lexicon(token.script);
            if lexicon.stop.contains(token.text)
                || common.contains(&*token.folded)
                || lexicon.heads.contains_key(token.text)
                || lexicon.given(token.text).is_some()
            {
                continue;
            }
            let entry = uses.entry(key_of(&token.folded, token.script)).or_default();
            entry.count += 1;
            entry.weight += cue(tokens, at, rules);
            if entry.word.is_empty() || entry.key > token.key().len() {
                (entry.word, entry.key) = (token.text.to_owned(), token.key().len());
            }
        }
    }
    let mut surnames = Surnames::default();
    for uses in uses.into_values() {
        let lexicon = rules.lexicon(super::tokens::script_of(&uses.word));
        let folded = inflection::folded(&uses.word);
        let long = |e: &&String| e.chars().count() > 2 && folded.ends_with(e.as_str());
        let known = uses.count >= 2
            && uses.weight >= 3.0
            && lexicon.surname_endings.iter().any(|ending| long(&ending));
        let base = base_of(&uses.word);
        let lower = inflection::folded(&base);
        let telling = lexicon.telling_endings.iter().any(|ending| lower.ends_with(ending.as_str()));
        if known || (telling && uses.weight >= 0.0) {
            let family = if telling { base.clone() } else { uses.word.clone() };
            surnames.add(&family.clone(), &PersonName { given: Vec::new(), family });
        }
    }
    surnames
}

/// The nominative of a surname that no given name helps to read.
fn base_of(word: &str) -> String {
    match super::tokens::script_of(word) {
        Script::Cyrillic if inflection::has_ukrainian_letters(word) => {
            inflection::surname_base(word, inflection::Gender::Male, Language::Uk)
        }
        Script::Cyrillic => inflection::surname_base(word, inflection::Gender::Male, Language::Ru),
        _ => word.to_owned(),
    }
}

pub fn lone(tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    let beside = |other: Option<&Token>, gap: Gap| other.is_some_and(Token::is_upper) && gap == Gap::Space;
    token.shape == Shape::Capital
        && token.text.chars().count() > 3
        && !(at > 0 && beside(tokens.get(at - 1), token.gap))
        && !tokens.get(at + 1).is_some_and(|next| beside(Some(next), next.gap) && !token.possessive)
}

pub fn cue(tokens: &[Token], at: usize, rules: &Rules) -> f64 {
    let lexicon = rules.lexicon(tokens[at].script);
    let mut weight = 0.0;
    if let Some(next) = tokens.get(at + 1).filter(|next| next.gap == Gap::Space)
        && lexicon.speech.contains(&next.folded)
    {
        weight += 2.0;
    }
    if at > 0 && tokens[at].gap == Gap::Space {
        let before = &*tokens[at - 1].folded;
        if lexicon.articles.contains(before) {
            weight -= 3.0;
        } else if lexicon.before_place.contains(before) {
            weight -= 2.0;
        } else if lexicon.before_person.contains(before) {
            weight += 1.0;
        }
    }
    weight
}
