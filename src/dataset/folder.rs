//! The folder of a dataset: replaced whole or left as it was, by one run at a time.
//!
//! A dataset is built in a sibling folder on the same disk and takes its place by renaming, so a
//! failing disk or an interrupted run never leaves half a dataset. Files in OUT that are not of the
//! dataset move along; a folder that holds something else altogether is refused.

use super::{lock, schema};
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// A dataset folder in the making. Dropped before [`Pending::commit`], it leaves nothing behind.
pub struct Pending {
    out: PathBuf,
    partial: PathBuf,
    guard: PathBuf,
    held: Option<File>,
}

fn fail(what: &str, path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{what} {}: {error}", path.display()))
}

/// Whether the file belongs to a dataset.
pub fn is_ours(name: &str) -> bool {
    let table = |name: &str| schema::table(name).is_some();
    matches!(name, lock::NAME | "datapackage.json" | "croissant.json")
        || name.strip_suffix(".csv").is_some_and(table)
        || name.strip_suffix(".parquet").is_some_and(table)
}

impl Pending {
    /// Makes the folder to build in. Fails where another run works on `out`, or where `out` holds
    /// files but no dataset.
    pub fn new(out: &Path) -> io::Result<Self> {
        let out = std::path::absolute(out)?;
        let name = out.file_name().and_then(|name| name.to_str()).unwrap_or("out").to_owned();
        let parent = out.parent().unwrap_or(Path::new("/")).to_owned();
        refuse_foreign(&out)?;
        fs::create_dir_all(&parent).map_err(|error| fail("cannot make", &parent, &error))?;
        let guard = parent.join(format!(".{name}.annalist-running"));
        let held = File::create(&guard).map_err(|error| fail("cannot write", &guard, &error))?;
        match held.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(io::Error::other(format!("another run is writing {}", out.display())));
            }
            // A disk that knows no locks still serves one run at a time.
            Err(TryLockError::Error(_)) => {}
        }
        if !is_at(&held, &guard) {
            // The run that held the lock ended meanwhile and took the file with it.
            return Self::new(&out);
        }
        let partial = parent.join(format!(".{name}.annalist-partial"));
        let old = old_of(&partial);
        if old.exists() && !out.exists() {
            // A run was stopped between the two renames of a disk that can't exchange folders.
            fs::rename(&old, &out).map_err(|error| fail("cannot put back", &out, &error))?;
        }
        if partial.exists() {
            fs::remove_dir_all(&partial).map_err(|error| fail("cannot remove", &partial, &error))?;
        }
        fs::create_dir(&partial).map_err(|error| fail("cannot make", &partial, &error))?;
        Ok(Pending { out, partial, guard, held: Some(held) })
    }

    /// Where to write.
    pub fn path(&self) -> &Path {
        &self.partial
    }

    /// Puts the new dataset in the place of the old, at one stroke where the system can do that.
    pub fn commit(self) -> io::Result<()> {
        let old = old_of(&self.partial);
        if old.exists() {
            fs::remove_dir_all(&old).map_err(|error| fail("cannot remove", &old, &error))?;
        }
        if !self.out.exists() {
            return fs::rename(&self.partial, &self.out)
                .map_err(|error| fail("cannot make", &self.out, &error));
        }
        for entry in fs::read_dir(&self.out).map_err(|error| fail("cannot read", &self.out, &error))? {
            let entry = entry?;
            if entry.file_name().to_str().is_none_or(|name| !is_ours(name)) {
                copy(&entry.path(), &self.partial.join(entry.file_name()))?;
            }
        }
        if exchange(&self.partial, &self.out) {
            return fs::remove_dir_all(&self.partial)
                .map_err(|error| fail("cannot remove", &self.partial, &error));
        }
        fs::rename(&self.out, &old).map_err(|error| fail("cannot replace", &self.out, &error))?;
        if let Err(error) = fs::rename(&self.partial, &self.out) {
            fs::rename(&old, &self.out)?;
            return Err(fail("cannot replace", &self.out, &error));
        }
        fs::remove_dir_all(&old).map_err(|error| fail("cannot remove", &old, &error))
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.partial);
        let _ = fs::remove_file(&self.guard);
        self.held.take();
    }
}

/// Where the old dataset waits while the new one takes its place.
fn old_of(partial: &Path) -> PathBuf {
    partial.with_extension("annalist-old")
}

/// Two folders change places; false where the system or the disk can't do that.
#[cfg(target_os = "linux")]
fn exchange(a: &Path, b: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(target_os = "linux"))]
fn exchange(_: &Path, _: &Path) -> bool {
    false
}

/// Whether the open file is still the one at `path`.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let place = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    file.metadata().map(place).ok() == fs::metadata(path).map(place).ok()
}

#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    if !from.is_dir() {
        return fs::copy(from, to).map(|_| ()).map_err(|error| fail("cannot copy", from, &error));
    }
    fs::create_dir(to).map_err(|error| fail("cannot make", to, &error))?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        copy(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}

fn refuse_foreign(out: &Path) -> io::Result<()> {
    if !out.exists() || out.join(lock::NAME).exists() {
        return Ok(());
    }
    if !out.is_dir() {
        return Err(io::Error::other(format!("{} is a file; --out names a folder", out.display())));
    }
    if fs::read_dir(out).map_err(|error| fail("cannot read", out, &error))?.next().is_some() {
        let what = "holds files but no dataset; give --out an empty or a new folder";
        return Err(io::Error::other(format!("{} {what}", out.display())));
    }
    Ok(())
}
