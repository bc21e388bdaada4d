//! A table as Parquet: zstd, dictionary columns for closed vocabularies, lists as lists, days as days.
//!
//! The compression level is fixed and row groups end where the rows alone say so, so that the same
//! rows are the same bytes. The Arrow schema in the file names the oldest types that fit: pandas
//! can't read lists of the string views that polars would name.

use super::frame::{Frame, Values};
use super::schema::{Column, Table};
use jiff::civil::{Date, date};
use polars::io::parquet::write::BatchedWriter;
use polars::polars_utils::compression::ZstdLevel;
use polars::prelude::*;
use polars_parquet::write::{KeyValue, schema_to_metadata_key};
use std::io::{self, Write};
use std::sync::PoisonError;

const LEVEL: i32 = 6;

/// A Parquet file in the making.
pub struct Groups<W: Write>(BatchedWriter<W>, SchemaRef);

impl<W: Write> Groups<W> {
    pub fn new(table: &Table, out: W) -> io::Result<Self> {
        let make = || -> PolarsResult<Self> {
            let schema = frame(&Frame::new(&table.name))?.schema().clone();
            let writer = ParquetWriter::new(out)
                .with_compression(ParquetCompression::Zstd(Some(ZstdLevel::try_new(LEVEL)?)))
                .with_statistics(StatisticsOptions::default())
                .set_parallel(false)
                .batched(&schema)?;
            Ok(Groups(writer, schema))
        };
        make().map_err(io::Error::other)
    }

    /// Writes all rows of a frame as one group.
    pub fn write(&mut self, rows: &Frame) -> io::Result<()> {
        frame(rows).and_then(|rows| self.0.write_batch(&rows)).map_err(io::Error::other)
    }

    /// Ends the file with this metadata.
    pub fn finish(self, metadata: Vec<(String, String)>) -> io::Result<()> {
        let given = metadata.into_iter().map(|(key, value)| KeyValue { key, value: Some(value) });
        let arrow = schema_to_metadata_key(&self.1.to_arrow(CompatLevel::oldest()));
        let all = given.chain([arrow]).collect();
        let mut writer = self.0.get_writer().lock().unwrap_or_else(PoisonError::into_inner);
        writer.end(Some(all)).map(|_| ()).map_err(io::Error::other)
    }
}

fn frame(rows: &Frame) -> PolarsResult<DataFrame> {
    let columns = rows.table.columns.iter().zip(&rows.columns);
    let columns = columns.map(|(column, values)| series(column, values).map(Into::into));
    DataFrame::new(rows.rows(), columns.collect::<PolarsResult<Vec<_>>>()?)
}

fn series(column: &Column, values: &Values) -> PolarsResult<Series> {
    let name = PlSmallStr::from(column.name.as_str());
    Ok(match values {
        Values::Text(all) if !column.vocabulary.is_empty() => {
            let categories = FrozenCategories::new(column.vocabulary.iter().map(String::as_str))?;
            let kind = DataType::from_frozen_categories(categories);
            Categorical8Chunked::from_str_iter(name, kind, all.iter().map(Some))?.into_series()
        }
        Values::Text(all) => StringChunked::from_iter_values(name, all.iter()).into_series(),
        Values::Integer(all) => Series::new(name, all),
        Values::Number(all) => Series::new(name, all),
        Values::Boolean(all) => Series::new(name, all),
        Values::Date(all) => {
            let days: Vec<Option<i32>> = all.iter().map(|date| date.map(days)).collect();
            Series::new(name, days).cast(&DataType::Date)?
        }
        Values::List(all) => {
            let mut lists = ListStringChunkedBuilder::new(name, all.len(), all.len());
            (0..all.len()).for_each(|row| lists.append_values_iter(all.get(row)));
            lists.finish().into_series()
        }
    })
}

/// Days since 1970-01-01; negative before.
pub fn days(day: Date) -> i32 {
    const EPOCH: Date = date(1970, 1, 1);
    (day - EPOCH).get_days()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_reach_into_the_far_past() {
        assert_eq!(days(date(1970, 1, 2)), 1);
        assert_eq!(days(date(2022, 2, 28)), 19_051);
        assert_eq!(days(date(-43, 3, 15)), -735_160);
    }
}
