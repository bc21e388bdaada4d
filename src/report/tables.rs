//! A table of the dataset read back from CSV, its cells looked up by column name.

use csv::StringRecord;
use std::collections::HashMap;
use std::io;
use std::path::Path;

pub struct Table {
    columns: HashMap<String, usize>,
    pub rows: Vec<StringRecord>,
}

impl Table {
    /// Reads `out/<name>.csv`.
    pub fn read(out: &Path, name: &str) -> io::Result<Table> {
        let path = out.join(format!("{name}.csv"));
        let explain = |error: &dyn std::fmt::Display| {
            io::Error::other(format!(
                "{}: {error}; is this a dataset that `annalist run` wrote?",
                path.display()
            ))
        };
        let mut reader = csv::Reader::from_path(&path).map_err(|e| explain(&e))?;
        let header = reader.headers().map_err(|e| explain(&e))?.clone();
        let columns = header.iter().enumerate().map(|(i, name)| (name.to_owned(), i)).collect();
        let rows = reader.records().collect::<Result<_, _>>().map_err(|e| explain(&e))?;
        Ok(Table { columns, rows })
    }

    /// The cell of `row` under `column`; empty where the table has no such column.
    pub fn cell<'a>(&self, row: &'a StringRecord, column: &str) -> &'a str {
        self.columns.get(column).and_then(|&i| row.get(i)).unwrap_or("")
    }

    /// A count; 0 where the cell holds none.
    pub fn count(&self, row: &StringRecord, column: &str) -> usize {
        self.cell(row, column).parse().unwrap_or(0)
    }

    /// The members of a list cell.
    pub fn list(&self, row: &StringRecord, column: &str) -> Vec<String> {
        self.cell(row, column).split('|').filter(|member| !member.is_empty()).map(str::to_owned).collect()
    }

    /// Row numbers by the value of a key column.
    pub fn index(&self, column: &str) -> HashMap<&str, usize> {
        self.rows.iter().enumerate().map(|(i, row)| (self.cell(row, column), i)).collect()
    }
}
