//! Reconciling: which entities of all documents are one. Candidates come from shared sound keys, the
//! decision from all evidence together; clusters grow from the surest pair down and never join names
//! whose given names clash or whose kinds differ.

mod canonical;
pub mod census;
mod cluster;
pub mod node;
mod pairs;
pub mod slug;
#[cfg(test)]
mod tests;
mod whole;

use super::Rules;
use crate::model::{Brief, Entities};
use crate::pipeline::side_by_side;
use census::{Census, Profile};
use node::Node;

/// Joins the entities of all documents that are one, with the evidence for each decision.
pub fn reconcile(documents: &[Brief], census: &Census, rules: &Rules) -> Entities {
    let profiles = census.profiles.iter().collect();
    let nodes: Vec<Node> = side_by_side(profiles, |profile: &Profile| Node::new(&profile.entity, rules));
    let mut links: Vec<_> = census.links().cloned().collect();
    let mut same = cluster::Clusters::new(&nodes);
    same.by_identity(&nodes);
    let identical = same.groups(nodes.len());
    // What is one by name is weighed as one.
    let merged: Vec<Node> = identical.iter().map(|group| Node::merged(group, &nodes)).collect();
    let mut clusters = cluster::Clusters::new(&merged);
    let candidates = pairs::candidates(&merged, rules);
    links.extend(clusters.merge(&merged, candidates, rules));
    let expand = |group: Vec<usize>| -> Vec<usize> {
        let mut members: Vec<usize> = group.iter().flat_map(|&at| identical[at].iter().copied()).collect();
        members.sort_unstable();
        members
    };
    let groups = clusters.groups(merged.len()).into_iter().map(expand).collect();
    canonical::entities(documents, &census.profiles, &nodes, groups, links, rules)
}
