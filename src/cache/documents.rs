//! What one file gave: its records, extracted.

use super::Cache;
use crate::dataset::ids;
use crate::diff::hash::Seed;
use crate::model::Extracted;
use crate::pipeline::Input;
use std::io::Write;
use std::path::PathBuf;

impl Cache {
    fn path(&self, input: &Input) -> Option<PathBuf> {
        let folder = self.folder.as_ref().filter(|_| !input.sha256.is_empty())?;
        let name = ids::id('f', &[&input.source, &input.sha256, &self.options]);
        Some(folder.join("documents").join(&name[1..3]).join(name))
    }

    /// The records of a file, if they are kept and whole.
    pub fn documents(&self, input: &Input) -> Option<Vec<Extracted>> {
        let bytes = std::fs::read(self.path(input)?).ok()?;
        let (checksum, kept) = bytes.split_first_chunk::<8>()?;
        if Seed::FIXED.bytes(kept) != u64::from_le_bytes(*checksum) {
            return None;
        }
        postcard::from_bytes(kept).ok()
    }

    /// Keeps the records of a file; a full or read-only disk keeps nothing.
    pub fn keep_documents(&self, input: &Input, records: &[Extracted]) {
        let Some(path) = self.path(input) else { return };
        let (Some(folder), Ok(kept)) = (path.parent(), postcard::to_stdvec(records)) else { return };
        let write = || -> std::io::Result<()> {
            std::fs::create_dir_all(folder)?;
            let mut file = tempfile::NamedTempFile::new_in(folder)?;
            file.write_all(&Seed::FIXED.bytes(&kept).to_le_bytes())?;
            file.write_all(&kept)?;
            file.persist(&path)?;
            Ok(())
        };
        let _ = write();
    }
}
