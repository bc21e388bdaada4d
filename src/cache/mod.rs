//! The cache: what earlier runs made, taken again where nothing it rests on has changed.
//!
//! Two things are kept: what each file gave ([`Cache::documents`]) and whole datasets
//! ([`Cache::dataset`]). Their names are hashes of all they rest on: the bytes and the source name, the
//! build of this program with its rules, and the options. An entry is written under a passing name and
//! renamed, and is believed only if its checksum holds, so that concurrent runs and broken disks cost
//! time and never a wrong row. Nothing in the cache is needed: it may be deleted at any moment.

mod datasets;
mod documents;

use crate::dataset::ids;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// Names this build of the program, its rules included.
const BUILD: &str = env!("ANNALIST_BUILD");

/// File beside a kept dataset that tells what the run did.
pub const SUMMARY: &str = "summary.json";

/// Folders of other builds are removed when they were not used for so long.
const UNUSED: Duration = Duration::from_secs(14 * 24 * 60 * 60);

/// A folder for this build and these options; or none, and every look-up misses.
pub struct Cache {
    folder: Option<PathBuf>,
    options: String,
}

impl Cache {
    /// Opens the cache in `root`. `options` spells everything beside inputs and rules that results
    /// rest on. A folder that can't be made is no cache.
    pub fn open(root: Option<&Path>, options: &str) -> Self {
        let folder =
            root.map(|root| root.join(BUILD)).filter(|folder| std::fs::create_dir_all(folder).is_ok());
        if let (Some(root), Some(folder)) = (root, &folder) {
            remove_unused(root, folder);
        }
        Cache { folder, options: ids::id('o', &[options]) }
    }

    /// The folder that the user's system has for caches.
    pub fn default_root() -> Option<PathBuf> {
        let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let root = set("XDG_CACHE_HOME").or_else(|| set("LOCALAPPDATA")).or_else(|| {
            set("HOME")
                .map(|home| home.join(if cfg!(target_os = "macos") { "Library/Caches" } else { ".cache" }))
        });
        root.map(|root| root.join("annalist"))
    }
}

/// Removes folders of builds that were not used for long. The folder in use is marked as such.
fn remove_unused(root: &Path, used: &Path) {
    let _ = std::fs::write(used.join("used"), b"");
    let Ok(entries) = std::fs::read_dir(root) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        let last = std::fs::metadata(path.join("used")).and_then(|metadata| metadata.modified());
        let old = last.is_ok_and(|last| SystemTime::now().duration_since(last).is_ok_and(|age| age > UNUSED));
        if path != used && old {
            let _ = std::fs::remove_dir_all(path);
        }
    }
}
