//! Two files of one table compared: keys matched by sorted hashes, values only where rows differ.

use super::hash::Seed;
use super::table::{Column, Entry, Kind, Table, Wanted};
use super::{CellChange, Change, Options, Row, SchemaDrift, TableDiff, TypeChange};
use crate::dataset::schema::{self, Type};
use std::io;
use std::path::Path;

/// Changed rows are read in portions, so that memory does not grow with the number of changes.
const PORTION: usize = 1 << 15;

/// Compares two files of the table `name`.
pub fn files(old: &Path, new: &Path, name: &str, options: &Options) -> io::Result<TableDiff> {
    let at = |path: &Path| {
        let path = path.to_owned();
        move |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()))
    };
    let pair = Pair {
        old: Table::open(old, name).map_err(at(old))?,
        new: Table::open(new, name).map_err(at(new))?,
        options,
    };
    let key = pair.key(name)?;
    let shared = pair.shared(name, &key);
    let schema = pair.drift(name);
    let (mut before, mut after) = pair.entries(&key, &shared)?;
    let mut diff = TableDiff {
        table: name.to_owned(),
        rows_old: before.len(),
        rows_new: after.len(),
        schema,
        key,
        ..TableDiff::default()
    };
    sorted(&mut before);
    sorted(&mut after);
    pair.unique(&pair.old, &before, &diff.key)?;
    pair.unique(&pair.new, &after, &diff.key)?;
    let mut joined = join(&before, &after);
    drop(before);
    drop(after);
    pair.changes(&mut joined, &shared, &mut diff)?;
    joined.removed.sort_unstable();
    joined.added.sort_unstable();
    diff.removed_count = joined.removed.len();
    diff.added_count = joined.added.len();
    diff.removed = pair.show(&pair.old, &joined.removed, &diff.key)?;
    diff.added = pair.show(&pair.new, &joined.added, &diff.key)?;
    Ok(diff)
}

fn sorted(entries: &mut [Entry]) {
    entries.sort_unstable_by_key(|entry| (entry.key, entry.at));
}

/// Places of rows on either side.
struct Joined {
    removed: Vec<u64>,
    added: Vec<u64>,
    /// Old and new place of rows whose hashes differ.
    changed: Vec<(u64, u64)>,
}

fn join(before: &[Entry], after: &[Entry]) -> Joined {
    let mut joined = Joined { removed: Vec::new(), added: Vec::new(), changed: Vec::new() };
    let (mut i, mut j) = (0, 0);
    loop {
        match (before.get(i), after.get(j)) {
            (None, None) => return joined,
            (Some(old), Some(new)) if old.key == new.key => {
                if old.row != new.row {
                    joined.changed.push((old.at, new.at));
                }
                (i, j) = (i + 1, j + 1);
            }
            (Some(old), Some(new)) if old.key > new.key => {
                joined.added.push(new.at);
                j += 1;
            }
            (Some(old), _) => {
                joined.removed.push(old.at);
                i += 1;
            }
            (None, Some(new)) => {
                joined.added.push(new.at);
                j += 1;
            }
        }
    }
}

/// A column that both sides have and that is compared.
struct Shared {
    name: String,
    old: usize,
    new: usize,
    kind: Kind,
}

struct Pair<'a> {
    old: Table,
    new: Table,
    options: &'a Options,
}

impl Pair<'_> {
    /// The key columns: those of the call, else those of the schema.
    fn key(&self, name: &str) -> io::Result<Vec<String>> {
        let known = schema::table(name).map(|table| table.key.clone());
        let key =
            if self.options.key.is_empty() { known.unwrap_or_default() } else { self.options.key.clone() };
        if key.is_empty() {
            return Err(io::Error::other(format!(
                "{name} is no table of the schema: name its key with --key"
            )));
        }
        for table in [&self.old, &self.new] {
            if let Some(missing) = key.iter().find(|column| table.position(column).is_none()) {
                return Err(io::Error::other(format!("{}: no key column {missing}", table.path.display())));
            }
        }
        Ok(key)
    }

    fn ignored(&self, table: &str, column: &str) -> bool {
        let is = |name: &String| name == column || name.split_once('.') == Some((table, column));
        self.options.ignore.iter().any(is)
    }

    /// Columns of both sides beside the key, in the order of the old one.
    fn shared(&self, name: &str, key: &[String]) -> Vec<Shared> {
        let columns = self.old.columns.iter().enumerate();
        let compared =
            columns.filter(|(_, column)| !key.contains(&column.name) && !self.ignored(name, &column.name));
        compared
            .filter_map(|(old, column)| {
                let new = self.new.position(&column.name)?;
                let kind = column.kind.or(self.new.columns[new].kind);
                Some(Shared { name: column.name.clone(), old, new, kind })
            })
            .collect()
    }

    fn drift(&self, name: &str) -> SchemaDrift {
        let missing = |from: &Table, to: &Table| -> Vec<String> {
            let gone = from.columns.iter().filter(|column| to.position(&column.name).is_none());
            gone.map(|column| column.name.clone()).filter(|column| !self.ignored(name, column)).collect()
        };
        let spelled = |kind: Type| format!("{kind:?}").to_lowercase();
        let types = self.old.columns.iter().filter(|column| !self.ignored(name, &column.name));
        let types = types.filter_map(|column| {
            let other = self.new.columns[self.new.position(&column.name)?].kind?;
            let kind = column.kind.filter(|&kind| kind != other)?;
            Some(TypeChange { column: column.name.clone(), old: spelled(kind), new: spelled(other) })
        });
        SchemaDrift {
            columns_added: missing(&self.new, &self.old),
            columns_removed: missing(&self.old, &self.new),
            types_changed: types.collect(),
        }
    }

    fn entries(&self, key: &[String], shared: &[Shared]) -> io::Result<(Vec<Entry>, Vec<Entry>)> {
        let seed = Seed::random();
        let names = |table: &Table| -> Vec<String> {
            table.columns.iter().map(|column| column.name.clone()).collect()
        };
        let all = shared.len() + key.len() == self.old.columns.len();
        let whole = !self.old.parquet && !self.new.parquet && all && names(&self.old) == names(&self.new);
        let kinds = |column: &Shared| self.old.columns[column.old].kind == self.new.columns[column.new].kind;
        let typed = self.old.parquet && self.new.parquet && shared.iter().all(kinds);
        let read = |table: &Table, compared: Vec<usize>| {
            let key: Vec<usize> = key.iter().filter_map(|column| table.position(column)).collect();
            table.entries(&Wanted { seed, key: &key, compared: &compared, whole, typed })
        };
        let before = read(&self.old, shared.iter().map(|column| column.old).collect())?;
        Ok((before, read(&self.new, shared.iter().map(|column| column.new).collect())?))
    }

    /// Fails where two rows have one key.
    fn unique(&self, table: &Table, entries: &[Entry], key: &[String]) -> io::Result<()> {
        let Some(pair) = entries.windows(2).find(|pair| pair[0].key == pair[1].key) else { return Ok(()) };
        let rows = table.rows(&[pair[0].at, pair[1].at])?;
        let (a, b) = (self.key_of(table, &rows[0], key), self.key_of(table, &rows[1], key));
        let what = if a == b { "two rows have the key" } else { "two keys have one hash; compare again:" };
        Err(io::Error::other(format!("{}: {what} {}", table.path.display(), a.join(", "))))
    }

    fn key_of(&self, table: &Table, row: &[String], key: &[String]) -> Vec<String> {
        key.iter().filter_map(|column| table.position(column)).map(|place| row[place].clone()).collect()
    }

    /// Compares the rows whose hashes differ, value by value.
    fn changes(&self, joined: &mut Joined, shared: &[Shared], diff: &mut TableDiff) -> io::Result<()> {
        joined.changed.sort_unstable_by_key(|&(_, new)| new);
        let changed = std::mem::take(&mut joined.changed);
        for portion in changed.chunks(PORTION) {
            let mut order: Vec<usize> = (0..portion.len()).collect();
            order.sort_unstable_by_key(|&at| portion[at].0);
            let places: Vec<u64> = order.iter().map(|&at| portion[at].0).collect();
            let mut before = vec![Vec::new(); portion.len()];
            for (at, row) in order.into_iter().zip(self.old.rows(&places)?) {
                before[at] = row;
            }
            let after = self.new.rows(&portion.iter().map(|&(_, new)| new).collect::<Vec<_>>())?;
            for ((before, after), &(old, new)) in before.iter().zip(&after).zip(portion) {
                let key = self.key_of(&self.new, after, &diff.key);
                if self.key_of(&self.old, before, &diff.key) != key {
                    joined.removed.push(old);
                    joined.added.push(new);
                    continue;
                }
                self.change(key, before, after, shared, diff);
            }
        }
        Ok(())
    }

    fn change(
        &self,
        key: Vec<String>,
        before: &[String],
        after: &[String],
        shared: &[Shared],
        diff: &mut TableDiff,
    ) {
        let differs = |column: &&Shared| {
            !equal(&before[column.old], &after[column.new], column.kind, self.options.tolerance)
        };
        let cells: Vec<CellChange> = shared
            .iter()
            .filter(differs)
            .map(|column| CellChange {
                column: column.name.clone(),
                old: before[column.old].clone(),
                new: after[column.new].clone(),
            })
            .collect();
        if cells.is_empty() {
            return;
        }
        diff.changed_count += 1;
        for cell in &cells {
            *diff.changed_columns.entry(cell.column.clone()).or_default() += 1;
        }
        if diff.changed.len() < self.options.limit {
            diff.changed.push(Change { key, cells });
        }
    }

    fn show(&self, table: &Table, places: &[u64], key: &[String]) -> io::Result<Vec<Row>> {
        let rows = table.rows(&places[..places.len().min(self.options.limit)])?;
        let row = |cells: Vec<String>| Row {
            key: self.key_of(table, &cells, key),
            cells: table.columns.iter().map(|column: &Column| column.name.clone()).zip(cells).collect(),
        };
        Ok(rows.into_iter().map(row).collect())
    }
}

/// Lists are equal as sets, numbers by value and tolerance, everything else letter for letter.
fn equal(old: &str, new: &str, kind: Kind, tolerance: f64) -> bool {
    if old == new {
        return true;
    }
    match kind {
        Some(Type::List) => items(old) == items(new),
        Some(Type::Number | Type::Integer) => close(old, new, tolerance),
        // In a bare CSV a number may be a code: only a tolerance that was asked for makes it one.
        None if tolerance > 0.0 => close(old, new, tolerance),
        _ => false,
    }
}

fn items(list: &str) -> Vec<&str> {
    let mut items: Vec<&str> = list.split('|').collect();
    items.sort_unstable();
    items.dedup();
    items
}

fn close(old: &str, new: &str, tolerance: f64) -> bool {
    match (old.parse::<f64>(), new.parse::<f64>()) {
        (Ok(old), Ok(new)) => (old - new).abs() <= tolerance,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_equal_by_what_they_mean() {
        assert!(equal("en|uk", "uk|en", Some(Type::List), 0.0));
        assert!(!equal("en|uk", "en", Some(Type::List), 0.0));
        assert!(equal("0.90", "0.9", Some(Type::Number), 0.0));
        assert!(equal("0.91", "0.9", Some(Type::Number), 0.02));
        assert!(!equal("007", "7", None, 0.0));
        assert!(!equal("007", "7", Some(Type::String), 1.0));
    }
}
