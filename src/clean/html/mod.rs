//! HTML: from markup to a [`Page`].
//!
//! A page is parsed once ([`tree`]), its furniture is told from its text by rules on that tree, and
//! what is kept is cut into blocks ([`blocks`]). The parser is our own: html5ever keeps no byte
//! offsets, and provenance needs the place of every text in the source.

mod blocks;
mod brackets;
mod builder;
#[cfg(test)]
mod cases;
mod clutter;
mod dateline;
mod element;
pub mod entity;
pub mod fragment;
mod furniture;
mod line_rules;
mod lines;
mod main_text;
mod measure;
mod metadata;
mod names;
mod prose;
mod rules;
#[cfg(test)]
mod tests;
mod token;
mod tree;
mod verdict;
mod wiki;
mod wiki_names;
mod wiki_refs;

use super::page::Page;
use crate::model::{Decoded, DumpKind};
use blocks::Blocks;
use measure::Measure;
use metadata::Metadata;
pub use rules::Rules;
use std::collections::BTreeMap;
use tree::Tree;
use verdict::Verdict;

/// Cleans a page of HTML.
pub fn clean(decoded: &Decoded, rules: &super::Rules) -> Page {
    let tree = Tree::parse(&decoded.text);
    let metadata = Metadata::read(&tree, decoded);
    if wiki::is_wiki(&tree, &rules.html.mediawiki) {
        wiki_page(&tree, rules, metadata)
    } else {
        other_page(&tree, rules, metadata)
    }
}

fn wiki_page(tree: &Tree<'_>, rules: &super::Rules, metadata: Metadata) -> Page {
    let found = wiki::read(tree, rules);
    let measure = Measure::of(tree, |id| found.verdicts[id] == Verdict::Kept);
    let mut cut = blocks::cut(tree, &found.verdicts, &measure, &found.marks, &found.blocks);
    brackets::remove(tree, &rules.furniture, &mut cut);
    let mut page = page(DumpKind::WikiHtml, cut, metadata);
    page.citations = found.citations;
    // The date that wikis give is that of the page's creation, not of what it says.
    page.published.clear();
    page.title = if found.title.is_empty() { metadata::without_site(&page.title) } else { found.title };
    page
}

fn other_page(tree: &Tree<'_>, rules: &super::Rules, mut metadata: Metadata) -> Page {
    let (verdicts, captions) = main_text::judge(tree, &rules.html, &metadata.title);
    if metadata.published.is_empty()
        && let Some((line, at)) = dateline::find(tree, &verdicts)
    {
        metadata.set_published(line, at);
    }
    let measure = Measure::of(tree, |id| verdicts[id] == Verdict::Kept);
    let mut cut = blocks::cut(tree, &verdicts, &measure, &BTreeMap::new(), &captions);
    brackets::remove(tree, &rules.furniture, &mut cut);
    page(DumpKind::News, cut, metadata)
}

fn page(dump_kind: DumpKind, mut cut: Blocks, metadata: Metadata) -> Page {
    blocks::level(&mut cut.blocks);
    Page {
        dump_kind,
        title: metadata.title,
        url: metadata.url,
        published: metadata.published,
        language: metadata.language,
        blocks: cut.blocks,
        citations: Vec::new(),
        glosses: Vec::new(),
        removals: cut.removals,
        diagnostics: metadata.diagnostics,
    }
}
