//! Furniture that tags and names declare: menus, footers, share bars, notices, comment threads.
//!
//! Names lie often enough — a forum calls its posts comments, a page hides its text until a script
//! runs — so a part that holds much of the page's prose is not believed to be furniture, save for a
//! few names that are never wrong.

use super::element::Tag;
use super::names::Facts;
use super::prose::Prose;
use super::tree::{Kind, NodeId, Tree};
use super::verdict::{self, Verdict};
use std::collections::BTreeMap;

/// Share of a page's prose above which a part is not believed to be furniture.
const TOO_MUCH: f64 = 0.4;
/// The same for all parts of one kind together: on a forum the comments are the page.
const TOO_MUCH_OF_A_KIND: f64 = 0.6;
/// Letters of prose above which a part named as a menu, a byline or a form is not believed to be one.
const WRITTEN: u32 = 400;
/// Share of a page's text below which a form is a form and not the page's frame.
const SMALL_FORM: f64 = 0.3;
/// Share of a page's prose that a form may hold for all that.
const PROSE_IN_FORM: f64 = 0.15;

/// Takes out what tags and names declare to be furniture; on a forum, comments are none. Verdicts are inherited after.
pub fn remove(tree: &Tree<'_>, facts: &[Facts], forum: bool, verdicts: &mut [Verdict]) {
    for id in elements(tree) {
        verdicts[id] = by_tag(tree, id);
        if verdicts[id] == Verdict::Kept && facts[id].sure && !is_page(tree, id) {
            verdicts[id] = Verdict::Notice;
        }
    }
    verdict::inherit(tree, verdicts);
    by_names(tree, facts, forum, verdicts);
    verdict::inherit(tree, verdicts);
}

fn elements<'t>(tree: &'t Tree<'t>) -> impl Iterator<Item = NodeId> + 't {
    (1..tree.nodes.len()).filter(|&id| tree.nodes[id].kind == Kind::Element)
}

/// Whether an element stands for the page as a whole.
fn is_page(tree: &Tree<'_>, id: NodeId) -> bool {
    matches!(tree.nodes[id].tag, Tag::Html | Tag::Body)
}

fn by_names(tree: &Tree<'_>, facts: &[Facts], forum: bool, verdicts: &mut [Verdict]) {
    let prose = Prose::of(tree, verdicts);
    let all = f64::from(prose.size(tree, 0).max(1));
    let all_text = prose.measure.size(tree, 0).text;
    let mut named = Vec::new();
    let mut share: BTreeMap<Verdict, u32> = BTreeMap::new();
    let mut until = 0;
    for id in elements(tree) {
        if id < until || verdicts[id] != Verdict::Kept || is_page(tree, id) {
            continue;
        }
        let text = prose.measure.size(tree, id).text;
        let form = tree.nodes[id].tag == Tag::Form
            && f64::from(text) < SMALL_FORM * f64::from(all_text)
            && f64::from(prose.size(tree, id)) < PROSE_IN_FORM * all;
        let Some(verdict) = (if form { Some(Verdict::Form) } else { by_name(tree, facts, id) }) else {
            continue;
        };
        let own = prose.size(tree, id);
        let too_much = if verdict == Verdict::Footer { TOO_MUCH_OF_A_KIND } else { TOO_MUCH };
        let believed = f64::from(own) < too_much * all && (own < WRITTEN || holds_prose(verdict));
        if believed && !(forum && verdict == Verdict::Comments) {
            named.push((id, verdict));
            *share.entry(verdict).or_default() += own;
            until = tree.nodes[id].end;
        }
    }
    for (id, verdict) in named {
        if f64::from(share[&verdict]) < TOO_MUCH_OF_A_KIND * all {
            verdicts[id] = verdict;
        }
    }
}

fn by_tag(tree: &Tree<'_>, id: NodeId) -> Verdict {
    match tree.nodes[id].tag {
        Tag::Script | Tag::Style | Tag::Template | Tag::Iframe | Tag::Svg => Verdict::Script,
        Tag::Title => Verdict::Title,
        Tag::Button if tree.nodes[tree.nodes[id].parent].tag.is_heading() => Verdict::Kept,
        Tag::Select | Tag::Button | Tag::Textarea | Tag::Option | Tag::Label => Verdict::Form,
        Tag::Dialog => Verdict::Notice,
        _ => Verdict::Kept,
    }
}

/// Whether furniture of this kind may hold prose: teasers, comments, notes on the author.
fn holds_prose(verdict: Verdict) -> bool {
    use Verdict::*;
    matches!(verdict, Related | Comments | Notice | Author | Footer | Hidden | Script)
}

fn by_name(tree: &Tree<'_>, facts: &[Facts], id: NodeId) -> Option<Verdict> {
    if is_hidden(tree, id) && !unfolds(tree, facts, id) {
        return Some(Verdict::Hidden);
    }
    match tree.nodes[id].tag {
        Tag::Nav => return Some(Verdict::Navigation),
        Tag::Footer => return Some(Verdict::Footer),
        Tag::Aside => return Some(Verdict::Related),
        Tag::Noscript => return Some(Verdict::Script),
        _ => {}
    }
    match tree.raw_attribute(id, "role") {
        Some("navigation" | "menu" | "menubar" | "banner" | "search") => return Some(Verdict::Navigation),
        Some("contentinfo") => return Some(Verdict::Footer),
        Some("complementary") => return Some(Verdict::Related),
        Some("dialog" | "alertdialog") => return Some(Verdict::Notice),
        _ => {}
    }
    let unfolded = facts[id].furniture == Some(Verdict::Hidden) && unfolds(tree, facts, id);
    facts[id].furniture.filter(|_| !unfolded)
}

/// Whether an element, or one of those around it, is shown when a reader asks.
fn unfolds(tree: &Tree<'_>, facts: &[Facts], id: NodeId) -> bool {
    let mut at = id;
    (0..4).any(|_| {
        let unfolds = facts[at].unfolds;
        at = tree.nodes[at].parent;
        unfolds
    })
}

fn is_hidden(tree: &Tree<'_>, id: NodeId) -> bool {
    if tree.raw_attribute(id, "hidden").is_some() || tree.raw_attribute(id, "aria-hidden") == Some("true") {
        return true;
    }
    tree.raw_attribute(id, "style").is_some_and(|style| {
        let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
        let style = style.to_ascii_lowercase();
        style.contains("display:none") || style.contains("visibility:hidden")
    })
}
