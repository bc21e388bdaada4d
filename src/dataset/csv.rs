//! A table as CSV: RFC 4180 (commas, CRLF, quotes where needed), UTF-8 without a byte order mark, a header.

use super::frame::Frame;
use std::io::{self, Write};

/// Writes all rows of a table.
pub fn write(frame: &Frame, out: impl Write) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    writer.write_record(frame.table.columns.iter().map(|column| &column.name))?;
    let mut cell = String::new();
    for row in 0..frame.rows() {
        for values in &frame.columns {
            cell.clear();
            values.spell(row, &mut cell);
            writer.write_field(&cell)?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    writer.flush()
}
