//! Patterns: the grammar of time expressions of a language, as lines of `rules/dates.*.toml`.
//!
//! A pattern is a sequence of atoms over tokens: classes of the lexicon (`month`), numbers by their use
//! (`day`, `year`), literals (`'of'`), parts in brackets with `|`, and `?` for what may be absent.
//! `~` before an atom means that it touches the one before; `:name` after it says which slot it
//! fills, `:2` that it belongs to the second end of a range; what stands after `>` must follow but is
//! not part of the match. A small machine tries it at a token, so
//! the work is bounded by the length of the pattern and the text is read once.

use super::lexicon::{Class, Lexicon};
use super::machine::{Capture, END_MARK, Machine, Step, Test};
use super::slot::{self, Slot};
use super::token::Token;
use crate::model::TimeUse;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A pattern as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    pub name: String,
    #[serde(rename = "match")]
    pub text: String,
    #[serde(rename = "as")]
    pub action: Action,
    /// Slots with a fixed value: `{ offset = "1", unit = "day" }`.
    #[serde(default)]
    pub set: BTreeMap<String, String>,
    /// Classes one of which the token before must have.
    #[serde(default)]
    pub after: Vec<String>,
    /// Classes none of which the token before may have.
    #[serde(default)]
    pub not_after: Vec<String>,
    /// Classes none of which the token after may have.
    #[serde(default)]
    pub not_before: Vec<String>,
    /// Its month, weekday or feast must be capitalised; where it has none, its first word.
    #[serde(default)]
    pub capital: bool,
    /// Counts only in stories: news does not mean a time by it.
    #[serde(default)]
    pub story: bool,
    /// No lower-case word that is not in class `function` may follow: what a number counts.
    #[serde(default)]
    pub uncounted: bool,
    /// What the match does in its sentence where that is not to place it in time: a code of
    /// [`crate::model::TimeUse`].
    #[serde(default, rename = "use")]
    pub used_as: Option<String>,
}

/// What a match is turned into.
#[derive(Debug, Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    Date,
    Range,
    Shift,
    /// A weekday of a week before or after that of the day of writing.
    Weekday,
    /// A part of any day: `night attacks`.
    Generic,
    /// Counted from an event that the document dates.
    Event,
    Ref,
    Duration,
    Set,
    /// Not of time; what it covers is not tried again.
    Nothing,
}

pub struct Pattern {
    pub name: &'static str,
    pub action: Action,
    pub set: Vec<(Slot, i32)>,
    pub after: Vec<Class>,
    pub not_after: Vec<Class>,
    pub not_before: Vec<Class>,
    pub capital: bool,
    pub uncounted: bool,
    pub used_as: Option<TimeUse>,
    pub story: bool,
    steps: Vec<Step>,
}

impl Pattern {
    /// Compiles a pattern; an unknown class or slot is a bug of the rules.
    pub fn new(source: &Source, defines: &BTreeMap<&str, &str>, lexicon: &mut Lexicon) -> Self {
        let text = expand(&source.text, defines, 0);
        let mut compiler =
            Compiler { words: atoms(&text), at: 0, steps: Vec::new(), lexicon, name: &source.name };
        compiler.alternatives();
        assert!(compiler.at == compiler.words.len(), "pattern {}: bracket", source.name);
        let steps = compiler.steps;
        let classes = |names: &[String]| -> Vec<Class> {
            names
                .iter()
                .map(|name| lexicon.class(name).unwrap_or_else(|| panic!("{}: class {name}", source.name)))
                .collect()
        };
        Pattern {
            // one leak a pattern and process: rules are compiled once and names live as long as they
            name: Box::leak(source.name.clone().into_boxed_str()),
            action: source.action,
            set: source
                .set
                .iter()
                .map(|(name, value)| {
                    let slot =
                        Slot::from_name(name).unwrap_or_else(|| panic!("{}: slot {name}", source.name));
                    (slot, slot::code(value).unwrap_or_else(|| panic!("{}: code {value}", source.name)))
                })
                .collect(),
            after: classes(&source.after),
            not_after: classes(&source.not_after),
            not_before: classes(&source.not_before),
            capital: source.capital,
            uncounted: source.uncounted,
            story: source.story,
            used_as: source.used_as.as_ref().map(|code| {
                TimeUse::from_code(code).unwrap_or_else(|| panic!("{}: use {code}", source.name))
            }),
            steps,
        }
    }

    /// Tries the pattern at token `at`; the end of the match, with what it captured.
    pub fn find(
        &self,
        tokens: &[Token],
        at: usize,
        lexicon: &Lexicon,
        captures: &mut Vec<Capture>,
    ) -> Option<usize> {
        captures.clear();
        let end = Machine { steps: &self.steps, tokens, first: at, lexicon }.run(0, at, captures)?;
        let Some(mark) = captures.iter().position(|capture| capture.value == END_MARK) else {
            return Some(end);
        };
        let end = captures[mark].token;
        captures.truncate(mark);
        Some(end)
    }

    pub(super) fn steps(&self) -> &[Step] {
        &self.steps
    }
}

fn expand(text: &str, defines: &BTreeMap<&str, &str>, depth: usize) -> String {
    assert!(depth < 8, "defines go round: {text}");
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        let (name, tail) = after.split_once('>').unwrap_or_else(|| panic!("open < in {text}"));
        let (name, second) = name.strip_suffix(":2").map_or((name, false), |name| (name, true));
        let body = defines.get(name).unwrap_or_else(|| panic!("no definition {name}"));
        let body = expand(body, defines, depth + 1);
        out.push_str(before);
        out.push_str(" ( ");
        out.push_str(&if second { of_second_end(&body) } else { body });
        out.push_str(" ) ");
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// The same text with every slot in the second end of a range.
fn of_second_end(text: &str) -> String {
    let mut out = String::new();
    for atom in atoms(text) {
        let plain = atom.contains('\'') || matches!(atom.as_str(), "(" | ")" | "|" | "?" | ">");
        out.push_str(&atom);
        out.push_str(if plain { " " } else { ":2 " });
    }
    out
}

fn atoms(text: &str) -> Vec<String> {
    let mut atoms = Vec::new();
    let mut quoted = false;
    let mut atom = String::new();
    for c in text.chars() {
        match c {
            '\'' => {
                quoted = !quoted;
                atom.push(c);
            }
            _ if quoted => atom.push(c),
            '(' | ')' | '|' | '?' => {
                if !atom.is_empty() {
                    atoms.push(std::mem::take(&mut atom));
                }
                atoms.push(c.to_string());
            }
            c if c.is_whitespace() => {
                if !atom.is_empty() {
                    atoms.push(std::mem::take(&mut atom));
                }
            }
            c => atom.push(c),
        }
    }
    if !atom.is_empty() {
        atoms.push(atom);
    }
    atoms
}

struct Compiler<'a> {
    words: Vec<String>,
    at: usize,
    steps: Vec<Step>,
    lexicon: &'a mut Lexicon,
    name: &'a str,
}

impl Compiler<'_> {
    fn alternatives(&mut self) {
        let mut starts = vec![self.steps.len()];
        self.steps.push(Step::Jump(0));
        let mut ends = Vec::new();
        loop {
            self.sequence();
            if self.words.get(self.at).is_some_and(|word| word == "|") {
                self.at += 1;
                ends.push(self.steps.len());
                self.steps.push(Step::Jump(0));
                starts.push(self.steps.len());
                self.steps.push(Step::Jump(0));
            } else {
                break;
            }
        }
        let end = self.steps.len();
        for (i, &start) in starts.iter().enumerate() {
            self.steps[start] = match starts.get(i + 1) {
                Some(&next) => Step::Split(start + 1, next),
                None => Step::Jump(start + 1),
            };
        }
        for at in ends {
            self.steps[at] = Step::Jump(end);
        }
    }

    fn sequence(&mut self) {
        while let Some(word) = self.words.get(self.at).cloned() {
            if word == "|" || word == ")" {
                return;
            }
            let start = self.steps.len();
            if word == ">" {
                self.at += 1;
                self.steps.push(Step::End);
                continue;
            }
            // room for the split that makes the part optional
            self.steps.push(Step::Jump(start + 1));
            self.at += 1;
            if word == "(" {
                self.alternatives();
                assert!(
                    self.words.get(self.at).is_some_and(|word| word == ")"),
                    "pattern {}: bracket",
                    self.name
                );
                self.at += 1;
            } else {
                let atom = self.atom(&word);
                self.steps.push(atom);
            }
            if self.words.get(self.at).is_some_and(|word| word == "?") {
                self.at += 1;
                self.steps[start] = Step::Split(start + 1, self.steps.len());
            }
        }
    }

    fn atom(&mut self, word: &str) -> Step {
        let (glued, word) = word.strip_prefix('~').map_or((false, word), |rest| (true, rest));
        if word.starts_with('\'') {
            let literal = word.trim_matches('\'');
            return Step::Atom {
                test: Test::Literal(self.lexicon.literal(literal)),
                glued,
                slot: None,
                second: false,
            };
        }
        let mut parts = word.split(':');
        let name = parts.next().unwrap_or_default();
        let (mut slot_name, mut second) = (name, false);
        for part in parts {
            if part == "2" { second = true } else { slot_name = part }
        }
        let test = match name {
            "day" => Test::Day,
            "year" => Test::Year,
            "modern" => Test::Modern,
            "anyyear" => Test::AnyYear,
            "tens" => Test::Tens,
            "yy" => Test::TwoDigits,
            "monthnumber" => Test::MonthNumber,
            "hour" => Test::Hour,
            "minute" => Test::Minute,
            "integer" => Test::Integer,
            "count" => Test::Count,
            "lower" => Test::Lower,
            "title" => Test::Title,
            "any" => Test::Any,
            class => Test::Class(
                self.lexicon.class(class).unwrap_or_else(|| panic!("pattern {}: class {class}", self.name)),
            ),
        };
        let slot = match slot_name {
            "anyyear" | "modern" => Some(Slot::Year),
            "monthnumber" => Some(Slot::Month),
            other => Slot::from_name(other),
        };
        Step::Atom { test, glued, slot, second }
    }
}
