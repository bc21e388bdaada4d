//! Calendar dates in the service fields of pages and references: when published, seen, archived.
//!
//! Boundary: dates whose parts all stand there, in digits or month names of any of the languages. Dates
//! in running text, with their contexts and modifiers, belong to the stage `dates`.

use crate::text::han;
use jiff::civil::Date;
use regex::Regex;
use serde::Deserialize;
use std::collections::HashMap;

/// Recognises dates; built from the month names of `rules/citations.toml`.
pub struct Calendar {
    date: Regex,
    months: HashMap<String, i32>,
    /// The pattern of a date without captures, to be set into other patterns.
    pub pattern: String,
}

/// Month names, January first, each with all its forms.
#[derive(Deserialize)]
pub struct Months {
    names: Vec<Vec<String>>,
}

impl Months {
    /// Those of `rules/citations.toml`.
    pub fn builtin() -> Self {
        #[derive(Deserialize)]
        struct File {
            months: Months,
        }
        crate::rules::parse::<File>("citations.toml").months
    }

    /// Each form with the number of its month.
    pub fn table(&self) -> HashMap<String, i32> {
        let numbered = (1..).zip(&self.names);
        numbered.flat_map(|(number, forms)| forms.iter().map(move |form| (form.clone(), number))).collect()
    }
}

/// A date to the precision it is given in; month and day are 0 where unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    pub year: i32,
    pub month: i32,
    pub day: i32,
}

impl Stamp {
    /// ISO 8601 to its precision: `2022-03-14`, `2022-03` or `2022`.
    pub fn iso(self) -> String {
        match (self.month, self.day) {
            (0, _) => format!("{:04}", self.year),
            (month, 0) => format!("{:04}-{month:02}", self.year),
            (month, day) => format!("{:04}-{month:02}-{day:02}", self.year),
        }
    }

    pub fn date(self) -> Option<Date> {
        date(self.year, self.month, self.day)
    }
}

fn date(year: i32, month: i32, day: i32) -> Option<Date> {
    Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()
}

impl Calendar {
    pub fn new(months: &Months) -> Self {
        let table = months.table();
        let mut names: Vec<String> = table.keys().map(|name| regex::escape(name)).collect();
        // The longest form first, so that a short one does not end inside it.
        names.sort_by_key(|name| (std::cmp::Reverse(name.len()), name.clone()));
        let month = names.join("|");
        let year = "[12][0-9]{3}";
        let forms = [
            format!("(?P<y1>{year})-(?P<m1>[0-9]{{1,2}})(?:-(?P<d1>[0-9]{{1,2}}))?"),
            format!("(?P<y2>{year}) ?年(?: ?(?P<m2>[0-9]{{1,2}}) ?月(?: ?(?P<d2>[0-9]{{1,2}}) ?日)?)?"),
            format!(r"(?P<d3>[0-9]{{1,2}})(?:st|nd|rd|th)?[ -](?P<m3>{month})\.?,?[ -](?P<y3>{year})"),
            format!(r"(?P<m4>{month})\.? (?P<d4>[0-9]{{1,2}})(?:st|nd|rd|th)?, ?(?P<y4>{year})"),
            format!(r"(?P<m5>{month})\.? (?P<y5>{year})"),
            format!(r"(?P<d6>[0-9]{{1,2}})\.(?P<m6>[0-9]{{1,2}})\.(?P<y6>{year})"),
            format!("(?P<y7>{year})/(?P<m7>[0-9]{{1,2}})/(?P<d7>[0-9]{{1,2}})"),
            format!("(?P<y8>{year})(?P<m8>[01][0-9])(?P<d8>[0-3][0-9])"),
            format!("(?P<d10>[0-9]{{1,2}})-(?P<m10>[0-9]{{1,2}})-(?P<y10>{year})"),
            format!("(?P<y9>{year})"),
        ];
        let whole = forms.join("|");
        let pattern = Regex::new(r"\(\?P<[a-z0-9]+>").expect("a fixed pattern").replace_all(&whole, "(?:");
        Calendar {
            date: Regex::new(&format!("(?i){whole}")).expect("months make a pattern"),
            months: table,
            pattern: format!("(?:{pattern})"),
        }
    }

    /// The first date of a text.
    pub fn find(&self, text: &str) -> Option<Stamp> {
        self.date.captures_iter(text).find_map(|found| self.stamp(&found))
    }

    /// The date that the whole text is, with at most a stop after it.
    pub fn whole(&self, text: &str) -> Option<Stamp> {
        let text = text
            .trim()
            .trim_end_matches(['.', ',', '。'])
            .trim_start_matches(['(', '（'])
            .trim_end_matches([')', '）']);
        let found = self.date.captures(text)?;
        let all = found.get(0)?;
        let rest = text[all.end()..].trim();
        let year_word = rest.chars().count() <= 5 && rest.chars().all(|c| c.is_lowercase() || c == '.');
        (all.start() == 0 && (rest.is_empty() || (year_word && !han::is_han(rest.chars().next()?))))
            .then(|| self.stamp(&found))?
    }

    fn stamp(&self, found: &regex::Captures) -> Option<Stamp> {
        let part = |name: &str| {
            (1..=10).find_map(|form| found.name(&format!("{name}{form}"))).map(|part| part.as_str())
        };
        let year = part("y")?.parse().ok()?;
        let month = match part("m") {
            None => 0,
            Some(digits) if digits.starts_with(|c: char| c.is_ascii_digit()) => digits.parse().ok()?,
            Some(name) => *self.months.get(&name.to_lowercase())?,
        };
        let day = part("d").map_or(Some(0), |day| day.parse().ok())?;
        let real = month == 0 || date(year, month, day.max(1)).is_some();
        real.then_some(Stamp { year, month, day })
    }
}
