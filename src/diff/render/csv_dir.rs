//! The diff as a folder of CSV files, one for each kind of change of each table.

use super::super::{Diff, Row, TableDiff};
use super::{differing, drift, headline};
use std::io;
use std::path::Path;

/// Writes `summary.csv` and, where there is something to say, `<table>.added.csv`,
/// `<table>.removed.csv` and `<table>.changed.csv` (a row for each changed cell).
pub fn csv_dir(diff: &Diff, folder: &Path) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut summary = csv::Writer::from_path(folder.join("summary.csv"))?;
    summary.write_record(["table", "rows_old", "rows_new", "added", "removed", "changed", "schema"])?;
    for table in differing(diff) {
        let schema = drift(table).join("; ");
        let schema = if table.values_differ() || !schema.is_empty() { schema } else { headline(table) };
        let counts =
            [table.rows_old, table.rows_new, table.added_count, table.removed_count, table.changed_count];
        let counts = counts.map(|count| count.to_string());
        summary.write_record([&table.table].into_iter().chain(&counts).chain([&schema]))?;
        rows(&table.added, &folder.join(format!("{}.added.csv", table.table)))?;
        rows(&table.removed, &folder.join(format!("{}.removed.csv", table.table)))?;
        changes(table, &folder.join(format!("{}.changed.csv", table.table)))?;
    }
    summary.flush()
}

fn rows(rows: &[Row], path: &Path) -> io::Result<()> {
    let Some(first) = rows.first() else { return Ok(()) };
    let mut out = csv::Writer::from_path(path)?;
    out.write_record(first.cells.iter().map(|(name, _)| name))?;
    for row in rows {
        out.write_record(row.cells.iter().map(|(_, value)| value))?;
    }
    out.flush()
}

fn changes(table: &TableDiff, path: &Path) -> io::Result<()> {
    if table.changed.is_empty() {
        return Ok(());
    }
    let mut out = csv::Writer::from_path(path)?;
    let head = ["column".to_owned(), "old".to_owned(), "new".to_owned()];
    out.write_record(table.key.iter().chain(&head))?;
    for change in &table.changed {
        for cell in &change.cells {
            out.write_record(change.key.iter().chain([&cell.column, &cell.old, &cell.new]))?;
        }
    }
    out.flush()
}
