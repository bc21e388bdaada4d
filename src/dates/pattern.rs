//! Patterns: the grammar of time expressions of a language, as lines of `rules/dates.*.toml`.
//!
//! A pattern is a sequence of atoms over tokens: classes of the lexicon (`month`), numbers by their use
//! (`day`, `year`), literals (`'of'`), parts in brackets with `|`, and `?` for what may be absent.
//! `~` before an atom means that it touches the one before; `:name` after it says which slot it
//! fills, `:2` that it belongs to the second end of a range; what stands after `>` must follow but is
//! not part of the match. A small machine tries it at a token, so
//! the work is bounded by the length of the pattern and the text is read once.

use super::lexicon::{Class, Lexicon};
use super::slot::{self, Slot};
use super::token::{Kind, NO_ENTRY, Token};
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

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Test {
    Class(Class),
    Literal(u32),
    /// 1 to 31, one or two digits.
    Day,
    /// 1000 to 2199 in four digits.
    Year,
    /// 1700 to 2099.
    Modern,
    /// 1 to 2999, at most four digits.
    AnyYear,
    /// A number of whole tens, as decades are.
    Tens,
    /// Two digits.
    TwoDigits,
    /// 1 to 12.
    MonthNumber,
    Hour,
    Minute,
    Integer,
    /// A number or a word for one.
    Count,
    /// Any word with a small first letter.
    Lower,
    Any,
}

#[derive(Debug)]
enum Step {
    Atom {
        test: Test,
        glued: bool,
        slot: Option<Slot>,
        second: bool,
    },
    /// Try the first, then the second.
    Split(usize, usize),
    Jump(usize),
    /// Here the match ends; the rest only looks ahead.
    End,
}

/// A value a match has put into a slot.
#[derive(Debug, Clone, Copy)]
pub struct Capture {
    pub slot: Option<Slot>,
    pub value: i32,
    /// Belongs to the second end of a range.
    pub second: bool,
    pub token: usize,
}

/// Value of the capture that notes where a match ends before its look-ahead.
const END_MARK: i32 = i32::MIN;

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

    /// Whether a match may begin at this token: the tests of its possible first atoms.
    pub fn opens_with(&self, token: &Token, lexicon: &Lexicon) -> bool {
        let machine = Machine { steps: &self.steps, tokens: std::slice::from_ref(token), first: 0, lexicon };
        machine.can_open(0)
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

struct Machine<'a> {
    steps: &'a [Step],
    tokens: &'a [Token],
    first: usize,
    lexicon: &'a Lexicon,
}

impl Machine<'_> {
    fn run(&self, mut step: usize, mut at: usize, captures: &mut Vec<Capture>) -> Option<usize> {
        loop {
            match self.steps.get(step) {
                None => return Some(at),
                Some(&Step::Jump(to)) => step = to,
                Some(Step::End) => {
                    captures.push(Capture { slot: None, value: END_MARK, second: false, token: at });
                    step += 1;
                }
                Some(&Step::Split(one, other)) => {
                    let kept = captures.len();
                    if let Some(end) = self.run(one, at, captures) {
                        return Some(end);
                    }
                    captures.truncate(kept);
                    step = other;
                }
                Some(Step::Atom { test, glued, slot, second }) => {
                    let token = self.tokens.get(at)?;
                    if at > self.first && (!token.near || (*glued && !token.glued)) {
                        return None;
                    }
                    let value = self.value(*test, at)?;
                    let (value, width) =
                        if *test == Test::Count { self.compound(value, at) } else { (value, 1) };
                    captures.push(Capture { slot: *slot, value, second: *second, token: at });
                    at += width;
                    step += 1;
                }
            }
        }
    }

    /// `twenty-five`, `двадцать пять`: tens and a unit, with how many tokens they are.
    fn compound(&self, tens: i32, at: usize) -> (i32, usize) {
        if self.tokens[at].kind == Kind::Number || !(20..100).contains(&tens) || tens % 10 != 0 {
            return (tens, 1);
        }
        let unit = |at: usize| {
            let token = self.tokens.get(at).filter(|token| token.near && token.kind == Kind::Word)?;
            let class = self.lexicon.number?;
            self.reading(token, class).filter(|value| (1..10).contains(value))
        };
        let dash = self.tokens.get(at + 1).is_some_and(|token| token.glued && token.kind == Kind::Sign);
        match (unit(at + 1), dash.then(|| unit(at + 2)).flatten()) {
            (Some(value), _) => (tens + value, 2),
            (None, Some(value)) => (tens + value, 3),
            _ => (tens, 1),
        }
    }

    fn can_open(&self, mut step: usize) -> bool {
        loop {
            match self.steps.get(step) {
                None | Some(Step::End) => return false,
                Some(&Step::Jump(to)) => step = to,
                Some(&Step::Split(one, other)) => {
                    if self.can_open(one) {
                        return true;
                    }
                    step = other;
                }
                Some(Step::Atom { test, .. }) => return self.value(*test, 0).is_some(),
            }
        }
    }

    fn value(&self, test: Test, at: usize) -> Option<i32> {
        let token = &self.tokens[at];
        let number = token.kind == Kind::Number;
        let holds = match test {
            Test::Class(class) => return self.reading(token, class),
            Test::Literal(entry) => token.entry == entry,
            Test::Lower => token.kind == Kind::Word && !token.capital,
            Test::Any => token.kind == Kind::Word,
            Test::Count => {
                return if number {
                    Some(token.value)
                } else {
                    self.lexicon.number.and_then(|class| self.reading(token, class))
                };
            }
            Test::Day => number && token.digits <= 2 && (1..=31).contains(&token.value),
            Test::Year => number && token.digits == 4 && (1000..2200).contains(&token.value),
            Test::Modern => number && token.digits == 4 && (1700..2100).contains(&token.value),
            Test::AnyYear => {
                number
                    && token.digits <= 4
                    && (1..3000).contains(&token.value)
                    && (token.digits > 0 || token.value < 1000)
            }
            Test::Tens => number && token.value % 10 == 0 && (10..2200).contains(&token.value),
            Test::TwoDigits => number && token.digits == 2,
            Test::MonthNumber => number && token.digits <= 2 && (1..=12).contains(&token.value),
            Test::Hour => number && token.digits <= 2 && (0..=24).contains(&token.value),
            Test::Minute => number && token.digits == 2 && (0..60).contains(&token.value),
            Test::Integer => number,
        };
        holds.then_some(token.value)
    }

    fn reading(&self, token: &Token, class: Class) -> Option<i32> {
        if token.entry == NO_ENTRY {
            return None;
        }
        self.lexicon
            .readings(token.entry)
            .iter()
            .find(|reading| reading.class == class)
            .map(|reading| reading.value)
    }
}
