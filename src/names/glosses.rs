//! Names in glosses: what a link's tool-tip calls its anchor, in full, in other languages, and by other names.

use super::Rules;
use super::evidence::language_or_other;
use super::find::tokens::{Gap, Script, Shape, script_of, tokens};
use super::find::{Finding, PersonName, Place, person_parts};
use crate::model::{Cleaned, EntityKind, Gloss, Language, NameEvidence, Span};
use std::collections::HashMap;

/// Adds one list for each gloss whose anchor or name was found: the anchor first (method `anchor`), then
/// its other names, so that they can be joined to it.
pub fn add(cleaned: &Cleaned, found: &mut Vec<Vec<Finding>>, rules: &Rules) {
    let mut lists = Vec::new();
    {
        let mut by_surface: HashMap<&str, &Finding> = HashMap::new();
        for finding in found.iter().flatten() {
            by_surface.entry(&finding.surface).or_insert(finding);
        }
        for (i, gloss) in cleaned.glosses.iter().enumerate() {
            let like = by_surface.get(gloss.anchor.as_str()).or_else(|| by_surface.get(gloss.name.as_str()));
            if let Some(like) = like {
                lists.push(list(i, gloss, like, cleaned.document.language, rules));
            }
        }
    }
    found.extend(lists);
}

fn list(index: usize, gloss: &Gloss, like: &Finding, language: Language, rules: &Rules) -> Vec<Finding> {
    let mut names = vec![(language, gloss.name.trim().to_owned())];
    for (code, name) in &gloss.native {
        let language = language_or_other(code);
        names.push((language, name.trim().to_owned()));
        names.extend(romanised(&gloss.text, name, rules).map(|roman| (language, roman)));
    }
    names.extend(aliases(&gloss.text, rules).into_iter().map(|alias| (language, alias)));
    let mut twin = Finding {
        place: Place::Gloss(index),
        span: Span::default(),
        evidence: NameEvidence::Gloss,
        ..like.clone()
    };
    twin.method = "anchor";
    let mut out = vec![twin];
    for (language, name) in names {
        // Only scripts with case show a common word by its small letter.
        let cased = script_of(&name) != Script::Other;
        let small = cased && name.chars().next().is_some_and(char::is_lowercase);
        let long = name.chars().count() > 80 || name.is_empty() || name == gloss.anchor || small;
        if !long && !out.iter().any(|known| known.surface == name) {
            out.push(named(index, name, language, like, rules));
        }
    }
    out
}

/// Another name of the anchor; a name that the gazetteer knows as something else keeps its own identity.
fn named(index: usize, name: String, language: Language, like: &Finding, rules: &Rules) -> Finding {
    let other = rules.gazetteer.named(&name).first().map(|&at| &rules.gazetteer.entries[at]);
    let other = other.filter(|entry| {
        like.key.as_ref() != Some(&entry.key) && (like.key.is_some() || entry.kind != like.kind)
    });
    let (kind, key) =
        other.map_or((like.kind, like.key.clone()), |entry| (entry.kind, Some(entry.key.clone())));
    Finding {
        place: Place::Gloss(index),
        span: Span::default(),
        kind,
        surface: name.clone(),
        language,
        evidence: NameEvidence::Gloss,
        method: "gloss",
        confidence: 0.9,
        key,
        person: (kind == EntityKind::Person).then(|| person(&name, language, rules)),
        roles: Vec::new(),
        styled: String::new(),
        name,
    }
}

fn person(name: &str, language: Language, rules: &Rules) -> PersonName {
    let mut person = person_parts::read(name, language, rules);
    if person.given.len() == 1 {
        person.given = person.given[0].split(' ').map(str::to_owned).collect();
    }
    person
}

/// Other names that the gloss announces: "also known by the pseudonym David Braun".
fn aliases(text: &str, rules: &Rules) -> Vec<String> {
    let lexicon = rules.lexicon(Script::Latin);
    let mut out = Vec::new();
    for cue in &lexicon.alias_cues {
        for (at, _) in text.match_indices(cue.as_str()) {
            out.extend(capitals(&text[at + cue.len()..], rules));
        }
    }
    out
}

/// The Latin spelling that follows a native name: "Україна, Ukraïna".
fn romanised(text: &str, native: &str, rules: &Rules) -> Option<String> {
    let at = text.find(native)? + native.len();
    let rest = text[at..].strip_prefix(", ")?;
    let name = capitals(rest, rules)?;
    rest[name.len().min(rest.len())..]
        .trim_start()
        .starts_with([',', ')'])
        .then_some(name)
        .filter(|name| rest.starts_with(name.as_str()))
}

/// The capitalised words that a text begins with, small words between them included.
fn capitals(text: &str, rules: &Rules) -> Option<String> {
    let text =
        text.get(..200.min(text.len())).or_else(|| text.char_indices().nth(50).map(|(at, _)| &text[..at]))?;
    let tokens = tokens(text);
    let lexicon = rules.lexicon(Script::Latin);
    let first = tokens
        .first()
        .filter(|token| token.is_upper() && token.span.start == 0 && token.script == Script::Latin)?;
    let mut end = first.span.end;
    let mut small = 0;
    for (at, token) in tokens.iter().enumerate().skip(1).take(8) {
        let joined = matches!(token.gap, Gap::Space | Gap::Hyphen);
        let tail = token.gap == Gap::Hyphen && token.shape == Shape::Lower;
        if joined && (token.is_upper() || tail) {
            end = token.span.end;
            small = 0;
        } else if token.gap == Gap::Space
            && small < 2
            && lexicon.link_words.contains(token.text)
            && at + 1 < tokens.len()
        {
            small += 1;
        } else {
            break;
        }
    }
    Some(text[..end].to_owned())
}
