//! MediaWiki pages, by their own structure: any skin, Parsoid, mobile, saved copies and fragments.
//!
//! The classes of the software and of the great wikis' templates are far steadier than the look of
//! the pages, so nothing is guessed here: what a name says is believed, and all else below the
//! content element is the article.

use super::element::Tag;
use super::entity;
use super::main_text;
use super::names::names;
use super::tree::{Kind, NodeId, Tree};
use super::verdict::{self, Verdict};
use super::wiki_names::WikiNames;
use super::wiki_refs;
use crate::clean;
use crate::clean::headings::{self, Tail};
use crate::model::{Block, Citation};
use std::collections::{BTreeMap, BTreeSet};

/// What the structure of a wiki page says of its nodes.
pub struct WikiPage {
    /// Inherited.
    pub verdicts: Vec<Verdict>,
    /// The entry that each footnote marker refers to.
    pub marks: BTreeMap<NodeId, String>,
    /// Elements whose class makes them a block of a kind.
    pub blocks: BTreeMap<NodeId, Block>,
    pub citations: Vec<Citation>,
    /// Text of the first heading, empty where there is none.
    pub title: String,
}

/// Whether MediaWiki made this page.
pub fn is_wiki(tree: &Tree<'_>, rules: &WikiNames) -> bool {
    let (mut marks, mut signs) = (BTreeSet::new(), BTreeSet::new());
    for (id, node) in tree.nodes.iter().enumerate() {
        if node.kind != Kind::Element {
            continue;
        }
        let is_generator = node.tag == Tag::Meta && tree.raw_attribute(id, "name") == Some("generator");
        if is_generator
            && tree.raw_attribute(id, "content").is_some_and(|made_by| made_by.starts_with("MediaWiki"))
        {
            return true;
        }
        for name in names(tree, id) {
            if rules.proofs.contains(name) {
                return true;
            }
            marks.extend(rules.marks.get(name));
            signs.extend(rules.signs.get(name));
        }
    }
    !marks.is_empty() && marks.len() + signs.len() >= 2
}

/// Judges every node of a wiki page.
pub fn read(tree: &Tree<'_>, rules: &clean::Rules) -> WikiPage {
    let (all, rules) = (rules, &rules.html.mediawiki);
    let root = root(tree, rules);
    let mut page = WikiPage {
        verdicts: verdict::all_kept(tree),
        marks: BTreeMap::new(),
        blocks: BTreeMap::new(),
        citations: Vec::new(),
        title: String::new(),
    };
    let content = root..tree.nodes[root].end;
    let mut until = 0;
    for (id, node) in tree.nodes.iter().enumerate() {
        match node.kind {
            Kind::Element if id >= until && !holds(tree, id, root) => {
                page.verdicts[id] = judge(tree, rules, id, &mut page);
                if page.verdicts[id] != Verdict::Kept {
                    until = node.end;
                }
            }
            Kind::Text if id >= until && !content.contains(&id) => page.verdicts[id] = Verdict::Interface,
            _ => {}
        }
    }
    verdict::inherit(tree, &mut page.verdicts);
    tails(tree, &all.headings, root, &mut page.verdicts);
    let (citations, marks) = wiki_refs::read(tree, all, &page.verdicts);
    page.citations = citations;
    page.marks = marks;
    page
}

/// Sections after the body: what stands under their headings is no text of the article.
fn tails(tree: &Tree<'_>, rules: &headings::Rules, root: NodeId, verdicts: &mut [Verdict]) {
    let mut tail: Option<(u8, Verdict)> = None;
    let mut until = root;
    for id in root..tree.nodes[root].end {
        let node = &tree.nodes[id];
        if id < until || verdicts[id] != Verdict::Kept {
            continue;
        }
        let level = node.tag.heading_level();
        if level > 0 {
            until = node.end;
            let opens = rules.tail(&heading(tree, verdicts, id)).map(|tail| (level, tail_verdict(tail)));
            let goes_on = tail.is_some_and(|(above, _)| level > above);
            tail = if goes_on { tail } else { opens };
        } else if let Some((_, verdict)) = tail {
            verdicts[id] = verdict;
        }
    }
}

/// The text of a heading without its edit label.
fn heading(tree: &Tree<'_>, verdicts: &[Verdict], id: NodeId) -> String {
    let kept = |&at: &NodeId| tree.nodes[at].kind == Kind::Text && verdicts[at] == Verdict::Kept;
    let texts =
        tree.below(id).filter(kept).map(|at| entity::decode(tree.nodes[at].span.of(tree.source), false));
    texts.collect::<String>().trim().to_owned()
}

fn tail_verdict(tail: Tail) -> Verdict {
    match tail {
        Tail::References | Tail::Notes => Verdict::ReferenceList,
        Tail::SeeAlso => Verdict::SeeAlso,
        Tail::ExternalLinks => Verdict::ExternalLinks,
        Tail::FurtherReading => Verdict::FurtherReading,
    }
}

/// Whether `id` is above `root` or `root` itself.
fn holds(tree: &Tree<'_>, id: NodeId, root: NodeId) -> bool {
    id <= root && root < tree.nodes[id].end
}

fn judge(tree: &Tree<'_>, rules: &WikiNames, id: NodeId, page: &mut WikiPage) -> Verdict {
    let node = &tree.nodes[id];
    match node.tag {
        Tag::Script | Tag::Style | Tag::Template | Tag::Noscript | Tag::Iframe => return Verdict::Script,
        Tag::Title => return Verdict::Title,
        Tag::Input | Tag::Select | Tag::Button | Tag::Form => return Verdict::Form,
        Tag::H1 => {
            if page.title.is_empty() {
                page.title = tree.text(id);
            }
            return Verdict::Title;
        }
        Tag::Other if tree.name(id).eq_ignore_ascii_case("annotation") => return Verdict::Hidden,
        _ => {}
    }
    if rules.is(&rules.headings, tree, id) && node.tag != Tag::H2 {
        if page.title.is_empty() {
            page.title = tree.text(id);
        }
        return Verdict::Title;
    }
    if rules.is(&rules.reference_lists, tree, id) && !node.tag.is_heading() {
        return Verdict::ReferenceList;
    }
    if matches!(node.tag, Tag::Sup | Tag::Span) && rules.is(&rules.markers, tree, id) {
        return Verdict::FootnoteMarker;
    }
    if let Some(verdict) = rules.part(tree, id) {
        return verdict;
    }
    if rules.is(&rules.captions, tree, id) {
        page.blocks.insert(id, Block::Caption);
    }
    let style = tree.raw_attribute(id, "style").unwrap_or("");
    let hidden = style.contains("display:none") || style.contains("display: none");
    if hidden && matches!(node.tag, Tag::Span | Tag::Sup | Tag::Div | Tag::P) {
        Verdict::Hidden
    } else {
        Verdict::Kept
    }
}

/// The element that holds the article: of the surest name found, the one with most nodes; without
/// such a name, as on mirrors, the one that holds nearly all prose.
fn root(tree: &Tree<'_>, rules: &WikiNames) -> NodeId {
    let rank = |id: NodeId| {
        names(tree, id).filter_map(|name| rules.roots.iter().position(|root| root == name)).min()
    };
    let size = |id: NodeId| tree.nodes[id].end - id;
    let elements = (1..tree.nodes.len()).filter(|&id| tree.nodes[id].kind == Kind::Element);
    let ranked = elements.filter_map(|id| Some((rank(id)?, std::cmp::Reverse(size(id)), id)));
    ranked.min().map_or_else(|| main_text::densest(tree), |(.., id)| id)
}
