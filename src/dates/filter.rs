//! Filter: which patterns can match at a token, told from the kinds of the next few tokens alone.
//!
//! Most patterns open with a number or a common word, so trying each of them there is most of the work.
//! For each of the first [`DEPTH`] places a table says which patterns, entered by which of their first
//! atoms, can go on over a token of some kind, or can be at their end by then; those that pass all
//! places are worth trying. It never drops one that would match.

use super::lexicon::Lexicon;
use super::machine::{Machine, Step, Test};
use super::token::{Kind, NO_ENTRY, Token};

/// How many tokens are looked at.
const DEPTH: usize = 4;

/// Where the values of numbers part for the tests; each range is told by its first value.
const VALUES: [i32; 12] = [0, 1, 13, 25, 32, 60, 100, 1000, 1700, 2100, 2200, 3000];
/// Counts of digits that tests tell apart: 0 to 4, and more.
const DIGITS: usize = 6;
const NUMBERS: usize = VALUES.len() * DIGITS * 2;
/// Kinds beside entries and numbers: a word that is not known, one with a capital, a sign, no token.
const OTHERS: usize = 4;

/// A pattern that is entered by one of its first atoms.
type Way = u16;

pub(super) struct Filter {
    entries: usize,
    /// The pattern of each way, in the order of the patterns.
    patterns: Vec<u16>,
    /// For each kind of token the ways that it opens, in order.
    open: Vec<Vec<Way>>,
    /// For each further place and kind of token a bit for each way that goes on over it.
    places: [Vec<Vec<u64>>; DEPTH - 1],
}

impl Filter {
    /// Reads the patterns, given as their steps, once.
    pub fn new(patterns: &[&[Step]], lexicon: &Lexicon) -> Self {
        let entries = lexicon.spellings().len();
        let kinds = entries + NUMBERS + OTHERS;
        let mut kinds_of = Kinds { entries, kinds, lexicon, of_tests: Vec::new() };
        let mut filter = Filter {
            entries,
            patterns: Vec::new(),
            open: vec![Vec::new(); kinds],
            places: std::array::from_fn(|_| vec![Vec::new(); kinds]),
        };
        for (pattern, steps) in patterns.iter().enumerate() {
            for path in paths(steps, lexicon) {
                let way = Way::try_from(filter.patterns.len()).expect("a language has too many patterns");
                filter.patterns.push(pattern as u16);
                for place in 0..DEPTH {
                    if path.free[place] {
                        (0..kinds).for_each(|kind| filter.add(place, kind, way));
                    }
                    for what in &path.allowed[place] {
                        kinds_of.allowed(what).iter().for_each(|&kind| filter.add(place, kind, way));
                    }
                }
            }
        }
        let words = filter.patterns.len().div_ceil(64);
        filter.places.iter_mut().flatten().for_each(|row| row.resize(words, 0));
        filter
    }

    /// Notes that a way goes on over a kind of token.
    fn add(&mut self, place: usize, kind: usize, way: Way) {
        let Some(place) = place.checked_sub(1) else {
            let open = &mut self.open[kind];
            if open.last() != Some(&way) {
                open.push(way);
            }
            return;
        };
        let (row, word) = (&mut self.places[place][kind], usize::from(way) / 64);
        if row.len() <= word {
            row.resize(word + 1, 0);
        }
        row[word] |= 1 << (way % 64);
    }

    /// The patterns to try at a token, in their order.
    pub fn patterns<'a>(&'a self, tokens: &[Token], at: usize) -> impl Iterator<Item = usize> + use<'a> {
        let open = &self.open[self.kind(&tokens[at])];
        let mut near = !open.is_empty();
        let rows: [&[u64]; DEPTH - 1] = std::array::from_fn(|place| {
            let token = tokens.get(at + 1 + place).filter(|token| near && token.near);
            near = token.is_some();
            let kinds = &self.places[place];
            kinds[token.map_or(kinds.len() - 1, |token| self.kind(token))].as_slice()
        });
        let mut last = None;
        open.iter().filter_map(move |&way| {
            let (word, bit) = (usize::from(way) / 64, way % 64);
            let pattern = usize::from(self.patterns[usize::from(way)]);
            let fits = last != Some(pattern) && rows.iter().all(|row| row[word] >> bit & 1 == 1);
            fits.then(|| *last.insert(pattern))
        })
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

/// The kinds of tokens that a test allows, found out once for each test.
struct Kinds<'a> {
    entries: usize,
    kinds: usize,
    lexicon: &'a Lexicon,
    of_tests: Vec<(Allowed, Vec<usize>)>,
}

impl Kinds<'_> {
    fn allowed(&mut self, what: &Allowed) -> &[usize] {
        let at = self.of_tests.iter().position(|(known, _)| known == what).unwrap_or_else(|| {
            let kinds = (0..self.kinds - 1).filter(|&kind| self.allows(what, kind)).collect();
            self.of_tests.push((*what, kinds));
            self.of_tests.len() - 1
        });
        &self.of_tests[at].1
    }

    fn allows(&self, what: &Allowed, kind: usize) -> bool {
        let token = probe(kind, self.entries);
        let is_entry = kind < self.entries;
        match what {
            // a sign that is an entry looks like a word to the probe
            Allowed::Sign => is_entry || token.kind == Kind::Sign,
            Allowed::Test(test) => {
                let holds = |token: Token| {
                    let machine = Machine { steps: &[], tokens: &[token], first: 0, lexicon: self.lexicon };
                    machine.value(*test, 0).is_some()
                };
                holds(token) || is_entry && holds(Token { capital: true, ..token })
            }
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

/// What may stand at a place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Allowed {
    Test(Test),
    Sign,
}

/// What a pattern asks of each of its first tokens, where it is entered by one of its first atoms.
#[derive(Default)]
struct Path {
    allowed: [Vec<Allowed>; DEPTH],
    /// The pattern has a way to end before.
    free: [bool; DEPTH],
}

/// A path for each of the atoms that a pattern can begin with.
fn paths(steps: &[Step], lexicon: &Lexicon) -> Vec<Path> {
    let mut paths = Vec::new();
    each_atom(steps, vec![0], |first| {
        let Some(first) = first else { return };
        let mut path = Path::default();
        let mut reached: [Vec<usize>; DEPTH] = Default::default();
        take(steps, first, 0, &mut path, &mut reached, lexicon);
        for place in 1..DEPTH {
            let open = std::mem::take(&mut reached[place]);
            each_atom(steps, open, |atom| match atom {
                Some(atom) => take(steps, atom, place, &mut path, &mut reached, lexicon),
                None => path.free[place..].fill(true),
            });
        }
        paths.push(path);
    });
    paths
}

/// Calls `found` with each atom that can be next, and with none where the pattern can be at its end.
fn each_atom(steps: &[Step], mut open: Vec<usize>, mut found: impl FnMut(Option<usize>)) {
    let mut seen = vec![false; steps.len()];
    while let Some(at) = open.pop() {
        match steps.get(at) {
            None => found(None),
            Some(_) if std::mem::replace(&mut seen[at], true) => {}
            Some(&Step::Jump(to)) => open.push(to),
            Some(Step::End) => open.push(at + 1),
            Some(&Step::Split(one, other)) => open.extend([one, other]),
            Some(Step::Atom { .. }) => found(Some(at)),
        }
    }
}

/// Takes an atom at a place, and notes from where the pattern goes on.
fn take(
    steps: &[Step],
    atom: usize,
    place: usize,
    path: &mut Path,
    reached: &mut [Vec<usize>; DEPTH],
    lexicon: &Lexicon,
) {
    let Some(&Step::Atom { test, .. }) = steps.get(atom) else { return };
    path.allowed[place].push(Allowed::Test(test));
    let mut go_on = |place: usize| {
        if let Some(open) = reached.get_mut(place) {
            open.push(atom + 1);
        }
    };
    go_on(place + 1);
    // `twenty five` and `twenty-five` are one count, where the language has words for numbers
    let Some(number) = lexicon.number.filter(|_| test == Test::Count) else { return };
    go_on(place + 2);
    go_on(place + 3);
    let unit = Allowed::Test(Test::Class(number));
    if let Some(allowed) = path.allowed.get_mut(place + 1) {
        allowed.extend([Allowed::Sign, unit]);
    }
    if let Some(allowed) = path.allowed.get_mut(place + 2) {
        allowed.push(unit);
    }
}
