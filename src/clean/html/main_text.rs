//! The main text of a page that isn't a wiki's: which nodes are content and which are furniture.

use super::element::Tag;
use super::tree::{Kind, Tree};
use super::verdict::{self, Verdict};

/// A verdict for each node, inherited.
pub fn judge(tree: &Tree<'_>) -> Vec<Verdict> {
    let mut verdicts = verdict::all_kept(tree);
    for (id, node) in tree.nodes.iter().enumerate() {
        if node.kind == Kind::Element {
            verdicts[id] = by_tag(node.tag);
        }
    }
    verdict::inherit(tree, &mut verdicts);
    verdicts
}

fn by_tag(tag: Tag) -> Verdict {
    match tag {
        Tag::Script | Tag::Style | Tag::Template | Tag::Noscript | Tag::Iframe | Tag::Svg => Verdict::Script,
        Tag::Title => Verdict::Title,
        Tag::Nav => Verdict::Navigation,
        Tag::Footer => Verdict::Footer,
        Tag::Select | Tag::Button | Tag::Textarea | Tag::Option => Verdict::Form,
        _ => Verdict::Kept,
    }
}
