//! Names: found in a document, linked inside it, and reconciled across documents and scripts.
//!
//! `find` proposes, `link` groups inside a document, `reconcile` joins the documents. The gazetteer
//! and the lexicons only help: each step stands on the text, so that other stories fare as well.

pub mod evidence;
pub mod find;
pub mod gazetteer;
mod glosses;
pub mod inflection;
pub mod lexicon;
mod link;
pub mod matching;
pub mod phrases;
pub mod reconcile;
pub mod sound;
#[cfg(test)]
mod tests;

use crate::model::{Brief, Cleaned, Dated, Entities, Language, NameEvidence, Named, Span, TimeUse};
use crate::text::han::{has_han, simplify};
use find::tokens::{Script, Shape};
use find::{
    Finding, Place, Source, Text, alphabetic, brackets, han, han_learned, han_persons, han_repeated, learned,
    learned_full, learned_places,
};
use reconcile::census::Census;
use std::collections::BTreeMap;

/// Compiled rules of this stage.
pub struct Rules {
    /// How names of the scripts sound.
    pub sounds: sound::Sounds,
    pub gazetteer: gazetteer::Gazetteer,
    latin: lexicon::Lexicon,
    cyrillic: lexicon::Lexicon,
    pub han: find::han_words::HanWords,
    /// Words that introduce another name in a bracket.
    bracket_cues: Vec<String>,
}

#[derive(serde::Deserialize)]
struct Brackets {
    cues: Vec<String>,
}

impl Rules {
    pub fn builtin() -> Self {
        Rules {
            sounds: sound::Sounds::builtin(),
            gazetteer: gazetteer::Gazetteer::builtin(),
            latin: lexicon::Lexicon::new(&["names.en.toml"], Script::Latin),
            cyrillic: lexicon::Lexicon::new(&["names.ru.toml", "names.uk.toml"], Script::Cyrillic),
            han: find::han_words::HanWords::builtin(),
            bracket_cues: crate::rules::parse::<Brackets>("brackets.toml").cues,
        }
    }

    /// The words of the languages of a script; those of Latin text where it has none of its own.
    pub fn lexicon(&self, script: Script) -> &lexicon::Lexicon {
        match script {
            Script::Cyrillic => &self.cyrillic,
            Script::Latin | Script::Other => &self.latin,
        }
    }
}

/// Finds the names of one document and links the spellings that it shows to be one.
pub fn recognise(cleaned: &Cleaned, dated: &Dated, rules: &Rules) -> Named {
    let times = times_by_sentence(cleaned, dated);
    let none: &[Span] = &[];
    let mut sources: Vec<Source> = Vec::new();
    for (i, sentence) in cleaned.sentences.iter().enumerate() {
        let language =
            if sentence.language == Language::Und { cleaned.document.language } else { sentence.language };
        sources.push(Source {
            text: &sentence.text,
            place: Place::Sentence(i),
            language,
            evidence: NameEvidence::Text,
            times: &times[i],
        });
    }
    sources.extend(evidence::gloss_sources(cleaned, none));
    sources.extend(evidence::citation_sources(cleaned, none));
    let folded: Vec<Option<String>> =
        sources.iter().map(|source| has_han(source.text).then(|| simplify(source.text))).collect();
    let texts: Vec<Text> =
        sources.iter().zip(&folded).map(|(&source, han)| Text::new(source, han.as_deref(), rules)).collect();
    let common = common_words(&texts);
    let find = |text: &Text| {
        let mut found = alphabetic::find(text, &common, rules);
        found.extend(text.han.iter().flat_map(|han| han::find(han, rules)));
        found
    };
    let mut found: Vec<Vec<Finding>> = texts.iter().map(find).collect();
    let in_brackets = brackets::learn(&texts, &mut found, rules);
    learn(&texts, &mut found, &common, rules);
    glosses::add(cleaned, &mut found, rules);
    evidence::add_citation_authors(cleaned, &mut found);
    found.iter_mut().flatten().for_each(|finding| known_person(finding, rules));
    let (findings, joined) = evidence::joined(&sources, found, &in_brackets);
    let mut named = link::link(findings, &joined, rules);
    if let Some(variety) = cleaned.document.variety {
        let forms = named.entities.iter_mut().flat_map(|entity| &mut entity.forms);
        let written = forms.filter(|form| form.language.is_chinese() && form.evidence == NameEvidence::Text);
        written.for_each(|form| form.varieties.add(variety));
    }
    named
}

/// A person of the gazetteer named in another way, with given names that agree.
fn known_person(finding: &mut Finding, rules: &Rules) {
    let Some(person) = finding.person.as_ref().filter(|_| finding.key.is_none()) else { return };
    let Some(first) = person.given.iter().find_map(|given| given.split([' ', '·']).next()) else { return };
    for &at in rules.gazetteer.named(&person.family) {
        let entry = &rules.gazetteer.entries[at];
        let same = entry
            .names
            .iter()
            .filter_map(|(language, name)| reconcile::node::full(name, *language, rules))
            .any(|full| {
                let given = full.given.split([' ', '·']).next().unwrap_or_default().to_owned();
                rules.sounds.given_name_relation(first, finding.language, &given, full.language)
                    == sound::GivenNames::Same
            });
        if entry.kind == crate::model::EntityKind::Person && same {
            finding.key = Some(entry.key.clone());
            return;
        }
    }
}

/// The second pass over all texts with what the first has taught.
fn learn(texts: &[Text], found: &mut [Vec<Finding>], common: &alphabetic::Common, rules: &Rules) {
    let full = learned_full::find(texts, found, common, rules);
    for (found, more) in found.iter_mut().zip(full) {
        found.extend(more);
    }
    let persons: Vec<&Finding> = found.iter().flatten().filter(|f| f.is_person()).collect();
    let surnames = learned::Surnames::learn(&persons, rules);
    let mut names = han_names(&persons);
    for (name, person) in han_repeated::learn(texts, found, rules) {
        if !names.iter().any(|(known, _)| *known == name) {
            names.push((name, person));
        }
    }
    let names = han_learned::Learned::new(names);
    for (text, found) in texts.iter().zip(found.iter_mut()) {
        let more = learned::find(text, found, &surnames, common, rules);
        found.extend(more);
        if let Some((names, han)) = names.as_ref().zip(text.han.as_ref()) {
            let more = han_learned::exact(han, names, found, rules);
            found.extend(more);
            let more = han_learned::slips(han, names, found, rules);
            found.extend(more);
        }
    }
    let repeated = learned::repeated(texts, found, common, rules);
    let places = learned_places::learn(texts, found, &surnames, common, rules);
    for (text, found) in texts.iter().zip(found.iter_mut()) {
        let more = learned::find(text, found, &repeated, common, rules);
        found.extend(more);
        let more = learned_places::find(text, found, &places);
        found.extend(more);
    }
}

/// Names of Chinese text that a document may repeat without introduction, longest first.
fn han_names(persons: &[&Finding]) -> Vec<(String, find::PersonName)> {
    let mut names = BTreeMap::new();
    for finding in persons {
        let Some(person) =
            finding.person.as_ref().filter(|_| finding.language.is_chinese() && finding.method != "slip")
        else {
            continue;
        };
        let dotted = finding.name.contains(han_persons::is_interpunct);
        let family = find::PersonName { given: Vec::new(), family: person.family.clone() };
        let (name, person) = if dotted || person.given.is_empty() {
            (person.family.clone(), family)
        } else {
            (finding.name.clone(), person.clone())
        };
        if name.chars().count() >= 2 {
            names.entry(simplify(&name)).or_insert(person);
        }
    }
    let mut names: Vec<_> = names.into_iter().collect();
    names.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.0.cmp(&b.0)));
    names
}

fn times_by_sentence(cleaned: &Cleaned, dated: &Dated) -> Vec<Vec<Span>> {
    let mut times = vec![Vec::new(); cleaned.sentences.len()];
    for time in &dated.times {
        if time.used_as != TimeUse::Name
            && let Some(list) = times.get_mut(time.sentence)
        {
            list.push(time.span);
        }
    }
    times
}

/// Words that the document also writes small.
fn common_words<'t>(texts: &'t [Text]) -> alphabetic::Common<'t> {
    let small = texts.iter().flat_map(|text| &text.tokens).filter(|token| token.shape == Shape::Lower);
    small.map(|token| &*token.folded).collect()
}

/// Joins the entities of all documents that are one, with the evidence for each decision.
pub fn reconcile(documents: &[Brief], census: &Census, rules: &Rules) -> Entities {
    reconcile::reconcile(documents, census, rules)
}
