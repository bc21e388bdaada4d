//! Usage: what an expression does in its sentence, read off the words around it.
//!
//! Two questions: which modifier do its neighbours give (`since`, `by`, 以来), and can it date
//! an event at all, or is it part of a name, a bracket after one, or a mark of citation.

use super::context::Sentence;
use super::grammar::Found;
use super::mark::Mark;
use super::meaning::Meaning;
use super::slot;
use super::token::{NO_ENTRY, Token};
use crate::model::TimeUse;

/// How many words after an expression are searched for what modifies it from afar.
const FAR: usize = 40;

/// How many words a bracket of dates has on each side of one.
const BRACKET: usize = 12;

/// How many words before an expression are searched for what compares with it.
const REACH: usize = 12;

/// How many words may part an expression from the date that it says again.
const APPOSED: usize = 3;

/// How far after a year the event may stand that it names, in bytes.
const NAME: usize = 36;

/// Modifier code from the word before (`lead`) or after (`tail`), or 0.
pub fn neighbours(sentence: &Sentence, i: usize) -> i32 {
    let (from, to) = sentence.found[i].tokens;
    let value = |token: Option<&Token>, mark: Mark| {
        let token = token.filter(|token| token.entry != NO_ENTRY)?;
        sentence.grammar.reading(token, sentence.grammar.class(mark)?)
    };
    let before =
        from.checked_sub(1).and_then(|at| sentence.tokens.get(at)).filter(|_| sentence.tokens[from].near);
    let after = sentence.tokens.get(to).filter(|token| token.near);
    let only_then = || words_around(sentence, i).any(|token| value(Some(token), Mark::OnlyThen).is_some());
    let lead = value(before, Mark::Lead).filter(|&lead| lead != slot::M_UNTIL || !only_then());
    if let Some(modifier) = value(after, Mark::Tail).or(lead) {
        return modifier;
    }
    let second = from.checked_sub(2).and_then(|at| sentence.tokens.get(at));
    if before.is_some_and(|token| sentence.grammar.is_named(token, Mark::Preposition))
        && let Some(modifier) = value(second, Mark::LeadTo)
    {
        return modifier;
    }
    let clause =
        sentence.tokens[to..].iter().take(FAR).take_while(|token| value(Some(token), Mark::Clause).is_none());
    clause.into_iter().find_map(|token| value(Some(token), Mark::FarTail)).unwrap_or(0)
}

/// Whether the clause speaks of what is to come: due to meet on Friday.
pub fn ahead(sentence: &Sentence, i: usize) -> bool {
    words_around(sentence, i).any(|token| sentence.grammar.is_named(token, Mark::Ahead))
}

/// The words of the clause that an expression stands in, up to some way off.
fn words_around<'s>(sentence: &'s Sentence, i: usize) -> impl Iterator<Item = &'s Token> {
    let (from, to) = sentence.found[i].tokens;
    let inside = |token: &&Token| !sentence.grammar.is_named(token, Mark::Clause);
    let before = sentence.tokens[from.saturating_sub(REACH)..from].iter().rev().take_while(inside);
    before.chain(sentence.tokens[to..].iter().take(REACH).take_while(inside))
}

/// What the expression does.
pub fn of(sentence: &Sentence, i: usize) -> TimeUse {
    let found = &sentence.found[i];
    if let Some(used_as) = found.used_as {
        return used_as;
    }
    if matches!(found.meaning, Meaning::Event { shift: Some(_), .. }) && says_again(sentence, i) {
        return TimeUse::Reference;
    }
    let before = found.tokens.0.checked_sub(1).map(|at| &sentence.tokens[at]);
    if before.is_some_and(|token| sentence.grammar.is_named(token, Mark::Cited)) {
        return TimeUse::Reference;
    }
    if compared(sentence, i) {
        return TimeUse::Reference;
    }
    if bracketed(sentence, i) {
        return TimeUse::Bracket;
    }
    if named(sentence, found) { TimeUse::Name } else { TimeUse::When }
}

/// `the first since 2019`, 2014年以来首次: what is told is compared with that time, not placed in it.
fn compared(sentence: &Sentence, i: usize) -> bool {
    if neighbours(sentence, i) != slot::M_SINCE {
        return false;
    }
    let is = |token: &Token, mark: Mark| sentence.grammar.is_named(token, mark);
    let (from, to) = sentence.found[i].tokens;
    let mut clause =
        sentence.tokens[from.saturating_sub(REACH)..from].iter().rev().take_while(|t| !is(t, Mark::Clause));
    let follows =
        |at: usize| sentence.tokens.get(at).is_some_and(|token| token.near && is(token, Mark::Superlative));
    clause.any(|token| is(token, Mark::Superlative)) || follows(to) || follows(to + 1)
}

/// Whether it is a count from an event beside a date of its own, and so says that date again:
/// `four days after the start of the invasion, on 28 February`.
fn says_again(sentence: &Sentence, i: usize) -> bool {
    let dated = |other: Option<&Found>, gap: &dyn Fn(&Found) -> Option<usize>| {
        let Some(other) = other else { return false };
        let day = match &other.meaning {
            Meaning::Date { calendar, .. } => calendar.day.is_some() || calendar.weekday.is_some(),
            Meaning::Range { from, .. } => from.day.is_some(),
            _ => false,
        };
        day && gap(other).is_some_and(|gap| gap <= APPOSED)
    };
    let found = &sentence.found[i];
    dated(sentence.found.get(i + 1), &|other| other.tokens.0.checked_sub(found.tokens.1))
        || dated(i.checked_sub(1).map(|at| &sentence.found[at]), &|other| {
            found.tokens.0.checked_sub(other.tokens.1)
        })
}

/// Whether it stands in brackets that hold dates and little words alone: `(born 1950)`. After a word
/// such as 当初 the bracket says when, and is none of a name.
fn bracketed(sentence: &Sentence, i: usize) -> bool {
    let (from, to) = sentence.found[i].tokens;
    let is = |at: usize, mark: Mark| sentence.grammar.is_named(&sentence.tokens[at], mark);
    let near = &sentence.found[i.saturating_sub(2)..(i + 3).min(sentence.found.len())];
    let filler = |at: usize| {
        is(at, Mark::BracketWord) || near.iter().any(|other| (other.tokens.0..other.tokens.1).contains(&at))
    };
    let open =
        (from.saturating_sub(BRACKET)..from).rev().find(|&at| !filler(at)).filter(|&at| is(at, Mark::Open));
    let end = (to + BRACKET).min(sentence.tokens.len());
    let close = (to..end).find(|&at| !filler(at)).filter(|&at| is(at, Mark::Close));
    let then = |open: usize| open > 0 && is(open - 1, Mark::Then);
    open.is_some_and(|open| !then(open)) && close.is_some()
}

/// Whether a bare year opens the name of an event: 2022年俄罗斯入侵乌克兰后.
fn named(sentence: &Sentence, found: &Found) -> bool {
    let Meaning::Date { calendar, shift: None, .. } = &found.meaning else { return false };
    let grammar = sentence.grammar;
    let (from, to) = found.tokens;
    let Some(event) = sentence.tokens.get(to).filter(|token| grammar.is_named(token, Mark::Event)) else {
        return false;
    };
    if !calendar.year_only() || event.start - found.span.end > NAME {
        return false;
    }
    let tail = sentence.tokens.get(to + 1);
    let tailed = tail
        .is_some_and(|token| token.start - event.end <= NAME / 2 && grammar.is_named(token, Mark::NameTail));
    let head =
        from.checked_sub(1).map(|at| &sentence.tokens[at]).filter(|token| token.end == found.span.start);
    tailed || head.is_some_and(|token| grammar.is_named(token, Mark::NameHead))
}
