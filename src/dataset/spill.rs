//! A spill: parts of a dataset that wait on disk until they are written, so that memory does not
//! grow with the input.
//!
//! The file has no name: the system removes it when the run ends, however it ends.

use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// Where a part lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Place {
    start: u64,
    pub bytes: u32,
}

pub struct Spill {
    file: BufWriter<File>,
    /// On whose disk the file lies, for messages.
    folder: PathBuf,
    end: u64,
    /// The file stands at its end, and may have bytes in the buffer.
    writing: bool,
}

impl Spill {
    /// An empty spill on the disk of `folder`.
    pub fn new(folder: &Path) -> io::Result<Self> {
        let file = tempfile::tempfile_in(folder).map_err(|error| cannot("write", folder, &error))?;
        let file = BufWriter::with_capacity(1 << 18, file);
        Ok(Spill { file, folder: folder.to_owned(), end: 0, writing: true })
    }

    /// Adds a part of less than 4 GB.
    pub fn add(&mut self, part: &[u8]) -> io::Result<Place> {
        let bytes = u32::try_from(part.len()).map_err(io::Error::other)?;
        self.append(part).map_err(|error| cannot("write", &self.folder, &error))?;
        let place = Place { start: self.end, bytes };
        self.end += u64::from(bytes);
        Ok(place)
    }

    fn append(&mut self, part: &[u8]) -> io::Result<()> {
        if !self.writing {
            self.file.seek(SeekFrom::Start(self.end))?;
            self.writing = true;
        }
        self.file.write_all(part)
    }

    /// Reads a part back.
    pub fn read(&mut self, place: Place) -> io::Result<Vec<u8>> {
        self.fetch(place).map_err(|error| cannot("read back", &self.folder, &error))
    }

    fn fetch(&mut self, place: Place) -> io::Result<Vec<u8>> {
        let mut part = vec![0; place.bytes as usize];
        if self.writing {
            self.file.flush()?;
            self.writing = false;
        }
        let file = self.file.get_mut();
        file.seek(SeekFrom::Start(place.start))?;
        file.read_exact(&mut part)?;
        Ok(part)
    }
}

fn cannot(what: &str, folder: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("cannot {what} in {}: {error}", folder.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_read_back_in_any_order() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let mut spill = Spill::new(folder.path()).expect("a spill");
        let first = spill.add(b"first").expect("room");
        let second = spill.add(b"").expect("room");
        assert_eq!(spill.read(first).expect("the first"), b"first");
        let third = spill.add(&[7; 300_000]).expect("room");
        assert_eq!(spill.read(second).expect("the second"), b"");
        assert_eq!(spill.read(third).expect("the third"), vec![7; 300_000]);
        assert_eq!(spill.read(first).expect("the first"), b"first");
        assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 0, "it has no name");
    }
}
