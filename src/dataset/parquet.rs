//! A table as Parquet: zstd, dictionary columns for closed vocabularies, lists as lists, days as days.
//!
//! Compression level and rows of a group are fixed, so that the same rows are the same bytes. The
//! Arrow schema in the file names the oldest types that fit: pandas can't read lists of the string
//! views that polars would name.

use super::frame::{Frame, Values};
use super::schema::Column;
use jiff::civil::{Date, date};
use polars::polars_utils::compression::ZstdLevel;
use polars::prelude::*;
use polars_parquet::write::schema_to_metadata_key;
use std::io::{self, Write};

const LEVEL: i32 = 6;
const GROUP_ROWS: usize = 1 << 17;

/// Writes all rows of a table with the given file-level metadata.
pub fn write(frame: &Frame, mut metadata: Vec<(String, String)>, out: impl Write) -> io::Result<()> {
    let columns = frame.table.columns.iter().zip(&frame.columns);
    let columns = columns.map(|(column, values)| series(column, values).map(Into::into));
    let write = || -> PolarsResult<()> {
        let mut rows = DataFrame::new(frame.rows(), columns.collect::<PolarsResult<Vec<_>>>()?)?;
        let arrow = schema_to_metadata_key(&rows.schema().to_arrow(CompatLevel::oldest()));
        metadata.extend(arrow.value.map(|schema| (arrow.key, schema)));
        let writer = ParquetWriter::new(out)
            .with_compression(ParquetCompression::Zstd(Some(ZstdLevel::try_new(LEVEL)?)))
            .with_statistics(StatisticsOptions::default())
            .with_row_group_size(Some(GROUP_ROWS))
            .with_key_value_metadata(Some(KeyValueMetadata::from_static(metadata)));
        writer.finish(&mut rows).map(|_| ())
    };
    write().map_err(io::Error::other)
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
