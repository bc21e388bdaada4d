//! The census: what all documents know of their entities, each thing once.
//!
//! Most documents name the same people by the same spellings. What a document knows of an entity is
//! its profile; equal profiles are one, with their uses counted, so that reconciling works on what is
//! distinct, however many documents there are.

use crate::diff::hash::Seed;
use crate::model::{Brief, DocumentEntity, EntityKind, Language, NameForm, NameLink};
use std::collections::{BTreeMap, HashMap};

/// An entity as one or more documents know it.
#[derive(Debug, Clone)]
pub struct Profile {
    /// Mentions of its forms are those of all documents.
    pub entity: DocumentEntity,
    /// How many entities of documents are known like this.
    pub uses: usize,
    /// The first document that has it.
    pub document: usize,
}

/// Two names with their languages, in order.
type Names = (String, Language, String, Language);

/// The profiles of all documents, and why documents take names for one.
#[derive(Debug, Default)]
pub struct Census {
    pub profiles: Vec<Profile>,
    /// Profiles by the hash of what they know.
    known: HashMap<u64, Vec<u32>>,
    links: BTreeMap<Names, NameLink>,
}

impl Census {
    /// The census of documents that are at hand, with their briefs.
    pub fn of<'a>(
        documents: impl IntoIterator<Item = (&'a mut Brief, &'a [DocumentEntity], &'a [NameLink])>,
    ) -> Self {
        let mut census = Census::default();
        for (brief, entities, links) in documents {
            for (known, entity) in brief.entities.iter_mut().zip(entities) {
                known.profile = census.add(entity);
            }
            links.iter().for_each(|link| census.link(link));
        }
        census
    }

    /// Counts an entity of a document and gives the number of its profile.
    pub fn add(&mut self, entity: &DocumentEntity) -> u32 {
        let same = self.known.entry(hash(entity)).or_default();
        for &at in same.iter() {
            let profile = &mut self.profiles[at as usize];
            if alike(&profile.entity, entity) {
                profile.uses += 1;
                let forms = profile.entity.forms.iter_mut().zip(&entity.forms);
                forms.for_each(|(sum, form)| {
                    sum.mentions += form.mentions;
                    sum.varieties.absorb(form.varieties);
                });
                return at;
            }
        }
        let at = self.profiles.len() as u32;
        same.push(at);
        self.profiles.push(Profile { entity: entity.clone(), uses: 1, document: 0 });
        at
    }

    /// Notes a link inside a document; of several between two names the surest stays.
    pub fn link(&mut self, link: &NameLink) {
        let mut link = link.clone();
        link.order();
        let names = (link.name_a.clone(), link.language_a, link.name_b.clone(), link.language_b);
        match self.links.get_mut(&names) {
            Some(known) if link.surer(known).is_lt() => *known = link,
            Some(_) => {}
            None => {
                self.links.insert(names, link);
            }
        }
    }

    pub fn links(&self) -> impl Iterator<Item = &NameLink> {
        self.links.values()
    }

    /// Numbers the profiles in the order in which the documents have them, whatever the order they
    /// were counted in.
    pub fn order(&mut self, documents: &mut [Brief]) {
        let mut place: Vec<Option<u32>> = vec![None; self.profiles.len()];
        let mut order = Vec::with_capacity(self.profiles.len());
        for (document, brief) in documents.iter_mut().enumerate() {
            for known in &mut brief.entities {
                let old = known.profile as usize;
                let new = *place[old].get_or_insert_with(|| {
                    order.push((old, document));
                    order.len() as u32 - 1
                });
                known.profile = new;
            }
        }
        let mut old: Vec<Option<Profile>> =
            std::mem::take(&mut self.profiles).into_iter().map(Some).collect();
        let moved =
            order.into_iter().filter_map(|(at, document)| Some(Profile { document, ..old[at].take()? }));
        self.profiles = moved.collect();
        self.known.clear();
    }

    /// Adds a profile that no document was counted for.
    pub fn extend(&mut self, kind: EntityKind, forms: Vec<NameForm>, document: usize) -> u32 {
        let entity = DocumentEntity { kind, forms, roles: Vec::new(), gazetteer: None };
        self.profiles.push(Profile { entity, uses: 1, document });
        self.profiles.len() as u32 - 1
    }
}

/// Alike in all but how often the forms are used; whether a form is used at all counts.
fn alike(a: &DocumentEntity, b: &DocumentEntity) -> bool {
    let form = |a: &NameForm, b: &NameForm| {
        a.name == b.name
            && a.language == b.language
            && a.evidence == b.evidence
            && (a.mentions > 0) == (b.mentions > 0)
    };
    a.kind == b.kind
        && a.gazetteer == b.gazetteer
        && a.roles == b.roles
        && a.forms.len() == b.forms.len()
        && a.forms.iter().zip(&b.forms).all(|(a, b)| form(a, b))
}

fn hash(entity: &DocumentEntity) -> u64 {
    let mut sum = Seed::FIXED.bytes(entity.kind.code().as_bytes());
    let mut add = |bytes: &[u8]| sum = sum.rotate_left(5) ^ Seed::FIXED.bytes(bytes);
    add(entity.gazetteer.as_deref().unwrap_or("").as_bytes());
    entity.roles.iter().for_each(|role| add(role.as_bytes()));
    for form in &entity.forms {
        add(form.name.as_bytes());
        add(form.language.code().as_bytes());
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{KnownEntity, NameEvidence, Varieties};

    fn entity(names: &[(&str, usize)]) -> DocumentEntity {
        let form = |&(name, mentions): &(&str, usize)| NameForm {
            name: name.to_owned(),
            language: Language::En,
            evidence: NameEvidence::Text,
            mentions,
            varieties: Varieties::default(),
        };
        let forms = names.iter().map(form).collect();
        DocumentEntity { kind: EntityKind::Person, forms, roles: Vec::new(), gazetteer: None }
    }

    #[test]
    fn equal_profiles_are_one_and_their_uses_add_up() {
        let mut census = Census::default();
        let first = census.add(&entity(&[("Ann Lee", 2), ("Lee", 5)]));
        assert_eq!(census.add(&entity(&[("Ann Lee", 1), ("Lee", 1)])), first);
        assert_ne!(census.add(&entity(&[("Ann Lee", 0), ("Lee", 1)])), first, "not used is not the same");
        assert_ne!(census.add(&entity(&[("Lee", 1), ("Ann Lee", 1)])), first, "the first form counts");
        let profile = &census.profiles[first as usize];
        let mentions: Vec<usize> = profile.entity.forms.iter().map(|form| form.mentions).collect();
        assert_eq!((profile.uses, mentions), (2, vec![3, 6]));
    }

    #[test]
    fn profiles_are_numbered_by_their_documents() {
        let mut census = Census::default();
        let (late, early) = (census.add(&entity(&[("Late", 1)])), census.add(&entity(&[("Early", 1)])));
        let brief = |profile| Brief { entities: vec![KnownEntity { profile, named: 1 }], ..Brief::default() };
        let mut documents = [brief(early), brief(late), brief(early)];
        census.order(&mut documents);
        let names: Vec<&str> =
            census.profiles.iter().map(|profile| profile.entity.forms[0].name.as_str()).collect();
        assert_eq!(names, ["Early", "Late"]);
        assert_eq!(documents.map(|brief| brief.entities[0].profile), [0, 1, 0]);
        assert_eq!(census.profiles[1].document, 1);
    }
}
