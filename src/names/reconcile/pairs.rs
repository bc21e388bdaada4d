//! Candidate pairs: nodes whose names share a sound key, weighed by all evidence there is.

use super::cluster::{evidence, given_clash};
use super::node::{Full, Node, is_native_han};
use super::whole;
use crate::model::{EntityKind, Language, LinkEvidence};
use crate::names::Rules;
use crate::names::find::learned::word_key;
use crate::names::sound::{GivenNames, Name};
use crate::pipeline::side_by_side;
use std::collections::BTreeMap;

/// Two nodes that may be one.
#[derive(Debug, Clone)]
pub struct Pair {
    pub a: usize,
    pub b: usize,
    pub name_a: (String, Language),
    pub name_b: (String, Language),
    pub score: f64,
    pub evidence: LinkEvidence,
    pub detail: String,
    /// Why they are two, where that is clear at once.
    pub refused: Option<String>,
}

/// A name with its language.
pub type Named = (String, Language);

/// Full names that sound as alike are one, unless given names clash.
const SAME_FULL: f64 = 0.75;
/// A surname alone needs more; less where a role agrees, and least where its state does too.
pub const SAME_SHORT: f64 = 0.8;
const SAME_SHORT_ROLE: f64 = 0.6;
pub const SAME_SHORT_OFFICE: f64 = 0.5;
/// The score of a surname that is written the same.
pub const AS_WRITTEN: f64 = 0.97;
/// Names as close are worth a row even where they are two.
const CLOSE: f64 = 0.3;
/// Places and bodies without a key.
const SAME_PLACE: f64 = 0.85;
/// Keys that more names share say nothing.
const CROWDED: usize = 400;

/// Nodes that a node is compared with: those that share most keys with it.
const FELLOWS: usize = 128;
/// Rows that say what a node is not: the closest.
const REFUSED: usize = 24;
/// Nodes whose pairs one thread weighs at a time.
const SHARE: usize = 256;

/// Pairs of clusters' nodes worth a decision.
pub fn candidates(nodes: &[Node], rules: &Rules) -> Vec<Pair> {
    let fellows = Fellows::new(nodes, rules);
    let all: Vec<usize> = (0..nodes.len()).collect();
    let read = |shares: &[usize]| -> Vec<Heard> {
        shares.iter().map(|&at| Heard::new(&nodes[at], fellows.is_compared[at], rules)).collect()
    };
    let heard: Vec<Heard> = side_by_side(all.chunks(SHARE).collect(), read).into_iter().flatten().collect();
    let weigh = |share: &[usize]| -> Vec<Pair> {
        share.iter().flat_map(|&a| pairs_of(a, nodes, &heard, &fellows, rules)).collect()
    };
    let pairs = side_by_side(all.chunks(SHARE).collect(), weigh).into_iter().flatten().collect();
    unique_shorts(nodes, pairs)
}

/// The pairs of a node with later ones.
fn pairs_of(a: usize, nodes: &[Node], heard: &[Heard], fellows: &Fellows, rules: &Rules) -> Vec<Pair> {
    let weighed = fellows.of(a).into_iter().filter_map(|b| match nodes[a].kind {
        EntityKind::Person => person(nodes, heard, a, b, rules),
        _ => place(nodes, heard, a, b, rules),
    });
    let mut pairs: Vec<Pair> = weighed.collect();
    let mut refused: Vec<f64> =
        pairs.iter().filter(|pair| pair.refused.is_some()).map(|pair| pair.score).collect();
    if refused.len() > REFUSED {
        refused.sort_by(|a, b| b.total_cmp(a));
        pairs.retain(|pair| pair.refused.is_none() || pair.score >= refused[REFUSED - 1]);
    }
    pairs
}

/// Nodes of a kind by the sound keys of their names.
struct Fellows {
    /// Nodes of each key that says something, sorted.
    buckets: Vec<Vec<u32>>,
    /// Where the buckets of each node begin in `in_buckets`.
    starts: Vec<usize>,
    in_buckets: Vec<u32>,
    /// Whether anything shares a key with the node.
    is_compared: Vec<bool>,
}

impl Fellows {
    fn new(nodes: &[Node], rules: &Rules) -> Self {
        let keys = |(at, node): (usize, &Node)| -> Vec<(EntityKind, u32, u32)> {
            if node.kind != EntityKind::Person && (node.kind != EntityKind::Place || node.key.is_some()) {
                return Vec::new();
            }
            let short = node.short.iter().map(|(name, language)| (name.as_str(), *language));
            let whole = node.full.iter().filter(|full| is_native_han(full));
            let names = short.chain(whole.map(|full| (full.name.as_str(), full.language)));
            let keys = names.flat_map(|(name, language)| rules.sounds.keys(name, language));
            keys.map(|key| (node.kind, key, at as u32)).collect()
        };
        let mut keyed: Vec<(EntityKind, u32, u32)> =
            side_by_side(nodes.iter().enumerate().collect(), keys).into_iter().flatten().collect();
        keyed.sort_unstable();
        keyed.dedup();
        let same = keyed.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1));
        let buckets: Vec<Vec<u32>> = same
            .filter(|bucket| (2..=CROWDED).contains(&bucket.len()))
            .map(|bucket| bucket.iter().map(|(.., node)| *node).collect())
            .collect();
        let mut held: Vec<(u32, u32)> =
            (0..).zip(&buckets).flat_map(|(at, bucket)| bucket.iter().map(move |&node| (node, at))).collect();
        held.sort_unstable();
        let starts =
            (0..=nodes.len()).map(|node| held.partition_point(|entry| (entry.0 as usize) < node)).collect();
        let mut is_compared = vec![false; nodes.len()];
        held.iter().for_each(|entry| is_compared[entry.0 as usize] = true);
        Fellows { buckets, starts, in_buckets: held.into_iter().map(|entry| entry.1).collect(), is_compared }
    }

    /// Later nodes that share a key with a node, in order.
    fn of(&self, a: usize) -> Vec<usize> {
        let mut found: Vec<u32> = Vec::new();
        for &bucket in &self.in_buckets[self.starts[a]..self.starts[a + 1]] {
            let bucket = &self.buckets[bucket as usize];
            found.extend(&bucket[bucket.partition_point(|&node| node as usize <= a)..]);
        }
        found.sort_unstable();
        let mut fellows: Vec<(usize, u32)> =
            found.chunk_by(|a, b| a == b).map(|same| (usize::MAX - same.len(), same[0])).collect();
        if fellows.len() > FELLOWS {
            fellows.select_nth_unstable(FELLOWS);
            fellows.truncate(FELLOWS);
            fellows.sort_unstable_by_key(|fellow| fellow.1);
        }
        fellows.into_iter().map(|(_, node)| node as usize).collect()
    }
}

/// A whole name and its family name made ready for comparison.
pub type Reading = (Option<Name>, Option<Name>);

/// A node's names made ready for comparison, in the order of the node's lists.
pub struct Heard {
    /// Whole name and family name of each full name.
    pub full: Vec<Reading>,
    pub short: Vec<Option<Name>>,
}

impl Heard {
    fn new(node: &Node, is_compared: bool, rules: &Rules) -> Self {
        let read = |name: &str, language| rules.sounds.read(name, language);
        if !is_compared {
            return Heard { full: Vec::new(), short: Vec::new() };
        }
        let both = |full: &Full| (read(&full.name, full.language), read(&full.family, full.language));
        Heard {
            full: node.full.iter().map(both).collect(),
            short: node.short.iter().map(|(name, language)| read(name, *language)).collect(),
        }
    }
}

pub fn alike(rules: &Rules, a: &Option<Name>, b: &Option<Name>) -> f64 {
    match (a, b) {
        (Some(a), Some(b)) => rules.sounds.score(a, b),
        _ => 0.0,
    }
}

fn person(nodes: &[Node], heard: &[Heard], a: usize, b: usize, rules: &Rules) -> Option<Pair> {
    let (x, y) = (&nodes[a], &nodes[b]);
    let role = shared_role(&x.roles, &y.roles);
    if x.full.is_empty() || y.full.is_empty() {
        let surnames = surname(nodes, heard, a, b, &role, rules);
        return match surnames {
            Some(pair) if pair.refused.is_none() => Some(pair),
            other => whole::pair(nodes, heard, (a, b), &role, rules).or(other),
        };
    }
    let mut best: Option<(f64, &Full, &Full)> = None;
    for (f, hear_f) in x.full.iter().zip(&heard[a].full) {
        for (g, hear_g) in y.full.iter().zip(&heard[b].full) {
            let chinese = f.language.is_chinese() && g.language.is_chinese();
            let score = if chinese && is_native_han(f) != is_native_han(g) {
                0.0
            } else {
                full_score((f, hear_f), (g, hear_g), rules)
            };
            if best.is_none_or(|(known, ..)| score > known) {
                best = Some((score, f, g));
            }
        }
    }
    let (score, f, g) = best?;
    if score < CLOSE {
        return whole::pair(nodes, heard, (a, b), &role, rules);
    }
    let boosted = if role.is_some() { score + (1.0 - score) * 0.2 } else { score };
    let same_script = f.language.script_group() == g.language.script_group();
    let refused = if given_clash(f, g, rules) {
        Some(format!("given names differ: {} and {}", f.given, g.given))
    } else if looks_apart((&f.family, f.language), (&g.family, g.language), score, rules) {
        Some("family names are written too differently".to_owned())
    } else if boosted < SAME_FULL {
        Some("sound not close enough".to_owned())
    } else {
        None
    };
    Some(Pair {
        a,
        b,
        name_a: (f.name.clone(), f.language),
        name_b: (g.name.clone(), g.language),
        score: boosted,
        evidence: evidence(same_script),
        detail: told_role(&role),
        refused,
    })
}

/// Families must be alike by themselves, and given names alike or one name in two languages.
fn full_score(f: (&Full, &Reading), g: (&Full, &Reading), rules: &Rules) -> f64 {
    let ((f, hear_f), (g, hear_g)) = (f, g);
    let family = alike(rules, &hear_f.1, &hear_g.1);
    if family < CLOSE / 2.0 {
        return 0.0;
    }
    let whole = alike(rules, &hear_f.0, &hear_g.0);
    let first =
        |full: &Full| full.given.split([' ', '·']).next().unwrap_or("").trim_end_matches('.').to_owned();
    let given = rules.sounds.given_name_relation(&first(f), f.language, &first(g), g.language);
    match given {
        GivenNames::Same => family.max(whole).min(family + 0.1),
        GivenNames::Different => 0.45 * family,
        _ if same_letters(f, g) && likeness(&word_key(&first(f)), &word_key(&first(g))) < 0.7 => {
            whole.min(0.4)
        }
        _ => whole.min(family + 0.2),
    }
}

/// Two spellings in letters look alike as well as they sound alike; sound alone joins Bodner and Pottinger.
fn looks_apart(f: (&str, Language), g: (&str, Language), score: f64, rules: &Rules) -> bool {
    let (a, b) = (f.1.script_group(), g.1.script_group());
    let letters = |script: &str| script == "Latn" || script == "Cyrl";
    if !letters(a) || !letters(b) {
        return false;
    }
    let latin = |(name, language): (&str, Language)| word_key(&rules.sounds.romanise(name, language));
    let alike = likeness(&latin(f), &latin(g));
    if a == b { alike < 0.75 } else { score < 0.95 && alike < 0.5 }
}

/// Both in one alphabet, where given names that are one are written alike.
fn same_letters(f: &Full, g: &Full) -> bool {
    let script = f.language.script_group();
    script == g.language.script_group() && script != "Hani"
}

/// One less the edit distance as a share of the longer text.
fn likeness(a: &str, b: &str) -> f64 {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = (corner + usize::from(x != y)).min(above + 1).min(row[j] + 1);
            corner = above;
        }
    }
    1.0 - row[b.len()] as f64 / a.len().max(b.len()).max(1) as f64
}

fn surname(
    nodes: &[Node],
    heard: &[Heard],
    a: usize,
    b: usize,
    role: &Option<String>,
    rules: &Rules,
) -> Option<Pair> {
    let (x, y) = (&nodes[a], &nodes[b]);
    let mut best: Option<(f64, &Named, &Named)> = None;
    for (f, hear_f) in x.short.iter().zip(&heard[a].short) {
        for (g, hear_g) in y.short.iter().zip(&heard[b].short) {
            let score = if f.0 == g.0 { AS_WRITTEN } else { alike(rules, hear_f, hear_g) };
            if best.is_none_or(|(known, ..)| score > known) {
                best = Some((score, f, g));
            }
        }
    }
    let (score, f, g) = best?;
    if score < CLOSE {
        return None;
    }
    let enough = match role {
        Some(role) if role.contains('@') => SAME_SHORT_OFFICE,
        Some(_) => SAME_SHORT_ROLE,
        None => SAME_SHORT,
    };
    let same_script = f.1.script_group() == g.1.script_group();
    Some(Pair {
        a,
        b,
        name_a: f.clone(),
        name_b: g.clone(),
        score: surname_score(score, role),
        evidence: if role.is_some() && score < SAME_SHORT {
            LinkEvidence::Role
        } else {
            evidence(same_script)
        },
        detail: told_role(role),
        refused: (score < enough || looks_apart((&f.0, f.1), (&g.0, g.1), score, rules))
            .then(|| "surname alone is not close enough".to_owned()),
    })
}

/// The score of two persons whose surnames sound as much alike.
pub fn surname_score(alike: f64, role: &Option<String>) -> f64 {
    if role.is_some() { alike + (1.0 - alike) * 0.3 } else { alike * 0.95 }
}

/// A shared role as the detail of a link.
pub fn told_role(role: &Option<String>) -> String {
    role.as_ref().map(|role| format!("role {role}")).unwrap_or_default()
}

/// A role that both are said to have; one with its state counts before a bare one.
fn shared_role(a: &[String], b: &[String]) -> Option<String> {
    let shared: Vec<&String> = a.iter().filter(|role| b.contains(role)).collect();
    shared.iter().find(|role| role.contains('@')).or(shared.first()).map(|role| (*role).clone())
}

fn place(nodes: &[Node], heard: &[Heard], a: usize, b: usize, rules: &Rules) -> Option<Pair> {
    let (x, y) = (&nodes[a], &nodes[b]);
    let mut best: Option<(f64, &Named, &Named)> = None;
    for (f, hear_f) in x.short.iter().zip(&heard[a].short) {
        for (g, hear_g) in y.short.iter().zip(&heard[b].short) {
            if f.1.script_group() == g.1.script_group() {
                continue;
            }
            let score = alike(rules, hear_f, hear_g);
            if best.is_none_or(|(known, ..)| score > known) {
                best = Some((score, f, g));
            }
        }
    }
    let (score, f, g) = best.filter(|(score, ..)| *score >= SAME_PLACE)?;
    Some(Pair {
        a,
        b,
        name_a: f.clone(),
        name_b: g.clone(),
        score,
        evidence: LinkEvidence::Phonetic,
        detail: String::new(),
        refused: None,
    })
}

/// A surname alone goes to the best of its candidates, and to none where two persons are as good.
fn unique_shorts(nodes: &[Node], pairs: Vec<Pair>) -> Vec<Pair> {
    let mut best: BTreeMap<usize, f64> = BTreeMap::new();
    for pair in pairs.iter().filter(|pair| pair.refused.is_none()) {
        for at in [pair.a, pair.b] {
            if nodes[at].kind == EntityKind::Person && nodes[at].full.is_empty() {
                let slot = best.entry(at).or_insert(0.0);
                *slot = slot.max(pair.score);
            }
        }
    }
    pairs
        .into_iter()
        .map(|mut pair| {
            let lesser =
                [pair.a, pair.b].iter().any(|at| best.get(at).is_some_and(|&best| pair.score < best - 0.15));
            if pair.refused.is_none() && lesser {
                pair.refused = Some("another person fits better".to_owned());
            }
            pair
        })
        .collect()
}
