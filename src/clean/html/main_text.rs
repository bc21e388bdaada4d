//! The main text of a page that isn't a wiki's: which nodes are content and which are furniture.
//!
//! Three steps: what tags and names declare to be furniture goes, unless most of the page's prose
//! stands in it; then the smallest element that holds nearly all prose is the main text; then lists
//! of links and the like go from within it.

use super::element::Tag;
use super::prose::Prose;
use super::rules::Rules;
use super::tree::{Kind, NodeId, Tree};
use super::verdict::{self, Verdict};
use std::collections::BTreeMap;

/// Share of a page's prose above which a part is not believed to be furniture.
const TOO_MUCH: f64 = 0.4;
/// The same for all parts of one kind together: on a forum the comments are the page.
const TOO_MUCH_OF_A_KIND: f64 = 0.6;
/// Letters of prose above which a part named as a menu, a byline or a form is not believed to be one.
const WRITTEN: u32 = 400;
/// Share of an element's prose that one child must hold for the search to go down into it.
const DOMINANT: f64 = 0.85;

/// A verdict for each node, inherited.
pub fn judge(tree: &Tree<'_>, rules: &Rules, title: &str) -> Vec<Verdict> {
    let mut verdicts = verdict::all_kept(tree);
    for (id, node) in tree.nodes.iter().enumerate() {
        if node.kind == Kind::Element {
            verdicts[id] = by_tag(tree, id);
        }
    }
    verdict::inherit(tree, &mut verdicts);
    let prose = Prose::of(tree, &verdicts);
    let all = prose.size(tree, 0).max(1);
    let mut named = Vec::new();
    let mut shares: BTreeMap<Verdict, u32> = BTreeMap::new();
    let mut named_until = 0;
    for (id, node) in tree.nodes.iter().enumerate() {
        if node.kind != Kind::Element
            || verdicts[id] != Verdict::Kept
            || matches!(node.tag, Tag::Html | Tag::Body)
        {
            continue;
        }
        if id < named_until {
            continue;
        }
        if let Some(verdict) = by_name(tree, rules, id) {
            let own = prose.size(tree, id);
            if f64::from(own) < TOO_MUCH * f64::from(all) && (own < WRITTEN || holds_prose(verdict)) {
                named.push((id, verdict));
                *shares.entry(verdict).or_default() += own;
                named_until = node.end;
            }
        }
    }
    for (id, verdict) in named {
        if f64::from(shares[&verdict]) < TOO_MUCH_OF_A_KIND * f64::from(all) {
            verdicts[id] = verdict;
        }
    }
    verdict::inherit(tree, &mut verdicts);
    let prose = Prose::of(tree, &verdicts);
    let root = root(tree, &prose);
    let range = root..tree.nodes[root].end;
    for (id, verdict) in verdicts.iter_mut().enumerate() {
        if *verdict == Verdict::Kept && tree.nodes[id].kind != Kind::Element && !range.contains(&id) {
            *verdict = Verdict::Outside;
        }
    }
    super::clutter::remove(tree, rules, root, title, &mut verdicts);
    verdicts
}

fn by_tag(tree: &Tree<'_>, id: NodeId) -> Verdict {
    match tree.nodes[id].tag {
        Tag::Script | Tag::Style | Tag::Template | Tag::Noscript | Tag::Iframe | Tag::Svg => Verdict::Script,
        Tag::Title => Verdict::Title,
        Tag::Nav => Verdict::Navigation,
        Tag::Select | Tag::Button | Tag::Textarea | Tag::Option => Verdict::Form,
        Tag::Dialog => Verdict::Notice,
        _ => Verdict::Kept,
    }
}

/// Whether furniture of this kind may hold prose: teasers, comments, notes on the author.
fn holds_prose(verdict: Verdict) -> bool {
    matches!(
        verdict,
        Verdict::Related
            | Verdict::Comments
            | Verdict::Notice
            | Verdict::Author
            | Verdict::Footer
            | Verdict::Hidden
    )
}

fn is_hidden(tree: &Tree<'_>, id: NodeId) -> bool {
    if tree.raw_attribute(id, "hidden").is_some() || tree.raw_attribute(id, "aria-hidden") == Some("true") {
        return true;
    }
    tree.raw_attribute(id, "style").is_some_and(|style| {
        let style: String =
            style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
        style.contains("display:none") || style.contains("visibility:hidden")
    })
}

fn by_name(tree: &Tree<'_>, rules: &Rules, id: NodeId) -> Option<Verdict> {
    if is_hidden(tree, id) {
        return Some(Verdict::Hidden);
    }
    match tree.nodes[id].tag {
        Tag::Footer => return Some(Verdict::Footer),
        Tag::Aside => return Some(Verdict::Related),
        _ => {}
    }
    match tree.raw_attribute(id, "role") {
        Some("navigation" | "menu" | "menubar" | "banner" | "search") => return Some(Verdict::Navigation),
        Some("contentinfo") => return Some(Verdict::Footer),
        Some("complementary") => return Some(Verdict::Related),
        Some("dialog" | "alertdialog") => return Some(Verdict::Notice),
        _ => {}
    }
    rules.furniture(tree, id)
}

/// The element that holds the main text: from the document down as long as one child holds nearly
/// all of the prose.
fn root(tree: &Tree<'_>, prose: &Prose) -> NodeId {
    let mut at = 0;
    loop {
        let all = f64::from(prose.size(tree, at));
        let best = tree
            .children(at)
            .filter(|&id| tree.nodes[id].kind == Kind::Element)
            .max_by_key(|&id| (prose.size(tree, id), std::cmp::Reverse(id)));
        match best {
            Some(child)
                if all > 0.0
                    && f64::from(prose.size(tree, child)) >= DOMINANT * all
                    && tree.nodes[child].tag.is_block()
                    && tree.nodes[child].tag != Tag::P =>
            {
                at = child
            }
            _ => return at,
        }
    }
}
