//! What one file gave: its records, extracted.
//!
//! An entry is a list of blocks, each with its length and checksum, and ends with an empty block: one
//! that was cut off is not whole. Blocks let a large archive be kept and taken again bit by bit.

use super::Cache;
use crate::dataset::ids;
use crate::diff::hash::Seed;
use crate::model::Extracted;
use crate::pipeline::Input;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

/// An entry in the making. Dropped before [`Keeper::finish`], it leaves nothing behind.
pub struct Keeper {
    out: BufWriter<tempfile::NamedTempFile>,
    path: PathBuf,
}

impl Cache {
    fn path(&self, input: &Input) -> Option<PathBuf> {
        let folder = self.folder.as_ref().filter(|_| !input.sha256.is_empty())?;
        let name = ids::id('f', &[&input.source, &input.sha256, &self.options]);
        Some(folder.join("documents").join(&name[1..3]).join(name))
    }

    /// Hands on the records of a file, block by block; false, and none of them, where they are not
    /// kept or not whole. An error means that the disk failed half-way.
    pub fn documents(&self, input: &Input, sink: &mut dyn FnMut(Vec<Extracted>)) -> io::Result<bool> {
        let Some(path) = self.path(input).filter(|path| is_whole(path).is_ok_and(|whole| whole)) else {
            return Ok(false);
        };
        let mut entry = BufReader::new(File::open(&path)?);
        while let Some(block) = block(&mut entry)? {
            sink(postcard::from_bytes(&block).map_err(io::Error::other)?);
        }
        Ok(true)
    }

    /// Begins to keep the records of a file; none where the cache can't.
    pub fn keeper(&self, input: &Input) -> Option<Keeper> {
        let path = self.path(input)?;
        let folder = path.parent()?;
        std::fs::create_dir_all(folder).ok()?;
        let file = tempfile::NamedTempFile::new_in(folder).ok()?;
        Some(Keeper { out: BufWriter::new(file), path })
    }
}

impl Keeper {
    /// Adds records.
    pub fn add(&mut self, records: &[Extracted]) -> io::Result<()> {
        self.block(&postcard::to_stdvec(records).map_err(io::Error::other)?)
    }

    fn block(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(&(bytes.len() as u64).to_le_bytes())?;
        self.out.write_all(&Seed::FIXED.bytes(bytes).to_le_bytes())?;
        self.out.write_all(bytes)
    }

    /// Ends the entry; from now on it is found.
    pub fn finish(mut self) -> io::Result<()> {
        self.block(&[])?;
        self.out.into_inner()?.persist(&self.path)?;
        Ok(())
    }
}

/// Whether all blocks of an entry are there and right.
fn is_whole(path: &Path) -> io::Result<bool> {
    let mut entry = BufReader::new(File::open(path)?);
    while block(&mut entry)?.is_some() {}
    Ok(entry.read(&mut [0])? == 0)
}

/// The next block; none at the end of the entry.
fn block(entry: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let (mut length, mut checksum) = ([0; 8], [0; 8]);
    entry.read_exact(&mut length)?;
    entry.read_exact(&mut checksum)?;
    let length = u64::from_le_bytes(length);
    let mut bytes = Vec::new();
    entry.take(length).read_to_end(&mut bytes)?;
    if bytes.len() as u64 != length || Seed::FIXED.bytes(&bytes) != u64::from_le_bytes(checksum) {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "a broken block"));
    }
    Ok((length > 0).then_some(bytes))
}
