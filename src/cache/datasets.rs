//! Whole datasets: a run whose inputs, rules, options and earlier version are those of one that was
//! made before takes its files.
//!
//! A dataset is kept once, under the hash of its lock, and any number of keys point to it: a run over
//! unchanged input with its own result as the earlier version gives that result again.

use super::Cache;
use crate::dataset::folder;
use crate::dataset::lock::{self, Lock};
use crate::dataset::{ids, lock::hash_file};
use crate::pipeline::Input;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Datasets kept for each build; the oldest goes first.
const KEPT: usize = 4;

impl Cache {
    /// Names a run: its inputs, and the lock of the earlier version it keeps ids of (empty where it
    /// keeps none). None where an input could not be read, since its failure may pass.
    pub fn run_key(&self, inputs: &[Input], previous: &[u8]) -> Option<String> {
        self.folder.as_ref()?;
        let mut parts: Vec<&str> = vec![&self.options];
        for input in inputs {
            if input.sha256.is_empty() {
                return None;
            }
            parts.extend([input.source.as_str(), input.sha256.as_str()]);
        }
        let previous = crate::text::hex(previous);
        parts.push(&previous);
        Some(ids::id('r', &parts))
    }

    fn runs(&self) -> Option<PathBuf> {
        Some(self.folder.as_ref()?.join("runs"))
    }

    /// The lock and folder of the dataset that a run gave, if it is kept.
    pub fn dataset(&self, key: &str) -> Option<(Lock, PathBuf)> {
        let runs = self.runs()?;
        let name = std::fs::read_to_string(runs.join(key)).ok()?;
        let folder = runs.join(name.trim());
        let lock = Lock::read(&folder).ok()?;
        Some((lock, folder))
    }

    /// Copies a kept dataset; an error where a file of it is not what its lock says.
    pub fn restore(&self, lock: &Lock, from: &Path, to: &Path) -> io::Result<()> {
        for (name, file) in lock.all_files() {
            std::fs::copy(from.join(name), to.join(name))?;
            if hash_file(&to.join(name))? != *file {
                return Err(io::Error::other(format!("{name} in the cache is broken")));
            }
        }
        std::fs::copy(from.join(lock::NAME), to.join(lock::NAME))?;
        Ok(())
    }

    /// Keeps the dataset in `made` for the runs of these keys, with a summary of what the run did.
    pub fn keep_dataset(&self, keys: &[String], made: &Path, summary: &str) {
        let Some(runs) = self.runs().filter(|_| !keys.is_empty()) else { return };
        let keep = || -> io::Result<()> {
            std::fs::create_dir_all(&runs)?;
            let lock = std::fs::read(made.join(lock::NAME))?;
            let name = ids::id('k', &[&String::from_utf8_lossy(&lock)]);
            if !runs.join(&name).exists() {
                let passing = tempfile::tempdir_in(&runs)?;
                for entry in std::fs::read_dir(made)? {
                    let entry = entry?;
                    if entry.file_name().to_str().is_some_and(folder::is_ours) {
                        std::fs::copy(entry.path(), passing.path().join(entry.file_name()))?;
                    }
                }
                std::fs::write(passing.path().join(super::SUMMARY), summary)?;
                let passing = passing.keep();
                if std::fs::rename(&passing, runs.join(&name)).is_err() {
                    std::fs::remove_dir_all(&passing)?;
                }
            }
            for key in keys {
                let mut file = tempfile::NamedTempFile::new_in(&runs)?;
                io::Write::write_all(&mut file, name.as_bytes())?;
                file.persist(runs.join(key))?;
            }
            remove_oldest(&runs)
        };
        let _ = keep();
    }
}

fn remove_oldest(runs: &Path) -> io::Result<()> {
    let mut kept: Vec<(SystemTime, PathBuf)> = Vec::new();
    for entry in std::fs::read_dir(runs)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            kept.push((entry.metadata()?.modified()?, entry.path()));
        }
    }
    kept.sort();
    for (_, folder) in kept.iter().rev().skip(KEPT) {
        std::fs::remove_dir_all(folder)?;
    }
    Ok(())
}
