//! Persons in alphabetic text: runs of capitalised words weighed by what stands in and around them.

use super::alphabetic::{Common, Found, Label, Labelled, finding};
use super::person_parts::{is_patronymic, parts, shown, trim_cyrillic, words};
use super::tokens::{Gap, Script, Shape, Token};
use super::{Finding, PersonName, Place};
use crate::model::EntityKind;
use crate::names::Rules;
use crate::names::inflection;
use crate::names::lexicon::Lexicon;

/// A run that weighs as much names a person.
const ENOUGH: f64 = 2.5;
/// Roles that often stand before something else than a person's surname.
const WEAK_ROLES: &[&str] = &[
    "head",
    "director",
    "executive",
    "official",
    "envoy",
    "kin",
    "sport",
    "artist",
    "activist",
    "journalist",
    "scholar",
    "lawyer",
    "officer",
    "spokesperson",
    "adviser",
    "negotiator",
    "chief_of_staff",
    "lawmaker",
    "politician",
    "clergy",
];

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
        if let Some(found) = person(labelled, at, end, common, rules) {
            out.push(found);
        }
        at = end;
    }
    out
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

fn person(labelled: &Labelled, from: usize, to: usize, common: &Common, rules: &Rules) -> Option<Finding> {
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
    if suffix && words.len() > 2 {
        words.pop();
    }
    if words.len() > 6 {
        return None;
    }
    let roles = roles_around(labelled, from, to, rules);
    let weight = if words.len() == 1 {
        lone(labelled, words[0], &roles, common, lexicon)
    } else {
        weigh(labelled, &words, &roles, common, lexicon)
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
    found.person = Some(name);
    found.roles = roles.keys;
    Some(found)
}

/// Role words beside a run.
struct Roles {
    keys: Vec<String>,
    /// One stands directly before the run.
    before: bool,
    /// The one before is strong enough for a surname alone.
    strong: bool,
    honorific: bool,
    after: bool,
}

fn roles_around(labelled: &Labelled, from: usize, to: usize, rules: &Rules) -> Roles {
    let lexicon = labelled.lexicon(from, rules);
    let mut roles = Roles { keys: Vec::new(), before: false, strong: false, honorific: false, after: false };
    let state = |at: usize| match labelled.labels[at] {
        Label::Adjective(state) => Some(rules.gazetteer.entries[state].key.clone()),
        _ => None,
    };
    let mut add = |role: usize, state: Option<String>| {
        let key = &lexicon.role_keys[role];
        roles.keys.push(key.clone());
        roles.keys.extend(state.map(|state| format!("{key}@{state}")));
    };
    if from > 0
        && (labelled.tokens[from].gap == Gap::Space
            || comma_before(labelled, from)
            || stop_between(labelled, from))
    {
        match labelled.labels[from - 1] {
            Label::Role(role) => {
                let first = (0..from)
                    .rev()
                    .take_while(|&at| labelled.labels[at] == Label::Role(role))
                    .last()
                    .unwrap_or(from - 1);
                add(role, first.checked_sub(1).and_then(state));
                let capital =
                    labelled.tokens[from - 1].is_upper() || labelled.tokens[from].script == Script::Cyrillic;
                roles.strong = capital
                    && labelled.tokens[from].gap == Gap::Space
                    && !WEAK_ROLES.contains(&lexicon.role_keys[role].as_str());
                roles.before = true;
            }
            Label::Honorific => {
                roles.before = true;
                roles.strong = true;
                roles.honorific = true;
            }
            _ => {}
        }
    }
    if to < labelled.tokens.len() && labelled.tokens[to].gap == Gap::Other && comma_before(labelled, to) {
        let near = (to..labelled.tokens.len().min(to + 5))
            .take_while(|&at| at == to || labelled.tokens[at].gap == Gap::Space);
        let hit = near.into_iter().find_map(|at| match labelled.labels[at] {
            Label::Role(role) => Some((role, at)),
            _ => None,
        });
        if let Some((role, at)) = hit {
            let key = &lexicon.role_keys[role];
            roles.keys.push(key.clone());
            roles.keys.extend(at.checked_sub(1).and_then(state).map(|state| format!("{key}@{state}")));
            roles.after = true;
        }
    }
    roles.keys.dedup();
    roles
}

/// Only a full stop stands between a word and the one before: Mr. Smith.
fn stop_between(labelled: &Labelled, at: usize) -> bool {
    let between = &labelled.source.text[labelled.tokens[at - 1].span.end..labelled.tokens[at].span.start];
    between.trim_end() == "." && labelled.labels[at - 1] == Label::Honorific
}

fn comma_before(labelled: &Labelled, at: usize) -> bool {
    let between = &labelled.source.text[labelled.tokens[at - 1].span.end..labelled.tokens[at].span.start];
    matches!(between.trim(), ",")
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
    if roles.before {
        weight += 3.0;
    }
    if roles.after {
        weight += 2.5;
    }
    let surname = inflection::folded(word(last));
    if lexicon
        .surname_endings
        .iter()
        .any(|ending| surname.ends_with(ending.as_str()) && word(last).len() > ending.len() + 2)
    {
        weight += 1.5;
    }
    if words.len() <= 3 && lexicon.family_first.contains(tokens[first.0].text) {
        weight += 2.0;
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
        && lexicon.speech.contains(&*next.folded)
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
