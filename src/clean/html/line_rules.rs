//! What the words of a line say of it: labels, calls to share or subscribe, headings of tail parts,
//! notices on rights.

use super::rules::verdict_of;
use super::verdict::Verdict;
use crate::text::han::is_han;
use aho_corasick::{AhoCorasick, Anchored, Input, MatchKind, StartKind};
use serde::Deserialize;
use std::collections::HashSet;

const FILE: &str = "html_lines.toml";

#[derive(Deserialize)]
struct File {
    line: Vec<Line>,
    tail: Tail,
    legal: Legal,
}

#[derive(Deserialize)]
struct Line {
    kind: String,
    opens: Vec<String>,
}

#[derive(Deserialize)]
struct Legal {
    phrases: Vec<String>,
}

#[derive(Deserialize)]
struct Tail {
    headings: Vec<String>,
}

/// Compiled rules on lines.
pub struct LineRules {
    openings: AhoCorasick,
    opening_kinds: Vec<Verdict>,
    tail_headings: HashSet<String>,
    legal: AhoCorasick,
}

impl LineRules {
    pub fn builtin() -> Self {
        let file: File = crate::rules::parse(FILE);
        let (mut openings, mut opening_kinds) = (Vec::new(), Vec::new());
        for group in &file.line {
            let verdict = verdict_of(&group.kind);
            for opening in &group.opens {
                openings.push(opening.to_lowercase());
                opening_kinds.push(verdict);
            }
        }
        let openings = AhoCorasick::builder()
            .start_kind(StartKind::Anchored)
            .match_kind(MatchKind::LeftmostLongest)
            .build(openings)
            .unwrap_or_else(|error| panic!("rules/{FILE}: {error}"));
        let legal = AhoCorasick::new(file.legal.phrases.iter().map(|phrase| phrase.to_lowercase()))
            .unwrap_or_else(|error| panic!("rules/{FILE}: {error}"));
        let tail_headings = file.tail.headings.iter().map(|heading| heading.to_lowercase()).collect();
        LineRules { openings, opening_kinds, tail_headings, legal }
    }

    /// What a short line is by the words it opens with. `line` is in lower case.
    pub fn line(&self, line: &str) -> Option<Verdict> {
        let found = self.openings.find(Input::new(line).anchored(Anchored::Yes))?;
        let (before, after) = line.split_at(found.end());
        let cut = |c: char| c.is_alphanumeric() && !is_han(c);
        let inside_word =
            before.chars().next_back().is_some_and(cut) && after.chars().next().is_some_and(cut);
        (!inside_word).then(|| self.opening_kinds[found.pattern().as_usize()])
    }

    /// Whether a text holds a phrase of legal notices. `text` is in lower case.
    pub fn is_legal(&self, text: &str) -> bool {
        self.legal.is_match(text)
    }

    /// Whether a heading opens a part that isn't the article's own. `heading` is in lower case.
    pub fn opens_tail(&self, heading: &str) -> bool {
        self.tail_headings.contains(heading.trim_end_matches([':', '：', '?', '!', '.', '…']).trim())
    }
}
