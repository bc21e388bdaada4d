//! Parquet: one record a row, where a column of text is named. Rows are read a slice at a time.

use super::fields::{self, Found};
use super::record::Envelope;
use super::scope::Scope;
use crate::fault;
use crate::model::Severity;
use polars::prelude::*;
use std::io::{Read, Seek};

/// Rows held at a time.
const ROWS: usize = 512;

/// Reads the table; `open` gives a fresh reader of the file for each slice.
pub(super) fn read<R: Read + Seek + polars::io::mmap::MmapBytesReader>(
    open: &mut dyn FnMut() -> std::io::Result<R>,
    scope: &mut Scope,
) {
    if let Err(error) = fault::guarded(|| slices(open, scope).map_err(std::io::Error::other)) {
        scope.tell(Severity::Error, "bad-parquet", 0, error.to_string());
    }
}

fn slices<R: Read + Seek + polars::io::mmap::MmapBytesReader>(
    open: &mut dyn FnMut() -> std::io::Result<R>,
    scope: &mut Scope,
) -> PolarsResult<()> {
    let own = scope.call.options.json_text.clone();
    let mut reader = ParquetReader::new(open()?);
    let total = reader.num_rows()?;
    let names: Vec<String> = reader.schema()?.iter_names().map(|name| name.to_string()).collect();
    let wanted: Vec<String> = names.into_iter().filter(|name| is_wanted(name, &own)).collect();
    if !wanted.iter().any(|name| fields::text_rank(name, &own).is_some()) {
        scope.tell(Severity::Error, "no-text-column", 0, "no column is named as text".to_owned());
        return Ok(());
    }
    let mut from = 0;
    while from < total {
        let frame = ParquetReader::new(open()?)
            .with_columns(Some(wanted.clone()))
            .with_slice(Some((from, ROWS.min(total - from))))
            .finish()?;
        (0..frame.height()).for_each(|row| record(&frame, row, &own, scope));
        from += ROWS;
    }
    Ok(())
}

fn is_wanted(name: &str, own: &[String]) -> bool {
    let mut found = Found::default();
    fields::describe(name, "x", &mut found);
    let described =
        [&found.hints.title, &found.hints.url, &found.hints.published, &found.hints.language, &found.id];
    fields::text_rank(name, own).is_some() || described.iter().any(|slot| !slot.is_empty())
}

fn record(frame: &DataFrame, row: usize, own: &[String], scope: &mut Scope) {
    let mut found = Found::default();
    let mut best = usize::MAX;
    for column in frame.columns() {
        let value = match column.get(row) {
            Ok(AnyValue::String(text)) => text.to_owned(),
            Ok(AnyValue::StringOwned(text)) => text.to_string(),
            Ok(AnyValue::Null) | Err(_) => continue,
            Ok(other) => other.to_string(),
        };
        match fields::text_rank(column.name(), own) {
            Some((rank, markup)) if rank < best && !value.trim().is_empty() => {
                (best, found.text, found.markup) = (rank, value, markup);
            }
            _ => fields::describe(column.name(), &value, &mut found),
        }
    }
    if best == usize::MAX {
        return scope.skip("rows without text");
    }
    let key = found.key().to_owned();
    scope.text(
        &key,
        found.text,
        Envelope { markup: found.markup, hints: found.hints, ..Envelope::default() },
    );
}
