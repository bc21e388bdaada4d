//! Usage: what an expression does in its sentence, read off the words around it.
//!
//! Two questions: which modifier do its neighbours give (`since`, `by`, 以来), and can it date
//! an event at all, or is it part of a name, a bracket after one, or a mark of citation.

use super::context::Sentence;
use super::grammar::Found;
use super::meaning::Meaning;
use super::token::{NO_ENTRY, Token};
use crate::model::TimeUse;

/// How many words after an expression are searched for what modifies it from afar.
const FAR: usize = 40;

/// How many words a bracket of dates has on each side of one.
const BRACKET: usize = 12;

/// How far after a year the event may stand that it names, in bytes.
const NAME: usize = 36;

/// Modifier code from the word before (`lead`) or after (`tail`), or 0.
pub fn neighbours(sentence: &Sentence, i: usize) -> i32 {
    let (from, to) = sentence.found[i].tokens;
    let value = |token: Option<&Token>, class: &str| {
        let token = token.filter(|token| token.entry != NO_ENTRY)?;
        let class = sentence.grammar.lexicon.class(class)?;
        let readings = sentence.grammar.lexicon.readings(token.entry);
        readings.iter().find(|reading| reading.class == class).map(|reading| reading.value)
    };
    let before =
        from.checked_sub(1).and_then(|at| sentence.tokens.get(at)).filter(|_| sentence.tokens[from].near);
    let after = sentence.tokens.get(to).filter(|token| token.near);
    if let Some(modifier) = value(after, "tail").or(value(before, "lead")) {
        return modifier;
    }
    let second = from.checked_sub(2).and_then(|at| sentence.tokens.get(at));
    if before.is_some_and(|token| sentence.grammar.is_named(token, "preposition"))
        && let Some(modifier) = value(second, "leadto")
    {
        return modifier;
    }
    let clause =
        sentence.tokens[to..].iter().take(FAR).take_while(|token| value(Some(token), "clause").is_none());
    clause.into_iter().find_map(|token| value(Some(token), "fartail")).unwrap_or(0)
}

/// What the expression does.
pub fn of(sentence: &Sentence, i: usize) -> TimeUse {
    let found = &sentence.found[i];
    if let Some(used_as) = found.used_as {
        return used_as;
    }
    let before = found.tokens.0.checked_sub(1).map(|at| &sentence.tokens[at]);
    if before.is_some_and(|token| sentence.grammar.is_named(token, "cited")) {
        return TimeUse::Reference;
    }
    if bracketed(sentence, i) {
        return TimeUse::Bracket;
    }
    if named(sentence, found) { TimeUse::Name } else { TimeUse::When }
}

/// Whether it stands in brackets that hold dates and little words alone: `(born 1950)`. After a word
/// such as 当初 the bracket says when, and is none of a name.
fn bracketed(sentence: &Sentence, i: usize) -> bool {
    let (from, to) = sentence.found[i].tokens;
    let is = |at: usize, class: &str| sentence.grammar.is_named(&sentence.tokens[at], class);
    let near = &sentence.found[i.saturating_sub(2)..(i + 3).min(sentence.found.len())];
    let filler = |at: usize| {
        is(at, "bracketword") || near.iter().any(|other| (other.tokens.0..other.tokens.1).contains(&at))
    };
    let open =
        (from.saturating_sub(BRACKET)..from).rev().find(|&at| !filler(at)).filter(|&at| is(at, "open"));
    let end = (to + BRACKET).min(sentence.tokens.len());
    let close = (to..end).find(|&at| !filler(at)).filter(|&at| is(at, "close"));
    let then = |open: usize| open > 0 && is(open - 1, "then");
    open.is_some_and(|open| !then(open)) && close.is_some()
}

/// Whether a bare year opens the name of an event: 2022年俄罗斯入侵乌克兰后.
fn named(sentence: &Sentence, found: &Found) -> bool {
    let Meaning::Date { calendar, shift: None, .. } = &found.meaning else { return false };
    let grammar = sentence.grammar;
    let (from, to) = found.tokens;
    let Some(event) = sentence.tokens.get(to).filter(|token| grammar.is_named(token, "event")) else {
        return false;
    };
    if !calendar.year_only() || event.start - found.span.end > NAME {
        return false;
    }
    let tail = sentence.tokens.get(to + 1);
    let tailed =
        tail.is_some_and(|token| token.start - event.end <= NAME / 2 && grammar.is_named(token, "nametail"));
    let head =
        from.checked_sub(1).map(|at| &sentence.tokens[at]).filter(|token| token.end == found.span.start);
    tailed || head.is_some_and(|token| grammar.is_named(token, "namehead"))
}
