//! A table as CSV: RFC 4180 (commas, CRLF, quotes where needed), UTF-8 without a byte order mark, a header.
//!
//! A spreadsheet runs a cell that starts with `=`, `+`, `-`, `@`, tab or carriage return as a formula,
//! and text of pages may start so. A guarded table has an apostrophe before such text. Text that starts
//! with apostrophes and then such a sign gets one more, so that taking one away gives back what was there.

use super::frame::{Frame, Values};
use std::io::{self, Write};

const GUARD: char = '\'';

/// Writes all rows of a table. With `safe`, cells that spreadsheets would run are guarded.
pub fn write(frame: &Frame, safe: bool, out: impl Write) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    writer.write_record(frame.table.columns.iter().map(|column| &column.name))?;
    let mut cell = String::new();
    for row in 0..frame.rows() {
        for values in &frame.columns {
            cell.clear();
            values.spell(row, &mut cell);
            if safe && is_text(values) && is_formula(&cell) {
                cell.insert(0, GUARD);
            }
            writer.write_field(&cell)?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    writer.flush()
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
