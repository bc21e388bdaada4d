//! Writing: every table in both formats, the descriptors, and the lock that ties them together.

use super::documents::Chunk;
use super::frame::Frame;
use super::lock::{self, File, Hashing, Input, Lock};
use super::rows::entities::{self, Holders, Tally};
use super::rows::{self, events};
use super::schema::{self, Table};
use super::spill::{Place, Spill};
use super::table::{Piece, TableWriter};
use super::{Dataset, EventOf, croissant, datapackage};
use crate::pipeline::{self, side_by_side};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Name and version of this program.
pub const TOOL: &str = concat!("annalist ", env!("CARGO_PKG_VERSION"));

/// Rows of a piece, and pieces that are made side by side.
const PIECE: usize = 1 << 12;
const PIECES: usize = 16;

/// Writes the dataset into `folder`, which must exist, and gives its lock. With `csv_safe`, cells of
/// the CSV files that spreadsheets would run are guarded.
pub fn write(
    dataset: &Dataset,
    rules: &str,
    inputs: &[pipeline::Input],
    csv_safe: bool,
    folder: &Path,
) -> io::Result<Lock> {
    let tables = rows(dataset, csv_safe, folder)?;
    let finished = side_by_side(tables.into_iter().collect(), TableWriter::finish);
    let finished = finished.into_iter().collect::<io::Result<Vec<_>>>()?;
    let dataset_hash = lock::dataset_hash(finished.iter().map(|table| (table.name(), table.hash.as_str())));
    let mut tables = BTreeMap::new();
    for table in finished {
        tables.insert(table.name().to_owned(), table.seal(&dataset_hash)?);
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

/// Every table with all its rows, in the order of the codebook.
fn rows(dataset: &Dataset, csv_safe: bool, folder: &Path) -> io::Result<Tables> {
    let mut tables = Tables::create(csv_safe, folder)?;
    let event_of = dataset.event_of();
    let mut best = Best { texts: Spill::new(folder)?, places: vec![Place::default(); dataset.events.len()] };
    let mut tally = Tally::default();
    for batch in dataset.documents.batches() {
        let rows = |chunk: Chunk| rows::of_documents(&chunk, dataset, &event_of, csv_safe);
        let made = side_by_side(batch?, rows).into_iter().collect::<io::Result<Vec<_>>>()?;
        tables.add_documents(&made)?;
        for made in made {
            tally.join(made.tally);
            best.keep(&made.best)?;
        }
    }
    drop::<EventOf>(event_of);
    let order = events::order(dataset);
    tables.add("events", &order, |rows| events::events(dataset, rows))?;
    tables
        .add("event_conflicts", &events::conflicts(dataset), |rows| events::event_conflicts(dataset, rows))?;
    tables.add("participants", &events::parts(dataset), events::participants)?;
    for events in order.chunks(PIECE * PIECES) {
        let told = best.read(events)?;
        tables.add("timeline", &told, |rows| events::timeline(dataset, rows))?;
    }
    tables.add("entities", &entities::order(dataset), |rows| entities::entities(dataset, &tally, rows))?;
    tables.add("entity_names", &entities::spellings(dataset), entities::entity_names)?;
    let holders = Holders::new(dataset);
    tables
        .add("name_links", &entities::links(dataset), |rows| entities::name_links(dataset, &holders, rows))?;
    tables.add("tombstones", &[&dataset.tombstones], |all| rows::tombstones(all[0]))?;
    Ok(tables)
}

/// The sentences that tell events best, until the timeline is written.
struct Best {
    texts: Spill,
    /// For each event.
    places: Vec<Place>,
}

impl Best {
    fn keep(&mut self, found: &[(usize, String)]) -> io::Result<()> {
        for (event, text) in found {
            self.places[*event] = self.texts.add(text.as_bytes())?;
        }
        Ok(())
    }

    fn read(&mut self, events: &[usize]) -> io::Result<Vec<(usize, String)>> {
        let text = |&event: &usize| {
            let bytes = self.texts.read(self.places[event])?;
            Ok((event, String::from_utf8(bytes).map_err(io::Error::other)?))
        };
        events.iter().map(text).collect()
    }
}

/// All tables in the making, in the order of the codebook.
struct Tables {
    all: Vec<TableWriter>,
    csv_safe: bool,
}

impl Tables {
    fn create(csv_safe: bool, folder: &Path) -> io::Result<Self> {
        let tables = schema::tables().iter().map(|table| TableWriter::create(table, folder));
        Ok(Tables { all: tables.collect::<io::Result<_>>()?, csv_safe })
    }

    /// Adds what documents gave, in order, each table on its own.
    fn add_documents(&mut self, made: &[rows::OfDocuments]) -> io::Result<()> {
        let place =
            |table: &TableWriter| rows::OF_DOCUMENTS.iter().position(|name| *name == table.table.name);
        let tables = self.all.iter_mut().filter_map(|table| Some((place(table)?, table))).collect();
        let add = |(at, table): (usize, &mut TableWriter)| {
            made.iter().try_for_each(|made| table.add(&made.pieces[at]))
        };
        side_by_side(tables, add).into_iter().collect()
    }

    /// Adds rows to a table, as `make` spells them.
    fn add<T: Sync>(
        &mut self,
        name: &str,
        rows: &[T],
        make: impl Fn(&[T]) -> Frame + Sync,
    ) -> io::Result<()> {
        let Some(table) = self.all.iter_mut().find(|table| table.table.name == name) else {
            return Err(io::Error::other(format!("no schema of {name}")));
        };
        let piece = |rows| Piece::new(make(rows), self.csv_safe);
        for rows in rows.chunks(PIECE * PIECES) {
            for piece in side_by_side(rows.chunks(PIECE).collect(), piece) {
                table.add(&piece?)?;
            }
        }
        Ok(())
    }
}

impl IntoIterator for Tables {
    type Item = TableWriter;
    type IntoIter = std::vec::IntoIter<TableWriter>;

    fn into_iter(self) -> Self::IntoIter {
        self.all.into_iter()
    }
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
