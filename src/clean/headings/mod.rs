//! Headings: what kind of section one opens, and how deep it stands where nothing marks its depth.
//!
//! Boundary: takes headings that were found, in order, and gives each a level; finding them in a text
//! is the work of its cleaner. Levels come from marks, numbering, known words, the nesting of dates and
//! position, in this order, because a mark is certain and position only a habit.

mod interval;
mod levels;
#[cfg(test)]
mod tests;

use super::calendar::Months;
use crate::text::han;
use interval::Dates;
pub use interval::Interval;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap, HashSet};

/// A section after the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tail {
    References,
    Notes,
    SeeAlso,
    ExternalLinks,
    FurtherReading,
}

impl Tail {
    /// Kind of the removals made of what stands in the section.
    pub fn kind(self) -> &'static str {
        match self {
            Tail::References | Tail::Notes => "reference_list",
            Tail::SeeAlso => "see_also",
            Tail::ExternalLinks => "external_links",
            Tail::FurtherReading => "further_reading",
        }
    }
}

/// Words of a heading that names two sections.
const LONGEST_JOINED: usize = 5;

/// A heading as it was found.
#[derive(Debug, Clone)]
pub struct Seen {
    pub text: String,
    /// Where marks of the page say it.
    pub level: Option<u8>,
    /// Nothing stands between the heading before and this one.
    pub stacked: bool,
}

/// Words and dates of `rules/headings.toml`.
pub struct Rules {
    tail: HashMap<String, Tail>,
    joiners: HashSet<String>,
    top: HashSet<String>,
    under: Vec<(HashSet<String>, HashSet<String>)>,
    dates: Dates,
    series: Vec<Vec<String>>,
    marks: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    tail: BTreeMap<String, Vec<String>>,
    joiners: Words,
    top: Words,
    under: Vec<Under>,
    dates: Words,
    series: Series,
}

#[derive(Deserialize)]
struct Words {
    words: Vec<String>,
}

#[derive(Deserialize)]
struct Under {
    parent: Vec<String>,
    child: Vec<String>,
}

#[derive(Deserialize)]
struct Series {
    ordinals: Vec<Vec<String>>,
    marks: Vec<String>,
}

impl Rules {
    /// `months` are those of the rules for citations.
    pub fn builtin(months: &Months) -> Self {
        let file: File = crate::rules::parse("headings.toml");
        let set = |words: Vec<String>| words.iter().map(|word| key(word)).collect::<HashSet<String>>();
        let kind = |name: &str| match name {
            "references" => Tail::References,
            "notes" => Tail::Notes,
            "see_also" => Tail::SeeAlso,
            "external_links" => Tail::ExternalLinks,
            "further_reading" => Tail::FurtherReading,
            other => panic!("rules/headings.toml: no tail section {other}"),
        };
        let tails = file
            .tail
            .into_iter()
            .flat_map(|(name, words)| words.into_iter().map(move |word| (key(&word), kind(&name))));
        Rules {
            tail: tails.collect(),
            joiners: set(file.joiners.words),
            top: set(file.top.words),
            under: file.under.into_iter().map(|under| (set(under.parent), set(under.child))).collect(),
            dates: Dates::new(months, file.dates.words),
            series: file.series.ordinals,
            marks: file.series.marks,
        }
    }

    /// The section after the body that a heading opens, if it does.
    pub fn tail(&self, heading: &str) -> Option<Tail> {
        if heading.len() > 120 {
            return None;
        }
        let key = key(heading);
        self.tail.get(&key).copied().or_else(|| self.joined_tail(&key))
    }

    /// `References & Resources`: names of two sections, one of which is that of a list of references.
    fn joined_tail(&self, key: &str) -> Option<Tail> {
        let words: Vec<&str> = key.split(' ').filter(|word| !word.is_empty()).collect();
        let at = words.iter().position(|word| self.joiners.contains(*word))?;
        if words.len() > LONGEST_JOINED {
            return None;
        }
        let known = |words: &[&str]| self.tail.get(&words.join(" ")).copied();
        known(&words[..at]).or_else(|| known(&words[at + 1..])).filter(|tail| *tail != Tail::Notes)
    }

    /// A word that opens sections, in the body or after it.
    pub fn is_known(&self, heading: &str) -> bool {
        let key = key(heading);
        self.top.contains(&key) || self.tail.contains_key(&key)
    }

    /// The time of a line that is nothing but a date.
    pub fn interval(&self, line: &str) -> Option<Interval> {
        self.dates.pure(line)
    }

    /// The levels of all headings of a page, 1 for the top.
    pub fn levels(&self, headings: &[Seen]) -> Vec<u8> {
        levels::assign(headings, self)
    }

    /// The number of a heading in a series such as rounds, and the rest of its words that mark the
    /// series.
    fn ordinal(&self, heading: &str) -> Option<usize> {
        let heading = heading.trim().to_lowercase();
        if let Some(rest) = self.marks.iter().find_map(|mark| heading.strip_prefix(mark.as_str())) {
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            let words = self.series.iter().flatten().filter(|word| rest.starts_with(word.as_str()));
            let longest = words.max_by_key(|word| word.len());
            return digits.parse().ok().or_else(|| longest.and_then(|word| self.position(word)));
        }
        let mut words = heading.split([' ', '\u{a0}', ':', '.']).filter(|word| !word.is_empty());
        let first = words.next()?;
        let spelled = first.chars().next().filter(|c| !han::is_han(*c)).and_then(|_| self.position(first));
        spelled.or_else(|| words.next().filter(|word| word.len() <= 2)?.parse().ok())
    }

    fn position(&self, word: &str) -> Option<usize> {
        self.series.iter().find_map(|list| list.iter().position(|other| other == word)).map(|at| at + 1)
    }
}

/// A heading in the form in which headings are compared.
fn key(heading: &str) -> String {
    let folded = super::furniture::fold(heading);
    han::simplify(folded.trim_end_matches([':', '.', ' ']))
}
