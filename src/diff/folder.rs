//! Two dataset folders: which tables to compare, and when the locks already tell that nothing differs.

use super::{Diff, Options, Presence, TableDiff, compare, story};
use crate::dataset::load;
use crate::dataset::lock::{self, Lock};
use crate::dataset::schema;
use std::collections::BTreeSet;
use std::io;
use std::path::Path;

/// Compares all tables of two folders, or those that the options name.
pub fn diff(old: &Path, new: &Path, options: &Options) -> io::Result<Diff> {
    let locks = (lock_of(old), lock_of(new));
    let same = |table: &str| match &locks {
        (Some(a), Some(b)) => {
            matches!((a.tables.get(table), b.tables.get(table)), (Some(a), Some(b)) if a.hash == b.hash)
        }
        _ => false,
    };
    let tables = tables(old, new, options)?;
    let mut diff = Diff { identical_by_lock: tables.iter().all(|table| same(table)), ..Diff::default() };
    for table in tables {
        diff.tables.push(if same(&table) {
            unchanged(&table, locks.0.as_ref())
        } else {
            one(old, new, &table, options)?
        });
    }
    if !diff.identical_by_lock && options.tables.is_empty() {
        diff.story = story::tell(old, new, &diff)?;
    }
    Ok(diff)
}

/// The lock of a folder, if the table files have the sizes that it says.
fn lock_of(folder: &Path) -> Option<Lock> {
    let lock = Lock::read(folder).ok()?;
    let sized = |(name, file): (&str, &lock::File)| {
        std::fs::metadata(folder.join(name)).is_ok_and(|found| found.len() == file.bytes)
    };
    let whole = lock.all_files().into_iter().all(sized);
    whole.then_some(lock)
}

/// Names of the tables of both folders: first those of the schema, then others by name.
fn tables(old: &Path, new: &Path, options: &Options) -> io::Result<Vec<String>> {
    let mut found = BTreeSet::new();
    for folder in [old, new] {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            let is_table = path.extension().is_some_and(|ending| ending == "csv" || ending == "parquet");
            found.extend(
                path.file_stem().filter(|_| is_table).map(|name| name.to_string_lossy().into_owned()),
            );
        }
    }
    if let Some(missing) = options.tables.iter().find(|table| !found.contains(*table)) {
        return Err(io::Error::other(format!("no table {missing} in either folder")));
    }
    if found.is_empty() {
        return Err(io::Error::other(format!("no table in {} or {}", old.display(), new.display())));
    }
    let wanted = |table: &String| options.tables.is_empty() || options.tables.contains(table);
    let place =
        |table: &str| schema::tables().iter().position(|known| known.name == table).unwrap_or(usize::MAX);
    let mut all: Vec<String> = found.into_iter().filter(wanted).collect();
    all.sort_by_key(|table| place(table));
    Ok(all)
}

fn unchanged(table: &str, lock: Option<&Lock>) -> TableDiff {
    let rows = lock.and_then(|lock| lock.tables.get(table)).map_or(0, |table| table.rows);
    let key = schema::table(table).map(|table| table.key.clone()).unwrap_or_default();
    TableDiff { table: table.to_owned(), key, rows_old: rows, rows_new: rows, ..TableDiff::default() }
}

fn one(old: &Path, new: &Path, table: &str, options: &Options) -> io::Result<TableDiff> {
    let presence = |presence| TableDiff { table: table.to_owned(), presence, ..TableDiff::default() };
    match (load::find(old, table), load::find(new, table)) {
        (Some(old), Some(new)) => compare::files(&old, &new, table, options),
        (Some(_), None) => Ok(presence(Presence::OnlyOld)),
        _ => Ok(presence(Presence::OnlyNew)),
    }
}
