//! Counts: how often a chunk of one script was seen to stand for a chunk of another.

use super::chunks::{Chunk, Inventories};
use super::letters::Script;

/// Expected counts, as the generator wrote them: in tenths, sorted by left and right chunk.
pub struct Counts {
    pub left: Script,
    pub right: Script,
    pub entries: Vec<(Chunk, Chunk, f32)>,
}

impl Counts {
    /// Reads `chunk TAB chunk:count chunk:count …`; the inventories are those of all scripts.
    pub fn read(text: &str, left: Script, right: Script, inventories: &mut Inventories) -> Self {
        let mut entries = Vec::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let Some((from, cells)) = line.split_once('\t') else { continue };
            let Some(from) = inventories.of_mut(left).add(left, from) else { continue };
            for cell in cells.split(' ') {
                let Some((to, count)) = cell.rsplit_once(':') else { continue };
                if let (Some(to), Ok(count)) =
                    (inventories.of_mut(right).add(right, to), count.parse::<f32>())
                {
                    entries.push((from, to, count));
                }
            }
        }
        let mut counts = Counts { left, right, entries };
        counts.merge();
        counts
    }

    /// Adds entries, summing those of one pair.
    pub fn add(&mut self, more: impl IntoIterator<Item = (Chunk, Chunk, f32)>) {
        self.entries.extend(more);
        self.merge();
    }

    fn merge(&mut self) {
        self.entries.sort_by_key(|entry| (entry.0, entry.1));
        self.entries.dedup_by(|next, kept| {
            let same = (next.0, next.1) == (kept.0, kept.1);
            if same {
                kept.2 += next.2;
            }
            same
        });
    }

    pub fn total(&self) -> f32 {
        self.entries.iter().map(|(_, _, count)| count).sum()
    }

    /// The rows of the left chunks.
    pub fn rows(&self) -> Rows {
        Rows::new(self.entries.iter().copied())
    }

    /// The rows of the right chunks.
    pub fn columns(&self) -> Rows {
        let mut turned: Vec<_> =
            self.entries.iter().map(|(left, right, count)| (*right, *left, *count)).collect();
        turned.sort_by_key(|entry| (entry.0, entry.1));
        Rows::new(turned.into_iter())
    }
}

/// Counts by row, in the order of chunks.
#[derive(Default)]
pub struct Rows {
    starts: Vec<u32>,
    cells: Vec<(Chunk, f32)>,
    totals: Vec<f32>,
}

impl Rows {
    /// From entries sorted by their first chunk.
    fn new(entries: impl Iterator<Item = (Chunk, Chunk, f32)>) -> Self {
        let mut rows = Rows { starts: vec![0], cells: Vec::new(), totals: Vec::new() };
        for (row, column, count) in entries {
            while rows.starts.len() <= row as usize + 1 {
                rows.starts.push(rows.cells.len() as u32);
                rows.totals.push(0.0);
            }
            rows.cells.push((column, count));
            rows.totals[row as usize] += count;
            rows.starts[row as usize + 1] = rows.cells.len() as u32;
        }
        rows
    }

    pub fn row(&self, row: Chunk) -> &[(Chunk, f32)] {
        match (self.starts.get(row as usize), self.starts.get(row as usize + 1)) {
            (Some(from), Some(to)) => &self.cells[*from as usize..*to as usize],
            _ => &[],
        }
    }

    pub fn total(&self, row: Chunk) -> f32 {
        self.totals.get(row as usize).copied().unwrap_or(0.0)
    }

    /// The number of rows, empty ones between others included.
    pub fn len(&self) -> usize {
        self.totals.len()
    }
}
