//! Usage: what an expression does in its sentence, read off the words around it.
//!
//! Two questions: which modifier do its neighbours give (`since`, `by`, 以来), and can it date
//! an event at all, or is it part of a name, a bracket after one, or a condition.

use super::context::Sentence;
use super::token::{NO_ENTRY, Token};
use crate::model::TimeUse;

/// How many words after an expression are searched for what modifies it from afar.
const FAR: usize = 40;

/// Modifier code from the word before (`lead`) or after (`tail`), or 0.
pub fn neighbours(sentence: &Sentence, i: usize) -> i32 {
    let (from, to) = sentence.found[i].tokens;
    let value = |token: Option<&Token>, class: &str| {
        let token = token.filter(|token| token.entry != NO_ENTRY)?;
        let class = sentence.grammar.lexicon.class(class)?;
        let readings = sentence.grammar.lexicon.readings(token.entry);
        readings.iter().find(|reading| reading.class == class).map(|reading| reading.value)
    };
    let near = |token: &&Token| token.near;
    let before =
        from.checked_sub(1).and_then(|at| sentence.tokens.get(at)).filter(|_| sentence.tokens[from].near);
    let after = sentence.tokens.get(to).filter(near);
    if let Some(modifier) = value(after, "tail") {
        return modifier;
    }
    if let Some(modifier) = value(before, "lead") {
        return modifier;
    }
    let second = from.checked_sub(2).and_then(|at| sentence.tokens.get(at));
    if before.is_some_and(|token| sentence.grammar.is_named(token, "preposition"))
        && let Some(modifier) = value(second, "leadto")
    {
        return modifier;
    }
    let far =
        sentence.tokens[to..].iter().take(FAR).take_while(|token| value(Some(token), "clause").is_none());
    let since = far.into_iter().find_map(|token| value(Some(token), "fartail"));
    since.unwrap_or(0)
}

/// What the expression does.
pub fn of(sentence: &Sentence, i: usize) -> TimeUse {
    let found = &sentence.found[i];
    if let Some(used_as) = found.used_as {
        return used_as;
    }
    let (from, to) = found.tokens;
    let opens = from.checked_sub(1).is_some_and(|at| sentence.grammar.is_named(&sentence.tokens[at], "open"));
    let closes = sentence.tokens.get(to).is_some_and(|token| sentence.grammar.is_named(token, "close"));
    if opens && closes {
        return TimeUse::Bracket;
    }
    TimeUse::When
}
