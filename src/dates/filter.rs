//! Filter: which patterns can match at a token, told from the kinds of the next few tokens alone.
//!
//! Most patterns open with a number or a common word, so trying each of them there is most of the work.
//! For each of the first [`DEPTH`] places a row of bits says which patterns have a way to go on over a
//! token of some kind, or to be at their end by then; the bits that all places share are the patterns
//! worth trying. It never drops one that would match.

use super::lexicon::Lexicon;
use super::machine::{Machine, Step, Test};
use super::token::{Kind, NO_ENTRY, Token};

/// How many tokens are looked at.
const DEPTH: usize = 3;

/// A bit for each pattern.
type Bits = [u64; 4];

/// Where the values of numbers part for the tests; each range is told by its first value.
const VALUES: [i32; 12] = [0, 1, 13, 25, 32, 60, 100, 1000, 1700, 2100, 2200, 3000];
/// Counts of digits that tests tell apart: 0 to 4, and more.
const DIGITS: usize = 6;
const NUMBERS: usize = VALUES.len() * DIGITS * 2;
/// Kinds beside entries and numbers: a word that is not known, one with a capital, a sign, no token.
const OTHERS: usize = 4;

pub(super) struct Filter {
    entries: usize,
    /// For each place the patterns of each kind of token.
    places: [Vec<Bits>; DEPTH],
}

impl Filter {
    /// Reads the patterns, given as their steps, once.
    pub fn new(patterns: &[&[Step]], lexicon: &Lexicon) -> Self {
        let entries = lexicon.spellings().len();
        let kinds = entries + NUMBERS + OTHERS;
        assert!(patterns.len() <= Bits::default().len() * 64, "a language has too many patterns");
        let mut filter =
            Filter { entries, places: std::array::from_fn(|_| vec![Bits::default(); kinds]) };
        let probes: Vec<Token> = (0..kinds - 1).map(|kind| probe(kind, entries)).collect();
        for (at, steps) in patterns.iter().enumerate() {
            let ways = Ways::of(steps);
            for (place, row) in filter.places.iter_mut().enumerate() {
                for (kind, bits) in row.iter_mut().enumerate() {
                    let goes_on = probes.get(kind).is_some_and(|token| {
                        let tokens = std::slice::from_ref(token);
                        let machine = Machine { steps, tokens, first: 0, lexicon };
                        ways.tests[place].iter().any(|&test| machine.value(test, 0).is_some())
                    });
                    if goes_on || ways.free[place] {
                        bits[at / 64] |= 1 << (at % 64);
                    }
                }
            }
        }
        filter
    }

    /// The patterns to try at a token, in their order.
    pub fn patterns(&self, tokens: &[Token], at: usize) -> impl Iterator<Item = usize> {
        let mut bits = self.places[0][self.kind(&tokens[at])];
        let mut near = true;
        for (place, row) in self.places.iter().enumerate().skip(1) {
            if bits == Bits::default() {
                break;
            }
            let token = tokens.get(at + place).filter(|token| near && token.near);
            near = token.is_some();
            let more = &row[token.map_or(row.len() - 1, |token| self.kind(token))];
            bits.iter_mut().zip(more).for_each(|(bits, more)| *bits &= more);
        }
        bits.into_iter().enumerate().flat_map(|(word, bits)| Ones(bits).map(move |bit| word * 64 + bit))
    }

    fn kind(&self, token: &Token) -> usize {
        match (token.entry, token.kind) {
            (NO_ENTRY, Kind::Number) => {
                let range = VALUES.iter().rposition(|&least| least <= token.value).unwrap_or(0);
                let tens = usize::from(token.value % 10 == 0);
                self.entries + (range * DIGITS + usize::from(token.digits).min(DIGITS - 1)) * 2 + tens
            }
            (NO_ENTRY, Kind::Word) => self.entries + NUMBERS + usize::from(token.capital),
            (NO_ENTRY, Kind::Sign) => self.entries + NUMBERS + 2,
            (entry, _) => entry as usize,
        }
    }
}

/// A token that stands for all of its kind.
fn probe(kind: usize, entries: usize) -> Token {
    let word = Token {
        start: 0,
        end: 1,
        kind: Kind::Word,
        entry: NO_ENTRY,
        value: 0,
        digits: 0,
        capital: false,
        glued: true,
        near: true,
    };
    if kind < entries {
        return Token { entry: kind as u32, ..word };
    }
    match kind - entries {
        number if number < NUMBERS => {
            let least = VALUES[number / 2 / DIGITS];
            let ten = (least + 9) / 10 * 10;
            let value = match (number % 2, least % 10) {
                (1, _) => ten,
                (_, 0) => least + 1,
                _ => least,
            };
            // nothing lies between 0 and 1
            let value = if least == 0 { 0 } else { value };
            let digits = (number / 2 % DIGITS) as u8;
            Token { kind: Kind::Number, value, digits, ..word }
        }
        other => match other - NUMBERS {
            2 => Token { kind: Kind::Sign, ..word },
            capital => Token { capital: capital == 1, ..word },
        },
    }
}

/// What a pattern asks of each of its first tokens.
struct Ways {
    tests: [Vec<Test>; DEPTH],
    /// Anything may stand there: the pattern has a way to end before.
    free: [bool; DEPTH],
}

impl Ways {
    fn of(steps: &[Step]) -> Self {
        let mut ways = Ways { tests: Default::default(), free: [false; DEPTH] };
        let mut reached: [Vec<usize>; DEPTH] = Default::default();
        reached[0].push(0);
        for place in 0..DEPTH {
            let mut open = std::mem::take(&mut reached[place]);
            let mut seen = vec![false; steps.len()];
            while let Some(step) = open.pop() {
                match steps.get(step) {
                    None => ways.free[place..].fill(true),
                    Some(_) if std::mem::replace(&mut seen[step], true) => {}
                    Some(&Step::Jump(to)) => open.push(to),
                    Some(Step::End) => open.push(step + 1),
                    Some(&Step::Split(one, other)) => open.extend([one, other]),
                    Some(Step::Atom { test, .. }) => {
                        ways.tests[place].push(*test);
                        // `twenty-five` is a count of three tokens
                        let longest = if *test == Test::Count { 3 } else { 1 };
                        for width in 1..=longest {
                            if let Some(next) = reached.get_mut(place + width) {
                                next.push(step + 1);
                            }
                            if width > 1
                                && let Some(free) = ways.free.get_mut(place + width - 1)
                            {
                                *free = true;
                            }
                        }
                    }
                }
            }
        }
        ways
    }
}

/// The bits that are set, from the lowest.
struct Ones(u64);

impl Iterator for Ones {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let bit = self.0.trailing_zeros() as usize;
        self.0 &= self.0.wrapping_sub(1);
        (bit < 64).then_some(bit)
    }
}
