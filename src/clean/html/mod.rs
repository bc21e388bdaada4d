//! HTML: from markup to a [`Page`].
//!
//! A page is parsed once ([`tree`]), its furniture is told from its text by rules on that tree, and
//! what is kept is cut into blocks ([`blocks`]). The parser is our own: html5ever keeps no byte
//! offsets, and provenance needs the place of every text in the source.

mod blocks;
mod element;
pub mod entity;
mod main_text;
mod measure;
mod token;
mod tree;
mod verdict;

use super::page::Page;
use crate::model::{Decoded, DumpKind};
use measure::Measure;
use std::collections::BTreeMap;
use tree::Tree;

/// Cleans a page of HTML.
pub fn clean(decoded: &Decoded, _rules: &super::Rules) -> Page {
    let tree = Tree::parse(&decoded.text);
    let verdicts = main_text::judge(&tree);
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
