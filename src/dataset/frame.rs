//! A frame: the rows of one table as typed columns, in schema order.
//!
//! Rows go in as cells, so that building a row reads like the schema; they are kept by column with
//! all text of a column in one buffer, because both file formats, the hash and the comparison walk
//! columns and a dataset has more short strings than anything else.

use super::schema::{Table, Type};
use jiff::civil::Date;
use std::borrow::Cow;
use std::ops::Range;

/// One value of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'a> {
    Text(Cow<'a, str>),
    Integer(i64),
    Number(f64),
    Boolean(bool),
    Date(Option<Date>),
    List(Vec<String>),
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Cell::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Cell<'a> {
    fn from(text: &'a String) -> Self {
        Cell::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Cell::Text(Cow::Owned(text))
    }
}

impl From<usize> for Cell<'_> {
    fn from(number: usize) -> Self {
        Cell::Integer(number as i64)
    }
}

impl From<u32> for Cell<'_> {
    fn from(number: u32) -> Self {
        Cell::Integer(i64::from(number))
    }
}

impl From<u64> for Cell<'_> {
    fn from(number: u64) -> Self {
        Cell::Integer(number as i64)
    }
}

impl From<bool> for Cell<'_> {
    fn from(value: bool) -> Self {
        Cell::Boolean(value)
    }
}

impl From<f64> for Cell<'_> {
    /// Four decimals are kept: scores mean no more, and the shortest spelling stays short.
    fn from(number: f64) -> Self {
        Cell::Number((number * 1e4).round() / 1e4)
    }
}

impl From<Option<Date>> for Cell<'_> {
    fn from(date: Option<Date>) -> Self {
        Cell::Date(date)
    }
}

impl From<Vec<String>> for Cell<'_> {
    fn from(items: Vec<String>) -> Self {
        Cell::List(items)
    }
}

/// Many short strings in one buffer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Strings {
    text: String,
    ends: Vec<usize>,
}

impl Strings {
    pub fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len());
    }

    pub fn get(&self, at: usize) -> &str {
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.text[start..self.ends[at]]
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|at| self.get(at))
    }

    /// Adds those of another list that stand in `range`.
    fn extend(&mut self, other: &Strings, range: Range<usize>) {
        let start = |at: usize| if at == 0 { 0 } else { other.ends[at - 1] };
        let (from, to) = (start(range.start), start(range.end));
        let base = self.text.len();
        self.text.push_str(&other.text[from..to]);
        self.ends.extend(other.ends[range].iter().map(|end| end - from + base));
    }

    /// Bytes of the string at a place.
    fn size(&self, at: usize) -> usize {
        self.ends[at] - if at == 0 { 0 } else { self.ends[at - 1] }
    }
}

/// Lists of strings: the items of all rows, and where each row ends.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lists {
    items: Strings,
    ends: Vec<usize>,
}

impl Lists {
    /// Adds a row. `|` parts the items in CSV, so inside an item it becomes a broken bar.
    pub fn push<'a>(&mut self, items: impl IntoIterator<Item = &'a str>) {
        for item in items {
            if item.contains('|') {
                self.items.push(&item.replace('|', "¦"));
            } else {
                self.items.push(item);
            }
        }
        self.ends.push(self.items.len());
    }

    fn extend(&mut self, other: &Lists, range: Range<usize>) {
        let start = |at: usize| if at == 0 { 0 } else { other.ends[at - 1] };
        let (from, to) = (start(range.start), start(range.end));
        let base = self.items.len();
        self.items.extend(&other.items, from..to);
        self.ends.extend(other.ends[range].iter().map(|end| end - from + base));
    }

    pub fn get(&self, at: usize) -> impl Iterator<Item = &str> {
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        (start..self.ends[at]).map(|item| self.items.get(item))
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

/// The values of one column.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    Text(Strings),
    Integer(Vec<i64>),
    Number(Vec<f64>),
    Boolean(Vec<bool>),
    Date(Vec<Option<Date>>),
    List(Lists),
}

impl Values {
    pub fn new(kind: Type) -> Self {
        match kind {
            Type::String => Values::Text(Strings::default()),
            Type::Integer => Values::Integer(Vec::new()),
            Type::Number => Values::Number(Vec::new()),
            Type::Boolean => Values::Boolean(Vec::new()),
            Type::Date => Values::Date(Vec::new()),
            Type::List => Values::List(Lists::default()),
        }
    }

    fn push(&mut self, cell: Cell<'_>, column: &str) {
        match (self, cell) {
            (Values::Text(all), Cell::Text(text)) => all.push(&text),
            (Values::Integer(all), Cell::Integer(number)) => all.push(number),
            (Values::Number(all), Cell::Number(number)) => all.push(number),
            (Values::Boolean(all), Cell::Boolean(value)) => all.push(value),
            (Values::Date(all), Cell::Date(date)) => all.push(date),
            (Values::List(all), Cell::List(items)) => all.push(items.iter().map(String::as_str)),
            (_, cell) => panic!("column {column} does not hold {cell:?}"),
        }
    }

    /// Adds a value from its spelling in CSV; adds an empty one and gives false where it is none.
    pub fn push_spelled(&mut self, text: &str) -> bool {
        match self {
            Values::Text(all) => all.push(text),
            Values::List(all) if text.is_empty() => all.push([]),
            Values::List(all) => all.push(text.split('|')),
            Values::Integer(all) => return parsed(text, all, 0),
            Values::Number(all) => return parsed(text, all, 0.0),
            Values::Boolean(all) => return parsed(text, all, false),
            Values::Date(all) => {
                let date = text.parse().ok().filter(|date: &Date| date.to_string() == text);
                all.push(date);
                return date.is_some() || text.is_empty();
            }
        }
        true
    }

    /// Adds the rows of a column of the same type that stand in `range`.
    fn extend(&mut self, other: &Values, range: Range<usize>) {
        match (self, other) {
            (Values::Text(all), Values::Text(other)) => all.extend(other, range),
            (Values::Integer(all), Values::Integer(other)) => all.extend_from_slice(&other[range]),
            (Values::Number(all), Values::Number(other)) => all.extend_from_slice(&other[range]),
            (Values::Boolean(all), Values::Boolean(other)) => all.extend_from_slice(&other[range]),
            (Values::Date(all), Values::Date(other)) => all.extend_from_slice(&other[range]),
            (Values::List(all), Values::List(other)) => all.extend(other, range),
            (values, _) => panic!("a column of another type than {values:?}"),
        }
    }

    /// About how many bytes a row takes.
    fn size(&self, row: usize) -> usize {
        match self {
            Values::Text(all) => all.size(row),
            Values::List(all) => all.get(row).map(|item| item.len() + 1).sum(),
            _ => 8,
        }
    }

    /// Text of a row; empty where the column is not of text.
    pub fn text(&self, row: usize) -> &str {
        if let Values::Text(all) = self { all.get(row) } else { "" }
    }

    /// A row as it is spelled in CSV, appended to `out`.
    pub fn spell(&self, row: usize, out: &mut String) {
        use std::fmt::Write;
        let _ = match self {
            Values::Text(all) => out.write_str(all.get(row)),
            Values::Integer(all) => write!(out, "{}", all[row]),
            Values::Number(all) => write!(out, "{}", all[row]),
            Values::Boolean(all) => write!(out, "{}", all[row]),
            Values::Date(all) => all[row].map_or(Ok(()), |date| write!(out, "{date}")),
            Values::List(all) => all.get(row).enumerate().try_for_each(|(i, item)| {
                if i > 0 {
                    out.push('|');
                }
                out.write_str(item)
            }),
        };
    }
}

fn parsed<T: std::str::FromStr>(text: &str, all: &mut Vec<T>, empty: T) -> bool {
    let value = text.parse();
    let fits = value.is_ok();
    all.push(value.unwrap_or(empty));
    fits
}

/// The rows of one table.
#[derive(Debug, Clone)]
pub struct Frame {
    pub table: &'static Table,
    pub columns: Vec<Values>,
    rows: usize,
}

impl Frame {
    /// No rows yet. A table without a schema is a bug of the caller.
    pub fn new(table: &str) -> Self {
        let table = super::schema::table(table).unwrap_or_else(|| panic!("no schema of {table}"));
        let columns = table.columns.iter().map(|column| Values::new(column.kind)).collect();
        Frame { table, columns, rows: 0 }
    }

    /// A table read back; the columns are in schema order and hold `rows` values each.
    pub fn from_columns(table: &'static Table, columns: Vec<Values>, rows: usize) -> Self {
        Frame { table, columns, rows }
    }

    /// Adds a row in schema order; cells that do not fit the schema are a bug of the caller.
    pub fn push<'a, const N: usize>(&mut self, cells: [Cell<'a>; N]) {
        assert_eq!(N, self.columns.len(), "cells of a row of {}", self.table.name);
        for ((values, cell), column) in self.columns.iter_mut().zip(cells).zip(&self.table.columns) {
            values.push(cell, &column.name);
        }
        self.rows += 1;
    }

    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Adds rows of a frame of the same table.
    pub fn extend(&mut self, other: &Frame, range: Range<usize>) {
        for (values, other) in self.columns.iter_mut().zip(&other.columns) {
            values.extend(other, range.clone());
        }
        self.rows += range.len();
    }

    /// About how many bytes a row takes.
    pub fn size(&self, row: usize) -> usize {
        self.columns.iter().map(|values| values.size(row)).sum()
    }

    /// Text of a column at a row; empty where the column is not of text.
    pub fn text(&self, column: &str, row: usize) -> &str {
        self.column(column).text(row)
    }

    /// Number of a column at a row; 0 where the column is not of integers.
    pub fn integer(&self, column: &str, row: usize) -> i64 {
        if let Values::Integer(all) = self.column(column) { all[row] } else { 0 }
    }

    /// The values of the column of this name.
    pub fn column(&self, name: &str) -> &Values {
        let at = self.table.position(name).unwrap_or_else(|| panic!("no column {}.{name}", self.table.name));
        &self.columns[at]
    }
}
