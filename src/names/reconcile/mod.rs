//! Reconciling: which entities of all documents are one. Candidates come from shared sound keys, the
//! decision from all evidence together; clusters grow from the surest pair down and never join names
//! whose given names clash or whose kinds differ.

mod canonical;
mod cluster;
pub mod node;
mod pairs;
pub mod slug;

use super::Rules;
use crate::model::{Entities, Extracted};
use node::Node;

/// Joins the entities of all documents that are one, with the evidence for each decision.
pub fn reconcile(documents: &[Extracted], rules: &Rules) -> Entities {
    let mut nodes = Vec::new();
    for (document, extracted) in documents.iter().enumerate() {
        for (index, entity) in extracted.named.entities.iter().enumerate() {
            nodes.push(Node::new(document, index, entity, rules));
        }
    }
    let mut clusters = cluster::Clusters::new(&nodes);
    clusters.by_identity(&nodes);
    let mut links: Vec<_> = documents.iter().flat_map(|d| d.named.links.iter().cloned()).collect();
    let candidates = pairs::candidates(&nodes, &mut clusters, rules);
    links.extend(clusters.merge(&nodes, candidates, rules));
    let groups = clusters.groups(nodes.len());
    canonical::entities(documents, &nodes, groups, links, rules)
}
