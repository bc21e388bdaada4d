//! A table as CSV: RFC 4180 (commas, CRLF, quotes where needed), UTF-8 without a byte order mark, a header.
//!
//! A spreadsheet runs a cell that starts with `=`, `+`, `-`, `@`, tab or carriage return as a formula,
//! and text of pages may start so. A guarded table has an apostrophe before such text. Text that starts
//! with apostrophes and then such a sign gets one more, so that taking one away gives back what was there.

use super::frame::Values;
use super::schema::Table;
use std::io::{self, Write};

const GUARD: char = '\'';

/// Writes rows, field by field.
pub struct Rows<W: Write>(csv::Writer<W>);

impl<W: Write> Rows<W> {
    pub fn new(out: W) -> Self {
        Rows(csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out))
    }

    pub fn field(&mut self, text: &str) -> io::Result<()> {
        Ok(self.0.write_field(text)?)
    }

    /// Writes a cell of a column; one that a spreadsheet would run is guarded.
    pub fn guarded(&mut self, column: &Values, cell: &str) -> io::Result<()> {
        if is_text(column) && is_formula(cell) {
            return self.field(&format!("{GUARD}{cell}"));
        }
        self.field(cell)
    }

    pub fn end_row(&mut self) -> io::Result<()> {
        Ok(self.0.write_record(None::<&[u8]>)?)
    }

    /// The writer behind, with all rows in it.
    pub fn finish(self) -> io::Result<W> {
        self.0.into_inner().map_err(|error| io::Error::new(error.error().kind(), error.to_string()))
    }
}

/// The first line.
pub fn header(table: &Table) -> io::Result<Vec<u8>> {
    let mut rows = Rows::new(Vec::new());
    for column in &table.columns {
        rows.field(&column.name)?;
    }
    rows.end_row()?;
    rows.finish()
}

fn is_text(values: &Values) -> bool {
    matches!(values, Values::Text(_) | Values::List(_))
}

/// Whether a spreadsheet would run the cell, or would but for guards before it.
fn is_formula(cell: &str) -> bool {
    cell.trim_start_matches(GUARD).starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// The text of a guarded cell.
pub fn unguarded(cell: &str) -> &str {
    cell.strip_prefix(GUARD).filter(|text| is_formula(text)).unwrap_or(cell)
}
