//! Role words beside a run of capitalised words: what somebody is, before or after the name.

use super::alphabetic::{Label, Labelled};
use super::tokens::{Gap, Script, Shape};
use crate::model::EntityKind;
use crate::names::Rules;
use crate::names::inflection;

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

/// Role words beside a run.
pub struct Roles {
    pub keys: Vec<String>,
    /// One stands directly before the run.
    pub before: bool,
    /// The one before is strong enough for a surname alone.
    pub strong: bool,
    pub honorific: bool,
    pub after: bool,
}

pub fn roles_around(labelled: &Labelled, from: usize, to: usize, rules: &Rules) -> Roles {
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
    if !roles.before
        && let Some((role, state)) = distant_role(labelled, from, rules)
    {
        let key = &lexicon.role_keys[role];
        roles.strong = state.is_some()
            && labelled.tokens[from].script == Script::Cyrillic
            && !WEAK_ROLES.contains(&key.as_str());
        roles.keys.push(key.clone());
        roles.keys.extend(state.map(|state| format!("{key}@{state}")));
        roles.before = true;
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

/// The role before the names that it is held of: president of France Emmanuel Macron, посол США в Приштине
/// Джеффри Ховеньер; with the state, where that stands right before the run.
fn distant_role(labelled: &Labelled, from: usize, rules: &Rules) -> Option<(usize, Option<String>)> {
    let lexicon = labelled.lexicon(from, rules);
    let tokens = &labelled.tokens;
    let state = |at: usize| {
        let named = |&entry: &usize| rules.gazetteer.entries[entry].kind == EntityKind::State;
        let entry = rules.gazetteer.of_token(&tokens[at]).into_iter().find(named)?;
        Some(rules.gazetteer.entries[entry].key.clone())
    };
    let mut names = 0;
    let mut at = from;
    while at > 0 && from - at < 6 && tokens[at].gap == Gap::Space && !tokens[at - 1].possessive {
        at -= 1;
        match labelled.labels[at] {
            Label::Role(role) => {
                let state = state(from - 1).filter(|_| from - at == 2);
                return (names > 0).then_some((role, state));
            }
            Label::Taken | Label::Entry(..) | Label::Body(..) | Label::Adjective(_) => names += 1,
            Label::None if tokens[at].shape == Shape::Lower => {
                let word = inflection::fold(tokens[at].text);
                let small = lexicon.of_words.contains(&word)
                    || lexicon.articles.contains(&word)
                    || lexicon.before_place.contains(&word);
                if !small || at + 1 == from {
                    return None;
                }
            }
            _ => return None,
        }
    }
    None
}

/// Only a full stop stands between a word and the one before: Mr. Smith.
fn stop_between(labelled: &Labelled, at: usize) -> bool {
    let between = &labelled.source.text[labelled.tokens[at - 1].span.end..labelled.tokens[at].span.start];
    between.trim_end() == "." && labelled.labels[at - 1] == Label::Honorific
}

pub fn comma_before(labelled: &Labelled, at: usize) -> bool {
    let between = &labelled.source.text[labelled.tokens[at - 1].span.end..labelled.tokens[at].span.start];
    matches!(between.trim(), ",")
}
