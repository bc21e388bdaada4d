//! Names this build by a hash of all it is made of, so that results kept by another one are not taken
//! for its own. The value stands in no dataset.

use std::collections::BTreeSet;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

fn main() {
    let mut hasher = DefaultHasher::new();
    for root in ["src", "rules", "schemas", "Cargo.toml"] {
        println!("cargo::rerun-if-changed={root}");
        for path in files(Path::new(root)) {
            path.hash(&mut hasher);
            fs::read(&path).unwrap_or_default().hash(&mut hasher);
        }
    }
    println!("cargo::rustc-env=ANNALIST_BUILD={:016x}", hasher.finish());
}

fn files(path: &Path) -> BTreeSet<PathBuf> {
    match fs::read_dir(path) {
        Ok(entries) => entries.flatten().flat_map(|entry| files(&entry.path())).collect(),
        Err(_) => BTreeSet::from([path.to_owned()]),
    }
}
