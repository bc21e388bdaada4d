//! Diff: what changed between two versions of a dataset, or between two table files.
//!
//! Rows are matched by the key of their table and compared as hashes; only rows that differ are read.
//! Columns and types that differ (schema drift) are told apart from values that differ, and over the
//! tables stands the account that people read: which events and entities came, went, moved or merged.

mod compare;
mod folder;
pub mod hash;
pub mod render;
pub mod scan;
mod story;
pub mod table;

pub use story::Story;

use crate::fault;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

/// What to compare, and how much to show.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Only these tables; all where empty.
    pub tables: Vec<String>,
    /// Columns left out, as `column` or `table.column`.
    pub ignore: Vec<String>,
    /// Key columns of files that no schema knows.
    pub key: Vec<String>,
    /// Numbers that differ by no more than this are equal.
    pub tolerance: f64,
    /// Rows shown of each kind and table; all are counted.
    pub limit: usize,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct Diff {
    /// Both locks name the same rows; nothing was read.
    pub identical_by_lock: bool,
    pub tables: Vec<TableDiff>,
    /// Absent where the two are no datasets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub story: Option<Story>,
}

impl Diff {
    pub fn differs(&self) -> bool {
        self.tables.iter().any(TableDiff::differs)
    }
}

/// One table in both versions.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TableDiff {
    pub table: String,
    pub presence: Presence,
    pub key: Vec<String>,
    pub schema: SchemaDrift,
    pub rows_old: usize,
    pub rows_new: usize,
    pub added_count: usize,
    pub removed_count: usize,
    pub changed_count: usize,
    /// How many rows changed in each column.
    pub changed_columns: BTreeMap<String, usize>,
    pub added: Vec<Row>,
    pub removed: Vec<Row>,
    pub changed: Vec<Change>,
}

impl TableDiff {
    pub fn differs(&self) -> bool {
        self.presence != Presence::Both
            || self.schema != SchemaDrift::default()
            || self.added_count + self.removed_count + self.changed_count > 0
    }

    pub fn values_differ(&self) -> bool {
        self.added_count + self.removed_count + self.changed_count > 0
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    #[default]
    Both,
    OnlyOld,
    OnlyNew,
}

/// Columns that came, went, moved or hold another type.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SchemaDrift {
    pub columns_added: Vec<String>,
    pub columns_removed: Vec<String>,
    pub types_changed: Vec<TypeChange>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TypeChange {
    pub column: String,
    pub old: String,
    pub new: String,
}

/// A row of one side, in the order of its columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    pub key: Vec<String>,
    #[serde(serialize_with = "as_object")]
    pub cells: Vec<(String, String)>,
}

fn as_object<S: serde::Serializer>(cells: &[(String, String)], out: S) -> Result<S::Ok, S::Error> {
    out.collect_map(cells.iter().map(|(name, value)| (name, value)))
}

/// A row that both sides have, with the cells that differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    pub key: Vec<String>,
    pub cells: Vec<CellChange>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CellChange {
    pub column: String,
    pub old: String,
    pub new: String,
}

/// Compares two dataset folders or two files. Fails where a path can't be read, a key is missing or
/// not unique, or a file and a folder are compared.
pub fn diff(old: &Path, new: &Path, options: &Options) -> io::Result<Diff> {
    match (old.is_dir(), new.is_dir()) {
        (true, true) => fault::guarded(|| folder::diff(old, new, options)),
        (false, false) => {
            let name = old.file_stem().map_or(String::new(), |name| name.to_string_lossy().into_owned());
            let table = fault::guarded(|| compare::files(old, new, &name, options))?;
            Ok(Diff { tables: vec![table], ..Diff::default() })
        }
        _ => Err(io::Error::other("compare two folders or two files")),
    }
}
