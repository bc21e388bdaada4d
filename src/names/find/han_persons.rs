//! Persons in Chinese text: names with an interpunct, transliterations behind a role or before a verb of
//! saying, and Chinese names behind a role.

use super::cover::Cover;
use super::han::{Found, HanText};
use super::han_words::{HanWords, Sounding, head};
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
            let stop = dotted_part(text, begin, &rules.han);
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
        // The character beside the interpunct is part of the name whatever else it means.
        let beside = start == end && is_han(c);
        let role = text.role_ending(at + c.len_utf8()).is_some() && start != end;
        if role || (!beside && words.sounding(c) == Sounding::No) {
            break;
        }
        start = at;
        starts.push(at);
        if text.role_ending(at).is_some() || text.entry_ending(at).is_some() {
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
        let weak = words.sounding(c) == Sounding::Rare || (words.sounding(c) == Sounding::Inside && !free);
        if !weak || text.folded[start..end].chars().count() <= 2 {
            break;
        }
        start += c.len_utf8();
    }
    start
}

/// Where the part of a name that begins at `start` ends.
pub fn right_part(text: &HanText, start: usize, words: &HanWords) -> usize {
    part_end(text, start, words, Sounding::Inside)
}

/// Where the part behind an interpunct ends: its first character is part of the name whatever else it means.
fn dotted_part(text: &HanText, start: usize, words: &HanWords) -> usize {
    let end = part_end(text, start, words, Sounding::Rare);
    // A known name may end in a character that running text is full of: 亚历山大.
    let ends = text.folded[end..].char_indices().map(|(at, c)| end + at + c.len_utf8());
    ends.take(LONGEST_PART)
        .filter(|&longer| words.is_given(&text.folded[start..longer]))
        .last()
        .unwrap_or(end)
}

/// `least`: what a character between others must be.
fn part_end(text: &HanText, start: usize, words: &HanWords, least: Sounding) -> usize {
    let mut end = start;
    let rest = &text.folded[start..];
    for (count, (at, c)) in rest.char_indices().enumerate() {
        let here = start + at;
        let sounding = words.sounding(c);
        // Behind an interpunct the first two characters are a name's: 薛 and 定 in 埃尔温·薛定谔.
        let first = count < 2 && least == Sounding::Rare && is_han(c) && !words.is_stop(c);
        if count >= LONGEST_PART
            || (sounding < least && !first)
            || (count > 0 && words.word_starts(&text.folded[here..]))
        {
            break;
        }
        if count > 1 && text.entry_starting(here).is_some_and(|length| length > c.len_utf8()) {
            break;
        }
        if sounding <= Sounding::Inside
            && count > 0
            && !first
            && !goes_on(text, here + c.len_utf8(), words, least)
            || (sounding <= Sounding::Inside && count > 0 && words.is_stop(c))
        {
            break;
        }
        end = here + c.len_utf8();
    }
    end
}

/// Behind a character that running text uses too: one more such at most, then one that names use: 彼得连科.
fn goes_on(text: &HanText, at: usize, words: &HanWords, least: Sounding) -> bool {
    let mut next = text.folded[at..].chars().take(2).map(|next| words.sounding(next));
    let first = next.next().unwrap_or(Sounding::No);
    first >= Sounding::Common
        || (first >= least && next.next().is_some_and(|second| second >= Sounding::Common))
}

/// Names behind a role: 发言人佩斯科夫, 外交部长王毅.
pub fn after_role(text: &HanText, taken: &[Finding], rules: &Rules) -> Vec<Finding> {
    let words = &rules.han;
    let cover = Cover::new(taken.iter().map(|f| f.span));
    let mut out = Vec::new();
    for end in text.roles.iter().map(|(role, _)| role.end) {
        let free = |span: Span| !cover.overlaps(span);
        let rest = &text.folded[end..];
        if rest.starts_with(|c: char| !is_han(c)) || words.word_starts(rest) {
            continue;
        }
        let run = right_part(text, end, words);
        // A known name stands there, unless the name goes on by two characters, or one that only names
        // use: 班吉, 班吉维尔; 伯恩, 伯恩斯.
        let goes_on = |length: usize| {
            let next = text.folded[end + length..run.max(end + length)].chars().next();
            run >= end + length + 6 || next.is_some_and(|c| words.sounding(c) == Sounding::Strong)
        };
        if text.entry_starting(end).is_some_and(|length| !goes_on(length)) {
            continue;
        }
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

/// A Chinese name at `start`: a surname and one or two characters, as what follows allows; behind a surname
/// of two characters, or two surnames of one, there may be as many again.
fn native(text: &HanText, start: usize, words: &HanWords) -> Option<Span> {
    let rest = &text.folded[start..];
    let surname = words.surname(rest);
    if surname == 0 || words.word_starts(rest) || words.word_starts(&rest[surname..]) {
        return None;
    }
    let follows = |at: usize| {
        let rest = &text.folded[at..];
        rest.chars().next().is_none_or(|c| !is_han(c) || words.is_stop(c))
            || words.word_starts(rest)
            || text.entry_starting(at).is_some()
    };
    let doubled = surname == head(rest, 1)?.len() && words.is_doubled(rest);
    let most = if doubled { 3 } else { 2 };
    let mut ends = Vec::new();
    for (at, c) in rest[surname..].char_indices().take(most) {
        if !is_han(c) || (ends.is_empty() && surname < 6 && words.is_stop(c)) {
            break;
        }
        ends.push(start + surname + at + c.len_utf8());
    }
    if let Some(&end) = ends.iter().find(|&&end| follows(end)) {
        return Some(Span::new(start, end));
    }
    let whole = |&&end: &&usize| end - start > surname + 3 && text.repeats(&text.folded[start..end]);
    ends.iter().rev().find(whole).map(|&end| Span::new(start, end))
}

/// How much a Chinese name without a role must weigh.
const NATIVE: i32 = 5;

/// Chinese names without a role: a surname, characters that given names are made of, and what stands around.
pub fn unintroduced_native(text: &HanText, taken: &[Finding], rules: &Rules) -> Vec<Finding> {
    let words = &rules.han;
    let cover = Cover::new(taken.iter().map(|f| f.span));
    let mut out: Vec<Finding> = Vec::new();
    for (at, c) in text.folded.char_indices() {
        if !is_han(c) || out.last().is_some_and(|last| last.span.end > at) {
            continue;
        }
        let Some(span) = native(text, at, words) else { continue };
        if span.end - span.start < 9 || cover.overlaps(span) || text.role_across(span.end).is_some() {
            continue;
        }
        if weigh_native(text, span, words) >= NATIVE {
            out.push(text.person(span, native_name(text, span, words), "native_name", 0.6, words));
        }
    }
    out
}

fn weigh_native(text: &HanText, span: Span, words: &HanWords) -> i32 {
    let (before, after) = (&text.folded[..span.start], &text.folded[span.end..]);
    let surname = words.surname(span.of(text.folded));
    let given = &text.folded[span.start + surname..span.end];
    let typical = given.chars().filter(|&c| words.is_given_character(c)).count() as i32;
    let count = given.chars().count() as i32;
    let mut weight = if words.is_plain_surname(span.of(text.folded)) { 1 } else { 0 };
    weight += if typical == count { 3 } else { 2 * typical - 1 };
    let open = before.chars().next_back().is_none_or(|c| !is_han(c));
    let introduced = words.before_person.fit(before);
    weight += if open || introduced { 1 } else { -2 };
    let speech = words.speech.iter().any(|word| word.chars().count() > 1 && after.starts_with(word.as_str()));
    let closed = after.chars().next().is_none_or(|c| !is_han(c) || words.is_stop(c));
    weight += if speech { 2 } else { i32::from(closed) };
    if text.repeats(span.of(text.folded)) {
        weight += 1;
    }
    if words.place_heads.iter().any(|head| after.starts_with(head.as_str()))
        || words.organisation_heads.opening(after).is_some()
    {
        weight -= 4;
    }
    weight
}

/// What a transliteration of two characters must weigh: they make many a word too.
const PAIR: i32 = 5;

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
        let beside = taken.iter().filter(|f| f.is_person()).chain(out.last()).any(|f| {
            f.span.end < at && words.list_words.iter().any(|word| text.folded[f.span.end..at] == **word)
        });
        let weight = weigh(text, span, words) + i32::from(beside);
        let sure = if count == 2 { PAIR } else { 3 };
        if free && count >= 2 && strong * 3 >= count * 2 && weight >= sure {
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
    if before.is_empty() || words.before_person.fit(before) {
        weight += 1;
    }
    let run = span.of(text.folded);
    if run.chars().all(|c| words.sounding(c) == Sounding::Strong) {
        weight += 1;
    }
    if words.list_words.iter().any(|word| {
        let next = after.strip_prefix(word.as_str()).unwrap_or("");
        let begins = span.end + word.len();
        !next.is_empty() && sounds_foreign(&text.folded[begins..right_part(text, begins, words)], words)
    }) {
        weight += 1;
    }
    if words.before_place.iter().any(|word| before.ends_with(word.as_str())) {
        weight -= 3;
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
        if let Some(key) = self.role_ending(span.start) {
            found.roles.push(words.role_keys[key].clone());
        }
        found
    }
}
