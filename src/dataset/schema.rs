//! The schema: what each table holds, read from `schemas/*.toml`.
//!
//! Writers, validators, descriptors and the codebook all work from these definitions, so a column is
//! named, typed and explained in one place. The files are compiled in: a binary always knows the
//! schema of the datasets it writes.

use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

/// Version of the tables; raised when a column changes its name, type or meaning.
pub const VERSION: u32 = 1;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Type {
    String,
    Integer,
    Number,
    Boolean,
    /// A civil day.
    Date,
    /// Strings without order; joined with `|` in CSV.
    List,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    pub name: String,
    #[serde(rename = "type")]
    pub kind: Type,
    pub meaning: String,
    #[serde(default)]
    pub example: String,
    /// May be empty (text) or missing (date).
    #[serde(default)]
    pub optional: bool,
    /// `bytes` or `code points`, where the number counts one of these.
    #[serde(default)]
    pub unit: String,
    /// `edtf`, where the text is of that format.
    #[serde(default)]
    pub format: String,
    /// `table.column` that each value must be found in, unless it is empty.
    #[serde(default)]
    pub references: String,
    /// All values of a closed vocabulary; empty where any text may stand.
    #[serde(default)]
    pub vocabulary: Vec<String>,
}

impl Column {
    /// The table and column that this one points to.
    pub fn target(&self) -> Option<(&str, &str)> {
        self.references.split_once('.')
    }
}

#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    #[serde(skip_deserializing)]
    pub name: String,
    pub title: String,
    pub description: String,
    /// Columns that tell one row from all others.
    pub key: Vec<String>,
    /// What rows are sorted by: columns, or `document`, `sentence`, `ordinal` and `start` for the place
    /// in the sources where these are no columns of the table.
    pub order: Vec<String>,
    pub columns: Vec<Column>,
}

impl Table {
    /// Position of a column.
    pub fn position(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|c| c.name == column)
    }

    /// Positions of the key columns.
    pub fn key_positions(&self) -> Vec<usize> {
        self.key.iter().filter_map(|name| self.position(name)).collect()
    }
}

macro_rules! tables {
    ($($name:literal),* $(,)?) => {
        const FILES: &[(&str, &str)] = &[$(($name, include_str!(concat!("../../schemas/", $name, ".toml")))),*];
    };
}

// In the order in which a reader meets them: sources, text, time, events, names, accounts, overview.
tables! {
    "documents", "sections", "sentences", "time_expressions", "event_mentions", "events", "event_conflicts",
    "participants", "entities", "entity_names", "entity_mentions", "name_links", "citations",
    "sentence_citations", "removals", "diagnostics", "tombstones", "timeline",
}

/// Every table, in the order of the codebook.
pub fn tables() -> &'static [Table] {
    static TABLES: OnceLock<Vec<Table>> = OnceLock::new();
    TABLES.get_or_init(|| FILES.iter().map(|(name, text)| parse(name, text)).collect())
}

/// The table of this name.
pub fn table(name: &str) -> Option<&'static Table> {
    tables().iter().find(|table| table.name == name)
}

/// The files are compiled in and checked by tests, so a failure is a bug.
fn parse(name: &str, text: &str) -> Table {
    let mut table: Table =
        toml::from_str(text).unwrap_or_else(|error| panic!("schemas/{name}.toml: {error}"));
    table.name = name.to_owned();
    table
}
