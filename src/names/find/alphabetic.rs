//! Names in Latin and Cyrillic text: known phrases first, then chains with a telling head, then persons.

use super::chains;
use super::cover::Cover;
use super::persons;
use super::resolutions;
use super::tokens::{Gap, Script, Token};
use super::{Finding, Source, Text};
use crate::model::{EntityKind, Language, Span};
use crate::names::Rules;
use crate::names::gazetteer::Known;
use crate::names::lexicon::Lexicon;
use crate::text::hash::Set;

/// What a token was found to be part of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Label {
    None,
    /// A gazetteer entry, with the first and one past the last token of the match.
    Entry(usize, usize, usize),
    Adjective(usize),
    Body(usize, usize, usize),
    Role(usize),
    Honorific,
    /// Part of a time expression or of a name found already.
    Taken,
}

/// A text with its tokens labelled.
pub struct Labelled<'t> {
    pub source: Source<'t>,
    pub tokens: &'t [Token<'t>],
    pub labels: Vec<Label>,
}

impl<'t> Labelled<'t> {
    pub fn lexicon<'r>(&self, at: usize, rules: &'r Rules) -> &'r Lexicon {
        rules.lexicon(self.tokens[at].script)
    }

    /// The text from token `from` to the last of the tokens before `to`.
    pub fn span(&self, from: usize, to: usize) -> Span {
        Span::new(self.tokens[from].span.start, self.tokens[to - 1].span.end)
    }

    pub fn text(&self, from: usize, to: usize) -> &'t str {
        self.span(from, to).of(self.source.text)
    }

    /// The language of a token: that of the text, unless its script says otherwise.
    pub fn language(&self, at: usize) -> Language {
        language_of(self.tokens[at].script, self.source.language, self.source.text)
    }
}

/// The language of a word of this script in a text of that language.
pub fn language_of(script: Script, text_language: Language, text: &str) -> Language {
    match script {
        Script::Latin if text_language.is_chinese() || text_language.is_cyrillic() => Language::En,
        Script::Latin if text_language == Language::Und => Language::En,
        Script::Cyrillic if !text_language.is_cyrillic() => {
            if crate::names::inflection::has_ukrainian_letters(text) { Language::Uk } else { Language::Ru }
        }
        _ => text_language,
    }
}

/// Words of a document that also occur in lower case: no names by themselves.
pub type Common<'t> = Set<&'t str>;

/// Finds names in one text. `common`: words that the document also writes small.
pub fn find(text: &Text, common: &Common, rules: &Rules) -> Vec<Finding> {
    let Text { source, tokens, .. } = text;
    if tokens.is_empty() {
        return Vec::new();
    }
    let mut labelled = Labelled { source: *source, labels: vec![Label::None; tokens.len()], tokens };
    label(&mut labelled, rules);
    let mut found = known(&labelled, rules);
    found.extend(chains::find(&labelled, rules));
    found.extend(resolutions::find(&labelled, rules));
    let found = super::settle(found);
    take(&mut labelled, &found);
    let mut all = found;
    all.extend(persons::find(&labelled, common, rules));
    super::settle(all)
}

fn take(labelled: &mut Labelled, found: &[Finding]) {
    let adjectives = Cover::new(found.iter().filter(|f| f.method == "adjective").map(|f| f.span));
    let others = Cover::new(found.iter().filter(|f| f.method != "adjective").map(|f| f.span));
    for (token, label) in labelled.tokens.iter().zip(&mut labelled.labels) {
        let adjective = matches!(label, Label::Adjective(_)) && adjectives.contains(token.span);
        if others.contains(token.span) || (adjectives.contains(token.span) && !adjective) {
            *label = Label::Taken;
        }
    }
}

fn label(labelled: &mut Labelled, rules: &Rules) {
    let caps =
        labelled.tokens.len() > 3 && labelled.tokens.iter().all(|t| t.shape != super::tokens::Shape::Lower);
    let mut at = 0;
    while at < labelled.tokens.len() {
        let (count, label) = longest(labelled, at, caps, rules);
        for slot in &mut labelled.labels[at..at + count] {
            *slot = label;
        }
        at += count;
    }
    let times = Cover::new(labelled.source.times.iter().copied());
    for (token, label) in labelled.tokens.iter().zip(&mut labelled.labels) {
        if times.contains(token.span) && *label == Label::None {
            *label = Label::Taken;
        }
    }
}

fn longest(labelled: &Labelled, at: usize, caps: bool, rules: &Rules) -> (usize, Label) {
    let tokens = &labelled.tokens;
    let token = &tokens[at];
    let lexicon = rules.lexicon(token.script);
    let phrases = match token.script {
        Script::Latin => &rules.gazetteer.latin,
        Script::Cyrillic => &rules.gazetteer.cyrillic,
        Script::Other => return (1, Label::None),
    };
    let mut best = (0, Label::None);
    for (count, known) in phrases.at(tokens, at) {
        let label = match known {
            Known::Entry(entry) => Label::Entry(entry, at, at + count),
            Known::Adjective(entry) => Label::Adjective(entry),
            Known::Body(body) => Label::Body(body, at, at + count),
            Known::Short(_) | Known::ShortBody(_) => continue,
        };
        if count == 1 && (inflected_given(token, label, rules) || opens_as_word(labelled, at, rules)) {
            continue;
        }
        let acronym = count == 1 && token.shape == super::tokens::Shape::Caps && token.text.len() <= 4;
        if count > best.0
            && !(caps && acronym)
            && !persons::reads_as_person(labelled, at, count, label, rules)
        {
            best = (count, label);
        }
    }
    for (count, role) in lexicon.roles.at(tokens, at) {
        if count > best.0 {
            best = (count, Label::Role(role));
        }
    }
    if best.0 == 0 && token.is_upper() | lexicon.given.is_empty() && is_honorific(token, lexicon) {
        best = (1, Label::Honorific);
    }
    (best.0.max(1), best.1)
}

/// A case form of a place that is a given name in its own right: Александр is not Александрия.
fn inflected_given(token: &Token, label: Label, rules: &Rules) -> bool {
    let Label::Entry(entry, ..) = label else { return false };
    token.script == Script::Cyrillic
        && rules.lexicon(token.script).given(token.text).is_some()
        && !rules.gazetteer.named(token.text).contains(&entry)
}

/// A function word with which the sentence opens: `Того ж дня` is no state of Togo.
fn opens_as_word(labelled: &Labelled, at: usize, rules: &Rules) -> bool {
    at == 0 && labelled.lexicon(at, rules).stop.contains(labelled.tokens[at].text)
}

fn is_honorific(token: &Token, lexicon: &Lexicon) -> bool {
    lexicon.honorifics.contains(&token.folded)
}

/// Entries, adjectives and composed bodies as findings.
fn known(labelled: &Labelled, rules: &Rules) -> Vec<Finding> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < labelled.tokens.len() {
        match labelled.labels[at] {
            Label::Entry(entry, from, to) => {
                let article = to - from > 1
                    && labelled.lexicon(from, rules).articles.contains(labelled.tokens[from].text);
                let from = from + usize::from(article);
                out.push(entry_finding(labelled, entry, from, to, rules));
                at = to;
                continue;
            }
            Label::Adjective(state) => out.push(adjective(labelled, state, at, rules)),
            Label::Body(body, from, to) => {
                out.extend(composed(labelled, body, from, to, rules));
                at = to;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    out
}

fn entry_finding(labelled: &Labelled, entry: usize, from: usize, to: usize, rules: &Rules) -> Finding {
    let entry = &rules.gazetteer.entries[entry];
    let surface = labelled.text(from, to);
    let language = labelled.language(from);
    let shown = entry.base_of(&labelled.tokens[from..to], language);
    // An inflected form is brought to the entry's own name; other spellings stay as they are.
    let exact = rules.gazetteer.named(surface).iter().any(|&at| rules.gazetteer.entries[at].key == entry.key);
    let loud = labelled.tokens[from].script == Script::Cyrillic
        && labelled.tokens[from..to].iter().all(|token| token.shape == super::tokens::Shape::Caps)
        && shown.as_ref().is_some_and(|shown| shown.chars().any(char::is_lowercase));
    let name = if (exact && !loud) || language == Language::En {
        surface.to_owned()
    } else {
        shown.unwrap_or_else(|| surface.to_owned())
    };
    let person =
        (entry.kind == EntityKind::Person).then(|| super::person_parts::read(&name, language, rules));
    let found =
        Found { kind: entry.kind, name, key: Some(entry.key.clone()), method: "gazetteer", confidence: 0.95 };
    Finding { person, ..finding(labelled, from, to, found) }
}

fn adjective(labelled: &Labelled, state: usize, at: usize, rules: &Rules) -> Finding {
    let entry = &rules.gazetteer.entries[state];
    let name = labelled.tokens[at].text.to_owned();
    finding(
        labelled,
        at,
        at + 1,
        Found { kind: entry.kind, name, key: Some(entry.key.clone()), method: "adjective", confidence: 0.7 },
    )
}

/// A body with the state that stands before it (Russian, Russia's) or behind it (of Russia, России).
fn composed(labelled: &Labelled, body: usize, from: usize, to: usize, rules: &Rules) -> Vec<Finding> {
    let state_at = |at: usize| match labelled.labels[at] {
        Label::Adjective(state) => Some((state, at, at + 1)),
        Label::Entry(entry, first, last) if rules.gazetteer.entries[entry].kind == EntityKind::State => {
            Some((entry, first, last))
        }
        _ => None,
    };
    let mut span = None;
    if from > 0
        && labelled.tokens[from].gap == Gap::Space
        && let Some((state, first, _)) = state_at(from - 1)
        && (matches!(labelled.labels[from - 1], Label::Adjective(_))
            || labelled.tokens[from - 1].possessive
            || labelled.tokens[from].is_upper()
            || labelled.tokens[from - 1].shape == super::tokens::Shape::Caps
            || labelled.tokens[from - 1].text.ends_with('.'))
    {
        span = Some((state, first, to));
    } else if let Some(next) = behind(labelled, to, rules)
        && let Some((state, first, last)) = state_at(next)
        && first == next
        && matches!(labelled.labels[next], Label::Entry(..))
    {
        span = Some((state, from, last));
    }
    let Some((state, first, last)) = span else { return Vec::new() };
    let (name, key, kind) = rules.gazetteer.composed(body, state);
    let surface = labelled.text(first, last).to_owned();
    let name = if labelled.language(first) == Language::En { surface } else { name };
    vec![finding(
        labelled,
        first,
        last,
        Found { kind, name, key: Some(key), method: "composed", confidence: 0.9 },
    )]
}

/// The token behind a body that may name its state: past "of" and "the" in Latin text, next in Cyrillic.
fn behind(labelled: &Labelled, to: usize, rules: &Rules) -> Option<usize> {
    let lexicon = labelled.lexicon(to - 1, rules);
    let mut at = to;
    let word = |at: usize| labelled.tokens.get(at).filter(|t| t.gap == Gap::Space).map(|t| t.text);
    if !lexicon.of_words.is_empty() {
        word(at).filter(|word| lexicon.of_words.contains(*word))?;
        at += 1;
        at += usize::from(word(at).is_some_and(|word| lexicon.articles.contains(word)));
    }
    word(at).map(|_| at)
}

/// What a finder knows of a finding beyond its place.
pub struct Found {
    pub kind: EntityKind,
    pub name: String,
    pub key: Option<String>,
    pub method: &'static str,
    pub confidence: f64,
}

pub fn finding(labelled: &Labelled, from: usize, to: usize, found: Found) -> Finding {
    let span = labelled.span(from, to);
    Finding {
        place: labelled.source.place,
        span,
        kind: found.kind,
        surface: span.of(labelled.source.text).to_owned(),
        name: found.name,
        language: labelled.language(from),
        evidence: labelled.source.evidence,
        method: found.method,
        confidence: found.confidence,
        key: found.key,
        person: None,
        roles: Vec::new(),
        styled: String::new(),
    }
}
