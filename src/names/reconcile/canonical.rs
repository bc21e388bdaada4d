//! Entities from clusters: the name to show, the id, and every spelling with where it was seen.

use super::census::Profile;
use super::node::{Node, full};
use super::slug::slug;
use crate::model::{
    Brief, Decision, Entities, Entity, EntityKind, EntityName, Language, NameEvidence, NameLink, Varieties,
    Variety,
};
use crate::names::Rules;
use crate::names::gazetteer::Entry;
use crate::pipeline::side_by_side;
use crate::text::han::{is_han, is_simplified_only, is_traditional_only};
use std::collections::{BTreeMap, BTreeSet};

pub fn entities(
    documents: &[Brief],
    profiles: &[Profile],
    nodes: &[Node],
    groups: Vec<Vec<usize>>,
    mut links: Vec<NameLink>,
    rules: &Rules,
) -> Entities {
    let composed = composed_names(rules);
    let mut drafts: Vec<(Entity, Vec<usize>)> =
        side_by_side(groups, |group| (entity(profiles, nodes, &group, &composed, rules), group));
    distinguish(&mut drafts, documents, profiles);
    drafts.sort_by(|a, b| a.0.id.cmp(&b.0.id));
    let mut of_profile: Vec<(u32, EntityKind)> = nodes.iter().map(|node| (0, node.kind)).collect();
    for (index, (_, group)) in drafts.iter().enumerate() {
        group.iter().for_each(|&at| of_profile[at].0 = index as u32);
    }
    links.extend(gazetteer_links(&drafts, nodes));
    tidy(&mut links);
    Entities { entities: drafts.into_iter().map(|(entity, _)| entity).collect(), of_profile, links }
}

/// English names of all bodies of all states, by key.
fn composed_names(rules: &Rules) -> BTreeMap<String, String> {
    let gazetteer = &rules.gazetteer;
    let mut names = BTreeMap::new();
    for body in 0..gazetteer.bodies.len() {
        for (state, entry) in gazetteer.entries.iter().enumerate() {
            if entry.kind == EntityKind::State {
                let (name, key, _) = gazetteer.composed(body, state);
                names.entry(key).or_insert(name);
            }
        }
    }
    names
}

/// A spelling with its uses.
#[derive(Debug, Clone, Copy)]
struct Use {
    mentions: usize,
    /// Documents that give it first of its language: base forms before inflected ones.
    first: usize,
    documents: usize,
    evidence: NameEvidence,
    varieties: Varieties,
}

fn entity(
    profiles: &[Profile],
    nodes: &[Node],
    group: &[usize],
    composed: &BTreeMap<String, String>,
    rules: &Rules,
) -> Entity {
    let kind = nodes[group[0]].kind;
    let key = group.iter().find_map(|&at| nodes[at].key.clone());
    let mut uses: BTreeMap<(String, Language), Use> = BTreeMap::new();
    for &at in group {
        let Profile { entity, uses: documents, .. } = &profiles[at];
        for (i, form) in entity.forms.iter().enumerate() {
            let slot = uses.entry((form.name.clone(), form.language)).or_insert(Use {
                mentions: 0,
                first: 0,
                documents: 0,
                evidence: form.evidence,
                varieties: Varieties::default(),
            });
            slot.varieties.absorb(form.varieties);
            slot.mentions += form.mentions;
            slot.documents += documents;
            if !entity.forms[..i].iter().any(|other| other.language == form.language) {
                slot.first += documents;
            }
            slot.evidence = slot.evidence.min(form.evidence);
        }
    }
    let entry = key.as_ref().and_then(|key| rules.gazetteer.entry(key));
    if let Some(entry) = entry.filter(|entry| entry.kind != EntityKind::Person) {
        for (language, name) in &entry.names {
            let known = uses.keys().any(|(seen, of)| seen == name && of == language);
            if !known {
                uses.insert(
                    (name.clone(), *language),
                    Use {
                        mentions: 0,
                        first: 0,
                        documents: 0,
                        evidence: NameEvidence::Gazetteer,
                        varieties: Varieties::default(),
                    },
                );
            }
        }
    }
    let known = entry
        .and_then(|entry| entry.names.iter().find(|(l, _)| *l == Language::En).map(|(_, name)| name.clone()));
    let known = known.or_else(|| key.as_ref().and_then(|key| composed.get(key).cloned()));
    let (canonical, language) = match known {
        Some(name) => (name, Language::En),
        None => best(&uses, kind, rules),
    };
    let latin = if language.script_group() == "Latn" {
        canonical.clone()
    } else {
        rules.sounds.romanise(&canonical, language)
    };
    let slug = key.unwrap_or_else(|| slug(&latin));
    let names = names(uses, &canonical, entry, rules);
    Entity {
        id: format!("{}/{slug}", kind.code()),
        kind,
        canonical_name: canonical,
        canonical_language: language,
        names,
    }
}

/// The name to show: a full Latin name that is used most; else one of another script, romanised by the caller for the id.
fn best(uses: &BTreeMap<(String, Language), Use>, kind: EntityKind, rules: &Rules) -> (String, Language) {
    let surnames: BTreeSet<(Language, &str)> =
        uses.keys().map(|(name, language)| (*language, last_word(name))).collect();
    let rank = |(name, language): &(String, Language), used: &Use| {
        let read = full(name, *language, rules);
        let whole = kind != EntityKind::Person || read.is_some();
        let script = match language.script_group() {
            "Latn" if matches!(language, Language::En) => 3,
            "Latn" => 2,
            "Cyrl" => 1,
            _ => 0,
        };
        let inflects = language.is_cyrillic();
        let plain = match used.evidence {
            NameEvidence::Text => 2,
            NameEvidence::Citation if name.contains(',') => 0,
            _ => 1,
        };
        // A base form may have no mention of its own, its inflected forms have them.
        (
            whole && script > 0,
            script,
            whole,
            plain,
            !(kind == EntityKind::Person && inflects && oblique(name, *language, &surnames)),
            kind == EntityKind::Person || !acronym(name),
            inflects && used.first > 0,
            used.mentions,
            used.documents,
            usize::MAX - name.chars().count(),
        )
    };
    let best = uses.iter().max_by(|a, b| rank(a.0, a.1).cmp(&rank(b.0, b.1)).then(b.0.cmp(a.0)));
    let Some(((name, language), _)) = best else { return (String::new(), Language::Und) };
    let shown = if kind == EntityKind::Person {
        full(name, *language, rules).map_or(name.clone(), |full| full.name)
    } else {
        name.clone()
    };
    (shown, *language)
}

/// Endings that case forms of men's surnames add to the base.
const OBLIQUE: [&str; 6] = ["а", "у", "ом", "ым", "им", "е"];

/// The surname is a case form of another that the same person bears: Пашиняна beside Пашинян.
fn oblique(name: &str, language: Language, surnames: &BTreeSet<(Language, &str)>) -> bool {
    let bases = OBLIQUE.iter().filter_map(|ending| last_word(name).strip_suffix(ending));
    bases.into_iter().any(|base| surnames.contains(&(language, base)))
}

fn last_word(name: &str) -> &str {
    name.rsplit(' ').next().unwrap_or(name)
}

/// Latin capitals alone, as of a body that is better known to others by its full name.
fn acronym(name: &str) -> bool {
    name.chars().all(|c| c.is_ascii_uppercase() || !c.is_alphabetic())
}

fn names(
    uses: BTreeMap<(String, Language), Use>,
    canonical: &str,
    entry: Option<&Entry>,
    rules: &Rules,
) -> Vec<EntityName> {
    let known = |name: &str, language| entry.is_some_and(|entry| entry.is_base(name, language));
    // Languages in which the gazetteer tells which of the spellings are base forms.
    let told: BTreeSet<Language> =
        uses.keys().filter(|(name, of)| known(name, *of)).map(|(_, of)| *of).collect();
    uses.into_iter()
        .map(|((name, language), used)| EntityName {
            script: script(&name, language),
            variety: used.varieties.only().map_or("", Variety::code),
            romanised: if language.script_group() == "Latn" {
                name.clone()
            } else {
                rules.sounds.romanise(&name, language)
            },
            is_canonical: name == canonical,
            base_form: !language.is_cyrillic()
                || if told.contains(&language) { known(&name, language) } else { used.first > 0 },
            mentions: used.mentions,
            evidence: used.evidence,
            name,
            language,
        })
        .collect()
}

fn script(name: &str, language: Language) -> &'static str {
    if name.chars().any(is_han) {
        if name.chars().any(is_traditional_only) {
            return "Hant";
        }
        return if name.chars().any(is_simplified_only) { "Hans" } else { "Hani" };
    }
    match name.chars().find(|c| c.is_alphabetic()) {
        Some('\u{400}'..='\u{52f}') => "Cyrl",
        Some('A'..='Z' | 'a'..='z' | '\u{c0}'..='\u{24f}') => "Latn",
        _ => language.script_group(),
    }
}

/// Ids that several entities would share get a suffix made from what tells them apart.
fn distinguish(drafts: &mut [(Entity, Vec<usize>)], documents: &[Brief], profiles: &[Profile]) {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for (entity, _) in drafts.iter() {
        *count.entry(entity.id.clone()).or_default() += 1;
    }
    let mut taken = BTreeSet::new();
    for (entity, group) in drafts.iter_mut() {
        if count[&entity.id] > 1 || entity.id.ends_with('/') {
            let first =
                group.iter().map(|&at| documents[profiles[at].document].source.as_str()).min().unwrap_or("");
            let names: Vec<&str> = entity.names.iter().map(|name| name.name.as_str()).collect();
            entity.id = format!("{}-{}", entity.id, short_hash(&format!("{first}\n{}", names.join("\n"))));
        }
        while !taken.insert(entity.id.clone()) {
            entity.id.push('x');
        }
    }
}

fn short_hash(text: &str) -> String {
    use sha2::{Digest, Sha256};
    crate::text::hex(&Sha256::digest(text.as_bytes())[..3])
}

/// One row for each language in which the gazetteer ties the names of an entity.
fn gazetteer_links(drafts: &[(Entity, Vec<usize>)], nodes: &[Node]) -> Vec<NameLink> {
    let mut out = Vec::new();
    for (entity, group) in drafts {
        if !group.iter().any(|&at| nodes[at].key.is_some()) {
            continue;
        }
        let seen: Vec<&EntityName> = entity
            .names
            .iter()
            .filter(|name| name.mentions > 0 && name.evidence != NameEvidence::Gazetteer)
            .collect();
        let Some(first) = seen.iter().max_by(|a, b| a.mentions.cmp(&b.mentions).then(b.name.cmp(&a.name)))
        else {
            continue;
        };
        for name in &seen {
            if name.name != first.name {
                out.push(NameLink {
                    name_a: first.name.clone(),
                    language_a: first.language,
                    name_b: name.name.clone(),
                    language_b: name.language,
                    decision: Decision::Same,
                    evidence: crate::model::LinkEvidence::Gazetteer,
                    score: 1.0,
                    detail: entity.id.clone(),
                });
            }
        }
    }
    out
}

/// Each pair of names once, in one order, the surest decision first.
fn tidy(links: &mut Vec<NameLink>) {
    links.iter_mut().for_each(NameLink::order);
    fn names(link: &NameLink) -> (&str, Language, &str, Language) {
        (&link.name_a, link.language_a, &link.name_b, link.language_b)
    }
    links.sort_by(|a, b| names(a).cmp(&names(b)).then(a.surer(b)));
    links.dedup_by(|a, b| names(a) == names(b));
    links.retain(|link| link.name_a != link.name_b || link.language_a != link.language_b);
}
