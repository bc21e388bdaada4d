//! Names of classes and ids on MediaWiki pages, whole names from `rules/html_mediawiki.toml`.

use super::names::names;
use super::rules::verdict_of;
use super::tree::{NodeId, Tree};
use super::verdict::Verdict;
use serde::Deserialize;
use std::collections::{HashMap, HashSet};

#[derive(Deserialize)]
struct File {
    proofs: HashSet<String>,
    marks: HashSet<String>,
    signs: HashSet<String>,
    roots: Vec<String>,
    captions: HashSet<String>,
    headings: HashSet<String>,
    reference_lists: HashSet<String>,
    backlinks: HashSet<String>,
    markers: HashSet<String>,
    part: Vec<Part>,
}

#[derive(Deserialize)]
struct Part {
    kind: String,
    names: Vec<String>,
}

/// Names of classes and ids on MediaWiki pages.
pub struct WikiNames {
    pub proofs: HashSet<String>,
    pub marks: HashSet<String>,
    pub signs: HashSet<String>,
    /// The surest first.
    pub roots: Vec<String>,
    pub captions: HashSet<String>,
    pub headings: HashSet<String>,
    pub reference_lists: HashSet<String>,
    pub backlinks: HashSet<String>,
    pub markers: HashSet<String>,
    parts: HashMap<String, Verdict>,
}

impl WikiNames {
    /// Whether a class or the id of an element is one of `set`.
    pub fn is(&self, set: &HashSet<String>, tree: &Tree<'_>, id: NodeId) -> bool {
        names(tree, id).any(|name| set.contains(name))
    }

    /// What the classes and the id of an element say it is; the most telling of them counts.
    pub fn part(&self, tree: &Tree<'_>, id: NodeId) -> Option<Verdict> {
        names(tree, id).filter_map(|name| self.parts.get(name).copied()).min()
    }

    pub fn builtin() -> Self {
        let file: File = crate::rules::parse("html_mediawiki.toml");
        let mut parts = HashMap::new();
        for part in &file.part {
            let verdict = verdict_of(&part.kind);
            parts.extend(part.names.iter().map(|name| (name.clone(), verdict)));
        }
        let File {
            proofs, marks, signs, roots, captions, headings, reference_lists, backlinks, markers, ..
        } = file;
        WikiNames {
            proofs,
            marks,
            signs,
            roots,
            captions,
            headings,
            reference_lists,
            backlinks,
            markers,
            parts,
        }
    }
}
