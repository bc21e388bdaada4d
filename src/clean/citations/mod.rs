//! Citations: the entries of reference lists, read into fields whatever the style of the list.
//!
//! Boundary: takes the text of one entry, without its number and links back, from any cleaner; where
//! entries stand on a page is the cleaner's to know. Service fields (seen, archived, language, numbers)
//! have labels in every style, so they are cut out first, and what is left is title and publisher by
//! the punctuation of the style.

pub mod errors;
mod fields;
mod head;
pub mod lead;
#[cfg(test)]
mod tests;

use super::calendar::{Calendar, Months};
use crate::model::{Citation, Span};
use regex::{Regex, RegexSet};
use serde::Deserialize;

/// Patterns of `rules/citations.toml`, compiled.
pub struct Rules {
    pub calendar: Calendar,
    pub(super) errors: errors::Errors,
    accessed: Vec<Regex>,
    archived: Vec<Regex>,
    tail: Regex,
    noise: Regex,
    languages: Vec<Regex>,
    not_languages: Vec<String>,
    agencies: Vec<String>,
    backlinks: Vec<String>,
    stray: RegexSet,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    months: Months,
    fields: Fields,
    languages: Languages,
    agencies: Names,
    errors: errors::File,
    backlinks: Words,
    stray: Stray,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fields {
    accessed: Vec<String>,
    archived: Vec<String>,
    tail: Vec<String>,
    noise: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Languages {
    forms: Vec<String>,
    names: Vec<String>,
    not_languages: Vec<String>,
}

#[derive(Deserialize)]
struct Names {
    names: Vec<String>,
}

#[derive(Deserialize)]
struct Words {
    words: Vec<String>,
}

#[derive(Deserialize)]
struct Stray {
    signs: Vec<String>,
}

impl Rules {
    pub fn builtin() -> Self {
        let file: File = crate::rules::parse("citations.toml");
        let calendar = Calendar::new(&file.months);
        let compile = |pattern: &str| {
            let whole = format!("(?i){}", pattern.replace("{D}", &format!("(?P<date>{})", calendar.pattern)));
            Regex::new(&whole).unwrap_or_else(|error| panic!("rules/citations.toml: {error}"))
        };
        let any = |patterns: &[String]| compile(&patterns.join("|"));
        let names = file.languages.names.join("|");
        let languages = file
            .languages
            .forms
            .iter()
            .map(|form| compile(&format!(r"[(（]\s*{}\s*[)）]", form.replace("{L}", &names))));
        let sign = |sign: &String| sign.replace("{D}", &calendar.pattern).replace("{B}", r"(?:^|[^\w])");
        let signs = file.stray.signs.iter().map(|text| format!("(?i){}", sign(text)));
        Rules {
            errors: errors::Errors::new(file.errors),
            accessed: file.fields.accessed.iter().map(|pattern| compile(pattern)).collect(),
            archived: file.fields.archived.iter().map(|pattern| compile(pattern)).collect(),
            tail: any(&file.fields.tail),
            noise: any(&file.fields.noise),
            languages: languages.collect(),
            not_languages: file.languages.not_languages,
            agencies: file.agencies.names,
            backlinks: file.backlinks.words,
            stray: RegexSet::new(signs).expect("signs are patterns"),
            calendar,
        }
    }

    /// Whether a line of the body reads like an entry that lost its list: volume, pages, a date of
    /// access. One sign is not enough, since prose has numbers and pages too.
    pub fn reads_like_entry(&self, line: &str) -> bool {
        let digits = line.bytes().any(|byte| byte.is_ascii_digit());
        digits && self.stray.matches(line).iter().count() >= 2
    }
}

/// Bytes of an entry that are read for fields.
const LONGEST: usize = 6000;

/// Reads one entry. `number` is the number it bears or is counted as; fields that the entry does not
/// have stay empty. `text` is kept as given.
pub fn parse(text: &str, number: &str, source: Span, rules: &Rules) -> Citation {
    let text = text.trim();
    let mut citation =
        Citation { number: number.to_owned(), text: text.to_owned(), source, ..Citation::default() };
    if let Some(error) = rules.errors.at(text) {
        citation.cite_error = error.name;
        return citation;
    }
    let end = (0..=text.len().min(LONGEST)).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(0);
    let head = fields::take(&text[..end], &mut citation, rules);
    head::take(&head, &mut citation, rules);
    citation
}
