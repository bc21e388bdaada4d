//! A node of reconciling: an entity as a document knows it, with its names read for comparison.

use crate::model::{DocumentEntity, EntityKind, Language, NameEvidence};
use crate::names::Rules;
use crate::names::find::han_persons::is_interpunct;
use crate::names::find::tokens::script_of;
use crate::text::han::{is_han, simplify};

/// A person's name in parts, with its language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Full {
    pub name: String,
    pub given: String,
    pub family: String,
    pub language: Language,
}

#[derive(Debug, Clone)]
pub struct Node {
    pub kind: EntityKind,
    pub key: Option<String>,
    pub roles: Vec<String>,
    /// Names with given and family name, one for each script and spelling.
    pub full: Vec<Full>,
    /// Family names seen alone or in full names; whole names of what is no person.
    pub short: Vec<(String, Language)>,
}

impl Node {
    pub fn new(entity: &DocumentEntity, rules: &Rules) -> Self {
        let mut node = Node {
            kind: entity.kind,
            key: entity.gazetteer.clone(),
            roles: entity.roles.clone(),
            full: Vec::new(),
            short: Vec::new(),
        };
        // A person with a transliterated name has no Chinese one: what reads like it is a surname alone.
        let foreign = entity.forms.iter().any(|form| form.name.contains(is_interpunct));
        for form in &entity.forms {
            // Surfaces of inflecting languages stand beside their base forms; the base forms are enough.
            let inflected = form.language.is_cyrillic()
                && form.mentions > 0
                && entity.forms.iter().any(|f| f.mentions == 0 && f.language == form.language);
            let styled = entity.kind == EntityKind::Person && is_styled(&form.name, rules);
            if inflected || styled || form.evidence == NameEvidence::Gazetteer {
                continue;
            }
            if entity.kind != EntityKind::Person {
                node.short.push((form.name.clone(), form.language));
                continue;
            }
            match full(&form.name, form.language, rules) {
                Some(full) if !(foreign && is_native_han(&full)) => {
                    node.add_short(&full.family, form.language);
                    node.full.push(full);
                }
                _ => node.add_short(&form.name, form.language),
            }
        }
        node
    }

    /// Several nodes that are one by name.
    pub fn merged(group: &[usize], nodes: &[Node]) -> Self {
        let mut merged = nodes[group[0]].clone();
        for &at in &group[1..] {
            let node = &nodes[at];
            merged.key = merged.key.or_else(|| node.key.clone());
            for full in &node.full {
                if !merged.full.contains(full) {
                    merged.full.push(full.clone());
                }
            }
            for (name, language) in &node.short {
                merged.add_short(name, *language);
            }
            for role in &node.roles {
                if !merged.roles.contains(role) {
                    merged.roles.push(role.clone());
                }
            }
        }
        merged
    }

    fn add_short(&mut self, name: &str, language: Language) {
        if !self.short.iter().any(|(known, _)| known == name) {
            self.short.push((name.to_owned(), language));
        }
    }
}

/// Reads a full name into its parts; none where it is a single name.
pub fn full(name: &str, language: Language, rules: &Rules) -> Option<Full> {
    let make = |given: String, family: String| Full { name: name.to_owned(), given, family, language };
    if let Some((family, given)) = name.split_once(", ") {
        let mut full = make(given.to_owned(), family.to_owned());
        full.name = format!("{given} {family}");
        return Some(full);
    }
    if name.contains(is_interpunct) {
        let mut parts: Vec<&str> = name.split(is_interpunct).collect();
        let family = parts.pop()?;
        return Some(make(parts.join("·"), family.to_owned()));
    }
    if name.chars().all(is_han) {
        let folded = simplify(name);
        let surname = rules.han.native_surname(&folded)?;
        return Some(make(name[surname..].to_owned(), name[..surname].to_owned()));
    }
    let words: Vec<&str> = name.split_whitespace().collect();
    if words.len() < 2 {
        return None;
    }
    let lexicon = rules.lexicon(script_of(name));
    if is_styled(name, rules) {
        return None;
    }
    if lexicon.family_first.contains(words[0]) && words.len() <= 3 && lexicon.given(words[0]).is_none() {
        return Some(make(words[1..].join(" "), words[0].to_owned()));
    }
    let particle = |word: &str| {
        word.chars().count() > 1
            && (lexicon.particles.contains(word) || lexicon.particles.contains(&word.to_lowercase()))
    };
    let from = usize::from(lexicon.given(words[0]).is_some());
    let begin = (from..words.len() - 1).find(|&at| particle(words[at])).unwrap_or(words.len() - 1);
    if begin == 0 {
        return None;
    }
    Some(make(words[..begin].join(" "), words[begin..].join(" ")))
}

/// A surname behind an honorific: Mr. Kiir.
fn is_styled(name: &str, rules: &Rules) -> bool {
    let mut words = name.split(' ');
    let first = words.next().unwrap_or_default();
    let honorifics = &rules.lexicon(script_of(name)).honorifics;
    words.next().is_some() && honorifics.contains(&crate::names::inflection::fold(first))
}

/// A Chinese name that is no transliteration.
pub fn is_native_han(full: &Full) -> bool {
    full.language.is_chinese() && !full.name.contains(is_interpunct)
}
