//! Names in Chinese text. All matching is done on the text folded to Simplified, which has the same
//! offsets as the text itself.

use super::cover::Cover;
use super::han_bodies;
use super::han_persons;
use super::han_words::HanWords;
use super::{Finding, PersonName, Source};
use crate::model::{EntityKind, Language, Span};
use crate::names::Rules;
use crate::names::gazetteer::Known;
use crate::text::han::{is_han, is_simplified_only, is_traditional_only};

/// A Chinese text with what is known at each offset.
pub struct HanText<'t> {
    pub source: Source<'t>,
    pub original: &'t str,
    pub folded: &'t str,
    /// Role words and the index of their key.
    pub roles: Vec<(Span, usize)>,
    /// Gazetteer matches, disjoint and in order, as roles are.
    pub entries: Vec<(Span, Known)>,
}

/// What a finder knows of a finding beyond its place.
pub struct Found {
    pub kind: EntityKind,
    pub key: Option<String>,
    pub method: &'static str,
    pub confidence: f64,
}

impl<'t> HanText<'t> {
    pub fn new(source: Source<'t>, folded: &'t str, rules: &Rules) -> Self {
        let roles = rules.han.roles.find(folded);
        let entries = rules.gazetteer.han.find(folded);
        let known = |number: usize| rules.gazetteer.han_known[number];
        let roles = roles.into_iter().map(|(start, end, key)| (Span::new(start, end), key)).collect();
        let entries = entries.into_iter();
        let entries = entries.map(|(start, end, number)| (Span::new(start, end), known(number))).collect();
        HanText { source, original: source.text, folded, roles, entries }
    }

    /// The text holds this more than once, as far as its beginning shows.
    pub fn repeats(&self, name: &str) -> bool {
        let mut end = self.folded.len().min(30_000);
        while !self.folded.is_char_boundary(end) {
            end -= 1;
        }
        self.folded[..end].matches(name).nth(1).is_some()
    }

    /// The gazetteer match that takes exactly this span.
    pub fn entry_at(&self, span: Span) -> Option<Known> {
        let at = self.entries.partition_point(|(known, _)| known.start < span.start);
        self.entries.get(at).filter(|(known, _)| *known == span).map(|&(_, known)| known)
    }

    /// The gazetteer match that ends at this byte.
    pub fn entry_ending(&self, end: usize) -> Option<&(Span, Known)> {
        let at = self.entries.partition_point(|(known, _)| known.end < end);
        self.entries.get(at).filter(|(known, _)| known.end == end)
    }

    /// The end of the name of the gazetteer that goes on over this byte.
    pub fn entry_over(&self, at: usize) -> Option<usize> {
        let index = self.entries.partition_point(|(span, _)| span.end <= at);
        let (span, known) = self.entries.get(index)?;
        (span.start < at && matches!(known, Known::Entry(_))).then_some(span.end)
    }

    /// The length of the name of the gazetteer that begins at this byte.
    pub fn entry_starting(&self, start: usize) -> Option<usize> {
        let at = self.entries.binary_search_by_key(&start, |(known, _)| known.start).ok()?;
        let (span, known) = self.entries[at];
        matches!(known, Known::Entry(_)).then_some(span.end - span.start)
    }

    /// Index of the key of the role that ends at this byte.
    pub fn role_ending(&self, end: usize) -> Option<usize> {
        self.roles.binary_search_by_key(&end, |(role, _)| role.end).ok().map(|at| self.roles[at].1)
    }

    /// The role word that goes on over this byte.
    pub fn role_across(&self, at: usize) -> Option<Span> {
        let index = self.roles.partition_point(|(role, _)| role.end <= at);
        self.roles.get(index).map(|&(role, _)| role).filter(|role| role.start < at)
    }

    pub fn role_starts(&self, at: usize) -> bool {
        self.roles.binary_search_by_key(&at, |(role, _)| role.start).is_ok()
    }

    pub fn language(&self) -> Language {
        match self.source.language {
            language if language.is_chinese() => language,
            _ => {
                let traditional = self.original.chars().filter(|&c| is_traditional_only(c)).count();
                let simplified = self.original.chars().filter(|&c| is_simplified_only(c)).count();
                if traditional > simplified { Language::ZhHant } else { Language::ZhHans }
            }
        }
    }

    pub fn finding(&self, span: Span, found: Found) -> Finding {
        let surface = span.of(self.original).to_owned();
        Finding {
            place: self.source.place,
            span,
            kind: found.kind,
            name: surface.clone(),
            surface,
            language: self.language(),
            evidence: self.source.evidence,
            method: found.method,
            confidence: found.confidence,
            key: found.key,
            person: None,
            roles: Vec::new(),
            styled: String::new(),
        }
    }
}

/// Finds names in one Chinese text.
pub fn find(text: &HanText, rules: &Rules) -> Vec<Finding> {
    let mut found = han_persons::interpunct(text, rules);
    let taken = found.clone();
    found.extend(han_persons::after_role(text, &taken, rules));
    found.extend(known(text, rules));
    found.extend(han_bodies::titles(text, rules));
    found.extend(han_bodies::quoted(text, &rules.han));
    found.extend(han_bodies::bodies(text, rules));
    let mut found = settle(found);
    found.extend(han_persons::unintroduced(text, &found, rules));
    found.extend(han_persons::unintroduced_native(text, &found, rules));
    found
}

/// Persons with an interpunct hold against all else; then the longer and surer.
fn settle(found: Vec<Finding>) -> Vec<Finding> {
    let (firm, rest): (Vec<_>, Vec<_>) = found.into_iter().partition(|f| f.method == "interpunct");
    let rest: Vec<Finding> =
        rest.into_iter().filter(|f| !firm.iter().any(|p| p.span.overlaps(f.span))).collect();
    let mut out = super::settle(rest);
    out.extend(firm);
    out.sort_by(|a, b| a.span.start.cmp(&b.span.start).then(b.span.end.cmp(&a.span.end)));
    out
}

/// Entries of the gazetteer, composed bodies, and single characters for states.
fn known(text: &HanText, rules: &Rules) -> Vec<Finding> {
    let mut out = Vec::new();
    for (i, &(span, known)) in text.entries.iter().enumerate() {
        match known {
            Known::Entry(entry) => {
                let entry = &rules.gazetteer.entries[entry];
                let mut found = text.finding(
                    span,
                    Found {
                        kind: entry.kind,
                        key: Some(entry.key.clone()),
                        method: "gazetteer",
                        confidence: 0.95,
                    },
                );
                if entry.kind == EntityKind::Person {
                    found.person = Some(gazetteer_person(&found.surface, text, span, &rules.han));
                }
                out.push(found);
            }
            Known::Body(body) => {
                let state = i.checked_sub(1).map(|before| text.entries[before]);
                if let Some((before, Known::Entry(state))) = state
                    && before.end == span.start
                    && rules.gazetteer.entries[state].kind == EntityKind::State
                {
                    let (_, key, kind) = rules.gazetteer.composed(body, state);
                    let whole = Span::new(before.start, span.end);
                    out.push(
                        text.finding(
                            whole,
                            Found { kind, key: Some(key), method: "composed", confidence: 0.9 },
                        ),
                    );
                }
            }
            _ => {}
        }
    }
    out.extend(shorts(text, rules));
    out
}

fn gazetteer_person(surface: &str, text: &HanText, span: Span, words: &HanWords) -> PersonName {
    let mut parts: Vec<String> = surface.split(han_persons::is_interpunct).map(str::to_owned).collect();
    if parts.len() == 1 {
        let native = words.native_surname(span.of(text.folded)).is_some();
        return if native {
            han_persons::native_name(text, span, words)
        } else {
            PersonName { given: Vec::new(), family: parts.remove(0) }
        };
    }
    let family = parts.pop().unwrap_or_default();
    PersonName { given: parts, family }
}

/// 俄 and 乌 in 俄乌, 俄军, 对俄, 美、俄、乌三方: a state's character beside another or beside a telling word.
fn shorts(text: &HanText, rules: &Rules) -> Vec<Finding> {
    let gazetteer = &rules.gazetteer;
    let words = &rules.han;
    let cover = Cover::new(text.entries.iter().map(|(span, _)| *span));
    let inside = |at: usize| cover.overlaps(Span::new(at, at + 1));
    let state = |at: usize| {
        let c = text.folded[at..].chars().next()?;
        gazetteer.shorts.get(&c).copied().filter(|_| !inside(at))
    };
    let mut out = Vec::new();
    let mut at = 0;
    while at < text.folded.len() {
        let c = text.folded[at..].chars().next().expect("inside the text");
        let end = at + c.len_utf8();
        let Some(entry) = state(at) else {
            at = end;
            continue;
        };
        let push = |out: &mut Vec<Finding>, at: usize, entry: usize, method: &'static str| {
            let c = text.folded[at..].chars().next().expect("a state's character");
            let entry = &gazetteer.entries[entry];
            out.push(text.finding(
                Span::new(at, at + c.len_utf8()),
                Found { kind: entry.kind, key: Some(entry.key.clone()), method, confidence: 0.7 },
            ));
        };
        let rest = &text.folded[end..];
        let skip =
            rest.chars().next().filter(|&c| matches!(c, '、' | '-' | '–' | '—')).map_or(0, char::len_utf8);
        if end + skip < text.folded.len()
            && let Some(other) = state(end + skip)
            && pair(&text.folded[at..], at, text, rules)
        {
            push(&mut out, at, entry, "short");
            push(&mut out, end + skip, other, "short");
            let next = text.folded[end + skip..].chars().next().map_or(0, char::len_utf8);
            at = end + skip + next;
            continue;
        }
        if let Some((_, &body)) =
            gazetteer.short_bodies.iter().find(|(name, _)| rest.starts_with(name.as_str()))
        {
            let length = gazetteer
                .short_bodies
                .keys()
                .find(|name| rest.starts_with(name.as_str()))
                .map_or(0, String::len);
            if words.telling_shorts.contains(c) && !words.word_starts(&text.folded[at..]) {
                let (_, key, kind) = gazetteer.composed(body, entry);
                out.push(text.finding(
                    Span::new(at, end + length),
                    Found { kind, key: Some(key), method: "composed", confidence: 0.8 },
                ));
            }
        } else if words.telling_shorts.contains(c)
            && (words.side.iter().any(|word| rest.starts_with(word.as_str()))
                || words.before_short.iter().any(|word| text.folded[..at].ends_with(word.as_str()))
                    && !rest.starts_with(|c| words.not_after_short.contains(c)))
        {
            push(&mut out, at, entry, "short");
        }
        at = end;
    }
    out
}

/// Two states' characters side by side: at least one of them telling, or a pair that the rules list.
fn pair(rest: &str, at: usize, text: &HanText, rules: &Rules) -> bool {
    let words = &rules.han;
    let telling = |c: char| words.telling_shorts.contains(c);
    let letters: Vec<char> = rest.chars().filter(|c| !matches!(c, '、' | '-' | '–' | '—')).take(3).collect();
    let Some((&a, &b)) = letters.first().zip(letters.get(1)) else { return false };
    let both: String = [a, b].iter().collect();
    if rules.han.shorts_in_pairs.contains(&both) {
        return true;
    }
    let before = text.folded[..at].chars().next_back();
    let listed = letters.get(2).is_some_and(|c| rules.gazetteer.shorts.contains_key(c));
    let safe = |c: char| !words.risky_shorts.contains(c);
    (telling(a) || telling(b)) && (safe(a) || before.is_none_or(|c| !is_han(c)) || listed || telling(b))
}
