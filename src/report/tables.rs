//! A table of the dataset read back, its cells looked up by column name.

use crate::dataset::{load, schema};
use csv::StringRecord;
use std::collections::HashMap;
use std::io;
use std::path::Path;

pub struct Table {
    columns: HashMap<String, usize>,
    pub rows: Vec<StringRecord>,
}

impl Table {
    /// Reads a table of the dataset in `out`, in whichever format it is there.
    pub fn read(out: &Path, name: &str) -> io::Result<Table> {
        let table = schema::table(name).ok_or_else(|| io::Error::other(format!("no schema of {name}")))?;
        let explain =
            |error| io::Error::other(format!("{error}; is this a dataset that `annalist run` wrote?"));
        let frame = load::sound(out, table).map_err(explain)?;
        let columns = table.columns.iter().enumerate().map(|(i, column)| (column.name.clone(), i)).collect();
        let mut cell = String::new();
        let row = |row| {
            let mut record = StringRecord::new();
            for values in &frame.columns {
                cell.clear();
                values.spell(row, &mut cell);
                record.push_field(&cell);
            }
            record
        };
        Ok(Table { columns, rows: (0..frame.rows()).map(row).collect() })
    }

    /// The cell of `row` under `column`; empty where the table has no such column.
    pub fn cell<'a>(&self, row: &'a StringRecord, column: &str) -> &'a str {
        self.columns.get(column).and_then(|&i| row.get(i)).unwrap_or("")
    }

    /// A count; 0 where the cell holds none.
    pub fn count(&self, row: &StringRecord, column: &str) -> usize {
        self.cell(row, column).parse().unwrap_or(0)
    }

    /// Row numbers by the value of a key column.
    pub fn index(&self, column: &str) -> HashMap<&str, usize> {
        self.rows.iter().enumerate().map(|(i, row)| (self.cell(row, column), i)).collect()
    }
}
