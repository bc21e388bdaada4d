//! The rules of `rules/html.toml`, compiled: words of class and id names that say what a part of a
//! page is.

use super::element::Tag;
use super::tree::{NodeId, Tree};
use super::verdict::Verdict;
use crate::text::han::is_han;
use aho_corasick::{AhoCorasick, Anchored, Input, MatchKind, StartKind};
use serde::Deserialize;
use std::collections::{HashMap, HashSet};

#[derive(Deserialize)]
struct File {
    sure: Names,
    buttons: Names,
    captions: Names,
    unfolding: Names,
    furniture: Vec<Furniture>,
    line: Vec<Line>,
    tail: Tail,
    legal: Legal,
    mediawiki: MediaWikiFile,
}

#[derive(Deserialize)]
struct MediaWikiFile {
    proofs: HashSet<String>,
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

#[derive(Deserialize)]
struct Names {
    words: Vec<String>,
}

#[derive(Deserialize)]
struct Furniture {
    kind: String,
    words: Vec<String>,
}

/// Compiled rules for HTML.
pub struct Rules {
    furniture: Phrases<Verdict>,
    sure: Phrases<()>,
    buttons: Phrases<()>,
    captions: Phrases<()>,
    unfolding: Phrases<()>,
    openings: AhoCorasick,
    opening_kinds: Vec<Verdict>,
    tail_headings: HashSet<String>,
    legal: AhoCorasick,
    pub mediawiki: MediaWiki,
}

/// Names of classes and ids on MediaWiki pages.
pub struct MediaWiki {
    pub proofs: HashSet<String>,
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

impl MediaWiki {
    /// Whether a class or the id of an element is one of `set`.
    pub fn is(&self, set: &HashSet<String>, tree: &Tree<'_>, id: NodeId) -> bool {
        names(tree, id).any(|name| set.contains(name))
    }

    /// What the classes and the id of an element say it is; the most telling of them counts.
    pub fn part(&self, tree: &Tree<'_>, id: NodeId) -> Option<Verdict> {
        names(tree, id).filter_map(|name| self.parts.get(name).copied()).min()
    }

    fn of(file: MediaWikiFile) -> MediaWiki {
        let mut parts = HashMap::new();
        for part in &file.part {
            let verdict = verdict_of(&part.kind);
            parts.extend(part.names.iter().map(|name| (name.clone(), verdict)));
        }
        let MediaWikiFile {
            proofs,
            signs,
            roots,
            captions,
            headings,
            reference_lists,
            backlinks,
            markers,
            ..
        } = file;
        MediaWiki { proofs, signs, roots, captions, headings, reference_lists, backlinks, markers, parts }
    }
}

impl Rules {
    pub fn builtin() -> Self {
        let file: File = crate::rules::parse("html.toml");
        let mut furniture = Phrases::default();
        for group in &file.furniture {
            let verdict = verdict_of(&group.kind);
            for words in &group.words {
                furniture.add(words, verdict);
            }
        }
        let [sure, unfolding, buttons, captions] =
            [&file.sure, &file.unfolding, &file.buttons, &file.captions].map(|names| {
                let mut phrases = Phrases::default();
                names.words.iter().for_each(|words| phrases.add(words, ()));
                phrases
            });
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
            .unwrap_or_else(|error| panic!("rules/html.toml: {error}"));
        let tail_headings = file.tail.headings.iter().map(|heading| heading.to_lowercase()).collect();
        let legal = AhoCorasick::new(file.legal.phrases.iter().map(|phrase| phrase.to_lowercase()))
            .unwrap_or_else(|error| panic!("rules/html.toml: {error}"));
        let mediawiki = MediaWiki::of(file.mediawiki);
        Rules {
            furniture,
            sure,
            buttons,
            captions,
            unfolding,
            openings,
            opening_kinds,
            tail_headings,
            legal,
            mediawiki,
        }
    }

    /// What the names of an element say it is, where they name furniture.
    pub fn furniture(&self, tree: &Tree<'_>, id: NodeId) -> Option<Verdict> {
        let tag = tree.nodes[id].tag;
        if tag == Tag::A && tree.classes(id).any(|name| self.buttons.find(name).is_some()) {
            return Some(Verdict::Form);
        }
        // The id of a heading repeats its words and says nothing of what it is.
        let named_by_class =
            tag.is_heading().then(|| tree.classes(id).find_map(|name| self.furniture.find(name)));
        named_by_class.unwrap_or_else(|| names(tree, id).find_map(|name| self.furniture.find(name)))
    }

    /// Whether the names of an element are such that it is furniture whatever it holds.
    pub fn is_sure(&self, tree: &Tree<'_>, id: NodeId) -> bool {
        names(tree, id).any(|name| self.sure.find(name).is_some())
    }

    /// Whether the classes of an element say that it is the caption of a picture.
    pub fn is_caption(&self, tree: &Tree<'_>, id: NodeId) -> bool {
        tree.classes(id).any(|name| self.captions.find(name).is_some())
    }

    /// Whether an element that is hidden, or one of those around it, is shown when a reader asks.
    pub fn unfolds(&self, tree: &Tree<'_>, id: NodeId) -> bool {
        let mut at = id;
        (0..4).any(|_| {
            let unfolds = names(tree, at).any(|name| self.unfolding.find(name).is_some());
            at = tree.nodes[at].parent;
            unfolds
        })
    }
}

impl Rules {
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

pub fn names<'a>(tree: &Tree<'a>, id: NodeId) -> impl Iterator<Item = &'a str> + use<'a> {
    let id_name = tree.raw_attribute(id, "id").unwrap_or("");
    tree.classes(id).chain(id_name.split_ascii_whitespace())
}

fn verdict_of(kind: &str) -> Verdict {
    match kind {
        "navigation" => Verdict::Navigation,
        "footer" => Verdict::Footer,
        "share" => Verdict::Share,
        "related" => Verdict::Related,
        "comments" => Verdict::Comments,
        "notice" => Verdict::Notice,
        "byline" => Verdict::Byline,
        "author" => Verdict::Author,
        "credit" => Verdict::Credit,
        "form" => Verdict::Form,
        "hidden" => Verdict::Hidden,
        "edit_label" => Verdict::EditLabel,
        "footnote_marker" => Verdict::FootnoteMarker,
        "cite_error" => Verdict::CiteError,
        "hatnote" => Verdict::Hatnote,
        "navbox" => Verdict::Navbox,
        "message_box" => Verdict::MessageBox,
        "infobox" => Verdict::Infobox,
        "contents" => Verdict::Contents,
        "category" => Verdict::Category,
        "interface" => Verdict::Interface,
        "wiki_footer" => Verdict::WikiFooter,
        _ => panic!("rules/html.toml: no kind of furniture is called {kind}"),
    }
}

/// Sequences of words with a value each, found at any word of a name.
struct Phrases<T> {
    by_first: HashMap<String, Vec<(Vec<String>, T)>>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Phrases { by_first: HashMap::new() }
    }
}

impl<T: Copy> Phrases<T> {
    fn add(&mut self, phrase: &str, value: T) {
        let mut words = phrase.split(' ').map(str::to_owned);
        if let Some(first) = words.next() {
            self.by_first.entry(first).or_default().push((words.collect(), value));
        }
    }

    /// The value of the first phrase in `name`; the longest where several begin at one word.
    fn find(&self, name: &str) -> Option<T> {
        let words = words(name);
        (0..words.len()).find_map(|at| {
            let candidates = self.by_first.get(&words[at])?;
            candidates
                .iter()
                .filter(|(rest, _)| words[at + 1..].starts_with(rest))
                .max_by_key(|(rest, _)| rest.len())
                .map(|&(_, value)| value)
        })
    }
}

/// Longest name that is looked into, in bytes; longer ones are generated and say nothing.
const LONGEST_NAME: usize = 80;

/// Most capitals of a name that a person wrote.
const MOST_CAPITALS: usize = 5;

/// The words of a name such as `post-related`, `relatedPosts` or `author_bio`, in lower case.
fn words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut after_small = false;
    // Names made by a machine mix capitals at random.
    let splits = name.chars().filter(|c| c.is_uppercase()).count() <= MOST_CAPITALS;
    for c in name.chars().take(LONGEST_NAME) {
        let starts = c.is_uppercase() && after_small && splits;
        if (starts || !c.is_alphanumeric()) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
        after_small = c.is_lowercase() || c.is_ascii_digit();
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_into_words() {
        assert_eq!(words("post-relatedPosts__list"), ["post", "related", "posts", "list"]);
        let rules = Rules::builtin();
        let says = |markup: &str| rules.furniture(&Tree::parse(markup), 1);
        assert_eq!(says("<div class='x post-related'>"), Some(Verdict::Related));
        assert_eq!(says("<div id=authorBio>"), Some(Verdict::Author));
        assert_eq!(says("<div class='relatedness'>"), None);
    }
}
