//! Persons in Chinese text: names with an interpunct, transliterations behind a role or before a verb of
//! saying, and Chinese names behind a role.

use super::cover::Cover;
use super::han::{Found, HanText};
use super::han_words::{HanWords, Sounding};
use super::{Finding, PersonName};
use crate::model::{EntityKind, Span};
use crate::names::Rules;
use crate::text::han::is_han;

/// Most characters of one part of a transliterated name.
const LONGEST_PART: usize = 9;

pub fn is_interpunct(c: char) -> bool {
    matches!(c, '·' | '・' | '•' | '‧' | '∙' | '⋅' | '．')
}

/// Names with an interpunct: 德米特里·库列巴.
pub fn interpunct(text: &HanText, rules: &Rules) -> Vec<Finding> {
    let mut out: Vec<Finding> = Vec::new();
    let mut from = 0;
    while let Some((at, dot)) = text.folded[from..].char_indices().find(|&(_, c)| is_interpunct(c)) {
        let at = from + at;
        from = at + dot.len_utf8();
        if out.last().is_some_and(|last| last.span.end > at) {
            continue;
        }
        let start = left_part(text, at, &rules.han);
        let mut end = at;
        let mut parts = vec![&text.folded[start..at]];
        while let Some(c) = text.folded[end..].chars().next().filter(|&c| is_interpunct(c)) {
            let begin = end + c.len_utf8();
            let stop = right_part(text, begin, &rules.han);
            if stop == begin {
                break;
            }
            parts.push(&text.folded[begin..stop]);
            end = stop;
        }
        if start == at || parts.len() < 2 {
            continue;
        }
        let original: Vec<String> = text.original[start..end].split(is_interpunct).map(compact).collect();
        let (family, given) = original.split_last().expect("two parts or more");
        let name = PersonName { given: given.to_vec(), family: family.clone() };
        out.push(text.person(Span::new(start, end), name, "interpunct", 0.95, &rules.han));
        from = end;
    }
    out
}

/// Without stray blanks.
fn compact(part: &str) -> String {
    part.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Where the part of a name that ends at `end` begins.
fn left_part(text: &HanText, end: usize, words: &HanWords) -> usize {
    let mut start = end;
    let mut starts = Vec::new();
    for (at, c) in text.folded[..end].char_indices().rev().take(LONGEST_PART) {
        if words.sounding(c) == Sounding::No || text.role_ends.contains(&(at + c.len_utf8())) && start != end
        {
            break;
        }
        start = at;
        starts.push(at);
        if text.role_ends.contains(&at) || text.entry_ends.contains(&at) {
            return at;
        }
    }
    // The longest known given name wins over the longest run.
    if let Some(&known) = starts.iter().rev().find(|&&at| words.is_given(&text.folded[at..end])) {
        return known;
    }
    while start < end && starts.len() > 1 {
        let c = text.folded[start..].chars().next().expect("before the end");
        let free = text.folded[..start].chars().next_back().is_none_or(|before| !is_han(before));
        if words.sounding(c) != Sounding::Inside || free || text.folded[start..end].chars().count() <= 2 {
            break;
        }
        start += c.len_utf8();
    }
    start
}

/// Where the part of a name that begins at `start` ends.
pub fn right_part(text: &HanText, start: usize, words: &HanWords) -> usize {
    let mut end = start;
    let rest = &text.folded[start..];
    for (count, (at, c)) in rest.char_indices().enumerate() {
        let here = start + at;
        let sounding = words.sounding(c);
        if count >= LONGEST_PART
            || sounding == Sounding::No
            || (count > 0 && words.word_starts(&text.folded[here..]))
        {
            break;
        }
        if count > 1 && text.entry_starts.get(&here).is_some_and(|&length| length > c.len_utf8()) {
            break;
        }
        if sounding == Sounding::Inside && count > 0 {
            // Two such characters at most, then one that names use: 彼得连科.
            let mut next =
                text.folded[here + c.len_utf8()..].chars().take(2).map(|next| words.sounding(next));
            let first = next.next().unwrap_or(Sounding::No);
            let goes_on = first >= Sounding::Common
                || (first == Sounding::Inside
                    && next.next().is_some_and(|second| second >= Sounding::Common));
            if !goes_on || words.is_stop(c) {
                break;
            }
        }
        end = here + c.len_utf8();
    }
    end
}

/// Names behind a role: 发言人佩斯科夫, 外交部长王毅.
pub fn after_role(text: &HanText, taken: &[Finding], rules: &Rules) -> Vec<Finding> {
    let words = &rules.han;
    let cover = Cover::new(taken.iter().map(|f| f.span));
    let mut out = Vec::new();
    for &end in &text.role_ends {
        let free = |span: Span| !cover.overlaps(span);
        let rest = &text.folded[end..];
        if rest.starts_with(|c: char| !is_han(c))
            || text.entry_starts.contains_key(&end)
            || words.word_starts(rest)
        {
            continue;
        }
        let run = right_part(text, end, words);
        let span = Span::new(end, run);
        if sounds_foreign(&text.folded[end..run], words) && free(span) {
            let name = PersonName { given: Vec::new(), family: text.original[end..run].to_owned() };
            out.push(text.person(span, name, "role_word", 0.85, words));
        } else if let Some(span) = native(text, end, words)
            && free(span)
        {
            out.push(text.person(span, native_name(text, span, words), "role_word", 0.8, words));
        }
    }
    out
}

/// Two characters that only names use, or three of which one is such.
fn sounds_foreign(run: &str, words: &HanWords) -> bool {
    let count = run.chars().count();
    let strong = run.chars().filter(|&c| words.sounding(c) == Sounding::Strong).count();
    (count == 2 && strong == 2) || (count >= 3 && strong * 2 >= count - 1)
}

pub fn native_name(text: &HanText, span: Span, words: &HanWords) -> PersonName {
    let surname = words.surname(span.of(text.folded)).min(span.end - span.start);
    let original = span.of(text.original);
    PersonName { given: vec![original[surname..].to_owned()], family: original[..surname].to_owned() }
}

/// A Chinese name at `start`: a surname and one or two characters, as what follows allows.
fn native(text: &HanText, start: usize, words: &HanWords) -> Option<Span> {
    let rest = &text.folded[start..];
    let surname = words.surname(rest);
    if surname == 0 {
        return None;
    }
    let given: Vec<(usize, char)> =
        rest[surname..].char_indices().take(2).take_while(|&(_, c)| is_han(c)).collect();
    let first = given.first().filter(|&&(_, c)| !words.is_stop(c))?;
    let one = start + surname + first.0 + first.1.len_utf8();
    if words.word_starts(&text.folded[start + surname..]) {
        return None;
    }
    let follows = |at: usize| {
        let rest = &text.folded[at..];
        rest.chars().next().is_none_or(|c| !is_han(c) || words.is_stop(c))
            || words.word_starts(rest)
            || text.entry_starts.contains_key(&at)
    };
    if follows(one) {
        return Some(Span::new(start, one));
    }
    let second = given.get(1)?;
    let two = start + surname + second.0 + second.1.len_utf8();
    Some(Span::new(
        start,
        if follows(two) || text.repeats(&text.folded[start..two]) { two } else { return None },
    ))
}

/// Transliterations without a role, weighed by what stands around them.
pub fn unintroduced(text: &HanText, taken: &[Finding], rules: &Rules) -> Vec<Finding> {
    let words = &rules.han;
    let cover = Cover::new(taken.iter().map(|f| f.span));
    let mut out = Vec::new();
    let mut at = 0;
    while at < text.folded.len() {
        let c = text.folded[at..].chars().next().expect("inside the text");
        let end = if words.sounding(c) >= Sounding::Common { right_part(text, at, words) } else { at };
        if end == at {
            at += c.len_utf8();
            continue;
        }
        let span = Span::new(at, end);
        let run = span.of(text.folded);
        let strong = run.chars().filter(|&c| words.sounding(c) == Sounding::Strong).count();
        let count = run.chars().count();
        let free = !cover.overlaps(span);
        if free && count >= 3 && strong * 3 >= count * 2 && weigh(text, span, words) >= 3 {
            let name = PersonName { given: Vec::new(), family: span.of(text.original).to_owned() };
            out.push(text.person(span, name, "transliteration", 0.6, words));
        }
        at = end;
    }
    out
}

fn weigh(text: &HanText, span: Span, words: &HanWords) -> i32 {
    let after = &text.folded[span.end..];
    let before = &text.folded[..span.start];
    let mut weight = 0;
    if words.speech.iter().any(|word| word.chars().count() > 1 && after.starts_with(word.as_str())) {
        weight += 3;
    }
    if words.before_person.iter().any(|word| before.ends_with(word.as_str())) {
        weight += 1;
    }
    if after.starts_with(['：', ':']) && before.is_empty() {
        weight += 3;
    }
    if words.place_heads.iter().any(|head| after.starts_with(head.as_str())) {
        weight -= 4;
    }
    weight
}

impl HanText<'_> {
    /// A person's finding with the roles that stand before it.
    pub fn person(
        &self,
        span: Span,
        name: PersonName,
        method: &'static str,
        confidence: f64,
        words: &HanWords,
    ) -> Finding {
        let mut found = self.finding(span, Found { kind: EntityKind::Person, key: None, method, confidence });
        found.name = compact(&found.surface);
        if method == "slip" || (method == "repetition" && name.given.is_empty()) {
            found.name = found.surface.clone();
        }
        found.person = Some(name);
        if let Some(&key) = self.role_by_end.get(&span.start) {
            found.roles.push(words.role_keys[key].clone());
        }
        found
    }
}
