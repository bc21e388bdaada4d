//! The machine that tries a compiled pattern at a token.
//!
//! It goes back to the other branch where one fails; patterns have no repetition, so its work is
//! bounded by the pattern, whatever the text.

use super::lexicon::{Class, Lexicon};
use super::slot::Slot;
use super::token::{Kind, NO_ENTRY, Token};

/// What a token must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Test {
    Class(Class),
    Literal(u32),
    /// 1 to 31, one or two digits.
    Day,
    /// 1000 to 2199 in four digits.
    Year,
    /// 1700 to 2099.
    Modern,
    /// 1 to 2999, at most four digits.
    AnyYear,
    /// A number of whole tens, as decades are.
    Tens,
    /// Two digits.
    TwoDigits,
    /// 1 to 12.
    MonthNumber,
    Hour,
    Minute,
    Integer,
    /// A number or a word for one.
    Count,
    /// Any word with a small first letter.
    Lower,
    /// Any word with a capital.
    Title,
    Any,
}

#[derive(Debug)]
pub(super) enum Step {
    Atom {
        test: Test,
        glued: bool,
        slot: Option<Slot>,
        second: bool,
    },
    /// Try the first, then the second.
    Split(usize, usize),
    Jump(usize),
    /// Here the match ends; the rest only looks ahead.
    End,
}

/// A value a match has put into a slot.
#[derive(Debug, Clone, Copy)]
pub struct Capture {
    pub slot: Option<Slot>,
    pub value: i32,
    /// Belongs to the second end of a range.
    pub second: bool,
    pub token: usize,
}

/// Value of the capture that notes where a match ends before its look-ahead.
pub(super) const END_MARK: i32 = i32::MIN;

pub(super) struct Machine<'a> {
    pub steps: &'a [Step],
    pub tokens: &'a [Token],
    pub first: usize,
    pub lexicon: &'a Lexicon,
}

impl Machine<'_> {
    pub fn run(&self, mut step: usize, mut at: usize, captures: &mut Vec<Capture>) -> Option<usize> {
        loop {
            match self.steps.get(step) {
                None => return Some(at),
                Some(&Step::Jump(to)) => step = to,
                Some(Step::End) => {
                    captures.push(Capture { slot: None, value: END_MARK, second: false, token: at });
                    step += 1;
                }
                Some(&Step::Split(one, other)) => {
                    if self.may_go_on(one, at) {
                        let kept = captures.len();
                        if let Some(end) = self.run(one, at, captures) {
                            return Some(end);
                        }
                        captures.truncate(kept);
                    }
                    step = other;
                }
                Some(Step::Atom { test, glued, slot, second }) => {
                    let token = self.tokens.get(at)?;
                    if at > self.first && (!token.near || (*glued && !token.glued)) {
                        return None;
                    }
                    let value = self.value(*test, at)?;
                    let (value, width) =
                        if *test == Test::Count { self.compound(value, at) } else { (value, 1) };
                    captures.push(Capture { slot: *slot, value, second: *second, token: at });
                    at += width;
                    step += 1;
                }
            }
        }
    }

    /// False where the branch begins with an atom that fails, as most do: it need not be run.
    fn may_go_on(&self, mut step: usize, at: usize) -> bool {
        while let Some(&Step::Jump(to)) = self.steps.get(step) {
            step = to;
        }
        let Some(Step::Atom { test, glued, .. }) = self.steps.get(step) else { return true };
        self.tokens.get(at).is_some_and(|token| {
            (at == self.first || token.near && (!glued || token.glued)) && self.value(*test, at).is_some()
        })
    }

    /// `twenty-five`, `двадцать пять`: tens and a unit, with how many tokens they are.
    fn compound(&self, tens: i32, at: usize) -> (i32, usize) {
        if self.tokens[at].kind == Kind::Number || !(20..100).contains(&tens) || tens % 10 != 0 {
            return (tens, 1);
        }
        let unit = |at: usize| {
            let token = self.tokens.get(at).filter(|token| token.near && token.kind == Kind::Word)?;
            let class = self.lexicon.number?;
            self.reading(token, class).filter(|value| (1..10).contains(value))
        };
        let dash = self.tokens.get(at + 1).is_some_and(|token| token.glued && token.kind == Kind::Sign);
        match (unit(at + 1), dash.then(|| unit(at + 2)).flatten()) {
            (Some(value), _) => (tens + value, 2),
            (None, Some(value)) => (tens + value, 3),
            _ => (tens, 1),
        }
    }

    /// What the token at `at` says to the test; none where it fails.
    pub fn value(&self, test: Test, at: usize) -> Option<i32> {
        let token = &self.tokens[at];
        let number = token.kind == Kind::Number;
        let holds = match test {
            Test::Class(class) => return self.reading(token, class),
            Test::Literal(entry) => token.entry == entry,
            Test::Lower => token.kind == Kind::Word && !token.capital,
            Test::Title => token.kind == Kind::Word && token.capital,
            Test::Any => token.kind == Kind::Word,
            Test::Count => {
                return if number {
                    Some(token.value)
                } else {
                    self.lexicon.number.and_then(|class| self.reading(token, class))
                };
            }
            Test::Day => number && token.digits <= 2 && (1..=31).contains(&token.value),
            Test::Year => number && token.digits == 4 && (1000..2200).contains(&token.value),
            Test::Modern => number && token.digits == 4 && (1700..2100).contains(&token.value),
            Test::AnyYear => {
                number
                    && token.digits <= 4
                    && (1..3000).contains(&token.value)
                    && (token.digits > 0 || token.value < 1000)
            }
            Test::Tens => number && token.value % 10 == 0 && (10..2200).contains(&token.value),
            Test::TwoDigits => number && token.digits == 2,
            Test::MonthNumber => number && token.digits <= 2 && (1..=12).contains(&token.value),
            Test::Hour => number && token.digits <= 2 && (0..=24).contains(&token.value),
            Test::Minute => number && token.digits == 2 && (0..60).contains(&token.value),
            Test::Integer => number,
        };
        holds.then_some(token.value)
    }

    fn reading(&self, token: &Token, class: Class) -> Option<i32> {
        if token.entry == NO_ENTRY {
            return None;
        }
        self.lexicon
            .readings(token.entry)
            .iter()
            .find(|reading| reading.class == class)
            .map(|reading| reading.value)
    }
}
