//! Parallel reports: groups of different documents whose sentences name the same.
//!
//! Words for one deed differ between writers and languages, and so may the type they come to; the
//! names do not. Two groups of a like date join where each is the other's best match by the names
//! their sentences share, seldom ones counting most: a report has at most one counterpart in
//! another document, so what only resembles it finds its own counterpart and stays apart.

use super::evidence::{Family, Report, one_document, shared};
use super::near::coarse;
use super::{CANDIDATES, Group, Groups, absorb};
use crate::model::{EventType, Modality, Precision};
use std::collections::{BTreeMap, BTreeSet};

/// What two sentences share must weigh as much as this for their reports to be one.
const ENOUGH: f64 = 1.2;

/// And the names alone as much as this: one that every other sentence has is no tie.
const NAMES: f64 = 0.35;

/// The second best match must be worse by this.
const MARGIN: f64 = 0.15;

/// Each round can join one more document.
const ROUNDS: usize = 8;

/// A name in more groups than this tells nothing about which of them are one.
const COMMON: usize = 400;

impl Groups {
    /// Joins groups of different documents that are each other's best match, again with what was
    /// joined, since a third document may tell it too.
    pub(super) fn join_parallel(&mut self, weights: &BTreeMap<usize, f64>) {
        for _ in 0..ROUNDS {
            if !self.join_best(weights) {
                return;
            }
        }
    }

    fn join_best(&mut self, weights: &BTreeMap<usize, f64>) -> bool {
        let mut best: BTreeMap<usize, Vec<(f64, usize)>> = BTreeMap::new();
        for (a, b) in self.pairs(weights) {
            if let Some(score) = alike(&self.groups[a], &self.groups[b], weights) {
                best.entry(a).or_default().push((score, b));
                best.entry(b).or_default().push((score, a));
            }
        }
        for list in best.values_mut() {
            list.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
        }
        let clear = |at: usize| {
            let list = &best[&at];
            let (score, other) = list[0];
            let rival = list[1..].iter().find(|(_, rival)| self.rivals(other, *rival));
            (score >= ENOUGH && rival.is_none_or(|(next, _)| score - next >= MARGIN)).then_some(other)
        };
        let joins: Vec<(usize, usize)> = best
            .keys()
            .filter_map(|&a| clear(a).map(|b| (a, b)))
            .filter(|&(a, b)| a < b && clear(b) == Some(a))
            .collect();
        for &(a, b) in &joins {
            let (into, from) = match (coarse(&self.groups[a].whole), coarse(&self.groups[b].whole)) {
                (true, false) => (b, a),
                _ => (a, b),
            };
            let reports = std::mem::take(&mut self.groups[from].reports);
            let whole = self.groups[from].whole.clone();
            absorb(&mut self.groups[into].whole, &whole);
            self.groups[into].reports.extend(reports);
        }
        !joins.is_empty()
    }

    /// Both can't be right: other sentences of one document.
    fn rivals(&self, a: usize, b: usize) -> bool {
        let (a, b) = (&self.groups[a].whole, &self.groups[b].whole);
        one_document(a, b) && !a.sentences.meets(&b.sentences)
    }

    /// Pairs of groups that share a name and lie close in time, each once.
    fn pairs(&self, weights: &BTreeMap<usize, f64>) -> BTreeSet<(usize, usize)> {
        let mut by_name: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, group) in self.groups.iter().enumerate().filter(|(_, g)| !g.reports.is_empty()) {
            for name in group.whole.names.iter().filter(|name| weights.contains_key(name)) {
                by_name.entry(*name).or_default().push(at);
            }
        }
        let mut pairs = BTreeSet::new();
        for list in by_name.values_mut().filter(|list| list.len() <= COMMON) {
            list.sort_by_key(|&at| (self.groups[at].whole.start, at));
            for (index, &a) in list.iter().enumerate() {
                let whole = |at: usize| &self.groups[at].whole;
                let next = list[index + 1..].iter().filter(|&&b| !one_document(whole(a), whole(b)));
                pairs.extend(next.take(CANDIDATES).map(|&b| (a.min(b), a.max(b))));
            }
        }
        pairs
    }
}

/// What a name tells: 1 where one sentence bears it, nothing where all do.
pub fn weights<'r>(reports: impl Iterator<Item = &'r Report>) -> BTreeMap<usize, f64> {
    let (mut sentences, mut names) = (Vec::new(), Vec::new());
    for report in reports {
        for sentence in report.sentences.iter() {
            sentences.push(*sentence);
            names.extend(report.names.iter().map(|name| (*name, *sentence)));
        }
    }
    sentences.sort_unstable();
    sentences.dedup();
    names.sort_unstable();
    names.dedup();
    let all = sentences.len() as f64;
    let weight = |n: usize| (all / n as f64).ln() / all.ln().max(1.0);
    names.chunk_by(|a, b| a.0 == b.0).map(|same| (same[0].0, weight(same.len()))).collect()
}

/// How much two groups of different documents share; none where they can't be one.
fn alike(a: &Group, b: &Group, weights: &BTreeMap<usize, f64>) -> Option<f64> {
    let (x, y) = (&a.whole, &b.whole);
    let kinds = kinds(a, b)?;
    let dates = dates(x, y)?;
    let persons = shared(&x.persons, &y.persons);
    let clash = (x.modality == Modality::Negated) != (y.modality == Modality::Negated)
        || (x.ordinal != 0 && y.ordinal != 0 && x.ordinal != y.ordinal)
        || x.ahead != y.ahead
        || (!x.persons.is_empty() && !y.persons.is_empty() && persons == 0);
    if clash {
        return None;
    }
    let mass =
        |names: &mut dyn Iterator<Item = &usize>| -> f64 { names.filter_map(|name| weights.get(name)).sum() };
    let tie = mass(&mut x.names.intersection(&y.names));
    let least = mass(&mut x.names.iter()).min(mass(&mut y.names.iter()));
    if tie < NAMES {
        return None;
    }
    let persons = persons.min(2) as f64;
    Some(tie * (0.5 + 0.5 * tie / least.max(f64::EPSILON)) + 0.3 * persons + kinds + dates)
}

/// Whether two kinds of report may be one event, and how well they agree.
fn kinds(a: &Group, b: &Group) -> Option<f64> {
    let (x, y) = (&a.whole, &b.whole);
    let spoken = |family: Family| matches!(family, Family::Words | Family::Pledge | Family::Outcome);
    if x.event_type == y.event_type && a.family == b.family {
        let modes = x.mode == y.mode || x.mode.is_empty() || y.mode.is_empty();
        return Some(if modes { 0.5 } else { 0.0 });
    }
    if x.event_type == EventType::Other || y.event_type == EventType::Other || a.family == b.family {
        return Some(-0.2);
    }
    (spoken(a.family) && spoken(b.family)).then_some(-0.3)
}

/// How well two dates agree; none where they contradict each other.
fn dates(x: &Report, y: &Report) -> Option<f64> {
    if x.edtf == y.edtf {
        return Some(if coarse(x) { 0.0 } else { 0.4 });
    }
    let (a1, b1, a2, b2) = (x.start?, x.end?, y.start?, y.end?);
    let held = (a1 <= a2 && b2 <= b1) || (a2 <= a1 && b1 <= b2);
    let wide = |r: &Report| !matches!(r.precision, Precision::Month) && coarse(r);
    (held && !wide(x) && !wide(y)).then_some(-0.2)
}

#[cfg(test)]
mod tests {
    use super::super::set::Set;
    use super::super::tests::{DAY, MONTH, dated};
    use super::*;
    use crate::model::MentionRef;

    /// A group of one report in a document of its own.
    fn group(document: usize, date: (&str, &str), names: &[usize], event_type: EventType) -> Group {
        let mut report = dated(date, names);
        report.at = MentionRef { document, mention: names[0] };
        report.sentences = Set::from([(document, names[0])]);
        report.event_type = event_type;
        Group { family: Family::Words, whole: report.clone(), reports: vec![report] }
    }

    fn joined(groups: Vec<Group>) -> Vec<usize> {
        let mut groups = Groups { groups, ..Groups::default() };
        let weights = weights(groups.groups.iter().flat_map(|group| &group.reports));
        groups.join_parallel(&weights);
        groups.groups.iter().map(|g| g.reports.len()).collect()
    }

    /// Other sentences, so that names 1 and 2 are common and 7, 8, 9 are seldom.
    fn crowd() -> Vec<Group> {
        let year = ("2021-03-01", "2021-03-01");
        (10..30).map(|name| group(name, year, &[name, 1, 2], EventType::Statement)).collect()
    }

    #[test]
    fn words_of_other_types_join_by_seldom_names() {
        let mut groups = crowd();
        groups.push(group(0, MONTH, &[7, 8, 1], EventType::Request));
        groups.push(group(1, MONTH, &[8, 7, 2], EventType::Statement));
        let sizes = joined(groups);
        assert_eq!(sizes[20..], [2, 0]);
        assert!(sizes[..20].iter().all(|n| *n == 1));
    }

    #[test]
    fn the_better_match_wins_and_ties_join_nothing() {
        let better = group(1, DAY, &[9, 7, 8, 1], EventType::Request);
        let worse = group(1, DAY, &[8, 1, 2], EventType::Statement);
        let own = || group(0, DAY, &[7, 8, 9, 1], EventType::Request);
        assert_eq!(joined([crowd(), vec![own(), worse, better]].concat())[20..], [2, 1, 0]);
        let twin = |name: usize| group(1, DAY, &[name, 7, 1], EventType::Request);
        assert_eq!(joined([crowd(), vec![own(), twin(8), twin(9)]].concat())[20..], [1, 1, 1]);
    }

    #[test]
    fn common_names_and_one_document_tie_nothing() {
        let a = group(0, DAY, &[1, 2], EventType::Request);
        let b = group(1, DAY, &[2, 1], EventType::Request);
        assert_eq!(joined([crowd(), vec![a, b]].concat())[20..], [1, 1]);
        let a = group(0, DAY, &[7, 8], EventType::Request);
        let b = group(0, DAY, &[8, 7], EventType::Request);
        assert_eq!(joined([crowd(), vec![a, b]].concat())[20..], [1, 1]);
    }
}
