//! A table in the making: rows come in pieces, and go to both files and into the hash at once.
//!
//! A piece is worked out apart from all others, on any thread; a table takes its pieces in order. Row
//! groups end by the rows alone, so that files do not depend on the pieces.

use super::frame::Frame;
use super::lock::{self, File, Hashing};
use super::schema::{self, Table};
use super::{csv, parquet};
use crate::dataset::row_hashes::{RowHashes, row_hash};
use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// A row group of a Parquet file ends with the row that reaches one of these.
const GROUP_ROWS: usize = 1 << 17;
const GROUP_BYTES: usize = 1 << 24;

/// Rows ready to be written.
pub struct Piece {
    frame: Frame,
    csv: Vec<u8>,
    hashes: Vec<[u8; 32]>,
}

impl Piece {
    /// Spells the rows of a frame. With `csv_safe`, cells of CSV that spreadsheets would run are guarded.
    pub fn new(frame: Frame, csv_safe: bool) -> io::Result<Self> {
        let mut rows = csv::Rows::new(Vec::new());
        let mut hashes = Vec::with_capacity(frame.rows());
        let (mut cell, mut bytes) = (String::new(), Vec::new());
        for row in 0..frame.rows() {
            bytes.clear();
            for values in &frame.columns {
                cell.clear();
                values.spell(row, &mut cell);
                if csv_safe { rows.guarded(values, &cell) } else { rows.field(&cell) }?;
                bytes.extend((cell.len() as u32).to_le_bytes());
                bytes.extend(cell.as_bytes());
            }
            rows.end_row()?;
            hashes.push(row_hash(&bytes));
        }
        Ok(Piece { frame, csv: rows.finish()?, hashes })
    }
}

/// A file that is hashed as it is written. The Parquet writer keeps what it writes to, so it is shared.
#[derive(Clone)]
struct Out(Arc<Mutex<Hashing<BufWriter<std::fs::File>>>>);

impl Out {
    fn create(path: &Path) -> io::Result<Self> {
        let file = std::fs::File::create(path)?;
        Ok(Out(Arc::new(Mutex::new(Hashing::new(BufWriter::with_capacity(1 << 16, file))))))
    }

    /// Flushes to the disk, so that a full one is noticed before an old dataset goes.
    fn finish(&self) -> io::Result<File> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).finish()
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).flush()
    }
}

fn cannot_write(table: &Table, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("cannot write table {}: {error}", table.name))
}

pub struct TableWriter {
    pub table: &'static Table,
    rows: usize,
    group: Frame,
    group_bytes: usize,
    csv: Out,
    parquet: Out,
    groups: parquet::Groups<Out>,
    hashes: RowHashes,
}

/// A table whose rows are all there; only the end of its Parquet file waits for the hash of the dataset.
pub struct Finished {
    writer: TableWriter,
    pub hash: String,
}

impl TableWriter {
    /// Begins both files in `folder`.
    pub fn create(table: &'static Table, folder: &Path) -> io::Result<Self> {
        TableWriter::begin(table, folder).map_err(|error| cannot_write(table, &error))
    }

    fn begin(table: &'static Table, folder: &Path) -> io::Result<Self> {
        let mut csv = Out::create(&folder.join(format!("{}.csv", table.name)))?;
        csv.write_all(&csv::header(table)?)?;
        let parquet = Out::create(&folder.join(format!("{}.parquet", table.name)))?;
        Ok(TableWriter {
            table,
            rows: 0,
            group: Frame::new(&table.name),
            group_bytes: 0,
            csv,
            groups: parquet::Groups::new(table, parquet.clone())?,
            parquet,
            hashes: RowHashes::new(folder),
        })
    }

    /// Adds the rows of a piece of this table.
    pub fn add(&mut self, piece: &Piece) -> io::Result<()> {
        self.write(piece).map_err(|error| cannot_write(self.table, &error))
    }

    fn write(&mut self, piece: &Piece) -> io::Result<()> {
        self.csv.write_all(&piece.csv)?;
        self.hashes.extend(&piece.hashes)?;
        self.rows += piece.frame.rows();
        let mut from = 0;
        for row in 0..piece.frame.rows() {
            self.group_bytes += piece.frame.size(row);
            if self.group.rows() + row + 1 - from == GROUP_ROWS || self.group_bytes >= GROUP_BYTES {
                self.group.extend(&piece.frame, from..row + 1);
                self.end_group()?;
                from = row + 1;
            }
        }
        self.group.extend(&piece.frame, from..piece.frame.rows());
        Ok(())
    }

    fn end_group(&mut self) -> io::Result<()> {
        self.groups.write(&self.group)?;
        self.group = Frame::new(&self.table.name);
        self.group_bytes = 0;
        Ok(())
    }

    /// All rows are there.
    pub fn finish(mut self) -> io::Result<Finished> {
        let hash = self.end_group().and_then(|()| self.hashes.finish());
        let hash = hash.map_err(|error| cannot_write(self.table, &error))?;
        Ok(Finished { writer: self, hash })
    }
}

impl Finished {
    pub fn name(&self) -> &'static str {
        &self.writer.table.name
    }

    /// Ends the files.
    pub fn seal(self, dataset_hash: &str) -> io::Result<lock::Table> {
        let table = self.writer.table;
        self.end(dataset_hash).map_err(|error| cannot_write(table, &error))
    }

    fn end(self, dataset_hash: &str) -> io::Result<lock::Table> {
        let name = &self.writer.table.name;
        self.writer.groups.finish(vec![
            ("annalist.schema_version".to_owned(), schema::VERSION.to_string()),
            ("annalist.table".to_owned(), name.clone()),
            ("annalist.dataset".to_owned(), dataset_hash.to_owned()),
        ])?;
        let files = BTreeMap::from([
            (format!("{name}.csv"), self.writer.csv.finish()?),
            (format!("{name}.parquet"), self.writer.parquet.finish()?),
        ]);
        Ok(lock::Table { rows: self.writer.rows, hash: self.hash, files })
    }
}
