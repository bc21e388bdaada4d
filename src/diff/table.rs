//! A table file to compare, CSV or Parquet: its columns, its rows as hashes, and single rows as text.

use super::hash::{Seed, join};
use super::scan::{Scanner, fields};
use crate::dataset::schema::{self, Type};
use polars::prelude::*;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// What a column holds; none where only its spelling is known (CSV outside a dataset).
pub type Kind = Option<Type>;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    pub kind: Kind,
}

/// A row as hashes, and where to find it: a byte of a CSV file, a row of a Parquet file.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    pub key: u64,
    pub row: u64,
    pub at: u64,
}

/// What to hash of each row.
pub struct Wanted<'a> {
    pub seed: Seed,
    /// Positions of the key columns.
    pub key: &'a [usize],
    /// Positions of the compared columns, in the order that both sides share.
    pub compared: &'a [usize],
    /// Both files are CSV with one header and every column counts: a record may be hashed whole.
    pub whole: bool,
    /// Both files are Parquet with one type for each column: values need not be spelled out.
    pub typed: bool,
}

#[derive(Debug)]
pub struct Table {
    pub path: PathBuf,
    pub columns: Vec<Column>,
    pub parquet: bool,
}

impl Table {
    /// Opens a file; `name` is the table of the schema whose types a CSV file has.
    pub fn open(path: &Path, name: &str) -> io::Result<Self> {
        let known = schema::table(name);
        let kind = |column: &str| known.and_then(|table| Some(table.columns[table.position(column)?].kind));
        let parquet = path.extension().is_some_and(|ending| ending == "parquet");
        let columns = if parquet {
            parquet_columns(path)?
        } else {
            let mut scanner = Scanner::open(path)?;
            let header = scanner.record()?.map(|(_, record)| texts(record)).unwrap_or_default();
            header.into_iter().map(|name| Column { kind: kind(&name), name }).collect()
        };
        Ok(Table { path: path.to_owned(), columns, parquet })
    }

    pub fn position(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|c| c.name == column)
    }

    /// Every row as hashes, in the order of the file.
    pub fn entries(&self, wanted: &Wanted) -> io::Result<Vec<Entry>> {
        if self.parquet { self.parquet_entries(wanted) } else { self.csv_entries(wanted) }
    }

    fn csv_entries(&self, wanted: &Wanted) -> io::Result<Vec<Entry>> {
        let seed = wanted.seed;
        let last = wanted.key.iter().max().map_or(0, |last| last + 1);
        let mut scanner = Scanner::open(&self.path)?;
        scanner.record()?;
        let mut entries = Vec::new();
        let mut hashes = Vec::new();
        while let Some((at, record)) = scanner.record()? {
            hashes.clear();
            let take = if wanted.whole { last } else { self.columns.len() };
            hashes.extend(fields(record).take(take).map(|field| seed.bytes(&field)));
            hashes.resize(take, seed.bytes(b""));
            let joined = |places: &[usize]| places.iter().fold(0, |hash, &place| join(hash, hashes[place]));
            let row = if wanted.whole { seed.bytes(record) } else { joined(wanted.compared) };
            entries.push(Entry { key: joined(wanted.key), row, at });
        }
        Ok(entries)
    }

    fn parquet_entries(&self, wanted: &Wanted) -> io::Result<Vec<Entry>> {
        let mut entries: Vec<Entry> = Vec::new();
        for &place in wanted.key {
            let hashes = hash_column(&self.column(place)?, wanted)?;
            if entries.is_empty() {
                entries.extend((0..hashes.len() as u64).map(|at| Entry { key: 0, row: 0, at }));
            }
            entries.iter_mut().zip(hashes).for_each(|(entry, hash)| entry.key = join(entry.key, hash));
        }
        for &place in wanted.compared {
            let hashes = hash_column(&self.column(place)?, wanted)?;
            entries.iter_mut().zip(hashes).for_each(|(entry, hash)| entry.row = join(entry.row, hash));
        }
        Ok(entries)
    }

    /// Rows as text, every column of them; `at` is sorted.
    pub fn rows(&self, at: &[u64]) -> io::Result<Vec<Vec<String>>> {
        if !self.parquet {
            let mut scanner = Scanner::open(&self.path)?;
            let read = |&at: &u64| {
                scanner.seek(at)?;
                let mut row = scanner.record()?.map(|(_, record)| texts(record)).unwrap_or_default();
                row.resize(self.columns.len(), String::new());
                Ok(row)
            };
            return at.iter().map(read).collect();
        }
        let mut rows = vec![Vec::with_capacity(self.columns.len()); at.len()];
        for place in 0..self.columns.len() {
            let column = self.column(place)?;
            for (row, &at) in rows.iter_mut().zip(at) {
                row.push(spell(&column, at as usize)?);
            }
        }
        Ok(rows)
    }

    fn column(&self, place: usize) -> io::Result<Series> {
        let name = self.columns[place].name.clone();
        let reader = ParquetReader::new(File::open(&self.path)?).with_columns(Some(vec![name]));
        let rows = reader.read_parallel(ParallelStrategy::None).finish().map_err(io::Error::other)?;
        let column = rows.columns().first().cloned();
        let column = column.ok_or_else(|| io::Error::other("no column"))?.take_materialized_series();
        match column.dtype() {
            DataType::Enum(..) | DataType::Categorical(..) => {
                column.cast(&DataType::String).map_err(io::Error::other)
            }
            _ => Ok(column),
        }
    }
}

fn texts(record: &[u8]) -> Vec<String> {
    fields(record).map(|field| String::from_utf8_lossy(&field).into_owned()).collect()
}

fn parquet_columns(path: &Path) -> io::Result<Vec<Column>> {
    let mut reader = ParquetReader::new(File::open(path)?);
    let schema = reader.schema().map_err(io::Error::other)?;
    let columns = schema.iter().map(|(name, field)| {
        let kind = match DataType::from_arrow_field(field) {
            kind if kind.is_integer() => Type::Integer,
            kind if kind.is_float() => Type::Number,
            DataType::Boolean => Type::Boolean,
            DataType::Date => Type::Date,
            DataType::List(_) => Type::List,
            _ => Type::String,
        };
        Column { name: name.to_string(), kind: Some(kind) }
    });
    Ok(columns.collect())
}

/// A missing value hashes like empty text, which is how CSV spells it.
fn hash_column(column: &Series, wanted: &Wanted) -> io::Result<Vec<u64>> {
    let seed = wanted.seed;
    let empty = seed.bytes(b"");
    if let Ok(text) = column.str() {
        return Ok(text.iter().map(|text| text.map_or(empty, |text| seed.bytes(text.as_bytes()))).collect());
    }
    if wanted.typed {
        if let Ok(numbers) = column.i64() {
            return Ok(numbers.iter().map(|n| n.map_or(empty, |n| seed.number(n as u64))).collect());
        }
        if let Ok(numbers) = column.f64() {
            return Ok(numbers.iter().map(|n| n.map_or(empty, |n| seed.number(n.to_bits()))).collect());
        }
    }
    (0..column.len()).map(|at| Ok(seed.bytes(spell(column, at)?.as_bytes()))).collect()
}

/// A value as CSV spells it.
fn spell(column: &Series, at: usize) -> io::Result<String> {
    let value = column.get(at).map_err(io::Error::other)?;
    Ok(match value {
        AnyValue::Null => String::new(),
        AnyValue::String(text) => text.to_owned(),
        AnyValue::Boolean(value) => value.to_string(),
        AnyValue::Float64(number) => number.to_string(),
        AnyValue::Float32(number) => number.to_string(),
        AnyValue::List(items) => match items.str() {
            Ok(items) => items.iter().flatten().collect::<Vec<_>>().join("|"),
            Err(_) => items.iter().map(|item| item.to_string()).collect::<Vec<_>>().join("|"),
        },
        other => other.to_string(),
    })
}
