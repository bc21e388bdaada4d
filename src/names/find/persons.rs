//! Persons in alphabetic text: runs of capitalised words weighed by what stands in and around them.

use super::alphabetic::{Common, Found, Label, Labelled, finding};
use super::person_parts::{is_patronymic, parts, shown, trim_cyrillic, words};
use super::person_roles::{Roles, comma_before, roles_around};
use super::tokens::{Gap, Script, Shape, Token};
use super::{Finding, PersonName, Place};
use crate::model::EntityKind;
use crate::names::Rules;
use crate::names::inflection;
use crate::names::lexicon::Lexicon;

/// A run that weighs as much names a person.
const ENOUGH: f64 = 2.5;

/// Roles whose bearers go by their given name.
const GIVEN_ROLES: &[&str] = &["monarch", "prince", "pope", "clergy"];

/// A gazetteer word that here begins or ends a person's name: Jordan Peterson, George Washington.
pub fn reads_as_person(labelled: &Labelled, at: usize, count: usize, label: Label, rules: &Rules) -> bool {
    let Label::Entry(entry, ..) = label else { return false };
    let before = |token: &Token| token.is_upper() && !labelled.lexicon(at, rules).stop.contains(token.text);
    if rules.gazetteer.entries[entry].kind == EntityKind::Person && count == 1 {
        // The surname of someone known ends a run of its own: Vladimir Vladimirovich Putin.
        return at > 0
            && labelled.tokens[at].gap == Gap::Space
            && labelled.labels[at - 1] == Label::None
            && before(&labelled.tokens[at - 1])
            && !labelled.tokens[at - 1].possessive;
    }
    if !matches!(rules.gazetteer.entries[entry].kind, EntityKind::State | EntityKind::Place) || count != 1 {
        return false;
    }
    let tokens = &labelled.tokens;
    let lexicon = rules.lexicon(tokens[at].script);
    if at > 0
        && tokens[at].gap == Gap::Space
        && labelled.labels[at - 1] == Label::None
        && tokens[at - 1].is_upper()
    {
        let before = tokens[at - 1].text;
        return lexicon.given(before).is_some()
            && !lexicon.stop.contains(before)
            && tokens[at - 1].script == tokens[at].script;
    }
    let next = tokens.get(at + 1);
    lexicon.given_places.contains(tokens[at].text)
        && !tokens[at].possessive
        && next.is_some_and(|next| {
            next.gap == Gap::Space
                && next.shape == Shape::Capital
                && !lexicon.stop.contains(next.text)
                && !lexicon.heads.contains_key(next.text)
                && rules.gazetteer.latin.at(tokens, at + 1).next().is_none()
                && lexicon.roles.at(tokens, at + 1).next().is_none()
        })
}

pub fn find(labelled: &Labelled, common: &Common, rules: &Rules) -> Vec<Finding> {
    let mut out = Vec::new();
    let mut runs = Vec::new();
    let mut at = 0;
    while at < labelled.tokens.len() {
        let end = run_end(labelled, at, rules);
        if end == at {
            at += 1;
            continue;
        }
        if let Some(found) = reference(labelled, at, rules) {
            out.push(found);
            at += 2;
            continue;
        }
        let end = agreeing(labelled, at, end, rules);
        runs.push((at, end, person(labelled, at, end, 0.0, common, rules)));
        at = end;
    }
    listed(labelled, &mut runs, common, rules);
    out.extend(runs.into_iter().filter_map(|(.., found)| found));
    out
}

/// A run with the person that it names, if it does.
type Run = (usize, usize, Option<Finding>);

/// What a run weighs more beside a person in a list.
const LISTED: f64 = 2.5;

/// Weighs the runs of a list again, where a person stands beside: Sadio Camara and Modibo Kone.
fn listed(labelled: &Labelled, runs: &mut [Run], common: &Common, rules: &Rules) {
    let order: Vec<usize> = (0..runs.len()).chain((0..runs.len()).rev()).collect();
    for at in order {
        let (from, to, found) = &runs[at];
        if found.is_some() || !(2..=3).contains(&(to - from)) {
            continue;
        }
        let known = |other: Option<&Run>| other.is_some_and(|(.., found)| found.is_some());
        let before = at.checked_sub(1).and_then(|before| runs.get(before));
        let behind = runs.get(at + 1);
        let beside = before.is_some_and(|run| in_list(labelled, run.1, *from, rules)) && known(before)
            || behind.is_some_and(|run| in_list(labelled, *to, run.0, rules)) && known(behind);
        if beside {
            runs[at].2 = person(labelled, *from, *to, LISTED, common, rules);
        }
    }
}

/// Only a comma or a conjunction stands between the token before `end` and `next`.
fn in_list(labelled: &Labelled, end: usize, next: usize, rules: &Rules) -> bool {
    let tokens = &labelled.tokens;
    if labelled.tokens[end - 1].possessive {
        return false;
    }
    let conjunction = |at: usize| {
        labelled.lexicon(at, rules).conjunctions.contains(tokens[at].text) && tokens[at].gap != Gap::Start
    };
    match next - end {
        0 => comma_before(labelled, next),
        1 => conjunction(end) && tokens[next].gap == Gap::Space,
        _ => false,
    }
}

/// Where a run ends whose words stand in one case: Шарля Мишеля | Алиев.
fn agreeing(labelled: &Labelled, from: usize, to: usize, rules: &Rules) -> usize {
    let lexicon = labelled.lexicon(from, rules);
    let text = |at: usize| labelled.tokens[at].text;
    if labelled.tokens[from].script != Script::Cyrillic || to - from < 3 {
        return to;
    }
    let Some((nominative, gender)) = lexicon.given(text(from)) else { return to };
    let oblique = !matches!(
        inflection::case_of(text(from), nominative),
        inflection::Case::Nominative | inflection::Case::Unknown
    );
    let bare = |at: usize| inflection::ends_bare(text(at)) && labelled.tokens[at].shape == Shape::Capital;
    let split = (from + 2..to).find(|&at| bare(at) && labelled.tokens[at].gap == Gap::Space);
    match split {
        Some(at) if oblique && *gender == inflection::Gender::Male && !bare(from + 1) => at,
        _ => to,
    }
}

/// A name as reference lists print it: Miller, J R.
fn reference(labelled: &Labelled, at: usize, rules: &Rules) -> Option<Finding> {
    let tokens = &labelled.tokens;
    let initial = |at: usize| tokens.get(at).is_some_and(|token| token.shape == Shape::Initial);
    if tokens[at].shape != Shape::Capital
        || !initial(at + 1)
        || !comma_before(labelled, at + 1)
        || tokens[at].text.chars().count() < 3
    {
        return None;
    }
    let to = if initial(at + 2) && tokens[at + 2].gap == Gap::Space { at + 3 } else { at + 2 };
    let dotted = tokens[to - 1].text.ends_with('.');
    let place = matches!(labelled.labels[at], Label::Entry(..))
        || labelled.lexicon(at, rules).stop.contains(tokens[at].text);
    if !dotted || place {
        return None;
    }
    let given = (at + 1..to).map(|at| tokens[at].text.to_owned()).collect();
    let name = labelled.text(at, to).to_owned();
    let mut found = finding(
        labelled,
        at,
        to,
        Found { kind: EntityKind::Person, name, key: None, method: "reference", confidence: 0.8 },
    );
    found.person = Some(PersonName { given, family: tokens[at].text.to_owned() });
    Some(found)
}

fn may_name(labelled: &Labelled, at: usize, rules: &Rules) -> bool {
    let token = &labelled.tokens[at];
    let lexicon = rules.lexicon(token.script);
    token.is_upper()
        && token.script != Script::Other
        && labelled.labels[at] == Label::None
        && (!lexicon.stop.contains(token.text)
            || (lexicon.given(token.text).is_some() && token.gap == Gap::Space))
}

/// One past the last token of the run of name-like words that begins at `start`.
fn run_end(labelled: &Labelled, start: usize, rules: &Rules) -> usize {
    let tokens = &labelled.tokens;
    if !may_name(labelled, start, rules) {
        return start;
    }
    let lexicon = rules.lexicon(tokens[start].script);
    let mut end = start + 1;
    while end < tokens.len() && !tokens[end - 1].possessive {
        let same = tokens[end].script == tokens[start].script;
        if same && matches!(tokens[end].gap, Gap::Space | Gap::Hyphen) && may_name(labelled, end, rules) {
            end += 1;
            continue;
        }
        let mut past = end;
        while past < tokens.len()
            && past < end + 3
            && tokens[past].gap == Gap::Space
            && lexicon.particles.contains(tokens[past].text)
        {
            past += 1;
        }
        let hyphen = past < tokens.len() && tokens[past].gap == Gap::Hyphen;
        let small = past < tokens.len()
            && hyphen
            && tokens[past].shape == Shape::Lower
            && tokens[past].text.chars().count() <= 5;
        let behind_particle = past > end && past < tokens.len() && may_name(labelled, past, rules);
        let behind_hyphen = small && past == end && is_tail(labelled, past);
        if !(behind_particle || behind_hyphen) {
            break;
        }
        end = past + 1;
    }
    end
}

/// The small second half of a Korean or Chinese given name: Yui-sang, Jae-in.
fn is_tail(labelled: &Labelled, at: usize) -> bool {
    at >= 2
        && labelled.tokens[at - 1].gap == Gap::Space
        && labelled.tokens[at - 1].is_upper()
        && labelled.tokens[at - 1].text.chars().count() <= 6
}

/// `bonus`: what the surroundings of the run have shown already.
fn person(
    labelled: &Labelled,
    from: usize,
    to: usize,
    bonus: f64,
    common: &Common,
    rules: &Rules,
) -> Option<Finding> {
    let lexicon = labelled.lexicon(from, rules);
    let mut words = words(labelled, from, to);
    // "head of Rossiya Segodnya Dmitry Kiselyov": what stands before the given name belongs to "of".
    if from > 0
        && lexicon.of_words.contains(labelled.tokens[from - 1].text)
        && labelled.tokens[from].gap == Gap::Space
    {
        let given = |range: &(usize, usize)| lexicon.given(labelled.text(range.0, range.1)).is_some();
        if let Some(at) = words.iter().position(given).filter(|&at| at > 0 && at + 1 < words.len()) {
            words.drain(..at);
        }
    }
    trim_cyrillic(labelled, &mut words, lexicon);
    let (from, to) = (words[0].0, words[words.len() - 1].1);
    let suffix = words.len() > 1 && lexicon.suffixes.contains(labelled.tokens[words[words.len() - 1].0].text);
    if suffix {
        words.pop();
    }
    if words.len() > 6 {
        return None;
    }
    let roles = roles_around(labelled, from, to, rules);
    let crowned = suffix && words.len() == 1 && lexicon.given(labelled.tokens[from].text).is_some();
    let weight = if crowned {
        // Charles III: a given name with its number.
        ENOUGH
    } else if words.len() == 1 {
        lone(labelled, words[0], &roles, common, lexicon)
    } else {
        weigh(labelled, &words, &roles, common, lexicon) + bonus
    };
    if weight < ENOUGH {
        return None;
    }
    let name = parts(labelled, &words, lexicon);
    let shown = shown(&name, labelled, from, to);
    let method = if roles.before { "role_word" } else { "shape" };
    let confidence = (0.5 + weight / 12.0).min(0.97);
    let mut found = finding(
        labelled,
        from,
        to,
        Found { kind: EntityKind::Person, name: shown, key: None, method, confidence },
    );
    if roles.honorific && words.len() == 1 {
        found.styled = labelled.text(from - 1, to).to_owned();
    }
    found.person = Some(name);
    found.roles = roles.keys;
    Some(found)
}

/// A single word is a person only by the role or honorific before it.
fn lone(labelled: &Labelled, word: (usize, usize), roles: &Roles, common: &Common, lexicon: &Lexicon) -> f64 {
    let token = &labelled.tokens[word.0];
    let folded = &*token.folded;
    let known = lexicon.given(token.text).is_some();
    if !roles.strong
        || token.shape == Shape::Caps
        || token.shape == Shape::Initial
        || common.contains(folded)
        || token.text.chars().count() < 2
    {
        return 0.0;
    }
    if lexicon.not_surname_endings.iter().any(|ending| folded.ends_with(ending.as_str())) {
        return 0.0;
    }
    let titled = roles.honorific || roles.keys.iter().any(|key| GIVEN_ROLES.contains(&key.as_str()));
    if known && !titled { 0.0 } else { 3.0 }
}

fn weigh(
    labelled: &Labelled,
    words: &[(usize, usize)],
    roles: &Roles,
    common: &Common,
    lexicon: &Lexicon,
) -> f64 {
    let tokens = &labelled.tokens;
    let (first, last) = (words[0], words[words.len() - 1]);
    let word = |range: (usize, usize)| labelled.text(range.0, range.1);
    let mut weight: f64 = 0.0;
    let given = |range| lexicon.given(word(range)).is_some() || lexicon.given(tokens[range.0].text).is_some();
    if given(first) {
        weight += 3.0;
    } else if words.len() > 2 && given(words[1]) {
        weight += 1.5;
    }
    if tokens[first.0].script == Script::Cyrillic {
        weight += 0.3;
        if !given(first) && given(last) {
            weight += 2.0;
        }
        if words.iter().skip(1).any(|&w| is_patronymic(word(w), lexicon)) {
            weight += 3.0;
        }
    }
    if words[..words.len() - 1].iter().any(|&w| tokens[w.0].shape == Shape::Initial) {
        weight += 2.0;
    }
    if words.len() > 2 && words[1..words.len() - 1].iter().any(|&w| tokens[w.0].shape == Shape::Initial) {
        weight += 0.5;
    }
    // Tong-kai, Jae-in: no other names are written so.
    if words.iter().any(|&(from, to)| to - from == 2 && tokens[to - 1].shape == Shape::Lower) {
        weight += 2.5;
    }
    if roles.before {
        weight += 3.0;
    }
    if roles.after {
        weight += 2.5;
    }
    // In the middle of a sentence a capital that is no adjective's leaves little else than a person.
    let plain = |range: (usize, usize)| {
        tokens[range.0].shape == Shape::Capital && !inflection::adjectival(&inflection::fold(word(range)))
    };
    let telling = tokens[last.0].script == Script::Cyrillic
        && words.len() == 2
        && inside(labelled, first.0)
        && plain(first);
    if ends_as_surname(word(last), tokens[last.0].script, lexicon) {
        weight += if telling { 2.2 } else { 1.5 };
    } else if telling && plain(last) {
        // Bodies and places have one capital in Cyrillic: за посередництва Кетрін Ештон.
        weight += 2.2;
    }
    if words.len() <= 3 && lexicon.family_first.contains(tokens[first.0].text) {
        // Ким Ё Чжон: short words behind a family name that stands first.
        let short = words[1..].iter().all(|&w| word(w).chars().count() <= 5);
        weight += if words.len() == 3 && short { 2.5 } else { 2.0 };
    }
    weight += around(labelled, first.0, last.1, lexicon);
    for &range in words {
        let token = &tokens[range.0];
        let folded = &*token.folded;
        if common.contains(folded) && !lexicon.particles.contains(token.text) {
            weight -= 2.5;
        }
        if token.shape == Shape::Caps && !labelled.tokens.iter().all(|t| t.shape != Shape::Lower) {
            weight -= 2.0;
        }
        if lexicon.stop.contains(token.text) {
            weight -= 1.5;
        }
    }
    if tokens[last.0].shape == Shape::Initial {
        weight -= 4.0;
    }
    if words.len() > 4 {
        weight -= 1.0;
    }
    weight
}

/// Words of the sentence stand before, with nothing or a dash between.
fn inside(labelled: &Labelled, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| &labelled.tokens[before]) else { return false };
    let between = &labelled.source.text[before.span.end..labelled.tokens[at].span.start];
    labelled.tokens[at].gap == Gap::Space || matches!(between.trim(), "—" | "–")
}

/// The word, or its nominative, ends as surnames do.
fn ends_as_surname(word: &str, script: Script, lexicon: &Lexicon) -> bool {
    let ends = |word: &str| {
        let folded = inflection::fold(word);
        lexicon
            .surname_endings
            .iter()
            .any(|ending| folded.ends_with(ending.as_str()) && word.len() > ending.len() + 2)
    };
    let base = || inflection::surname_base(word, inflection::Gender::Male, crate::model::Language::Uk);
    ends(word) || (script == Script::Cyrillic && ends(&base()))
}

/// What the words before and after a run say of it.
fn around(labelled: &Labelled, from: usize, to: usize, lexicon: &Lexicon) -> f64 {
    let tokens = &labelled.tokens;
    let mut weight = 0.0;
    if from > 0 && tokens[from].gap == Gap::Space {
        let before = &*tokens[from - 1].folded;
        if lexicon.articles.contains(before) {
            weight -= 2.5;
        }
        if lexicon.before_person.contains(before) {
            weight += 0.5;
        } else if lexicon.before_place.contains(before) {
            weight -= 1.0;
        }
    }
    if let Some(next) = tokens.get(to).filter(|next| next.gap == Gap::Space)
        && lexicon.speech.contains(&next.folded)
    {
        weight += 1.5;
    }
    if matches!(labelled.source.place, Place::Gloss(_)) && from == 0 {
        let is = (to..tokens.len().min(to + 14)).any(|at| matches!(labelled.labels[at], Label::Role(_)));
        weight += if is { 3.0 } else { 0.0 };
    }
    weight
}

/// The last word of a run, for tests of what a single token may be.
pub fn is_name_token(token: &Token) -> bool {
    token.is_upper() && token.shape != Shape::Initial
}
