//! Hash over the rows of a table in any order: each row hashed alone, the hashes sorted, then hashed.
//!
//! Hashes are sorted in runs of bounded size; runs that are full wait on disk and are merged at the end.

use super::spill::{Place, Spill};
use crate::text::hex;
use sha2::{Digest, Sha256};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io;
use std::path::{Path, PathBuf};

type Hash = [u8; 32];

/// Hashes of a run, and those that are read back at a time.
const RUN: usize = 1 << 17;
const BLOCK: usize = 1 << 9;

/// Hash of a row by its bytes.
pub fn row_hash(row: &[u8]) -> Hash {
    Sha256::digest(row).into()
}

pub struct RowHashes {
    folder: PathBuf,
    run: Vec<Hash>,
    run_length: usize,
    spill: Option<Spill>,
    /// The blocks of each full run.
    runs: Vec<Vec<Place>>,
}

impl RowHashes {
    /// None yet; full runs go to the disk of `folder`.
    pub fn new(folder: &Path) -> Self {
        RowHashes {
            folder: folder.to_owned(),
            run: Vec::new(),
            run_length: RUN,
            spill: None,
            runs: Vec::new(),
        }
    }

    pub fn extend(&mut self, hashes: &[Hash]) -> io::Result<()> {
        for &hash in hashes {
            self.run.push(hash);
            if self.run.len() == self.run_length {
                self.end_run()?;
            }
        }
        Ok(())
    }

    fn end_run(&mut self) -> io::Result<()> {
        self.run.sort_unstable();
        let spill = match &mut self.spill {
            Some(spill) => spill,
            none => none.insert(Spill::new(&self.folder)?),
        };
        let blocks = self.run.chunks(BLOCK).map(|block| spill.add(block.as_flattened()));
        self.runs.push(blocks.collect::<io::Result<_>>()?);
        self.run.clear();
        Ok(())
    }

    /// The hash of all rows.
    pub fn finish(&mut self) -> io::Result<String> {
        self.run.sort_unstable();
        let mut hasher = Sha256::new();
        let last = Sorted { block: std::mem::take(&mut self.run), next: 0, rest: Vec::new().into_iter() };
        let runs = std::mem::take(&mut self.runs).into_iter();
        let runs = runs.map(|blocks| Sorted { block: Vec::new(), next: 0, rest: blocks.into_iter() });
        let mut runs: Vec<Sorted> = runs.chain([last]).collect();
        let mut heap = BinaryHeap::new();
        for (at, run) in runs.iter_mut().enumerate() {
            heap.extend(run.next(self.spill.as_mut())?.map(|hash| Reverse((hash, at))));
        }
        while let Some(Reverse((hash, at))) = heap.pop() {
            hasher.update(hash);
            heap.extend(runs[at].next(self.spill.as_mut())?.map(|hash| Reverse((hash, at))));
        }
        Ok(hex(&hasher.finalize()))
    }
}

/// A sorted run that is read block by block.
struct Sorted {
    block: Vec<Hash>,
    next: usize,
    rest: std::vec::IntoIter<Place>,
}

impl Sorted {
    fn next(&mut self, spill: Option<&mut Spill>) -> io::Result<Option<Hash>> {
        if self.next == self.block.len()
            && let (Some(place), Some(spill)) = (self.rest.next(), spill)
        {
            let bytes = spill.read(place)?;
            self.block = bytes.as_chunks::<32>().0.to_vec();
            self.next = 0;
        }
        let hash = self.block.get(self.next).copied();
        self.next += 1;
        Ok(hash)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_order_nor_runs_matter() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let hashes: Vec<Hash> = (0..10_000u32).map(|row| row_hash(&row.to_le_bytes())).collect();
        let mut sorted = hashes.clone();
        sorted.sort_unstable();
        let plain = hex(&Sha256::digest(sorted.as_flattened()));
        for run_length in [700, 1024, 20_000] {
            let mut all = RowHashes { run_length, ..RowHashes::new(folder.path()) };
            all.extend(&hashes[3000..]).expect("room");
            all.extend(&hashes[..3000]).expect("room");
            assert_eq!(all.finish().expect("all runs"), plain);
        }
        let none = RowHashes::new(folder.path()).finish().expect("no run");
        assert_eq!(none, hex(&Sha256::digest([])));
    }
}
