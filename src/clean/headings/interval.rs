//! The time that a heading covers, so that months nest in years and rounds in periods.

use super::Months;
use crate::text::letters::is_alphanumeric;
use regex::Regex;
use std::collections::{HashMap, HashSet};

/// Days from first to last, as `year * 372 + month * 31 + day`: the order of days is all that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    pub start: i32,
    pub end: i32,
    /// Whether a year stands in the heading; else year 0 is meant to be that of the context.
    pub has_year: bool,
}

const YEAR: i32 = 372;
const MONTH: i32 = 31;

impl Interval {
    /// Whether it is a day, some days or a month.
    pub fn is_within_month(self) -> bool {
        self.end - self.start < MONTH
    }

    /// Whether `self` begins within `outer`, which is not the same time; a missing year is taken from
    /// `outer`.
    pub fn begins_in(self, outer: Interval) -> bool {
        let mut inner = self;
        if !inner.has_year && outer.has_year {
            let year = outer.start / YEAR * YEAR;
            inner = Interval { start: inner.start + year, end: inner.end + year, has_year: true };
        }
        let same = inner.start == outer.start && inner.end == outer.end;
        outer.start <= inner.start && inner.start <= outer.end && !same
    }
}

/// Finds dates in headings.
pub(super) struct Dates {
    date: Regex,
    months: HashMap<String, i32>,
    words: HashSet<String>,
}

impl Dates {
    pub(super) fn new(months: &Months, words: Vec<String>) -> Self {
        let table = months.table();
        let mut names: Vec<String> = table.keys().map(|name| regex::escape(name)).collect();
        names.sort_by_key(|name| (std::cmp::Reverse(name.len()), name.clone()));
        let month = names.join("|");
        let day = r"(?P<{d}>[0-3]?[0-9])(?:st|nd|rd|th)?(?: ?[–—-] ?(?P<{e}>[0-3]?[0-9]))?";
        let day = |d: &str, e: &str| day.replace("{d}", d).replace("{e}", e);
        let year = "[12][0-9]{3}";
        let forms = [
            format!("(?:(?P<y1>{year}) ?年)(?: ?(?P<m1>1?[0-9]) ?月(?: ?{} ?[日号號])?)?", day("d1", "e1")),
            format!("(?P<m2>1?[0-9]) ?月(?: ?{} ?[日号號])?", day("d2", "e2")),
            format!(r"{} (?P<m3>{month})\.?(?:,? (?P<y3>{year}))?", day("d3", "e3")),
            format!(r"(?P<m4>{month})\.? {}\b(?:, ?(?P<y4>{year}))?", day("d4", "e4")),
            format!(r"(?P<m5>{month})\.?(?: (?P<y5>{year}))?"),
            format!("(?P<y6>{year})-(?P<m6>[01][0-9])(?:-(?P<d6>[0-3][0-9]))?"),
            format!("(?P<y7>{year})(?:s|-х|-ті|年代)?"),
        ];
        let bounded = |form: String| format!(r"(?:\b(?:{form})(?:\b|年)?)");
        let pattern: Vec<String> = forms.into_iter().map(bounded).collect();
        Dates {
            date: Regex::new(&format!("(?i){}", pattern.join("|"))).expect("months make a pattern"),
            months: table,
            words: words.into_iter().collect(),
        }
    }

    /// The time of a heading that is dated: all of it is a date, or what stands in brackets or after a
    /// colon at its end. A year among other words names something and dates nothing.
    pub(super) fn of(&self, heading: &str) -> Option<Interval> {
        let heading = heading.trim();
        let inner = heading.strip_suffix([')', '）']).and_then(|rest| rest.rsplit_once(['(', '（']));
        let parts = [
            Some(heading),
            inner.map(|(_, inner)| inner),
            heading.rsplit_once([':', '：']).map(|(_, after)| after),
        ];
        parts.into_iter().flatten().find_map(|part| self.pure(part))
    }

    /// Whether a year stands anywhere in a heading.
    pub(super) fn names_year(&self, heading: &str) -> bool {
        self.date.captures_iter(heading).any(|found| group(&found, "y").is_some())
    }

    /// The time of a text that is nothing but a date.
    pub(super) fn pure(&self, part: &str) -> Option<Interval> {
        if !self.may_be_pure(part) {
            return None;
        }
        let mut spans: Vec<(Option<i32>, i32, i32, i32)> = Vec::new();
        let mut rest = String::new();
        let mut at = 0;
        for found in self.date.captures_iter(part) {
            let all = found.get(0)?;
            rest.push_str(&part[at..all.start()]);
            rest.push(' ');
            at = all.end();
            spans.push(self.read(&found)?);
        }
        rest.push_str(&part[at..]);
        let rest = rest.to_lowercase();
        let mut words = rest.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        if spans.is_empty() || !words.all(|word| self.words.contains(word)) {
            return None;
        }
        // A year stands once, after the last day: `24 February to 7 April 2022`.
        let mut year = None;
        for span in spans.iter_mut().rev() {
            year = span.0.or(year);
            span.0 = year;
        }
        let day = |year: Option<i32>, month: i32, day: i32| year.unwrap_or(0) * YEAR + month * MONTH + day;
        let bounds = spans.iter().map(|&(year, month, first, last)| match (month, first) {
            (0, _) => (day(year, 0, 0), day(year, 11, 30)),
            (month, 0) => (day(year, month - 1, 0), day(year, month - 1, 30)),
            (month, first) => (day(year, month - 1, first - 1), day(year, month - 1, last - 1)),
        });
        let (starts, ends): (Vec<i32>, Vec<i32>) = bounds.unzip();
        Some(Interval { start: *starts.iter().min()?, end: *ends.iter().max()?, has_year: year.is_some() })
    }

    /// Whether each word has a digit, is a month or may stand beside a date: most headings have others,
    /// and one look says so.
    fn may_be_pure(&self, part: &str) -> bool {
        let mut words = part.split(|c: char| !is_alphanumeric(c)).filter(|word| !word.is_empty());
        words.all(|word| {
            let known = |word: &str| self.words.contains(word) || self.months.contains_key(word);
            word.bytes().any(|byte| byte.is_ascii_digit()) || known(&word.to_lowercase())
        })
    }

    /// Year, month (0 for none), first and last day (0 for none).
    fn read(&self, found: &regex::Captures) -> Option<(Option<i32>, i32, i32, i32)> {
        let year = group(found, "y").and_then(|year| year.parse().ok());
        let month = match group(found, "m") {
            None => 0,
            Some(text) => text.parse().ok().or_else(|| self.months.get(&text.to_lowercase()).copied())?,
        };
        let first = group(found, "d").map_or(Some(0), |day| day.parse().ok())?;
        let last = group(found, "e").map_or(Some(first), |day| day.parse().ok())?;
        Some((year, month, first, last))
    }
}

fn group<'a>(found: &'a regex::Captures, name: &str) -> Option<&'a str> {
    (1..=7).find_map(|form| found.name(&format!("{name}{form}"))).map(|part| part.as_str())
}
