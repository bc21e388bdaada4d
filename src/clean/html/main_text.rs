//! The main text of a page that isn't a wiki's: which nodes are content and which are furniture.
//!
//! Three steps: what tags and names declare to be furniture goes; then the smallest element that
//! holds nearly all prose is the main text; then clutter goes from within it.

use super::element::Tag;
use super::names::Facts;
use super::prose::Prose;
use super::rules::Rules;
use super::tree::{Kind, NodeId, Tree};
use super::verdict::{self, Verdict};
use super::{clutter, furniture};
use crate::model::Block;
use std::collections::BTreeMap;

/// Share of an element's prose that one child must hold for the search to go down into it.
const DOMINANT: f64 = 0.85;
/// The same on a forum, where one long answer is not the page.
const DOMINANT_POST: f64 = 0.97;
/// Share of an element's text that the child must hold as well.
const SUBSTANTIAL: f64 = 0.35;

/// A verdict for each node, inherited, and the elements that are captions. `title` is the page's own.
pub fn judge(tree: &Tree<'_>, rules: &Rules, title: &str) -> (Vec<Verdict>, BTreeMap<NodeId, Block>) {
    let mut verdicts = verdict::all_kept(tree);
    let facts = rules.names.facts(tree);
    let forum = rules.names.is_forum(tree, &facts);
    furniture::remove(tree, &facts, forum, &mut verdicts);
    let prose = Prose::of(tree, &verdicts);
    let root = root(tree, &prose, if forum { DOMINANT_POST } else { DOMINANT });
    let range = root..tree.nodes[root].end;
    for (id, verdict) in verdicts.iter_mut().enumerate() {
        if *verdict == Verdict::Kept && tree.nodes[id].kind != Kind::Element && !range.contains(&id) {
            *verdict = Verdict::Outside;
        }
    }
    clutter::remove(tree, &rules.lines, root, title, prose, &mut verdicts);
    let captions = captions(tree, &facts, &verdicts);
    (verdicts, captions)
}

/// The element that holds the main text where nothing on the page names it.
pub fn densest(tree: &Tree<'_>) -> NodeId {
    root(tree, &Prose::of(tree, &verdict::all_kept(tree)), DOMINANT)
}

/// Kept elements whose class makes them captions.
fn captions(tree: &Tree<'_>, facts: &[Facts], verdicts: &[Verdict]) -> BTreeMap<NodeId, Block> {
    let is_caption = |&id: &NodeId| {
        tree.nodes[id].kind == Kind::Element && verdicts[id] == Verdict::Kept && facts[id].caption
    };
    (1..tree.nodes.len()).filter(is_caption).map(|id| (id, Block::Caption)).collect()
}

/// The element that holds the main text: from the document down as long as one child holds nearly
/// all of the prose and a good part of the text.
fn root(tree: &Tree<'_>, prose: &Prose, dominant: f64) -> NodeId {
    let mut at = 0;
    loop {
        let size = |id: NodeId| f64::from(prose.size(tree, id));
        let text = |id: NodeId| f64::from(prose.measure.size(tree, id).text);
        let children = tree.children(at).filter(|&id| tree.nodes[id].kind == Kind::Element);
        let Some(best) = children.max_by_key(|&id| (prose.size(tree, id), std::cmp::Reverse(id))) else {
            return at;
        };
        let dominates =
            size(at) > 0.0 && size(best) >= dominant * size(at) && text(best) >= SUBSTANTIAL * text(at);
        let tag = tree.nodes[best].tag;
        if !dominates || tree.nodes[at].tag == Tag::Article || tag == Tag::P || !tag.is_block() {
            return at;
        }
        at = best;
    }
}
