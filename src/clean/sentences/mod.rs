//! Sentences: where one ends and the next begins, in any of the languages and in text that mixes them.
//!
//! Boundary: works on one block of cleaned text and knows nothing of sources. A full stop is judged by
//! what stands before it (abbreviation, initial, number) and after it (an opener, a lower-case word);
//! brackets and Chinese or angled quotation marks hold their stops inside. One pass finds the stops and
//! the brackets, a second judges them, so a block of any length is split in linear time.

mod pairs;
#[cfg(test)]
mod tests;

use crate::model::Span;
use crate::text::han::is_han;
use serde::Deserialize;
use std::collections::{BTreeMap, HashSet};

/// Words that tell ends from abbreviations.
pub struct Rules {
    never: HashSet<Box<str>>,
    seldom: HashSet<Box<str>>,
    openers: HashSet<Box<str>>,
    saying: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    never: BTreeMap<String, Vec<String>>,
    seldom: BTreeMap<String, Vec<String>>,
    openers: BTreeMap<String, Vec<String>>,
    saying: BTreeMap<String, Vec<String>>,
}

impl Rules {
    pub fn builtin() -> Self {
        let file: File = crate::rules::parse("sentences.toml");
        let set = |lists: BTreeMap<String, Vec<String>>| {
            lists.into_values().flatten().map(String::into_boxed_str).collect()
        };
        Rules {
            never: set(file.never),
            seldom: set(file.seldom),
            openers: set(file.openers),
            saying: file.saying.into_values().flatten().collect(),
        }
    }
}

/// A longer word is no abbreviation; bounds what is looked at around a stop.
const LONGEST_WORD: usize = 40;
/// How far after a quotation a word of saying is looked for, in characters.
const SAYING_WITHIN: usize = 14;

/// The sentences of a block: byte spans in order, without the blanks between them.
pub fn split(text: &str, rules: &Rules) -> Vec<Span> {
    let (stops, holds) = pairs::scan(text);
    let mut out = Vec::new();
    let (mut start, mut done, mut hold) = (0, 0, 0);
    for stop in stops {
        if stop < done {
            continue;
        }
        let (stops_end, end) = run_end(text, stop);
        done = end;
        if parts_names(text, stop) {
            continue;
        }
        while hold < holds.len() && holds[hold].end < end {
            hold += 1;
        }
        let held = holds.get(hold).is_some_and(|held| held.start < end && end < held.end);
        if !held && ends_sentence(text, Span::new(stop, stops_end), end, start, rules) {
            push(text, start, end, &mut out);
            start = end;
        }
    }
    push(text, start, text.len(), &mut out);
    out
}

/// Where sentences end in 。, a full-width point between two Chinese characters parts a name: 敦．帕馬威奈.
fn parts_names(text: &str, stop: usize) -> bool {
    let Some(rest) = text[stop..].strip_prefix('．') else { return false };
    text[..stop].chars().next_back().is_some_and(is_han)
        && rest.chars().next().is_some_and(is_han)
        && text.contains('。')
}

fn push(text: &str, start: usize, end: usize, out: &mut Vec<Span>) {
    let part = &text[start..end];
    let from = start + part.len() - part.trim_start().len();
    let to = start + part.trim_end().len();
    if from < to {
        out.push(Span::new(from, to));
    }
}

pub(super) fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '。' | '！' | '？' | '…' | '．')
}

fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | '）' | '」' | '』' | ']' | '】')
}

/// The end of the run of stops that begins at `stop`, and the end of the closing marks after it.
/// A stray stop after a blank (`war. .`) belongs to the run.
fn run_end(text: &str, stop: usize) -> (usize, usize) {
    let mut at = stop;
    loop {
        at += text[at..].chars().take_while(|&c| is_stop(c)).map(char::len_utf8).sum::<usize>();
        let stray = text[at..].starts_with(" .")
            && !text[at + 2..].starts_with(|c: char| c == '.' || c.is_alphanumeric());
        if !stray {
            break;
        }
        at += 1;
    }
    let mut end = at;
    for c in text[at..].chars() {
        if !is_closer(c) && !is_stop(c) {
            break;
        }
        end += c.len_utf8();
    }
    (at, end)
}

/// Whether the sentence ends at `end`, after the stops of `stops` and their closing marks.
fn ends_sentence(text: &str, stops: Span, end: usize, start: usize, rules: &Rules) -> bool {
    let rest = &text[end..];
    let Some(next) = rest.chars().next() else { return true };
    let before = text[start..stops.start].chars().next_back();
    let stop = text[stops.start..].chars().next().unwrap_or('.');
    let closed = end > stops.end;
    let blank = next.is_whitespace();
    let chinese = |c: char| is_han(c) || matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}');
    if matches!(stop, '。' | '！' | '？') || (before.is_some_and(chinese) && (!blank || chinese_after(rest)))
    {
        return ends_chinese(rest, next, closed, rules);
    }
    if !blank {
        return glued(text, stops.start, next, rest, closed);
    }
    let opening = rest.trim_start();
    if opening.starts_with(['—', '–', '-']) {
        let after = opening.trim_start_matches(['—', '–', '-', ' ', '\u{a0}']);
        return after.starts_with(char::is_uppercase) && !opening.starts_with('-');
    }
    let opening = opening.trim_start_matches(|c: char| is_opener(c) || c.is_whitespace());
    let Some(first) = opening.chars().next() else { return true };
    if first.is_lowercase() || matches!(first, ',' | ';' | ':' | ')' | '%' | '/' | '=') {
        return false;
    }
    stop != '.'
        || stops.end - stops.start > 1
        || closed
        || !abbreviates(&text[start..stops.start], opening, rules)
}

fn is_opener(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '«' | '(' | '（' | '「' | '『' | '[' | '„' | '¿' | '¡')
}

fn chinese_after(rest: &str) -> bool {
    rest.trim_start().chars().next().is_some_and(is_han)
}

/// After a Chinese stop only a continuing mark, or the speaker of a closed quotation, goes on.
fn ends_chinese(rest: &str, next: char, closed: bool, rules: &Rules) -> bool {
    if matches!(next, '，' | ',' | '、' | '；' | ';' | '：' | ':' | '）' | ')') {
        return false;
    }
    if !closed {
        return true;
    }
    if matches!(next, '的' | '等' | '—' | '–') {
        return false;
    }
    let until = |c: char| matches!(c, '，' | ',' | '。' | '：' | ':' | '！' | '？' | '“' | '「' | '\n');
    let clause: String = rest.chars().take(SAYING_WITHIN).take_while(|&c| !until(c)).collect();
    !rules.saying.iter().any(|word| clause.contains(word.as_str()))
}

/// A sentence glued to the one before, where a marker was cut: `in 2023.Between`.
fn glued(text: &str, stop: usize, next: char, rest: &str, closed: bool) -> bool {
    let mut after = rest.chars();
    let capital = next.is_uppercase() && after.nth(1).is_some_and(char::is_lowercase);
    let quoted = is_opener(next) && rest.chars().nth(1).is_some_and(char::is_uppercase) && next != '\'';
    if !capital && !quoted {
        return is_han(next) && !closed && text[..stop].chars().next_back().is_some_and(is_han);
    }
    let word = last_word(&text[..stop]);
    let letters = word.chars().rev().take_while(|c| c.is_lowercase()).count();
    let digits = word.chars().rev().take_while(char::is_ascii_digit).count();
    let address = word.contains(['/', '@', ':', '.', '_']) || word.starts_with("www");
    let plain = letters >= 3 || digits == 4 || closed || word.ends_with([')', '"', '”', '»', '%']);
    let domain = rest.chars().take_while(|c| c.is_alphanumeric()).count() <= 3
        && !rest.chars().take(LONGEST_WORD).any(char::is_whitespace);
    plain && !address && !domain
}

/// The word that ends the text, by white space, no longer than [`LONGEST_WORD`] bytes.
fn last_word(text: &str) -> &str {
    let mut from = text.len().saturating_sub(LONGEST_WORD);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let tail = &text[from..];
    let cut =
        tail.char_indices().rev().find(|(_, c)| c.is_whitespace()).map_or(0, |(at, c)| at + c.len_utf8());
    &tail[cut..]
}

/// Whether the stop after `before` belongs to an abbreviation, an initial or a number, given what
/// the next word is.
fn abbreviates(before: &str, opening: &str, rules: &Rules) -> bool {
    let word = last_word(before).trim_start_matches(|c: char| is_opener(c) || matches!(c, '—' | '–' | '-'));
    if word.is_empty() {
        return before.trim().is_empty();
    }
    let first: String = opening.chars().take_while(|c| c.is_alphanumeric() || *c == '\'').take(16).collect();
    let opens = first.chars().count() > 1 && rules.openers.contains(first.to_lowercase().as_str());
    let next_digit = first.starts_with(|c: char| c.is_ascii_digit());
    if word.chars().all(|c| c.is_ascii_digit() || c == '.') {
        let numbering = last_word_alone(before, word);
        return numbering || (next_digit && word.len() <= 2 && (first.len() <= 2 || first.len() == 4));
    }
    let mut chars = word.chars();
    if let (Some(letter), None) = (chars.next(), chars.next())
        && letter.is_uppercase()
    {
        return !opens;
    }
    let lower = word.to_lowercase();
    let bare = lower.rsplit(['(', '-', '/', '«', '“']).next().unwrap_or(&lower);
    if rules.never.contains(bare) {
        return !matches!(bare, "no" | "nos" | "fig" | "sec" | "gen")
            || next_digit
            || (bare == "gen" && !opens);
    }
    if rules.seldom.contains(bare) {
        return !opens;
    }
    initials(word) && !opens
}

/// The word is all there is before the stop: the number of a list item.
fn last_word_alone(before: &str, word: &str) -> bool {
    before.trim().len() == word.len()
}

/// Letters with stops between them, such as `J.R.R` or `В.В`.
fn initials(word: &str) -> bool {
    word.contains('.')
        && word.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_uppercase))
}
