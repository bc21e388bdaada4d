//! Glosses: tool-tips of links that stand in the text after the words of their link.
//!
//! The general shape is a line of its own that begins with the anchor, goes on with an explanation and
//! breaks off in dots. Where the anchor ends is told from the explanation: it names the anchor again,
//! or shares its last or first word, or opens with an article. A line that merely trails off has none
//! of these and stays.

use super::draft::{Draft, Role};
use crate::model::{Gloss, Span};
use aho_corasick::{AhoCorasick, MatchKind};
use serde::Deserialize;
use std::collections::{BTreeMap, HashSet};

/// Words of `rules/glosses.toml`.
pub struct Rules {
    tails: Vec<String>,
    articles: Vec<String>,
    /// Words that explain, without the blanks around them.
    cue_words: HashSet<String>,
    /// Finds what explains: the words, and brackets.
    explains: AhoCorasick,
    /// Finds what ends the name in an explanation: the same, and other marks.
    stops: AhoCorasick,
    /// Label in lower case and language code, the longest label first.
    labels: Vec<(String, String)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    tails: Vec<String>,
    articles: Vec<String>,
    cues: Vec<String>,
    labels: BTreeMap<String, Vec<String>>,
}

impl Rules {
    pub fn builtin() -> Self {
        let file: File = crate::rules::parse("glosses.toml");
        let labels = file.labels.into_iter();
        let mut labels: Vec<(String, String)> = labels
            .flat_map(|(code, labels)| labels.into_iter().map(move |label| (label, code.clone())))
            .collect();
        labels.sort_by_key(|(label, _)| (std::cmp::Reverse(label.len()), label.clone()));
        let finder = |marks: &[&str]| {
            let found = file.cues.iter().map(String::as_str).chain(marks.iter().copied());
            AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(found).expect("words of a list")
        };
        Rules {
            explains: finder(&["("]),
            stops: finder(&["(", ",", ";", ":"]),
            cue_words: file.cues.iter().map(|cue| cue.trim().to_owned()).collect(),
            tails: file.tails,
            articles: file.articles,
            labels,
        }
    }
}

/// Glosses are cut off near this length; a longer line is a paragraph.
const LONGEST: usize = 900;
/// Words of the longest anchor.
const LONGEST_ANCHOR: usize = 12;

/// Marks the lines that are glosses and keeps what they tell.
pub(super) fn mark(draft: &mut Draft) {
    let rules = &draft.rules.glosses;
    for i in 0..draft.lines.len() {
        let line = draft.line(i);
        if !draft.is_text(i)
            || line.len() > LONGEST
            || !rules.tails.iter().any(|tail| line.ends_with(tail.as_str()))
        {
            continue;
        }
        if let Some(anchor) = anchor(line, rules) {
            let start = draft.lines[i].span.start;
            let anchor_end = start + line[..anchor].trim_end().len();
            draft.roles[i] = Role::Gloss { anchor_end };
            draft.cut(Span::new(anchor_end, draft.lines[i].span.end), "gloss", "tool-tip");
            draft.glosses.push(read(
                &line[..anchor],
                &line[anchor..],
                Span::new(start, draft.lines[i].span.end),
                rules,
            ));
            draft.mirrored = true;
        }
    }
}

/// A word of the line with where it stands.
struct Word<'a> {
    at: usize,
    text: &'a str,
    /// Without marks around it, in lower case.
    bare: String,
    /// An article with a capital letter, which opens an explanation.
    article: bool,
    /// A word that explains.
    cue: bool,
}

/// Bytes of the anchor that begins the line, if the rest explains it.
fn anchor(line: &str, rules: &Rules) -> Option<usize> {
    let mut words = Vec::new();
    let mut at = 0;
    for word in line.split_inclusive(' ').take(LONGEST_ANCHOR * 3) {
        if !word.trim().is_empty() {
            let (text, bare) = (word.trim_end(), bare(word));
            let article = rules.articles.contains(&bare) && text.starts_with(char::is_uppercase);
            let cue = rules.cue_words.contains(text);
            words.push(Word { at, text, bare, article, cue });
        }
        at += word.len();
    }
    let explains = |at: usize| {
        let end = (at + 260).min(line.len());
        let end = (0..=end).rev().find(|&end| line.is_char_boundary(end)).unwrap_or(0);
        line.get(at..end).is_some_and(|head| rules.explains.is_match(head))
    };
    let mut best: Option<(u32, usize)> = None;
    for k in 1..words.len().min(LONGEST_ANCHOR + 1) {
        let score = score(&words, k, line);
        if score > 0 && explains(words[k].at) && best.is_none_or(|(other, _)| score > other) {
            best = Some((score, words[k].at));
        }
    }
    best.map(|(_, at)| at)
}

/// How well the words from `k` on explain those before: 0 for not at all.
fn score(words: &[Word], k: usize, line: &str) -> u32 {
    let rest = &line[words[k].at..];
    if is_parameter(rest) {
        return 400;
    }
    let article = words[k].article;
    let from = k + usize::from(article);
    let Some(first) = words.get(from) else { return 0 };
    let opens = words[k].text.trim_start_matches(['\'', '"', '“', '«', '(']).chars().next();
    if !opens.is_some_and(|c| {
        c.is_uppercase()
            || c.is_ascii_digit()
            || !c.is_alphabetic()
            || (c.is_lowercase() && same(&words[0].bare, &first.bare))
    }) {
        return 0;
    }
    let anchor = &words[..k];
    let again = anchor.iter().zip(&words[from..]).take_while(|(one, other)| one.bare == other.bare).count();
    if again == k && anchor.iter().any(|word| !word.bare.is_empty()) {
        return 300 + k as u32;
    }
    let subject = subject(&words[from..]);
    let repeated = subject.iter().enumerate().any(|(i, word)| word.len() > 2 && subject[..i].contains(word));
    if repeated && !article {
        return 0;
    }
    let last = anchor.last().map_or("", |word| &word.bare);
    let mut score = 0;
    if article {
        score += 100;
    }
    if subject.iter().any(|word| same(word, last)) {
        score += 80;
    }
    if same(&anchor[0].bare, &first.bare) {
        score += 60;
    }
    let covered = subject.iter().filter(|word| anchor.iter().any(|other| same(word, &other.bare))).count();
    let shared = (20 * covered / subject.len().max(1)) as u32;
    // An article in the middle of what would be the subject belongs to the explanation.
    let misplaced = !article && words[k..].iter().take(6).skip(1).any(|word| word.article);
    if misplaced { 0 } else { score + shared }
}

/// `, imports = , exports = `: parameters of an infobox.
fn is_parameter(rest: &str) -> bool {
    let Some(after) = rest.strip_prefix([',', '|']) else { return false };
    let after = after.trim_start();
    let len =
        after.bytes().take_while(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == b'_').count();
    (2..=24).contains(&len) && after[len..].trim_start().starts_with('=')
}

/// A word without marks around it, in lower case.
fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// The words up to the first that ends the subject: a bracket, a comma or a word that explains.
fn subject<'w>(words: &'w [Word]) -> Vec<&'w str> {
    let mut out = Vec::new();
    for word in words.iter().take(8) {
        if word.text.starts_with('(') || (!out.is_empty() && word.cue) {
            break;
        }
        out.push(word.bare.as_str());
        if word.text.ends_with([',', ';', ':', '.']) {
            break;
        }
    }
    out
}

/// One word in two forms, both [bare]: the shorter begins the longer but for its last letters.
fn same(one: &str, other: &str) -> bool {
    if one == other {
        return !one.is_empty();
    }
    let common = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let longest = one.chars().count().max(other.chars().count());
    common >= 4 && longest - common <= 3 || (common >= 3 && longest - common <= 1)
}

/// What a gloss tells of its anchor.
fn read(anchor: &str, gloss: &str, source: Span, rules: &Rules) -> Gloss {
    let text = gloss.trim();
    let head = text.trim_start_matches(['\'', '"', ' ']);
    let head = match head.split_once(' ') {
        Some((word, rest)) if rules.articles.contains(&word.to_lowercase()) => rest,
        _ => head,
    };
    let stop = rules.stops.find(head).map(|found| found.start());
    let mut name = head[..stop.unwrap_or(head.len())]
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, '\'' | '"'));
    // A language code without a comma before it (`Arakhamia ka, …`).
    if let Some((before, code)) = name.rsplit_once(' ')
        && rules.labels.iter().any(|(label, _)| label == code)
    {
        name = before;
    }
    let plausible = name.split_whitespace().count() <= 8;
    Gloss {
        anchor: anchor.trim().to_owned(),
        name: if plausible { name.to_owned() } else { String::new() },
        native: native(text, rules),
        text: text.to_owned(),
        source,
    }
}

/// Names in other languages: `uk, Донба́с`, `russian: Донба́сс`, `( rus, links=no, Дмитрий …, p=…)`.
fn native(text: &str, rules: &Rules) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find([',', ':']) {
        let before = rest[..at].trim_end();
        let word = before.rsplit(['(', ';', ',', '[']).next().unwrap_or("").trim().to_lowercase();
        let label = rules.labels.iter().find(|(label, _)| {
            word == *label
                || (word.ends_with(label.as_str()) && word[..word.len() - label.len()].ends_with(' '))
        });
        rest = &rest[at + 1..];
        let Some((_, code)) = label else { continue };
        let mut value = rest.trim_start();
        // Parameters of the template stand before the name: `links=no, `.
        while let Some((parameter, after)) = value.split_once(',') {
            let named = parameter
                .split_once('=')
                .is_some_and(|(key, _)| key.bytes().all(|b| b.is_ascii_alphanumeric()));
            if !named {
                break;
            }
            value = after.trim_start();
        }
        let end = value.find([',', ';', ')', ']', '=']).unwrap_or(value.len());
        let name = value[..end].trim().trim_matches('\'');
        let foreign = name.chars().any(|c| c.is_alphabetic() && !c.is_ascii()) && name.len() <= 120;
        if foreign && !value[end..].starts_with('=') {
            let pair = (code.clone(), name.to_owned());
            if !out.contains(&pair) {
                out.push(pair);
            }
        }
    }
    out
}
