//! Prose: text that stands in blocks long and free of links enough to have been written as text.

use super::element::Tag;
use super::measure::{Measure, Size};
use super::tree::{Kind, NodeId, Tree};
use super::verdict::Verdict;

/// A run of text without a block boundary in it.
#[derive(Debug, Clone, Copy)]
pub struct Leaf {
    /// First node of its text, and one past the last.
    pub start: NodeId,
    pub end: NodeId,
    /// The innermost block element around it.
    pub block: NodeId,
    pub size: Size,
    /// Its last character ends a sentence or a quotation.
    pub ends: bool,
}

impl Leaf {
    /// Whether it was written as running text.
    pub fn is_prose(&self) -> bool {
        let Size { text, stops, .. } = self.size;
        let long = text >= 120 || (text >= 80 && stops >= 2) || (text >= 35 && stops >= 1 && self.ends);
        long && self.size.link_density() < 0.4
    }
}

/// Whether a text ends as sentences do.
fn ends_sentence(text: &str) -> bool {
    const ENDS: &[char] = &[
        '.', '!', '?', ':', '"', '\'', ')', '…', '。', '！', '？', '：', '；', '”', '’', '」', '』', '»',
        '）', '．',
    ];
    text.trim_end().ends_with(ENDS)
}

/// The blocks of text of a page, and the prose in each subtree.
pub struct Prose {
    pub leaves: Vec<Leaf>,
    pub measure: Measure,
    /// Letters of prose before each node.
    before: Vec<u32>,
}

impl Prose {
    /// Reads the blocks of all nodes that are kept.
    pub fn of(tree: &Tree<'_>, verdicts: &[Verdict]) -> Prose {
        let measure = Measure::of(tree, |id| verdicts[id] == Verdict::Kept);
        let leaves = leaves(tree, verdicts, &measure);
        let mut before = vec![0; tree.nodes.len() + 1];
        for leaf in leaves.iter().filter(|leaf| leaf.is_prose()) {
            before[leaf.start + 1] += leaf.size.text;
        }
        for at in 1..before.len() {
            before[at] += before[at - 1];
        }
        Prose { leaves, measure, before }
    }

    /// Letters of prose in the subtree of `id`.
    pub fn size(&self, tree: &Tree<'_>, id: NodeId) -> u32 {
        self.before[tree.nodes[id].end] - self.before[id]
    }
}

fn leaves(tree: &Tree<'_>, verdicts: &[Verdict], measure: &Measure) -> Vec<Leaf> {
    let mut leaves: Vec<Leaf> = Vec::new();
    let mut open: Option<Leaf> = None;
    let mut block_of = vec![0; tree.nodes.len()];
    let mut breaks = 0;
    for (id, node) in tree.nodes.iter().enumerate() {
        let is_block = node.kind == Kind::Element && node.tag.is_block();
        block_of[id] = if is_block { id } else { block_of[node.parent] };
        if is_block || node.tag == Tag::Br {
            breaks += if is_block { 2 } else { 1 };
            if breaks >= 2 {
                leaves.extend(open.take());
            }
            continue;
        }
        let blank =
            node.kind != Kind::Text || verdicts[id] != Verdict::Kept || measure.between(id, id + 1).text == 0;
        if blank {
            continue;
        }
        breaks = 0;
        match &mut open {
            Some(leaf) if leaf.block == block_of[id] => {
                leaf.end = id + 1;
                leaf.ends = ends_sentence(node.span.of(tree.source));
            }
            _ => {
                leaves.extend(open.take());
                let ends = ends_sentence(node.span.of(tree.source));
                open =
                    Some(Leaf { start: id, end: id + 1, block: block_of[id], size: Size::default(), ends });
            }
        }
    }
    leaves.extend(open);
    for leaf in &mut leaves {
        leaf.size = measure.between(leaf.start, leaf.end);
    }
    leaves
}
