//! Linking inside a document: which findings are one entity. A surname goes to the full name that bears
//! it, a bracket or a gloss to what it explains, a known key to itself. Names of different scripts that
//! nothing in the document ties stay apart here; reconciling joins them.

use super::Rules;
use super::find::han_learned::gapped;
use super::find::learned::word_key;
use super::find::tokens::Script;
use super::find::{Finding, PersonName, Place};
use super::gazetteer::name_key;
use crate::model::{
    Decision, DocumentEntity, EntityKind, Language, LinkEvidence, NameEvidence, NameForm, NameLink,
    NameMention, Named, Varieties,
};
use crate::text::han::simplify;
use crate::text::hash::Map;
use std::collections::{BTreeMap, BTreeSet};

/// Surnames of one document that are said as much alike, one character apart, are one.
const ALIKE: f64 = 0.6;

/// Findings of one entity.
#[derive(Debug, Default)]
struct Group {
    findings: Vec<usize>,
}

/// Groups the findings of a document into entities. `joined`: pairs of findings that a bracket or gloss
/// shows to be one, with the kind of evidence.
pub fn link(findings: Vec<Finding>, joined: &[(usize, usize, LinkEvidence)], rules: &Rules) -> Named {
    let mut sets = Sets::new(findings.len());
    by_identity(&findings, &mut sets, rules);
    persons(&findings, &mut sets, rules);
    let mut links = Vec::new();
    for &(a, b, evidence) in joined {
        if findings[a].kind == findings[b].kind
            && sets.root(a) != sets.root(b)
            && findings[a].key.is_none_or_equal(&findings[b].key)
        {
            sets.join(a, b);
            links.push(note(&findings[a], &findings[b], evidence, 0.95));
        }
    }
    links.extend(surname_links(&findings, &mut sets));
    build(findings, sets, links)
}

trait NoneOrEqual {
    fn is_none_or_equal(&self, other: &Self) -> bool;
}

impl NoneOrEqual for Option<String> {
    fn is_none_or_equal(&self, other: &Self) -> bool {
        match (self, other) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        }
    }
}

/// Disjoint sets of findings.
struct Sets {
    parent: Vec<usize>,
}

impl Sets {
    fn new(count: usize) -> Self {
        Sets { parent: (0..count).collect() }
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parent[a.max(b)] = a.min(b);
    }
}

/// Same key, or (for all but persons) the same name and kind.
fn by_identity(findings: &[Finding], sets: &mut Sets, rules: &Rules) {
    let articles = &rules.lexicon(Script::Latin).definite_articles;
    let mut by_key: Map<(EntityKind, &str), usize> = Map::default();
    let mut by_name: Map<(EntityKind, &str), usize> = Map::default();
    let mut by_folded: Map<(EntityKind, String), usize> = Map::default();
    for (at, finding) in findings.iter().enumerate() {
        let kind = finding.kind;
        let first = match &finding.key {
            Some(key) => *by_key.entry((kind, key)).or_insert(at),
            None if finding.is_person() => continue,
            None => *by_name.entry((kind, &finding.name)).or_insert_with(|| {
                let folded = name_key(without_article(&finding.name, articles));
                *by_folded.entry((kind, folded)).or_insert(at)
            }),
        };
        sets.join(first, at);
    }
}

/// The name behind its article.
fn without_article<'n>(name: &'n str, articles: &[String]) -> &'n str {
    let behind = |article: &String| name.strip_prefix(article.as_str())?.strip_prefix(' ');
    articles.iter().find_map(behind).unwrap_or(name)
}

/// The key by which two surnames of one script are one.
pub fn family_key(name: &PersonName) -> String {
    let family = simplify(&name.family);
    family.split([' ', '-']).map(word_key).collect::<Vec<_>>().join(" ")
}

fn given_key(name: &PersonName) -> Vec<String> {
    name.given.iter().map(|given| word_key(&simplify(given)).trim_end_matches('.').to_owned()).collect()
}

/// Full names of a document, found by the words that may stand for them.
#[derive(Default)]
struct FullNames {
    names: Vec<(usize, Vec<String>)>,
    by_family: Map<(&'static str, String), Vec<usize>>,
    by_word: Map<(&'static str, String), Vec<usize>>,
}

impl FullNames {
    /// The full name that this person's is, which is a new one where none fits.
    fn place(&mut self, at: usize, script: &'static str, person: &PersonName) -> usize {
        let (family, given) = (family_key(person), given_key(person));
        let known = self.by_family.entry((script, family.clone())).or_default();
        if let Some(&other) = known.iter().find(|&&other| given_fit(&self.names[other].1, &given)) {
            return other;
        }
        let index = self.names.len();
        known.push(index);
        let mut words: Vec<String> =
            family.split(' ').map(str::to_owned).chain(given.iter().cloned()).collect();
        words.push(family);
        words.sort();
        words.dedup();
        for word in words {
            self.by_word.entry((script, word)).or_default().push(index);
        }
        self.names.push((at, given));
        index
    }
}

/// Full names by surname and given names; then surnames alone to the full name last seen before them.
fn persons(findings: &[Finding], sets: &mut Sets, rules: &Rules) {
    let mut full = FullNames::default();
    let mut seen: Map<(&str, &PersonName), usize> = Map::default();
    for (at, finding) in findings.iter().enumerate() {
        let whole = |person: &&PersonName| !person.given.is_empty() && !person.family.is_empty();
        let Some(person) = finding.person.as_ref().filter(whole) else { continue };
        let script = finding.language.script_group();
        let index = *seen.entry((script, person)).or_insert_with(|| full.place(at, script, person));
        sets.join(full.names[index].0, at);
    }
    singles(findings, sets, &full);
    variants(findings, sets, rules);
}

/// Initials fit the names that they begin; a middle name more or less does not count.
pub fn given_fit(a: &[String], b: &[String]) -> bool {
    let fit = |x: &str, y: &str| {
        x == y || (x.chars().count() == 1 && y.starts_with(x)) || (y.chars().count() == 1 && x.starts_with(y))
    };
    match (a.first(), b.first()) {
        (Some(x), Some(y)) => {
            fit(x, y)
                || a.iter().any(|x| x.chars().count() > 1 && b.contains(x)) && (a.len() > 1 || b.len() > 1)
        }
        _ => true,
    }
}

fn singles(findings: &[Finding], sets: &mut Sets, full: &FullNames) {
    // What each distinct name stands for: its word's full names, and the number of the word.
    let mut words: Map<(&str, String), usize> = Map::default();
    let mut alone: Vec<Option<usize>> = Vec::new();
    let mut seen: Map<(&str, &PersonName), (&[usize], usize)> = Map::default();
    for (at, finding) in findings.iter().enumerate() {
        let part = |person: &&PersonName| person.given.is_empty() || person.family.is_empty();
        let Some(person) = finding.person.as_ref().filter(part).filter(|_| finding.key.is_none()) else {
            continue;
        };
        let script = finding.language.script_group();
        let &mut (bearers, word) = seen.entry((script, person)).or_insert_with(|| {
            let id = (script, single_key(person));
            let bearers = full.by_word.get(&id).map_or(&[][..], Vec::as_slice);
            let word = *words.entry(id).or_insert(alone.len());
            alone.resize(alone.len().max(word + 1), None);
            (bearers, word)
        });
        // In order of their first mention: the last one named before this, else the first of all.
        let before = bearers.partition_point(|&other| findings[full.names[other].0].place <= finding.place);
        match bearers.get(before.saturating_sub(1)) {
            Some(&other) => sets.join(full.names[other].0, at),
            None => {
                let first = *alone[word].get_or_insert(at);
                sets.join(first, at);
            }
        }
    }
}

/// The key of the one word that stands for a person.
fn single_key(person: &PersonName) -> String {
    if person.family.is_empty() { word_key(&simplify(&person.given.join(" "))) } else { family_key(person) }
}

/// A Chinese surname alone, one character off another name of the document and said alike: 华尔兹, 华尔滋.
fn variants(findings: &[Finding], sets: &mut Sets, rules: &Rules) {
    // The first finding of each surname with a given name, else the first of all.
    let mut written: Map<&str, (bool, usize)> = Map::default();
    for (at, finding) in findings.iter().enumerate() {
        let Some(person) = finding.person.as_ref().filter(|_| finding.language.is_chinese()) else {
            continue;
        };
        let found = (person.given.is_empty(), at);
        let slot = written.entry(&person.family).or_insert(found);
        *slot = found.min(*slot);
    }
    let mut families: BTreeMap<String, (bool, usize)> = BTreeMap::new();
    for (family, found) in written {
        let slot = families.entry(simplify(family)).or_insert(found);
        *slot = found.min(*slot);
    }
    let mut by_gap: BTreeMap<String, Vec<&String>> = BTreeMap::new();
    for family in families.keys().filter(|family| (3..=8).contains(&family.chars().count())) {
        let chars: Vec<char> = family.chars().collect();
        for key in gapped(&chars) {
            by_gap.entry(key).or_default().push(family);
        }
    }
    for close in by_gap.values() {
        for (i, a) in close.iter().enumerate() {
            for b in close[i + 1..].iter().take(8) {
                let ((alone_a, at_a), (alone_b, at_b)) = (families[*a], families[*b]);
                let alike = || rules.sounds.similarity(a, Language::ZhHans, b, Language::ZhHans) >= ALIKE;
                if (alone_a || alone_b) && findings[at_a].key.is_none_or_equal(&findings[at_b].key) && alike()
                {
                    sets.join(at_a, at_b);
                }
            }
        }
    }
}

fn note(a: &Finding, b: &Finding, evidence: LinkEvidence, score: f64) -> NameLink {
    NameLink {
        name_a: a.name.clone(),
        language_a: a.language,
        name_b: b.name.clone(),
        language_b: b.language,
        decision: Decision::Same,
        evidence,
        score,
        detail: String::new(),
    }
}

/// One row for each surname that was led to a full name.
fn surname_links(findings: &[Finding], sets: &mut Sets) -> Vec<NameLink> {
    let mut by_root: BTreeMap<usize, (Option<usize>, BTreeMap<&str, usize>)> = BTreeMap::new();
    for (at, finding) in findings.iter().enumerate() {
        let Some(person) = &finding.person else { continue };
        let slot = by_root.entry(sets.root(at)).or_default();
        if person.given.is_empty() {
            slot.1.entry(&finding.name).or_insert(at);
        } else if slot.0.is_none() {
            slot.0 = Some(at);
        }
    }
    let mut out = Vec::new();
    for (full, alone) in by_root.into_values() {
        let Some(full) = full else { continue };
        for at in alone.into_values() {
            if findings[at].language.script_group() == findings[full].language.script_group() {
                let (evidence, score) = if findings[at].method == "slip" {
                    (LinkEvidence::Phonetic, 0.4)
                } else {
                    (LinkEvidence::SurnameInDocument, 0.9)
                };
                out.push(note(&findings[at], &findings[full], evidence, score));
            }
        }
    }
    out
}

fn build(findings: Vec<Finding>, mut sets: Sets, links: Vec<NameLink>) -> Named {
    // The root of a set is its first finding, so groups come in the order of their roots.
    let mut groups: Vec<Group> = Vec::new();
    let mut place = vec![0; findings.len()];
    for at in 0..findings.len() {
        let root = sets.root(at);
        if root == at {
            place[at] = groups.len();
            groups.push(Group::default());
        }
        groups[place[root]].findings.push(at);
    }
    let mut named = Named { links, ..Named::default() };
    for group in groups {
        let index = named.entities.len();
        for &at in &group.findings {
            let finding = &findings[at];
            if let Place::Sentence(sentence) = finding.place {
                named.mentions.push(NameMention {
                    sentence,
                    span: finding.span,
                    entity: index,
                    method: finding.method,
                    confidence: finding.confidence,
                });
            }
        }
        named.entities.push(entity(&group.findings, &findings));
    }
    named.mentions.sort_by(|a, b| {
        (a.sentence, a.span.start)
            .cmp(&(b.sentence, b.span.start))
            .then(b.span.end.cmp(&a.span.end))
            .then(a.entity.cmp(&b.entity))
    });
    named
}

fn entity(group: &[usize], findings: &[Finding]) -> DocumentEntity {
    let mut counts: BTreeMap<(&str, Language), (usize, NameEvidence)> = BTreeMap::new();
    let mut roles: BTreeSet<&str> = BTreeSet::new();
    for &at in group {
        let finding = &findings[at];
        roles.extend(finding.roles.iter().map(String::as_str));
        let mut count = |name, more: usize| {
            let slot = counts.entry((name, finding.language)).or_insert((0, finding.evidence));
            slot.0 += more;
            slot.1 = slot.1.min(finding.evidence);
        };
        count(&finding.surface, 1);
        if !finding.styled.is_empty() {
            count(&finding.styled, 0);
        }
        if finding.name != finding.surface {
            count(&finding.name, 0);
        }
    }
    let form = |((name, language), (mentions, evidence)): ((&str, _), _)| NameForm {
        name: name.to_owned(),
        language,
        evidence,
        mentions,
        varieties: Varieties::default(),
    };
    let mut forms: Vec<NameForm> = counts.into_iter().map(form).collect();
    let words = |form: &NameForm| form.name.split([' ', '·', '・', '‧', '•']).count();
    let bases: BTreeSet<&str> = group.iter().map(|&at| findings[at].name.as_str()).collect();
    let base = |form: &NameForm| bases.contains(form.name.as_str());
    let styles: BTreeSet<&str> = group.iter().map(|&at| findings[at].styled.as_str()).collect();
    let styled = |form: &NameForm| styles.contains(form.name.as_str());
    forms.sort_by(|a, b| {
        let plain = styled(a).cmp(&styled(b));
        plain
            .then(words(b).cmp(&words(a)))
            .then(base(b).cmp(&base(a)))
            .then(b.mentions.cmp(&a.mentions))
            .then(a.cmp(b))
    });
    DocumentEntity {
        kind: findings[group[0]].kind,
        forms,
        roles: roles.into_iter().map(str::to_owned).collect(),
        gazetteer: group.iter().find_map(|&at| findings[at].key.clone()),
    }
}
