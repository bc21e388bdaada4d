//! Alignment: the cheapest way to read one name as another, by dynamic programming (Viterbi).
//!
//! The result is a log-likelihood ratio: how much likelier the two spellings are as one name than as
//! two names that have nothing to do with each other. A word that only one of them has is not
//! aligned but skipped, at a fixed price.

use super::chunks::UNKNOWN;
use super::glossary::{Mark, NO_MEANING, Role};
use super::letters::Script;
use super::reading::Reading;
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

/// Room for the matrix, kept between alignments.
#[derive(Default)]
pub struct Scratch {
    cells: Vec<i32>,
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

/// The log-likelihood ratio of two readings, natural logarithm; above 0: rather one name than two.
pub fn align(left: &Reading, right: &Reading, table: &Table, prices: &Prices, scratch: &mut Scratch) -> f32 {
    let (n, m) = (left.letters.len(), right.letters.len());
    let (skip_left, skip_right) = skips(left, right, prices);
    let width = m + 1;
    scratch.cells.clear();
    scratch.cells.resize((n + 1) * width, FAR);
    scratch.cells[0] = 0;
    let mut alignment = Alignment {
        left,
        right,
        prices,
        width,
        undivided: undivided(left),
        skip_left,
        skip_right,
        cells: &mut scratch.cells,
    };
    let mut word = 0;
    for i in 0..=n {
        let border = left.borders.get(word).is_some_and(|border| *border as usize == i);
        if i > 0 {
            alignment.read_chunks(i, table);
        }
        if border && word > 0 {
            alignment.skip_left_word(i, word);
        }
        alignment.read_meanings(i);
        alignment.within_right(i, border);
        if left.words() > 1 && border && word > 0 && i < n {
            alignment.price_border(i);
        }
        word += usize::from(border);
    }
    (left.told(n) + right.told(m) - scratch.cells[n * width + m]) as f32 / STEPS
}

/// The matrix: the cost of reading the first `i` letters of the left name as the first `j` of the right.
struct Alignment<'a> {
    left: &'a Reading,
    right: &'a Reading,
    prices: &'a Prices,
    width: usize,
    /// A Han name without points, whose words nobody has parted.
    undivided: bool,
    skip_left: i32,
    skip_right: i32,
    cells: &'a mut [i32],
}

impl Alignment<'_> {
    /// Ends a left chunk, or deletes a left letter, at `i`.
    fn read_chunks(&mut self, i: usize, table: &Table) {
        let (before, row) = self.cells.split_at_mut(i * self.width);
        let row = &mut row[..self.width];
        let delete = self.left.told(i) - self.left.told(i - 1) + self.prices.delete;
        for (cell, from) in row.iter_mut().zip(&before[(i - 1) * self.width..]) {
            *cell = from + delete;
        }
        for (size, &chunk) in self.left.cuts(i).iter().take(table.widest.min(i)).enumerate() {
            let costs = if chunk == UNKNOWN { &[] } else { table.row(chunk) };
            if costs.is_empty() {
                continue;
            }
            let from = &before[(i - size - 1) * self.width..(i - size) * self.width];
            let silent = i32::from(costs[0]);
            for (cell, from) in row.iter_mut().zip(from) {
                *cell = (*cell).min(from + silent);
            }
            for edge in self.right.edges() {
                // Nearly all pairs of chunks never stand for each other.
                let cost = costs[edge.chunk as usize];
                if cost < NEVER {
                    let cell = from[edge.from as usize] + i32::from(cost);
                    let at = &mut row[edge.to as usize];
                    *at = (*at).min(cell);
                }
            }
        }
    }

    /// Skips the left word that ends at `i`, at borders of right words.
    fn skip_left_word(&mut self, i: usize, word: usize) {
        let from = self.left.borders[word - 1] as usize;
        let price = self.skip_left + if word == self.left.words() { self.prices.skip_last } else { 0 };
        let told = self.left.told(i) - self.left.told(from) + price;
        for &border in &self.right.borders {
            self.relax(i, border as usize, self.cells[from * self.width + border as usize] + told);
        }
    }

    /// Words with a meaning that end at `i`: as one of the same meaning, or left out.
    fn read_meanings(&mut self, i: usize) {
        let left = self.left;
        for mark in left.marks.iter().filter(|mark| mark.to as usize == i) {
            let from = mark.from as usize;
            let told = left.told(i) - left.told(from);
            for other in self
                .right
                .marks
                .iter()
                .filter(|other| other.meaning == mark.meaning && mark.meaning != NO_MEANING)
            {
                let (start, end) = (other.from as usize, other.to as usize);
                let other_told = self.right.told(end) - self.right.told(start);
                let worth = self.prices.meaning.max(told.min(other_told) * self.prices.meaning_share / 100);
                self.relax(i, end, self.cells[from * self.width + start] + told + other_told - worth);
            }
            if mark.role == Role::Loose {
                for j in 0..self.width {
                    self.relax(i, j, self.cells[from * self.width + j] + told + self.prices.loose);
                }
            }
        }
    }

    /// Steps along the right name at left letter `i`: inserted letters, skipped and loose words.
    fn within_right(&mut self, i: usize, at_border: bool) {
        let right = self.right;
        let mut word = 0;
        let mut marks = right.marks.iter().filter(|mark| mark.role == Role::Loose).peekable();
        for j in 0..self.width {
            if j > 0 {
                let told = right.told(j) - right.told(j - 1);
                self.relax(i, j, self.cells[i * self.width + j - 1] + told + self.prices.insert);
            }
            let border = right.borders.get(word).is_some_and(|border| *border as usize == j);
            if border && word > 0 && at_border {
                let from = right.borders[word - 1] as usize;
                let price = self.skip_right + if word == right.words() { self.prices.skip_last } else { 0 };
                self.relax(
                    i,
                    j,
                    self.cells[i * self.width + from] + right.told(j) - right.told(from) + price,
                );
            }
            while let Some(mark) = marks.next_if(|mark| mark.to as usize == j) {
                self.leave_out(i, mark);
            }
            if border && word > 0 && word < right.words() && !at_border && !self.undivided {
                self.cells[i * self.width + j] += self.prices.border;
            }
            word += usize::from(border);
        }
    }

    /// Leaves out a loose word of the right name.
    fn leave_out(&mut self, i: usize, mark: &Mark) {
        let (from, to) = (mark.from as usize, mark.to as usize);
        let told = self.right.told(to) - self.right.told(from);
        self.relax(i, to, self.cells[i * self.width + from] + told + self.prices.loose);
    }

    /// A border of left words costs where no right words part.
    fn price_border(&mut self, i: usize) {
        let mut borders = self.right.borders.iter().copied().peekable();
        for j in 0..self.width {
            if borders.next_if(|border| *border as usize == j).is_none() {
                self.cells[i * self.width + j] += self.prices.border;
            }
        }
    }

    fn relax(&mut self, i: usize, j: usize, cost: i32) {
        let cell = &mut self.cells[i * self.width + j];
        *cell = (*cell).min(cost);
    }
}
