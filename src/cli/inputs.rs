//! The files a call names: folders are walked in sorted order, files are taken as they are.
//!
//! A source is the path below the RAW it was found in. Hidden files are left out, as is the dataset
//! that the call writes, so that `annalist run . --out out` does not read its own tables.

use super::Failure;
use crate::pipeline::Input;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// Every file below the given paths, in order of source; no source comes twice.
pub fn find(raw: &[PathBuf], out: Option<&Path>) -> Result<Vec<Input>, Failure> {
    let out = out.and_then(|out| std::fs::canonicalize(out).ok());
    let mut inputs = Vec::new();
    let mut taken = HashSet::new();
    for root in raw {
        let kind = std::fs::metadata(root);
        let kind = kind.map_err(|error| Failure::new(format!("cannot read {}: {error}", root.display())))?;
        let mut found = if kind.is_dir() { walk(root, out.as_deref())? } else { vec![single(root)] };
        for input in &mut found {
            input.source = free(&input.source, root, &taken);
            taken.insert(input.source.clone());
        }
        inputs.append(&mut found);
    }
    inputs.sort_by(|a, b| a.source.cmp(&b.source));
    Ok(inputs)
}

fn single(path: &Path) -> Input {
    let name = path.file_name().unwrap_or(path.as_os_str());
    input(path, Path::new(name))
}

fn input(path: &Path, below: &Path) -> Input {
    let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
    let bytes = std::fs::metadata(path).map_or(0, |metadata| metadata.len());
    Input { path: path.to_owned(), source: parts.join("/"), bytes, sha256: String::new() }
}

fn walk(root: &Path, out: Option<&Path>) -> Result<Vec<Input>, Failure> {
    std::fs::read_dir(root)
        .map_err(|error| Failure::new(format!("cannot read {}: {error}", root.display())))?;
    let wanted = |entry: &DirEntry| {
        let hidden = entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.');
        let is_out = entry.file_type().is_dir()
            && out.is_some_and(|out| std::fs::canonicalize(entry.path()).is_ok_and(|path| path == out));
        !hidden && !is_out
    };
    let mut found = Vec::new();
    for entry in WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter().filter_entry(wanted) {
        // What can't be entered is handed on as a file: reading it says why it is rejected.
        let (path, folder) = match &entry {
            Ok(entry) => (entry.path(), entry.file_type().is_dir()),
            Err(error) => (error.path().unwrap_or(root), false),
        };
        if !folder {
            found.push(input(path, path.strip_prefix(root).unwrap_or(path)));
        }
    }
    Ok(found)
}

/// The source, with the name of its RAW before it where another RAW has a file of that source.
fn free(source: &str, root: &Path, taken: &HashSet<String>) -> String {
    if !taken.contains(source) {
        return source.to_owned();
    }
    let name = root.file_name().map_or("raw".into(), |name| name.to_string_lossy());
    let mut free = format!("{name}/{source}");
    let mut count = 2;
    while taken.contains(&free) {
        free = format!("{name}~{count}/{source}");
        count += 1;
    }
    free
}
