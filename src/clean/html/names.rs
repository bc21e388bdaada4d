//! What the class and id names of an element say it is, by the words of `rules/html.toml`.

use super::element::Tag;
use super::rules::verdict_of;
use super::tree::{Kind, Node, NodeId, Tree};
use super::verdict::Verdict;
use serde::Deserialize;
use std::collections::HashMap;

#[derive(Deserialize)]
struct File {
    sure: Words,
    buttons: Words,
    captions: Words,
    unfolding: Words,
    forum: Forum,
    furniture: Vec<Furniture>,
}

#[derive(Deserialize)]
struct Forum {
    words: Vec<String>,
    types: Vec<String>,
}

#[derive(Deserialize)]
struct Words {
    words: Vec<String>,
}

#[derive(Deserialize)]
struct Furniture {
    kind: String,
    words: Vec<String>,
}

/// What names say of an element.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Facts {
    /// The kind of furniture that they name.
    pub furniture: Option<Verdict>,
    /// It is furniture whatever it holds.
    pub sure: bool,
    /// What is hidden in it is shown when a reader asks.
    pub unfolds: bool,
    pub button: bool,
    /// Of a page: it is a forum.
    pub forum: bool,
    /// It is the caption of a picture.
    pub caption: bool,
}

impl Facts {
    /// Adds what a further name says; the first kind of furniture stays.
    fn add(&mut self, other: Facts) {
        self.furniture = self.furniture.or(other.furniture);
        self.sure |= other.sure;
        self.unfolds |= other.unfolds;
        self.button |= other.button;
        self.forum |= other.forum;
        self.caption |= other.caption;
    }
}

#[derive(Debug, Clone, Copy)]
enum Meaning {
    Furniture(Verdict),
    Sure,
    Unfolds,
    Button,
    Forum,
    Caption,
}

/// Words of a name and what they mean.
struct Phrase {
    /// The words after the first.
    rest: Vec<String>,
    /// They have to be the whole name.
    whole: bool,
    meaning: Meaning,
}

impl Phrase {
    /// Whether the phrase stands at word `at`, its first word, of `words`.
    fn fits(&self, words: &[String], at: usize) -> bool {
        let alone = at == 0 && words.len() == self.rest.len() + 1;
        words[at + 1..].starts_with(&self.rest) && (alone || !self.whole)
    }
}

/// Compiled rules on names.
pub struct NameRules {
    /// The meanings of phrases by their first word, with the words that follow it.
    by_first: HashMap<String, Vec<Phrase>>,
    /// Types of structured data that forums give.
    forum_types: Vec<String>,
}

impl NameRules {
    pub fn builtin() -> Self {
        let file: File = crate::rules::parse("html.toml");
        let mut rules = NameRules { by_first: HashMap::new(), forum_types: file.forum.types };
        for group in &file.furniture {
            rules.add(&group.words, Meaning::Furniture(verdict_of(&group.kind)));
        }
        rules.add(&file.sure.words, Meaning::Sure);
        rules.add(&file.unfolding.words, Meaning::Unfolds);
        rules.add(&file.buttons.words, Meaning::Button);
        rules.add(&file.forum.words, Meaning::Forum);
        rules.add(&file.captions.words, Meaning::Caption);
        rules
    }

    fn add(&mut self, phrases: &[String], meaning: Meaning) {
        for phrase in phrases {
            let whole = phrase.starts_with('=');
            let mut words = phrase.trim_start_matches('=').split(' ').map(str::to_owned);
            if let Some(first) = words.next() {
                let phrase = Phrase { rest: words.collect(), whole, meaning };
                self.by_first.entry(first).or_default().push(phrase);
            }
        }
    }

    /// What the names of each element of a page say. The id of a heading repeats its words and the id
    /// of a link its target, so that these count by their classes alone.
    pub fn facts(&self, tree: &Tree<'_>) -> Vec<Facts> {
        let mut known: HashMap<&str, Facts> = HashMap::new();
        let mut facts = vec![Facts::default(); tree.nodes.len()];
        for (id, node) in tree.nodes.iter().enumerate().filter(|(_, node)| node.kind == Kind::Element) {
            let mut look = |name| facts[id].add(*known.entry(name).or_insert_with(|| self.of_name(name)));
            tree.classes(id).for_each(&mut look);
            if !node.tag.is_heading() {
                tree.raw_attribute(id, "id").unwrap_or("").split_ascii_whitespace().for_each(look);
            }
            if node.tag == Tag::A && facts[id].button {
                facts[id].furniture = Some(Verdict::Form);
            }
        }
        facts
    }

    /// Whether the page is a forum, by the names of the page itself or its structured data.
    pub fn is_forum(&self, tree: &Tree<'_>, facts: &[Facts]) -> bool {
        let whole = |node: &Node| matches!(node.tag, Tag::Html | Tag::Body);
        let named = tree.nodes.iter().zip(facts).any(|(node, facts)| whole(node) && facts.forum);
        let has = |kind: &String| memchr::memmem::find(tree.source.as_bytes(), kind.as_bytes()).is_some();
        named || self.forum_types.iter().any(has)
    }

    /// What one name says. Of phrases for furniture the first counts, and the longest that begins there.
    fn of_name(&self, name: &str) -> Facts {
        let words = words(name);
        let mut facts = Facts::default();
        for at in 0..words.len() {
            let Some(phrases) = self.by_first.get(&words[at]) else { continue };
            let mut longest = 0;
            let mut here = None;
            for phrase in phrases.iter().filter(|phrase| phrase.fits(&words, at)) {
                match phrase.meaning {
                    Meaning::Furniture(verdict) if here.is_none() || phrase.rest.len() >= longest => {
                        longest = phrase.rest.len();
                        here = Some(verdict);
                    }
                    Meaning::Furniture(_) => {}
                    Meaning::Sure => facts.sure = true,
                    Meaning::Unfolds => facts.unfolds = true,
                    Meaning::Button => facts.button = true,
                    Meaning::Forum => facts.forum = true,
                    Meaning::Caption => facts.caption = true,
                }
            }
            facts.furniture = facts.furniture.or(here);
        }
        facts
    }
}

/// The classes and the id of an element.
pub fn names<'a>(tree: &Tree<'a>, id: NodeId) -> impl Iterator<Item = &'a str> + use<'a> {
    let id_name = tree.raw_attribute(id, "id").unwrap_or("");
    tree.classes(id).chain(id_name.split_ascii_whitespace())
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
        let rules = NameRules::builtin();
        let says = |markup: &str| rules.facts(&Tree::parse(markup))[1].furniture;
        assert_eq!(says("<div class='x post-related'>"), Some(Verdict::Related));
        assert_eq!(says("<div id=authorBio>"), Some(Verdict::Author));
        assert_eq!(says("<div class='relatedness'>"), None);
        assert_eq!(says("<h2 id=the-related-costs>"), None);
        assert_eq!(says("<a class='btn btn-big'>"), Some(Verdict::Form));
    }
}
