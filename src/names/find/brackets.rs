//! Brackets behind a name: its abbreviation, its short name, or the same name in another script. What a
//! bracket teaches is found again wherever the document uses it.

use super::learned::cover;
use super::tokens::{Gap, Script, Shape, Token, script_of, tokens};
use super::{Finding, Source, Text, alphabetic, person_parts};
use crate::model::{EntityKind, Language, NameEvidence, Span};
use crate::names::Rules;
use crate::names::lexicon::Head;
use crate::text::han::{is_han, simplify};
use std::cell::LazyCell;

/// Longest content of a bracket that is read, in bytes.
const LONGEST: usize = 120;
/// Most words of a name spelt out before its abbreviation.
const MOST_WORDS: usize = 14;

/// Two spans of one text that name the same.
pub type Pair = (usize, Span, Span);

/// Adds the names that brackets give, and their other uses; returns the pairs that are one.
pub fn learn(texts: &[Text], found: &mut [Vec<Finding>], rules: &Rules) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let mut aliases: Vec<Finding> = Vec::new();
    for (i, Text { source, tokens, .. }) in texts.iter().enumerate() {
        let mut from = 0;
        while let Some((open, content)) = next_bracket(source.text, from) {
            from = content.end;
            let Some((span, cued)) = inside(source.text, content, rules) else { continue };
            let Some((whole, more)) = whole((source, tokens), &found[i], open, span, rules) else { continue };
            found[i].extend(more);
            if let Some(alias) = alias(source, &whole, span, cued, rules) {
                pairs.push((i, whole.span, span));
                let taken = found[i].iter().any(|f| f.span.overlaps(span));
                if !taken || replace(&mut found[i], &alias) {
                    found[i].push(alias.clone());
                }
                aliases.push(alias);
            }
        }
    }
    for (Text { source, .. }, found) in texts.iter().zip(found.iter_mut()) {
        let more = again(source, found, &aliases);
        found.extend(more);
    }
    pairs
}

/// Drops findings inside the alias's span, unless one reaches out of it or is known.
fn replace(found: &mut Vec<Finding>, alias: &Finding) -> bool {
    let over = |f: &Finding| f.span.overlaps(alias.span);
    if found
        .iter()
        .any(|f| over(f) && (!alias.span.contains(f.span) || f.key.is_some() || f.span == alias.span))
    {
        return false;
    }
    found.retain(|f| !over(f));
    true
}

/// The next bracket from `from` on: where it opens, and what it holds.
fn next_bracket(text: &str, from: usize) -> Option<(usize, Span)> {
    let open = from + text[from..].find(['(', '（'])?;
    let start = open + text[open..].chars().next().map_or(1, char::len_utf8);
    let length = text[start..].find([')', '）', '(', '（'])?;
    Some((open, Span::new(start, start + length)))
}

/// The name inside a bracket, without words that introduce it and without quotes; whether such words stood there.
fn inside(text: &str, content: Span, rules: &Rules) -> Option<(Span, bool)> {
    if content.end - content.start > LONGEST {
        return None;
    }
    let mut start = content.start;
    let rest = content.of(text);
    let cue = rules
        .bracket_cues
        .iter()
        .filter(|cue| simplify(rest).starts_with(cue.as_str()))
        .max_by_key(|cue| cue.len());
    start += cue.map_or(0, |cue| cue.len());
    let trim = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '“' | '”' | '"' | '«' | '»' | '「' | '」' | '：' | ':' | '–' | '—' | '-' | '*' | '_'
            )
    };
    let rest = text[start..content.end].trim_start_matches(trim);
    start = content.end - rest.len();
    let length = rest.find([',', ';', '，', '；', '、', '/']).unwrap_or(rest.len());
    let name = rest[..length].trim_end_matches(trim);
    (!name.is_empty()).then(|| (Span::new(start, start + name.len()), cue.is_some()))
}

/// The name that stands right before the bracket, and findings to add for it.
fn whole(
    (source, tokens): (&Source, &[Token]),
    found: &[Finding],
    open: usize,
    inner: Span,
    rules: &Rules,
) -> Option<(Finding, Vec<Finding>)> {
    let end = source.text[..open]
        .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '»' | '”' | '"' | '」' | '*' | '_'))
        .len();
    let known = found.iter().filter(|f| f.span.end == end).max_by_key(|f| f.span.end - f.span.start);
    let short = inner.of(source.text);
    let spelt = is_acronym(short).then(|| spelt_out(source, tokens, end, short, rules)).flatten();
    match (known, spelt) {
        (Some(known), Some(spelt)) if spelt.span.start < known.span.start && known.key.is_none() => {
            Some((spelt.clone(), vec![spelt]))
        }
        (Some(known), _) => Some((known.clone(), Vec::new())),
        (None, Some(spelt)) => Some((spelt.clone(), vec![spelt])),
        (None, None) => None,
    }
}

/// Capital letters and digits only, two to ten.
fn is_acronym(name: &str) -> bool {
    (2..=10).contains(&name.chars().count())
        && name.chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '-' | '–' | '.'))
        && name.chars().filter(|c| c.is_uppercase()).count() >= 2
}

/// A body whose words before the bracket begin with the letters of the abbreviation, in order.
fn spelt_out(source: &Source, tokens: &[Token], end: usize, short: &str, rules: &Rules) -> Option<Finding> {
    let all = &tokens[..tokens.partition_point(|token| token.span.end <= end)];
    let letters: Vec<char> =
        short.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    let last = all.len().checked_sub(1).filter(|&last| all[last].span.end == end)?;
    for from in (all.len().saturating_sub(MOST_WORDS)..last).rev() {
        let words = &all[from..=last];
        if words[1..].iter().any(|word| !matches!(word.gap, Gap::Space | Gap::Hyphen)) {
            return None;
        }
        let lexicon = rules.lexicon(words[0].script);
        let begins = words[0].is_upper()
            && words[0].script == script_of(short)
            && !lexicon.stop.contains(words[0].text);
        let headed = words.iter().any(|word| {
            let head = lexicon.heads.get(word.text).or_else(|| lexicon.heads.get(word.key()));
            matches!(head, Some(Head::Organisation))
        });
        if begins && headed && initials(words, &letters) {
            let span = Span::new(words[0].span.start, end);
            return Some(body(source, span, words[0].script));
        }
    }
    None
}

/// The first letters of the words are the letters, small words left out or not.
fn initials(words: &[Token], letters: &[char]) -> bool {
    let first = |word: &Token| word.text.chars().next().into_iter().flat_map(char::to_lowercase).next();
    let all: Vec<char> = words.iter().filter_map(first).collect();
    let large: Vec<char> = words.iter().filter(|word| word.is_upper()).filter_map(first).collect();
    all == letters || large == letters
}

fn body(source: &Source, span: Span, script: Script) -> Finding {
    let name = span.of(source.text).to_owned();
    Finding {
        place: source.place,
        span,
        kind: EntityKind::Organisation,
        surface: name.clone(),
        name,
        language: alphabetic::language_of(script, source.language, source.text),
        evidence: source.evidence,
        method: "spelt_out",
        confidence: 0.8,
        key: None,
        person: None,
        roles: Vec::new(),
        styled: String::new(),
    }
}

/// The name inside the bracket as another name of what stands before it.
fn alias(source: &Source, whole: &Finding, span: Span, cued: bool, rules: &Rules) -> Option<Finding> {
    let name = span.of(source.text);
    let han = name.chars().all(is_han);
    let whole_han = whole.surface.chars().any(is_han);
    let fits = if is_acronym(name) {
        matches!(whole.kind, EntityKind::Organisation | EntityKind::Agreement | EntityKind::Event)
            && (whole_han
                || script_of(name) != script_of(&whole.surface)
                || shares_initial(name, &whole.surface))
    } else if han {
        whole_han && whole.kind != EntityKind::Person && cued && shortened(name, &whole.surface)
    } else {
        let other = whole_han || script_of(name) != script_of(&whole.surface);
        other && reads_as_name(name, whole.kind, rules)
    };
    fits.then(|| {
        let language = match script_of(name) {
            _ if han => whole.language,
            script => alphabetic::language_of(script, Language::Und, name),
        };
        Finding {
            span,
            surface: name.to_owned(),
            name: name.to_owned(),
            language,
            evidence: NameEvidence::Bracket,
            method: "bracket",
            confidence: 0.85,
            person: whole.is_person().then(|| person_parts::read(name, language, rules)),
            roles: Vec::new(),
            styled: String::new(),
            ..whole.clone()
        }
    })
}

fn shares_initial(short: &str, name: &str) -> bool {
    let lower = |text: &str| text.chars().next().map(|c| c.to_lowercase().to_string());
    name.split([' ', '-']).any(|word| lower(word) == lower(short))
}

/// All characters of the short name stand in the whole one, in order.
fn shortened(short: &str, name: &str) -> bool {
    let mut rest = name.chars();
    (2..=6).contains(&short.chars().count()) && short.chars().all(|c| rest.any(|other| other == c))
}

/// One to eight words with capitals, small ones only between them.
fn reads_as_name(name: &str, kind: EntityKind, rules: &Rules) -> bool {
    let words = tokens(name);
    let [first, .., last] = words.as_slice() else {
        return words.len() == 1 && words[0].shape == Shape::Capital && kind == EntityKind::Person;
    };
    let lexicon = rules.lexicon(first.script);
    let small = |word: &Token| {
        lexicon.particles.contains(word.text)
            || (kind != EntityKind::Person && lexicon.link_words.contains(word.text))
    };
    let joined = words[1..].iter().all(|word| matches!(word.gap, Gap::Space | Gap::Hyphen));
    let hyphened = |word: &Token| word.gap == Gap::Hyphen;
    words.len() <= 8
        && first.is_upper()
        && last.shape != Shape::Number
        && joined
        && words.iter().all(|word| word.is_upper() || small(word) || hyphened(word))
}

/// Other uses of abbreviations and short names.
fn again(source: &Source, found: &[Finding], aliases: &[Finding]) -> Vec<Finding> {
    let cover = LazyCell::new(|| cover(source, found));
    let mut out: Vec<Finding> = Vec::new();
    for alias in aliases.iter().filter(|alias| !alias.is_person() && !alias.surface.contains(' ')) {
        for (start, _) in source.text.match_indices(alias.surface.as_str()) {
            let span = Span::new(start, start + alias.surface.len());
            let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_han(c));
            let part = letter(source.text[..start].chars().next_back())
                || letter(source.text[span.end..].chars().next());
            let han = alias.surface.chars().all(is_han);
            if (part && !han) || cover.overlaps(span) || out.iter().any(|other| other.span.overlaps(span)) {
                continue;
            }
            let found = Finding {
                place: source.place,
                span,
                evidence: source.evidence,
                method: "abbreviation",
                ..alias.clone()
            };
            out.push(found);
        }
    }
    out
}
