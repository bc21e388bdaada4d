//! Clusters: disjoint sets of nodes that grow under constraints.

use super::node::{Full, Node};
use super::pairs::Pair;
use super::whole;
use crate::model::{Decision, EntityKind, Language, LinkEvidence, NameLink};
use crate::names::Rules;
use crate::names::find::han_persons::is_interpunct;
use crate::names::gazetteer::name_key;
use crate::names::sound::GivenNames;
use std::collections::{BTreeMap, BTreeSet, HashMap};

pub struct Clusters {
    parent: Vec<usize>,
    members: Vec<Vec<usize>>,
    /// The gazetteer key of each root's cluster.
    keys: Vec<Option<String>>,
}

impl Clusters {
    pub fn new(nodes: &[Node]) -> Self {
        Clusters {
            parent: (0..nodes.len()).collect(),
            members: (0..nodes.len()).map(|at| vec![at]).collect(),
            keys: nodes.iter().map(|node| node.key.clone()).collect(),
        }
    }

    pub fn root(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    pub fn members(&mut self, at: usize) -> &[usize] {
        let root = self.root(at);
        &self.members[root]
    }

    pub fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if a == b {
            return;
        }
        let (keep, gone) = (a.min(b), a.max(b));
        self.parent[gone] = keep;
        let mut moved = std::mem::take(&mut self.members[gone]);
        if moved.len() > self.members[keep].len() {
            std::mem::swap(&mut moved, &mut self.members[keep]);
        }
        self.members[keep].extend(moved);
        let key = self.keys[gone].take();
        self.keys[keep] = self.keys[keep].take().or(key);
    }

    /// Joins what bears the same key, and what bears the same full name (or, for all but persons, the same name).
    pub fn by_identity(&mut self, nodes: &[Node]) {
        let mut seen: BTreeMap<(EntityKind, String), usize> = BTreeMap::new();
        for (at, node) in nodes.iter().enumerate() {
            let mut ids: Vec<String> = node.key.iter().map(|key| format!("={key}")).collect();
            if node.kind == EntityKind::Person {
                ids.extend(node.full.iter().map(|full| name_key(&plain(&full.name))));
            } else if node.key.is_none() {
                ids.extend(
                    node.short.iter().map(|(name, _)| {
                        name_key(name.trim_start_matches("The ").trim_start_matches("the "))
                    }),
                );
            }
            for id in ids {
                let first = *seen.entry((node.kind, id)).or_insert(at);
                if self.keys_agree(first, at) {
                    self.join(first, at);
                }
            }
        }
    }

    /// No two different gazetteer keys would come together.
    fn keys_agree(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.root(a), self.root(b));
        let (a, b) = (&self.keys[a], &self.keys[b]);
        a.is_none() || b.is_none() || a == b
    }

    /// Joins pairs from the surest down; what the constraints forbid is noted as different.
    pub fn merge(&mut self, nodes: &[Node], mut pairs: Vec<Pair>, rules: &Rules) -> Vec<NameLink> {
        pairs.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.a, a.b).cmp(&(b.a, b.b))));
        let (mut links, mut known) = (Vec::new(), Clashes::default());
        for pair in &pairs {
            if self.root(pair.a) == self.root(pair.b) {
                continue;
            }
            let refusal = pair.refused.clone().or_else(|| self.clash(nodes, pair, &mut known, rules));
            let decision = if refusal.is_some() { Decision::Different } else { Decision::Same };
            links.push(NameLink {
                name_a: pair.name_a.0.clone(),
                language_a: pair.name_a.1,
                name_b: pair.name_b.0.clone(),
                language_b: pair.name_b.1,
                decision,
                evidence: pair.evidence,
                score: pair.score,
                detail: refusal.unwrap_or_else(|| pair.detail.clone()),
            });
            if decision == Decision::Same {
                self.join(pair.a, pair.b);
            }
        }
        links
    }

    /// Why the two clusters may not be one, if so.
    fn clash(&mut self, nodes: &[Node], pair: &Pair, known: &mut Clashes, rules: &Rules) -> Option<String> {
        if !self.keys_agree(pair.a, pair.b) {
            return Some("known as two".into());
        }
        let a = first_given_names(self.members(pair.a), nodes);
        let b = first_given_names(self.members(pair.b), nodes);
        for x in &a {
            for y in &b {
                if known.clash(x, y, rules) {
                    return Some(format!("given names differ: {} and {}", x.given, y.given));
                }
            }
        }
        None
    }

    pub fn groups(&mut self, count: usize) -> Vec<Vec<usize>> {
        let sorted = |mut members: Vec<usize>| {
            members.sort_unstable();
            members
        };
        let roots: Vec<usize> = (0..count).filter(|&at| self.parent[at] == at).collect();
        roots.into_iter().map(|at| sorted(std::mem::take(&mut self.members[at]))).collect()
    }
}

/// A name with one sign for the interpunct.
pub fn plain(name: &str) -> String {
    name.chars().map(|c| if is_interpunct(c) { '·' } else { c }).collect()
}

/// The full names of some nodes, one for each first given name: no more decide whether names clash.
fn first_given_names<'n>(members: &[usize], nodes: &'n [Node]) -> Vec<&'n Full> {
    let mut seen = BTreeSet::new();
    let all = members.iter().flat_map(|&at| &nodes[at].full);
    all.filter(|full| seen.insert((first_given(full), full.language))).collect()
}

/// Given names of a language.
type Given = (String, Language);

/// Which given names clash, each two compared once.
#[derive(Default)]
struct Clashes(HashMap<(Given, Given), bool>);

impl Clashes {
    fn clash(&mut self, a: &Full, b: &Full, rules: &Rules) -> bool {
        let given = |full: &Full| (first_given(full).to_owned(), full.language);
        *self.0.entry((given(a), given(b))).or_insert_with(|| given_clash(a, b, rules))
    }
}

fn first_given(full: &Full) -> &str {
    full.given.split([' ', '·', '-']).next().unwrap_or("").trim_end_matches('.')
}

/// The first given names are clearly two; an initial clashes only with another letter.
pub fn given_clash(a: &Full, b: &Full, rules: &Rules) -> bool {
    let (x, y) = (first_given(a), first_given(b));
    if x.is_empty() || y.is_empty() {
        return false;
    }
    if x.chars().count() == 1 || y.chars().count() == 1 {
        let same = a.language.script_group() == b.language.script_group();
        return same && a.language.script_group() != "Hani" && x.chars().next() != y.chars().next();
    }
    rules.sounds.given_name_relation(x, a.language, y, b.language) == GivenNames::Different
        && !whole::is_family(a, b, rules)
        && !whole::is_family(b, a, rules)
}

/// The evidence of a link with this score between names of these scripts.
pub fn evidence(same_script: bool) -> LinkEvidence {
    if same_script { LinkEvidence::VariantSpelling } else { LinkEvidence::Phonetic }
}
