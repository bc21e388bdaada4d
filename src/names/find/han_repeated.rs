//! Chinese names that a document says more than once and never behind a role: a surname and characters that
//! given names are made of, met again in other surroundings. One sentence alone cannot tell them from words
//! that happen to stand side by side.

use super::cover::Cover;
use super::han::HanText;
use super::{Finding, PersonName, Text, han_persons};
use crate::model::Span;
use crate::names::Rules;
use crate::text::han::is_han;
use std::collections::{BTreeMap, BTreeSet};

/// How much the name and all its surroundings must weigh together.
const ENOUGH: i32 = 5;

/// The surroundings of one string of characters.
#[derive(Default)]
struct Uses {
    count: i32,
    before: BTreeSet<Option<char>>,
    after: BTreeSet<Option<char>>,
    opened: bool,
    closed: bool,
    person: Option<PersonName>,
}

/// The names of such persons, folded.
pub fn learn(texts: &[Text], found: &[Vec<Finding>], rules: &Rules) -> Vec<(String, PersonName)> {
    let mut uses: BTreeMap<String, Uses> = BTreeMap::new();
    for (text, found) in texts.iter().zip(found) {
        if let Some(han) = &text.han {
            collect(han, found, &mut uses, rules);
        }
    }
    uses.into_iter().filter_map(|(name, uses)| person(&name, uses, rules).map(|p| (name, p))).collect()
}

fn collect(text: &HanText, found: &[Finding], uses: &mut BTreeMap<String, Uses>, rules: &Rules) {
    let words = &rules.han;
    let cover = Cover::new(found.iter().map(|f| f.span));
    for (at, _) in text.folded.char_indices() {
        let rest = &text.folded[at..];
        if !words.is_plain_surname(rest) || words.word_starts(rest) || text.entry_over(at).is_some() {
            continue;
        }
        let surname = words.surname(rest);
        let given: Vec<(usize, char)> = rest[surname..].char_indices().take(2).collect();
        let [.., (last, c)] = given[..] else { continue };
        let end = at + surname + last + c.len_utf8();
        let plain = given.len() == 2 && given.iter().all(|&(_, c)| is_han(c)) && !words.is_stop(c);
        let span = Span::new(at, end);
        if !plain
            || words.word_starts(&rest[surname..])
            || !given.iter().any(|&(_, c)| words.is_given_character(c))
            || cover.overlaps(span)
        {
            continue;
        }
        note(text, span, uses.entry(span.of(text.folded).to_owned()).or_default(), rules);
    }
}

fn note(text: &HanText, span: Span, uses: &mut Uses, rules: &Rules) {
    let words = &rules.han;
    let (before, after) = (&text.folded[..span.start], &text.folded[span.end..]);
    let (previous, next) = (before.chars().next_back(), after.chars().next());
    let introduced = words.before_person.fit(before);
    uses.count += 1;
    uses.opened |=
        introduced || previous.is_none_or(|c| !is_han(c)) || text.role_ending(span.start).is_some();
    uses.closed |= next.is_none_or(|c| !is_han(c) || words.is_stop(c)) || words.word_starts(after);
    uses.before.insert(previous);
    uses.after.insert(next);
    if uses.person.is_none() {
        uses.person = Some(han_persons::native_name(text, span, words));
    }
}

fn person(name: &str, uses: Uses, rules: &Rules) -> Option<PersonName> {
    let words = &rules.han;
    let given = name.get(words.surname(name)..)?;
    let typical = given.chars().all(|c| words.is_given_character(c));
    // 同 and 之 are small words too; a name that holds one has to be said more often.
    let least = if given.starts_with(|c| words.is_stop(c)) { 3 } else { 2 };
    let varied = uses.before.len() >= 2 && uses.after.len() >= 2;
    let weight = if typical { 3 } else { 1 }
        + i32::from(uses.opened)
        + i32::from(uses.closed)
        + i32::from(varied)
        + i32::from(uses.count >= 3);
    (uses.count >= least && varied && weight >= ENOUGH).then_some(uses.person)?
}
