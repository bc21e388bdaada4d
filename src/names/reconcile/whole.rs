//! Chinese surnames that read like whole Chinese names: 羅哈尼 is 哈桑·鲁哈尼, though 羅 is a surname.
//!
//! A transliteration without points that begins with a Chinese surname cannot be told from a Chinese
//! name by its characters. Where the whole of it is said like the surname of a foreigner of the same
//! role, or long and said just like it, or written like it, it is that surname.

use super::cluster::evidence;
use super::node::{Full, Node, is_native_han};
use super::pairs::{
    AS_WRITTEN, Heard, Named, Pair, SAME_SHORT, SAME_SHORT_OFFICE, alike, surname_score, told_role,
};
use crate::names::Rules;
use crate::names::sound::Name;
use crate::text::han::simplify;

/// Without a role it takes more likeness, and more characters.
const SAME: f64 = 0.9;
const LONG: usize = 3;

/// Two nodes one of which has a Chinese name that may be the surname of the other.
pub fn pair(
    nodes: &[Node],
    heard: &[Heard],
    (a, b): (usize, usize),
    role: &Option<String>,
    rules: &Rules,
) -> Option<Pair> {
    let mut best: Option<(f64, Named, Named)> = None;
    for (own, other) in [(a, b), (b, a)] {
        for (native, hear_native) in nodes[own].full.iter().zip(&heard[own].full) {
            if !is_native_han(native) {
                continue;
            }
            for (surname, hear) in surnames(&nodes[other], &heard[other]) {
                let as_written = simplify(&native.name) == simplify(&surname.0);
                let score = if as_written { AS_WRITTEN } else { alike(rules, &hear_native.0, hear) };
                if best.as_ref().is_none_or(|(known, ..)| score > *known) {
                    let name = (native.name.clone(), native.language);
                    best = Some(if own == a { (score, name, surname) } else { (score, surname, name) });
                }
            }
        }
    }
    let (score, name_a, name_b) = best.filter(|(score, ..)| *score >= SAME_SHORT_OFFICE)?;
    let long = [&name_a, &name_b].iter().all(|name| name.0.chars().count() >= LONG);
    let same = match role {
        Some(role) if role.contains('@') => true,
        // The bare word for an office fits many.
        Some(_) => score >= SAME_SHORT,
        None => score >= AS_WRITTEN || score >= SAME && long,
    };
    let same_script = name_a.1.script_group() == name_b.1.script_group();
    Some(Pair {
        a,
        b,
        score: surname_score(score, role),
        evidence: evidence(same_script),
        detail: told_role(role),
        refused: (!same).then(|| "surname alone is not close enough".to_owned()),
        name_a,
        name_b,
    })
}

/// The surnames of a person that come from no Chinese name.
fn surnames<'n>(node: &'n Node, heard: &'n Heard) -> impl Iterator<Item = (Named, &'n Option<Name>)> {
    let full = node.full.iter().zip(&heard.full).filter(|(full, _)| !is_native_han(full));
    let full = full.map(|(full, hear)| ((full.family.clone(), full.language), &hear.1));
    let alone = node.short.iter().cloned().zip(&heard.short).filter(|_| node.full.is_empty());
    full.chain(alone)
}

/// The whole of the one name is said like the surname of the other, which is no Chinese name.
pub fn is_family(native: &Full, other: &Full, rules: &Rules) -> bool {
    is_native_han(native)
        && !is_native_han(other)
        && rules.sounds.similarity(&native.name, native.language, &other.family, other.language)
            >= SAME_SHORT_OFFICE
}
