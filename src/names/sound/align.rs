//! Alignment: the cheapest way to read one name as another, by dynamic programming (Viterbi).
//!
//! The result is a log-likelihood ratio: how much likelier the two spellings are as one name than as
//! two names that have nothing to do with each other. A word that only one of them has is not
//! aligned but skipped, at a fixed price.

use super::chunks::UNKNOWN;
use super::glossary::Role;
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
    /// What two words with one meaning are worth.
    pub meaning: i32,
    /// A word that says what kind of thing is named, where only one name has it.
    pub loose: i32,
}

impl Default for Prices {
    /// Found by trial on names that the tables had not seen.
    fn default() -> Self {
        Prices { insert: 35, delete: 45, skip: 20, skip_even: 75, meaning: 60, loose: 8 }
    }
}

const FAR: i32 = i32::MAX / 4;

/// Room for the matrix, kept between alignments.
#[derive(Default)]
pub struct Scratch {
    cells: Vec<i32>,
    left: Vec<i32>,
    right: Vec<i32>,
}

/// The log-likelihood ratio of two readings, natural logarithm; above 0: rather one name than two.
pub fn align(left: &Reading, right: &Reading, table: &Table, prices: &Prices, scratch: &mut Scratch) -> f32 {
    let (n, m) = (left.letters.len(), right.letters.len());
    background(&mut scratch.left, &left.letters, |c| table.backgrounds.0.cost(c));
    background(&mut scratch.right, &right.letters, |c| table.backgrounds.1.cost(c));
    let width = m + 1;
    scratch.cells.clear();
    scratch.cells.resize((n + 1) * width, FAR);
    let cells = &mut scratch.cells;
    cells[0] = 0;
    let undivided = left.script == super::letters::Script::Han && left.words() == 1;
    let skip_left = if left.words() > right.words() { prices.skip } else { prices.skip_even };
    let skip_right = if right.words() > left.words() || undivided { prices.skip } else { prices.skip_even };
    let mut left_word = 0;
    for i in 0..=n {
        let at_border = left.borders[left_word] as usize == i;
        if i > 0 {
            for (size, &chunk) in left.cuts(i).iter().take(table.widest.0).enumerate() {
                if chunk == UNKNOWN || size + 1 > i {
                    continue;
                }
                let row = table.row(chunk);
                if row.is_empty() {
                    continue;
                }
                let base = (i - size - 1) * width;
                for j in 0..=m {
                    let mut best = cells[i * width + j];
                    if row[0] != NEVER {
                        best = best.min(cells[base + j] + i32::from(row[0]));
                    }
                    for (b, &cut) in right.cuts(j).iter().take(table.widest.1.min(j)).enumerate() {
                        if cut == UNKNOWN {
                            continue;
                        }
                        let cost = row[cut as usize];
                        if cost != NEVER {
                            best = best.min(cells[base + j - b - 1] + i32::from(cost));
                        }
                    }
                    cells[i * width + j] = best;
                }
            }
            let letter = scratch.left[i] - scratch.left[i - 1];
            for j in 0..=m {
                let cell = cells[(i - 1) * width + j] + letter + prices.delete;
                cells[i * width + j] = cells[i * width + j].min(cell);
            }
            if at_border {
                let from = left.borders[left_word - 1] as usize;
                let word = scratch.left[i] - scratch.left[from] + skip_left;
                for &border in &right.borders {
                    let cell = cells[from * width + border as usize] + word;
                    let at = i * width + border as usize;
                    cells[at] = cells[at].min(cell);
                }
            }
        }
        for mark in left.marks.iter().filter(|mark| mark.to as usize == i) {
            let from = mark.from as usize;
            let word = scratch.left[i] - scratch.left[from];
            for other in right.marks.iter().filter(|other| other.meaning == mark.meaning) {
                let (start, end) = (other.from as usize, other.to as usize);
                let both = word + scratch.right[end] - scratch.right[start] - prices.meaning;
                let cell = cells[from * width + start] + both;
                let at = i * width + end;
                cells[at] = cells[at].min(cell);
            }
            if mark.role == Role::Loose {
                for j in 0..=m {
                    let cell = cells[from * width + j] + word + prices.loose;
                    cells[i * width + j] = cells[i * width + j].min(cell);
                }
            }
        }
        let mut right_word = 0;
        let mut marks = right.marks.iter().peekable();
        for j in 0..=m {
            let mut best = cells[i * width + j];
            if j > 0 {
                let letter = scratch.right[j] - scratch.right[j - 1];
                best = best.min(cells[i * width + j - 1] + letter + prices.insert);
            }
            if right.borders[right_word] as usize == j {
                if right_word > 0 && at_border {
                    let from = right.borders[right_word - 1] as usize;
                    let word = scratch.right[j] - scratch.right[from] + skip_right;
                    best = best.min(cells[i * width + from] + word);
                }
                right_word += 1;
            }
            while let Some(mark) = marks.next_if(|mark| mark.to as usize == j) {
                if mark.role == Role::Loose {
                    let from = mark.from as usize;
                    let word = scratch.right[j] - scratch.right[from];
                    best = best.min(cells[i * width + from] + word + prices.loose);
                }
            }
            cells[i * width + j] = best;
        }
        if at_border {
            left_word += 1;
        }
    }
    (scratch.left[n] + scratch.right[m] - cells[n * width + m]) as f32 / STEPS
}

/// Sums of the letters' own costs, from the start to each letter.
fn background(sums: &mut Vec<i32>, letters: &[char], cost: impl Fn(char) -> u8) {
    sums.clear();
    sums.push(0);
    let mut sum = 0;
    for c in letters {
        sum += i32::from(cost(*c));
        sums.push(sum);
    }
}
