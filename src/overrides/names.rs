//! Overrides of names: which are one, which are not, and what an entity is called.

use super::Overrides;
use crate::dataset::documents::Documents;
use crate::model::{
    Decision, DocumentEntity, Entities, Entity, EntityName, Extracted, Language, LinkEvidence, NameEvidence,
    NameLink,
};
use crate::names::reconcile::census::{Census, Profile};
use crate::names::reconcile::slug::slug;
use std::collections::{BTreeMap, BTreeSet};
use std::io;

impl Overrides {
    /// Joins and parts entities, then names them.
    pub fn names(
        &self,
        documents: &mut Documents,
        census: &mut Census,
        entities: &mut Entities,
    ) -> io::Result<()> {
        for entry in &self.file.names {
            let (start, names) = (entry.span().start, entry.get_ref());
            let why = format!("{}, line {}", super::NAME, self.line(start));
            let joined = same(entities, &names.same, &why);
            let parted = different(documents, census, entities, &names.different, &why)?;
            if joined || parted {
                self.mark(entry);
            }
        }
        for entry in &self.file.entities {
            let wanted = entry.get_ref();
            let by_id = |entity: &Entity| wanted.id.as_ref() == Some(&entity.id);
            let by_name = |entity: &Entity| wanted.name.as_ref().is_some_and(|name| has(entity, name));
            let Some(at) = entities.entities.iter().position(|e| by_id(e) || by_name(e)) else { continue };
            self.mark(entry);
            let entity = &mut entities.entities[at];
            entity.kind = wanted.kind.unwrap_or(entity.kind);
            if let Some(name) = &wanted.canonical_name {
                call(entity, name);
            }
            entities.entities[at].id = free(entities, at);
        }
        Ok(())
    }
}

fn has(entity: &Entity, name: &str) -> bool {
    entity.names.iter().any(|known| known.name == name)
}

fn holder(entities: &Entities, name: &str) -> Option<usize> {
    entities.entities.iter().position(|entity| has(entity, name))
}

/// Joins the entities of these names into the one with most mentions.
fn same(entities: &mut Entities, names: &[String], why: &str) -> bool {
    let found: Vec<(usize, &String)> =
        names.iter().filter_map(|name| Some((holder(entities, name)?, name))).collect();
    if found.len() < 2 {
        return false;
    }
    let weight = |at: usize| entities.entities[at].names.iter().map(|name| name.mentions).sum::<usize>();
    let into = found.iter().map(|&(at, _)| at).max_by_key(|&at| (weight(at), usize::MAX - at)).unwrap_or(0);
    for pair in found.windows(2) {
        let link = link(entities, pair[0], pair[1], Decision::Same, why);
        entities.links.push(link);
    }
    let gone: BTreeSet<usize> = found.iter().map(|&(at, _)| at).filter(|&at| at != into).collect();
    for &at in &gone {
        for mut name in std::mem::take(&mut entities.entities[at].names) {
            name.is_canonical = false;
            match entities.entities[into]
                .names
                .iter_mut()
                .find(|n| n.name == name.name && n.language == name.language)
            {
                Some(known) => known.mentions += name.mentions,
                None => entities.entities[into].names.push(name),
            }
        }
    }
    entities.entities[into].names.sort_by(|a, b| (a.language, &a.name).cmp(&(b.language, &b.name)));
    remove(entities, &gone, into);
    true
}

/// Takes entities out of the list; what pointed to them points to `into`.
fn remove(entities: &mut Entities, gone: &BTreeSet<usize>, into: usize) {
    let place = |at: usize| {
        let at = if gone.contains(&at) { into } else { at };
        at - gone.range(..at).count()
    };
    entities.of_profile.iter_mut().for_each(|(at, _)| *at = place(*at as usize) as u32);
    let mut at = 0;
    entities.entities.retain(|_| {
        at += 1;
        !gone.contains(&(at - 1))
    });
}

/// Parts the later names from the entity that also has the first.
fn different(
    documents: &mut Documents,
    census: &mut Census,
    entities: &mut Entities,
    names: &[String],
    why: &str,
) -> io::Result<bool> {
    let mut any = false;
    for (index, b) in names.iter().enumerate() {
        for a in &names[..index] {
            let (Some(at), Some(other)) = (holder(entities, a), holder(entities, b)) else { continue };
            any = true;
            let link = link(entities, (at, a), (other, b), Decision::Different, why);
            entities.links.push(link);
            if at == other {
                part(documents, census, entities, at, a, b)?;
            }
        }
    }
    Ok(any)
}

/// Moves name `b` and what goes by it alone from entity `at` to one of its own.
fn part(
    documents: &mut Documents,
    census: &mut Census,
    entities: &mut Entities,
    at: usize,
    a: &str,
    b: &str,
) -> io::Result<()> {
    let new = entities.entities.len();
    let mut moved: BTreeSet<String> = BTreeSet::from([b.to_owned()]);
    let mut shared = BTreeMap::new();
    for profile in 0..census.profiles.len() {
        let forms = &census.profiles[profile].entity.forms;
        if entities.of_profile[profile].0 as usize != at || !forms.iter().any(|form| form.name == b) {
            continue;
        }
        if forms.iter().any(|form| form.name == a) {
            shared.insert(profile as u32, halves(census, entities, profile, b, new));
        } else {
            moved.extend(forms.iter().map(|form| form.name.clone()));
            entities.of_profile[profile].0 = new as u32;
        }
    }
    for document in 0..documents.briefs.len() {
        for entity in 0..documents.briefs[document].entities.len() {
            let profile = documents.briefs[document].entities[entity].profile;
            if let Some(&(ours, theirs)) = shared.get(&profile) {
                documents.part(document, entity, b, ours, theirs)?;
            }
        }
    }
    let old = &mut entities.entities[at];
    let (mut theirs, ours): (Vec<EntityName>, Vec<EntityName>) = std::mem::take(&mut old.names)
        .into_iter()
        .partition(|name| moved.contains(&name.name) && name.name != a);
    old.names = ours;
    theirs.iter_mut().for_each(|name| name.is_canonical = name.name == b);
    let language = theirs.iter().find(|name| name.name == b).map_or(Language::Und, |name| name.language);
    let kind = old.kind;
    if moved.contains(&old.canonical_name) {
        call(old, a);
        entities.entities[at].id = free(entities, at);
    }
    let entity = Entity {
        id: String::new(),
        kind,
        canonical_name: b.to_owned(),
        canonical_language: language,
        names: theirs,
    };
    entities.entities.push(entity);
    entities.entities[new].id = free(entities, new);
    Ok(())
}

/// The profiles of what a profile knows without the name `b`, and of that name alone, which is led to
/// the entity `new`.
fn halves(census: &mut Census, entities: &mut Entities, profile: usize, b: &str, new: usize) -> (u32, u32) {
    let Profile { entity, document, .. } = census.profiles[profile].clone();
    let (theirs, ours) = entity.forms.into_iter().partition(|form| form.name == b);
    let (at, kind) = entities.of_profile[profile];
    let ours = census.extend(kind, ours, document);
    entities.of_profile.push((at, kind));
    let theirs = census.extend(kind, theirs, document);
    entities.of_profile.push((new as u32, kind));
    (ours, theirs)
}

/// Gives the mentions that read `b` an entity of their own inside a document.
pub fn part_mentions(extracted: &mut Extracted, index: usize, b: &str) {
    let named = &mut extracted.named;
    let new = named.entities.len();
    let old = &mut named.entities[index];
    let (theirs, ours) = std::mem::take(&mut old.forms).into_iter().partition(|form| form.name == b);
    old.forms = ours;
    let entity = DocumentEntity { kind: old.kind, forms: theirs, roles: Vec::new(), gazetteer: None };
    named.entities.push(entity);
    for mention in &mut named.mentions {
        let surface = mention.span.of(&extracted.cleaned.sentences[mention.sentence].text);
        if mention.entity == index && surface == b {
            mention.entity = new;
        }
    }
}

/// Makes a name the canonical one; it is added where no text has it.
fn call(entity: &mut Entity, name: &str) {
    entity.canonical_name = name.to_owned();
    entity.names.iter_mut().for_each(|known| known.is_canonical = known.name == name);
    if let Some(known) = entity.names.iter().find(|known| known.name == name) {
        entity.canonical_language = known.language;
        return;
    }
    if name.is_ascii() {
        entity.canonical_language = Language::En;
    }
    entity.names.push(EntityName {
        name: name.to_owned(),
        language: entity.canonical_language,
        script: if name.is_ascii() { "Latn" } else { "Zyyy" },
        variety: "",
        romanised: String::new(),
        is_canonical: true,
        base_form: true,
        mentions: 0,
        evidence: NameEvidence::Gazetteer,
    });
}

/// The id that an entity should have by its kind and name, made different from all others.
fn free(entities: &Entities, at: usize) -> String {
    let entity = &entities.entities[at];
    let latin = entity.names.iter().find(|name| !name.romanised.is_empty()).map(|name| slug(&name.romanised));
    let word = Some(slug(&entity.canonical_name)).filter(|word| !word.is_empty()).or(latin);
    let word = word.unwrap_or_else(|| crate::dataset::ids::id('n', &[&entity.canonical_name]));
    let own = format!("{}/{word}", entity.kind.code());
    let taken = |id: &str| entities.entities.iter().enumerate().any(|(other, e)| other != at && e.id == id);
    let mut id = own.clone();
    let mut count = 2;
    while taken(&id) {
        id = format!("{own}-{count}");
        count += 1;
    }
    id
}

fn link(
    entities: &Entities,
    (at_a, a): (usize, &String),
    (at_b, b): (usize, &String),
    decision: Decision,
    why: &str,
) -> NameLink {
    let language = |at: usize, name: &str| {
        let names = &entities.entities[at].names;
        names.iter().find(|known| known.name == name).map_or(Language::Und, |known| known.language)
    };
    NameLink {
        name_a: a.clone(),
        language_a: language(at_a, a),
        name_b: b.clone(),
        language_b: language(at_b, b),
        decision,
        evidence: LinkEvidence::Override,
        score: 1.0,
        detail: why.to_owned(),
    }
}
