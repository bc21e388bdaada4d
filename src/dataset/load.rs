//! Reading a table back, from either format, as a frame of its schema.
//!
//! What does not fit the schema is told as a [`Problem`] and read as empty, so that one bad cell
//! hides no other: `check` reports them all, and readers that need sound tables refuse the first.

use super::frame::{Frame, Values};
use super::lock::Lock;
use super::schema::{Column, Table};
use crate::fault;
use jiff::civil::{Date, date};
use polars::prelude::*;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// Something that does not fit the schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Row of data from 1; 0 where it is about the table.
    pub row: usize,
    /// Empty where it is about the row or the table.
    pub column: String,
    pub message: String,
}

/// A table as read, with what did not fit.
pub type Loaded = (Frame, Vec<Problem>);

/// The file of a table in a dataset folder: Parquet where there is one, else CSV.
pub fn find(folder: &Path, table: &str) -> Option<PathBuf> {
    ["parquet", "csv"]
        .iter()
        .map(|format| folder.join(format!("{table}.{format}")))
        .find(|path| path.exists())
}

/// What is said of a column that a file has not.
const MISSING: &str = "column is missing";

/// Reads a table of a dataset whole; the first problem is an error. An optional column that a version of
/// an earlier release does not have yet is read as empty.
pub fn sound(folder: &Path, table: &'static Table) -> io::Result<Frame> {
    let missing = || {
        io::Error::new(io::ErrorKind::NotFound, format!("no table {} in {}", table.name, folder.display()))
    };
    let path = find(folder, &table.name).ok_or_else(missing)?;
    let (frame, problems) = read(&path, table)?;
    let newer = |problem: &Problem| {
        let optional = |at: usize| table.columns[at].optional;
        problem.message == MISSING && table.position(&problem.column).is_some_and(optional)
    };
    match problems.iter().find(|problem| !newer(problem)) {
        None => Ok(frame),
        Some(problem) => {
            let what =
                format!("{}: row {}, {}: {}", path.display(), problem.row, problem.column, problem.message);
            Err(io::Error::new(io::ErrorKind::InvalidData, what))
        }
    }
}

/// Reads a file by its ending.
pub fn read(path: &Path, table: &'static Table) -> io::Result<Loaded> {
    let named =
        |error: io::Error| io::Error::new(error.kind(), format!("cannot read {}: {error}", path.display()));
    if path.extension().is_some_and(|ending| ending == "parquet") {
        fault::guarded(|| read_parquet(path, table)).map_err(named)
    } else {
        read_csv(path, table).map_err(named)
    }
}

fn read_csv(path: &Path, table: &'static Table) -> io::Result<Loaded> {
    let guarded = path.parent().is_some_and(Lock::guards_csv);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(path)?;
    let header: Vec<String> = reader.headers()?.iter().map(str::to_owned).collect();
    let mut problems = header_problems(table, &header);
    let places: Vec<Option<usize>> =
        table.columns.iter().map(|column| header.iter().position(|name| *name == column.name)).collect();
    let mut columns: Vec<Values> = table.columns.iter().map(|column| Values::new(column.kind)).collect();
    let mut record = csv::StringRecord::new();
    let mut row = 0;
    while reader.read_record(&mut record)? {
        row += 1;
        if record.len() != header.len() {
            let message = format!("{} cells where the header has {}", record.len(), header.len());
            problems.push(Problem { row, column: String::new(), message });
        }
        for ((values, column), place) in columns.iter_mut().zip(&table.columns).zip(&places) {
            let text = place.and_then(|place| record.get(place)).unwrap_or("");
            let is_text = matches!(values, Values::Text(_) | Values::List(_));
            let text = if guarded && is_text { super::csv::unguarded(text) } else { text };
            let fits = values.push_spelled(text);
            if !fits && place.is_some() {
                problems.push(unfit(row, column, text));
            }
        }
    }
    Ok((Frame::from_columns(table, columns, row), problems))
}

fn unfit(row: usize, column: &Column, text: &str) -> Problem {
    let kind = format!("{:?}", column.kind).to_lowercase();
    Problem { row, column: column.name.clone(), message: format!("{text:?} is no {kind}") }
}

fn header_problems(table: &Table, header: &[String]) -> Vec<Problem> {
    let about = |column: &str, message: &str| Problem {
        row: 0,
        column: column.to_owned(),
        message: message.to_owned(),
    };
    let missing = table.columns.iter().filter(|column| !header.contains(&column.name));
    let mut problems: Vec<Problem> = missing.map(|column| about(&column.name, MISSING)).collect();
    let unknown = header.iter().filter(|name| table.position(name).is_none());
    problems.extend(unknown.map(|name| about(name, "column is not in the schema")));
    let known: Vec<&String> = header.iter().filter(|name| table.position(name).is_some()).collect();
    if problems.is_empty() && known.iter().zip(&table.columns).any(|(name, column)| **name != column.name) {
        problems.push(about("", "columns are not in the order of the schema"));
    }
    problems
}

fn read_parquet(path: &Path, table: &'static Table) -> io::Result<Loaded> {
    let rows = ParquetReader::new(File::open(path)?).finish().map_err(io::Error::other)?;
    let header: Vec<String> = rows.get_column_names().iter().map(|name| name.to_string()).collect();
    let mut problems = header_problems(table, &header);
    let mut columns = Vec::new();
    for column in &table.columns {
        let mut values = Values::new(column.kind);
        let read = match rows.column(&column.name) {
            Ok(series) => fill(&mut values, series.as_materialized_series()),
            Err(_) => None,
        };
        if read.is_none() {
            values = Values::new(column.kind);
            (0..rows.height()).for_each(|_| {
                values.push_spelled("");
            });
            if header.contains(&column.name) {
                let message = format!("is not of type {:?}", column.kind).to_lowercase();
                problems.push(Problem { row: 0, column: column.name.clone(), message });
            }
        }
        columns.push(values);
    }
    Ok((Frame::from_columns(table, columns, rows.height()), problems))
}

/// Takes over a column; none where its type is another.
fn fill(values: &mut Values, series: &Series) -> Option<()> {
    match values {
        Values::Text(all) => {
            let text = match series.dtype() {
                DataType::String => series.clone(),
                DataType::Enum(..) | DataType::Categorical(..) => series.cast(&DataType::String).ok()?,
                _ => return None,
            };
            text.str().ok()?.iter().for_each(|text| all.push(text.unwrap_or("")));
        }
        Values::Integer(all) => all.extend(series.i64().ok()?.iter().map(|number| number.unwrap_or(0))),
        Values::Number(all) => all.extend(series.f64().ok()?.iter().map(|number| number.unwrap_or(0.0))),
        Values::Boolean(all) => all.extend(series.bool().ok()?.iter().map(|value| value.unwrap_or(false))),
        Values::Date(all) => {
            let days = series.date().ok()?.physical();
            all.extend(days.iter().map(|day| day.and_then(day_of)));
        }
        Values::List(all) => {
            let lists = series.list().ok()?;
            for row in 0..lists.len() {
                let items = lists.get_as_series(row).unwrap_or_default();
                if items.is_empty() {
                    all.push([]);
                } else {
                    all.push(items.str().ok()?.iter().flatten());
                }
            }
        }
    }
    Some(())
}

fn day_of(days: i32) -> Option<Date> {
    date(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}
