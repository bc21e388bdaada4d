//! Clutter inside the main text: lists of links, and lines that words or place give away.

use super::element::Tag;
use super::line_rules::LineRules;
use super::lines;
use super::prose::Prose;
use super::tree::{NodeId, Tree};
use super::verdict::{self, Verdict};

/// Share of prose below which a page is a listing: its links are what it has to say.
const LISTING: f64 = 0.25;

/// Takes clutter out of the subtree of `root`. `title` is the page's own title, `prose` that of the
/// page as judged so far.
pub fn remove(
    tree: &Tree<'_>,
    rules: &LineRules,
    root: NodeId,
    title: &str,
    prose: Prose,
    verdicts: &mut [Verdict],
) {
    let text = prose.measure.size(tree, root).text;
    let listing = f64::from(prose.size(tree, root)) < LISTING * f64::from(text);
    if !listing {
        link_blocks(tree, root, &prose, verdicts);
        verdict::inherit(tree, verdicts);
    }
    drop(prose);
    lines::judge(tree, rules, title, listing, verdicts);
}

/// Elements whose text is mostly links.
fn link_blocks(tree: &Tree<'_>, root: NodeId, prose: &Prose, verdicts: &mut [Verdict]) {
    let mut until = 0;
    for id in tree.below(root) {
        if id < until || verdicts[id] != Verdict::Kept || !tree.nodes[id].tag.is_block() {
            continue;
        }
        let size = prose.measure.size(tree, id);
        // A table with header cells is data, even where its cells are links.
        if tree.nodes[id].tag == Tag::Table && size.header_cells > 0 {
            until = tree.nodes[id].end;
            continue;
        }
        if size.text > 0
            && size.link_density() > 0.65
            && size.links >= 2
            && prose.size(tree, id) * 4 < size.text
        {
            verdicts[id] = Verdict::LinkBlock;
        }
    }
}
