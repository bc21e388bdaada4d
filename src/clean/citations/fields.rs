//! Fields with labels: when seen, when archived, in which language, at which address.

use super::Rules;
use crate::model::{Citation, Span};
use regex::Regex;

/// Takes the labelled fields out of an entry and returns what stands before the first of them.
pub(super) fn take(text: &str, citation: &mut Citation, rules: &Rules) -> String {
    let mut rest = text.to_owned();
    if let Some(at) = rest.find("http://").or_else(|| rest.find("https://")) {
        let end = rest[at..]
            .find(|c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | '”' | '»' | ']'))
            .map_or(rest.len(), |len| at + len);
        citation.url = rest[at..end].trim_end_matches(['.', ',', ';', ')']).to_owned();
        rest.replace_range(at..end, "");
    }
    let mut end = rest.len();
    citation.archived = dated(&rest, &rules.archived, &mut end, rules);
    citation.accessed = dated(&rest, &rules.accessed, &mut end, rules);
    if let Some((all, name)) = language(&rest, rules) {
        citation.language = name;
        // A note that stands before the other fields is cut out; one after them is theirs.
        if all.start < end {
            rest.replace_range(all.start..all.end, "");
            end = if end >= all.end { end - (all.end - all.start) } else { all.start };
            if rest[all.start..].trim().is_empty() {
                end = end.min(rest.len());
            }
        }
    }
    if let Some(found) = rules.tail.find(&rest) {
        end = end.min(found.start());
    }
    rest.truncate(floor(&rest, end));
    let mut head = rules.noise.replace_all(&rest, "").into_owned();
    let kept = head
        .trim_end_matches(|c: char| {
            c.is_whitespace() || matches!(c, '(' | '（' | '[' | '—' | '–' | '|' | ',' | ';')
        })
        .len();
    head.truncate(kept);
    head
}

/// The last note on the language, and where it stands with its brackets.
fn language(text: &str, rules: &Rules) -> Option<(Span, String)> {
    rules.languages.iter().find_map(|form| {
        let notes = form.captures_iter(text).filter_map(|found| {
            let (all, name) = (found.get(0)?, found.name("name")?.as_str());
            let named = !rules.not_languages.iter().any(|word| word == name);
            named.then(|| (Span::new(all.start(), all.end()), name.to_owned()))
        });
        notes.last()
    })
}

fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The date of the first pattern that matches; `end` moves to the earliest field.
fn dated(text: &str, patterns: &[Regex], end: &mut usize, rules: &Rules) -> String {
    let mut value = String::new();
    for pattern in patterns {
        let Some(found) = pattern.captures(text) else { continue };
        let start = found.get(0).map_or(text.len(), |all| all.start());
        *end = (*end).min(start);
        if value.is_empty()
            && let Some(stamp) = found.name("date").and_then(|date| rules.calendar.find(date.as_str()))
        {
            value = stamp.iso();
        }
    }
    value
}
