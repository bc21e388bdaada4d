//! Writing: every table in both formats, the descriptors, and the lock that ties them together.

use super::frame::Frame;
use super::lock::{self, File, Hashing, Input, Lock};
use super::schema::{self, Table};
use super::{Dataset, croissant, csv, datapackage, parquet, rows};
use crate::pipeline;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Name and version of this program.
pub const TOOL: &str = concat!("annalist ", env!("CARGO_PKG_VERSION"));

/// Writes the dataset into `folder`, which must exist, and gives its lock. With `csv_safe`, cells of
/// the CSV files that spreadsheets would run are guarded.
pub fn write(
    dataset: &Dataset,
    rules: &str,
    inputs: &[pipeline::Input],
    csv_safe: bool,
    folder: &Path,
) -> io::Result<Lock> {
    let frames = rows::frames(dataset);
    let hashes: Vec<String> = frames.iter().map(lock::table_hash).collect();
    let named = frames.iter().zip(&hashes).map(|(frame, hash)| (frame.table.name.as_str(), hash.as_str()));
    let dataset_hash = lock::dataset_hash(named);
    let mut tables = BTreeMap::new();
    for (frame, hash) in frames.iter().zip(hashes) {
        let files = table_files(frame, &dataset_hash, csv_safe, folder)?;
        tables.insert(frame.table.name.clone(), lock::Table { rows: frame.rows(), hash, files });
    }
    let mut files = BTreeMap::new();
    let described = datapackage::describe(&dataset_hash, &csv_files(&tables));
    files.insert("datapackage.json".to_owned(), json(&described, "datapackage.json", folder)?);
    let all = tables.values().flat_map(|table| &table.files);
    let all: Vec<(&str, &File)> = all.map(|(name, file)| (name.as_str(), file)).collect();
    let described = croissant::describe(&dataset_hash, &all);
    files.insert("croissant.json".to_owned(), json(&described, "croissant.json", folder)?);
    let lock = Lock {
        schema_version: schema::VERSION,
        tool: TOOL.to_owned(),
        rules: rules.to_owned(),
        dataset: dataset_hash,
        inputs: inputs.iter().map(|i| Input { source: i.source.clone(), sha256: i.sha256.clone() }).collect(),
        tables,
        csv_safe,
        files,
    };
    json(&serde_json::to_value(&lock)?, lock::NAME, folder)?;
    Ok(lock)
}

fn table_files(
    frame: &Frame,
    dataset_hash: &str,
    csv_safe: bool,
    folder: &Path,
) -> io::Result<BTreeMap<String, File>> {
    let name = &frame.table.name;
    let metadata = vec![
        ("annalist.schema_version".to_owned(), schema::VERSION.to_string()),
        ("annalist.table".to_owned(), name.clone()),
        ("annalist.dataset".to_owned(), dataset_hash.to_owned()),
    ];
    let parquet = format!("{name}.parquet");
    let csv = format!("{name}.csv");
    let parquet_file = file(&parquet, folder, |out| parquet::write(frame, metadata, out))?;
    let csv_file = file(&csv, folder, |out| csv::write(frame, csv_safe, out))?;
    Ok(BTreeMap::from([(csv, csv_file), (parquet, parquet_file)]))
}

/// The tables with their CSV files, in the order of the codebook.
fn csv_files(tables: &BTreeMap<String, lock::Table>) -> Vec<(&'static Table, &File)> {
    let file = |table: &Table| tables.get(&table.name)?.files.get(&format!("{}.csv", table.name));
    schema::tables().iter().filter_map(|table| Some((table, file(table)?))).collect()
}

fn json(value: &Value, name: &str, folder: &Path) -> io::Result<File> {
    file(name, folder, |out| {
        serde_json::to_writer_pretty(&mut *out, value)?;
        out.write_all(b"\n")
    })
}

/// Writes one file to its end, so that a full disk is noticed before the old dataset goes.
fn file(
    name: &str,
    folder: &Path,
    write: impl FnOnce(&mut Hashing<BufWriter<std::fs::File>>) -> io::Result<()>,
) -> io::Result<File> {
    let path = folder.join(name);
    let attempt = || {
        let mut out = Hashing::new(BufWriter::with_capacity(1 << 16, std::fs::File::create(&path)?));
        write(&mut out)?;
        out.finish()
    };
    attempt()
        .map_err(|error| io::Error::new(error.kind(), format!("cannot write {}: {error}", path.display())))
}
