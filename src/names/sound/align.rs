//! Alignment: the cheapest way to read one name as another, by dynamic programming (Viterbi).
//!
//! The result is a log-likelihood ratio: how much likelier the two spellings are as one name than as
//! two names that have nothing to do with each other. A word that only one of them has is not
//! aligned but skipped, at a fixed price.

use super::chunks::UNKNOWN;
use super::glossary::{Mark, NO_MEANING, Role};
use super::letters::Script;
use super::reading::Reading;
use super::steps::Steps;
use super::tables::{NEVER, STEPS, Table};

/// Prices of what the tables do not say, in steps of [`STEPS`].
#[derive(Clone, Copy, Debug)]
pub struct Prices {
    /// A letter of the right name that nothing stands for.
    pub insert: i32,
    /// A letter of the left name that stands for nothing.
    pub delete: i32,
    /// A word that only one name has, where that name has more words.
    pub skip: i32,
    /// The same where it has not.
    pub skip_even: i32,
    /// The last word of a name, beyond that: it is what a person is called by.
    pub skip_last: i32,
    /// What two words with one meaning are worth: the least, and the percentage of what the more
    /// common of the two tells.
    pub meaning: i32,
    pub meaning_share: i32,
    /// A word that says what kind of thing is named, where only one name has it.
    pub loose: i32,
    /// A border between words inside a word of the other name.
    pub border: i32,
}

impl Default for Prices {
    /// Found by trial on names that the tables had not seen.
    fn default() -> Self {
        Prices {
            insert: 35,
            delete: 45,
            skip: 25,
            skip_even: 75,
            skip_last: 10,
            meaning: 40,
            meaning_share: 85,
            loose: 8,
            border: 20,
        }
    }
}

const FAR: i32 = i32::MAX / 4;

/// Room for an alignment, kept between alignments.
#[derive(Default)]
pub struct Scratch {
    /// The pairs of chunks of the two names, to be filled before they are aligned.
    pub steps: Steps,
    /// The matrix, a column for each right letter: as the right name is read on from a cell, and as
    /// the left name is; a border between left words costs only the latter.
    along: Vec<i32>,
    cells: Vec<i32>,
    /// What a letter of the left name costs where nothing stands for it, by its end.
    silent: Vec<i32>,
    /// What a border between left words costs, by its place.
    borders: Vec<i32>,
    /// Stretches of the left name that may be left out whole, by their end.
    jumps: Vec<Jump>,
    /// The same at borders of right words, where words may be skipped too.
    skips: Vec<Jump>,
}

/// A stretch of the left name that nothing stands for.
#[derive(Clone, Copy)]
struct Jump {
    from: usize,
    to: usize,
    cost: i32,
}

/// The prices of skipping a word of the left name and of the right.
fn skips(left: &Reading, right: &Reading, prices: &Prices) -> (i32, i32) {
    let price = |cheap: bool| if cheap { prices.skip } else { prices.skip_even };
    (price(left.words() > right.words()), price(right.words() > left.words() || undivided(left)))
}

/// A Han name without points, whose words nobody has parted.
fn undivided(name: &Reading) -> bool {
    name.script == Script::Han && name.words() == 1
}

/// The ratio of two names all of whose words are skipped.
pub fn unrelated(left: &Reading, right: &Reading, prices: &Prices) -> f32 {
    let (skip_left, skip_right) = skips(left, right, prices);
    let words = left.words() as i32 * skip_left + right.words() as i32 * skip_right;
    -(words + 2 * prices.skip_last) as f32 / STEPS
}

/// The log-likelihood ratio of two readings whose steps are in `scratch`, natural logarithm; above 0:
/// rather one name than two.
pub fn align(left: &Reading, right: &Reading, table: &Table, prices: &Prices, scratch: &mut Scratch) -> f32 {
    let (n, m) = (left.letters.len(), right.letters.len());
    let (skip_left, skip_right) = skips(left, right, prices);
    scratch.read_left(left, table, prices, skip_left);
    let height = n + 1;
    for matrix in [&mut scratch.along, &mut scratch.cells] {
        matrix.resize(matrix.len().max(height * (m + 1)), FAR);
    }
    let mut alignment = Alignment { left, right, prices, height, skip_right };
    let mut word = 0;
    for j in 0..=m {
        let border = right.borders.get(word).is_some_and(|border| *border as usize == j);
        alignment.enter(j, border.then_some(word), scratch);
        let kind = match border {
            false => Kind::Inside,
            true if word > 0 && word < right.words() && !undivided(left) => Kind::Between,
            true => Kind::Border,
        };
        alignment.go_down(j, kind, scratch);
        word += usize::from(border);
    }
    (left.told(n) + right.told(m) - scratch.cells[height * m + n]) as f32 / STEPS
}

/// Where a column stands in the right name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Inside,
    /// An end of the name, or a border that costs nothing.
    Border,
    /// A border that costs where no left words part.
    Between,
}

impl Scratch {
    /// What the left name costs by itself.
    fn read_left(&mut self, left: &Reading, table: &Table, prices: &Prices, skip: i32) {
        let n = left.letters.len();
        self.silent.clear();
        self.silent.push(0);
        self.jumps.clear();
        self.borders.clear();
        self.borders.resize(n + 1, 0);
        for i in 1..=n {
            let mut silent = left.told(i) - left.told(i - 1) + prices.delete;
            for (size, &chunk) in left.cuts(i).iter().take(table.widest.min(i)).enumerate() {
                let costs = if chunk == UNKNOWN { &[] } else { table.row(chunk) };
                match costs.first() {
                    Some(&cost) if size == 0 => silent = silent.min(i32::from(cost)),
                    Some(&cost) if cost < NEVER => {
                        self.jumps.push(Jump { from: i - size - 1, to: i, cost: i32::from(cost) });
                    }
                    _ => {}
                }
            }
            self.silent.push(silent);
        }
        for mark in left.marks.iter().filter(|mark| mark.role == Role::Loose) {
            let (from, to) = (mark.from as usize, mark.to as usize);
            self.jumps.push(Jump { from, to, cost: left.told(to) - left.told(from) + prices.loose });
        }
        self.skips.clear();
        self.skips.extend_from_slice(&self.jumps);
        for (word, ends) in left.borders.windows(2).enumerate() {
            let (from, to) = (ends[0] as usize, ends[1] as usize);
            let last = word + 1 == left.words();
            let price = skip + if last { prices.skip_last } else { 0 };
            self.skips.push(Jump { from, to, cost: left.told(to) - left.told(from) + price });
            if !last {
                self.borders[to] = prices.border;
            }
        }
        self.jumps.sort_by_key(|jump| jump.to);
        self.skips.sort_by_key(|jump| jump.to);
    }
}

/// The matrix: the cost of reading the first `i` letters of the left name as the first `j` of the right.
struct Alignment<'a> {
    left: &'a Reading,
    right: &'a Reading,
    prices: &'a Prices,
    height: usize,
    skip_right: i32,
}

impl Alignment<'_> {
    /// Enters column `j` from those before: by pairs of chunks and of words with one meaning, by
    /// inserted letters, skipped and loose words.
    fn enter(&mut self, j: usize, ended: Option<usize>, scratch: &mut Scratch) {
        let (left, right, height) = (self.left, self.right, self.height);
        let (along, here) = scratch.along.split_at_mut(j * height);
        let here = &mut here[..height];
        let cells = &scratch.cells[..j * height];
        if j == 0 {
            here.fill(FAR);
            here[0] = 0;
            return;
        }
        let insert = right.told(j) - right.told(j - 1) + self.prices.insert;
        for (cell, from) in here.iter_mut().zip(&along[(j - 1) * height..]) {
            *cell = from + insert;
        }
        for step in scratch.steps.ending(j) {
            let from = cells[usize::from(step.from.1) * height + usize::from(step.from.0)];
            let cell = &mut here[usize::from(step.to)];
            *cell = (*cell).min(from + i32::from(step.cost));
        }
        if let Some(word) = ended.filter(|word| *word > 0) {
            let from = right.borders[word - 1] as usize;
            let price = self.skip_right + if word == right.words() { self.prices.skip_last } else { 0 };
            let cost = right.told(j) - right.told(from) + price;
            for &border in &left.borders {
                let cell = &mut here[border as usize];
                *cell = (*cell).min(along[from * height + border as usize] + cost);
            }
        }
        for mark in right.marks.iter().filter(|mark| mark.to as usize == j) {
            let from = mark.from as usize;
            let told = right.told(j) - right.told(from);
            if mark.role == Role::Loose {
                for (cell, before) in here.iter_mut().zip(&along[from * height..]) {
                    *cell = (*cell).min(before + told + self.prices.loose);
                }
            }
            let same = |other: &&Mark| other.meaning == mark.meaning && mark.meaning != NO_MEANING;
            for other in left.marks.iter().filter(same) {
                let (start, end) = (other.from as usize, other.to as usize);
                let other_told = left.told(end) - left.told(start);
                let worth = self.prices.meaning.max(told.min(other_told) * self.prices.meaning_share / 100);
                let cell = &mut here[end];
                *cell = (*cell).min(cells[from * height + start] + told + other_told - worth);
            }
        }
    }

    /// Goes down column `j`: letters and words of the left name that nothing stands for, and the
    /// price of borders.
    fn go_down(&mut self, j: usize, kind: Kind, scratch: &mut Scratch) {
        let height = self.height;
        let along = &mut scratch.along[j * height..(j + 1) * height];
        let cells = &mut scratch.cells[j * height..(j + 1) * height];
        let mut jumps = if kind == Kind::Inside { &*scratch.jumps } else { &*scratch.skips };
        let mut parted = self.left.borders.as_slice();
        let mut before = FAR;
        for i in 0..height {
            let mut cost = along[i].min(before + scratch.silent[i]);
            while let [jump, rest @ ..] = jumps
                && jump.to == i
            {
                cost = cost.min(cells[jump.from] + jump.cost);
                jumps = rest;
            }
            if kind == Kind::Between {
                match parted {
                    [border, rest @ ..] if *border as usize == i => parted = rest,
                    _ => cost += self.prices.border,
                }
            }
            along[i] = cost;
            before = cost + if kind == Kind::Inside { scratch.borders[i] } else { 0 };
            cells[i] = before;
        }
    }
}
