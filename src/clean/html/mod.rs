//! HTML: from markup to a [`Page`].
//!
//! A page is parsed once ([`tree`]), its furniture is told from its text by rules on that tree, and
//! what is kept is cut into blocks ([`blocks`]). The parser is our own: html5ever keeps no byte
//! offsets, and provenance needs the place of every text in the source.

mod blocks;
mod clutter;
mod element;
pub mod entity;
mod main_text;
mod measure;
mod prose;
mod rules;
mod token;
mod tree;
#[allow(dead_code)]
mod verdict;

use super::page::Page;
use crate::model::{Decoded, DumpKind};
use measure::Measure;
pub use rules::Rules;
use std::collections::BTreeMap;
use tree::Tree;

/// Cleans a page of HTML.
pub fn clean(decoded: &Decoded, rules: &super::Rules) -> Page {
    let tree = Tree::parse(&decoded.text);
    let title = tree
        .find(0, |id| tree.nodes[id].tag == element::Tag::Title)
        .map(|id| tree.raw_text(id))
        .unwrap_or_default();
    let verdicts = main_text::judge(&tree, &rules.html, &title);
    let measure = Measure::of(&tree, |id| verdicts[id] == verdict::Verdict::Kept);
    let cut = blocks::cut(&tree, &verdicts, &measure, &BTreeMap::new());
    Page {
        dump_kind: DumpKind::News,
        title: decoded.hints.title.clone(),
        url: decoded.hints.url.clone(),
        published: decoded.hints.published.clone(),
        language: decoded.hints.language.clone(),
        blocks: cut.blocks,
        citations: Vec::new(),
        glosses: Vec::new(),
        removals: cut.removals,
        diagnostics: Vec::new(),
    }
}
