//! Persons in alphabetic text: runs of capitalised words weighed by what stands in and around them.

use super::alphabetic::{Common, Found, Label, Labelled, finding};
use super::tokens::{Gap, Script, Shape, Token};
use super::{Finding, PersonName, Place};
use crate::model::EntityKind;
use crate::names::Rules;
use crate::names::inflection::{self, Gender};
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
        if past > end && past < tokens.len() && may_name(labelled, past, rules) {
            end = past + 1;
        } else if small && past == end && is_tail(labelled, past) {
            end = past + 1;
        } else {
            break;
        }
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

/// Words of the run as ranges of tokens: parts joined by hyphens are one word.
fn words(labelled: &Labelled, from: usize, to: usize) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    for at in from..to {
        if at > from && labelled.tokens[at].gap == Gap::Hyphen {
            out.last_mut().expect("a word before").1 = at + 1;
        } else {
            out.push((at, at + 1));
        }
    }
    out
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

/// Drops what belongs to a body before a name: "Газпромбанка Тигран Хачатуров", "СПЧ Фадеев". A surname may
/// stand before the given name only where a patronymic follows, or where the two are alone.
fn trim_cyrillic(labelled: &Labelled, words: &mut Vec<(usize, usize)>, lexicon: &Lexicon) {
    let token = |range: (usize, usize)| &labelled.tokens[range.0];
    if token(words[0]).script != Script::Cyrillic {
        return;
    }
    while words.len() > 1
        && token(words[0]).shape == Shape::Caps
        && words.iter().any(|&word| token(word).shape == Shape::Capital)
    {
        words.remove(0);
    }
    let known = |range: (usize, usize)| {
        let initial = token(range).shape == Shape::Initial;
        initial || lexicon.given(labelled.text(range.0, range.1)).is_some()
    };
    let patronymic = |range: Option<&(usize, usize)>| {
        range.is_some_and(|&(from, to)| is_patronymic(labelled.text(from, to), lexicon))
    };
    if words.len() > 2
        && !known(words[0])
        && let Some(at) = (1..words.len() - 1).find(|&at| known(words[at]))
        && !patronymic(words.get(at + 1))
        && !(token(words[at]).shape == Shape::Initial
            && token(words[words.len() - 1]).shape == Shape::Initial)
    {
        words.drain(..at);
    }
}

fn shown(name: &PersonName, labelled: &Labelled, from: usize, to: usize) -> String {
    if labelled.tokens[from].script == Script::Cyrillic {
        let mut words = name.given.clone();
        words.push(name.family.clone());
        words.retain(|word| !word.is_empty());
        return words.join(" ");
    }
    labelled.text(from, to).to_owned()
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
    if from > 0 && matches!(labelled.tokens[from].gap, Gap::Space)
        || from > 0 && (comma_before(labelled, from) || stop_between(labelled, from))
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
    let folded = inflection::fold(token.text);
    let known = lexicon.given(token.text).is_some();
    if !roles.strong
        || token.shape == Shape::Caps
        || token.shape == Shape::Initial
        || common.contains(&folded)
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
    if lexicon.surname_endings.iter().any(|ending| {
        inflection::fold(word(last)).ends_with(ending.as_str()) && word(last).len() > ending.len() + 2
    }) {
        weight += 1.5;
    }
    if words.len() <= 3 && lexicon.family_first.contains(tokens[first.0].text) {
        weight += 2.0;
    }
    weight += around(labelled, first.0, last.1, lexicon);
    for &range in words {
        let token = &tokens[range.0];
        let folded = inflection::fold(token.text);
        if common.contains(&folded) && !lexicon.particles.contains(token.text) {
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

fn is_patronymic(word: &str, lexicon: &Lexicon) -> bool {
    inflection::patronymic_base(word)
        .is_some_and(|(base, _)| lexicon.patronymic_endings.iter().any(|e| base.ends_with(e.as_str())))
}

/// What the words before and after a run say of it.
fn around(labelled: &Labelled, from: usize, to: usize, lexicon: &Lexicon) -> f64 {
    let tokens = &labelled.tokens;
    let mut weight = 0.0;
    if from > 0 && tokens[from].gap == Gap::Space {
        let before = inflection::fold(tokens[from - 1].text);
        if lexicon.articles.contains(&before) {
            weight -= 2.5;
        }
        if lexicon.before_person.contains(&before) {
            weight += 0.5;
        } else if lexicon.before_place.contains(&before) {
            weight -= 1.0;
        }
    }
    if let Some(next) = tokens.get(to).filter(|next| next.gap == Gap::Space) {
        let folded = inflection::fold(next.text);
        if lexicon.speech.contains(&folded) {
            weight += 1.5;
        }
    }
    if matches!(labelled.source.place, Place::Gloss(_)) && from == 0 {
        let is = (to..tokens.len().min(to + 14)).any(|at| matches!(labelled.labels[at], Label::Role(_)));
        weight += if is { 3.0 } else { 0.0 };
    }
    weight
}

/// Given names and family name in base form.
fn parts(labelled: &Labelled, words: &[(usize, usize)], lexicon: &Lexicon) -> PersonName {
    let texts: Vec<&str> = words.iter().map(|&(from, to)| labelled.text(from, to)).collect();
    let cyrillic = labelled.tokens[words[0].0].script == Script::Cyrillic;
    if texts.len() == 1 {
        let family = if cyrillic {
            inflection::surname_base(texts[0], Gender::Unknown, labelled.language(words[0].0))
        } else {
            texts[0].to_owned()
        };
        return PersonName { given: Vec::new(), family };
    }
    if cyrillic {
        return cyrillic_parts(labelled, words, &texts, lexicon);
    }
    if lexicon.family_first.contains(texts[0]) && texts.len() <= 3 && lexicon.given(texts[0]).is_none() {
        return PersonName {
            given: texts[1..].iter().map(|&w| w.to_owned()).collect(),
            family: texts[0].to_owned(),
        };
    }
    let particle =
        |word: &str| lexicon.particles.contains(word) || lexicon.particles.contains(&word.to_lowercase());
    let from = usize::from(lexicon.given(texts[0]).is_some());
    let begin = (from..texts.len() - 1)
        .find(|&at| particle(texts[at]) && texts[at].chars().count() > 1)
        .unwrap_or(texts.len() - 1);
    PersonName {
        given: texts[..begin].iter().map(|&w| w.to_owned()).collect(),
        family: texts[begin..].join(" "),
    }
}

fn cyrillic_parts(
    labelled: &Labelled,
    words: &[(usize, usize)],
    texts: &[&str],
    lexicon: &Lexicon,
) -> PersonName {
    let language = labelled.language(words[0].0);
    let mut gender = Gender::Unknown;
    let mut given = Vec::new();
    let mut family = Vec::new();
    // A surname stands in the case of its given name.
    let mut case = inflection::Case::Unknown;
    for (i, text) in texts.iter().enumerate() {
        let last = i + 1 == texts.len();
        let known = best_given(text, language, lexicon).filter(|_| !last || given.is_empty() && i > 0);
        if let Some((nominative, sex)) = known {
            gender = if *sex == Gender::Unknown { gender } else { *sex };
            if case == inflection::Case::Unknown {
                case = inflection::case_of(text, nominative);
            }
            given.push(if nominative_like(text, nominative) {
                inflection::strip_stress(text)
            } else {
                nominative.clone()
            });
        } else if let Some((base, sex)) = inflection::patronymic_base(text).filter(|_| {
            is_patronymic(text, lexicon)
                && i > 0
                && !given.is_empty()
                && (!last || texts.len() > 2 && family.len() == 1)
        }) {
            gender = sex;
            given.push(base);
        } else if labelled.tokens[words[i].0].shape == Shape::Initial
            || (i == 0 && texts.len() > 1 && texts[1..].iter().all(|t| lexicon.given(t).is_none()))
        {
            given.push(inflection::strip_stress(text));
        } else {
            family.push(*text);
        }
    }
    // Валерія Залужного: the surname tells that the given name is a man's in the genitive.
    let manly = |word: &&str| word.ends_with("ого") || word.ends_with("ього");
    if gender == Gender::Female
        && family.iter().any(manly)
        && let Some(name) = given.first().and_then(|name| inflection::masculine_of(name))
        && lexicon.given(&name).is_some()
    {
        given[0] = name;
        gender = Gender::Male;
        case = inflection::Case::Genitive;
    }
    let base = |word: &&str| inflection::surname_in_case(word, gender, case, language);
    let family: Vec<String> = family.iter().map(base).collect();
    PersonName { given, family: family.join(" ") }
}

/// The nominative that fits the language: Валерія is Валерія or Валерій in Ukrainian, never Валерий.
fn best_given<'l>(
    word: &str,
    language: crate::model::Language,
    lexicon: &'l Lexicon,
) -> Option<&'l (String, Gender)> {
    let all = lexicon.given_all(word);
    let ukrainian = |name: &str| name.contains(['і', 'ї', 'є', 'ґ', 'І', 'Ї', 'Є', 'Ґ']);
    let russian =
        |name: &str| name.contains(['ы', 'э', 'ё', 'ъ', 'Э']) || name.ends_with("ий") || name.ends_with("ей");
    let foreign =
        |name: &str| if language == crate::model::Language::Uk { russian(name) } else { ukrainian(name) };
    let exact = all.iter().find(|(name, _)| nominative_like(word, name));
    exact.or_else(|| all.iter().find(|(name, _)| !foreign(name))).or(all.first())
}

/// The same form up to stress marks and ё.
fn nominative_like(text: &str, nominative: &str) -> bool {
    inflection::fold(text) == inflection::fold(nominative)
}

/// A name as text: one word is a family name, more are read as a full name.
pub fn read(name: &str, language: crate::model::Language, rules: &Rules) -> PersonName {
    match crate::names::reconcile::node::full(name, language, rules) {
        Some(full) => PersonName { given: vec![full.given], family: full.family },
        None => PersonName { given: Vec::new(), family: name.to_owned() },
    }
}

/// The last word of a run, for tests of what a single token may be.
pub fn is_name_token(token: &Token) -> bool {
    token.is_upper() && token.shape != Shape::Initial
}
