//! Explain: why a row is there. The passage of the source with the span marked, what was removed
//! around it, which rules fired, which evidence linked the names, and the override that would decide
//! otherwise.
//!
//! An explanation is a tree of titled facts, so that people read it as text and tools as JSON.

mod document;
mod entity;
mod event;
mod passage;
mod sentence;
mod tables;

use crate::dataset::frame::Frame;
use crate::text::visible;
use serde::Serialize;
use std::io;
use std::path::Path;
use tables::Tables;

/// A titled group of facts, with groups below it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Explanation {
    pub title: String,
    /// What is known, as name and value.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<Fact>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Explanation>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    pub name: String,
    pub value: String,
}

impl Explanation {
    fn new(title: impl Into<String>) -> Self {
        Explanation { title: title.into(), ..Explanation::default() }
    }

    /// Adds a fact; an empty value says nothing.
    fn fact(&mut self, name: &str, value: impl Into<String>) {
        let value = value.into();
        if !value.is_empty() {
            self.facts.push(Fact { name: name.to_owned(), value });
        }
    }

    /// Adds columns of a row.
    fn columns(&mut self, frame: &Frame, row: usize, columns: &[&str]) {
        for column in columns {
            self.fact(column, cell(frame, column, row));
        }
    }

    /// Adds a group unless there is nothing in it.
    fn part(&mut self, part: Explanation) {
        if !part.facts.is_empty() || !part.parts.is_empty() {
            self.parts.push(part);
        }
    }

    /// The explanation as indented text, with hidden characters spelt out.
    pub fn text(&self) -> String {
        let mut out = String::new();
        self.write(0, &mut out);
        out
    }

    fn write(&self, depth: usize, out: &mut String) {
        let indent = "  ".repeat(depth);
        *out += &format!("{indent}{}\n", visible(&self.title));
        for fact in &self.facts {
            let value = visible(&fact.value).replace('\n', &format!("\n{indent}    "));
            *out += &format!("{indent}  {}: {value}\n", fact.name);
        }
        self.parts.iter().for_each(|part| part.write(depth + 1, out));
    }
}

/// A value as CSV spells it.
fn cell(frame: &Frame, column: &str, row: usize) -> String {
    let mut out = String::new();
    frame.column(column).spell(row, &mut out);
    out
}

/// Rows whose column has this text.
fn rows<'a>(frame: &'a Frame, column: &'a str, value: &'a str) -> impl Iterator<Item = usize> + 'a {
    (0..frame.rows()).filter(move |&row| frame.text(column, row) == value)
}

/// Explains an id, a name, or a source of the dataset in `folder`; none where nothing has that name.
/// With the sources in `raw`, passages are shown as they stand there.
pub fn explain(folder: &Path, raw: Option<&Path>, what: &str) -> io::Result<Option<Explanation>> {
    let tables = Tables::load(folder, raw)?;
    Ok(lookup(&tables, what).or_else(|| tombstone(&tables, what)))
}

/// Explains why two names are one, or were kept apart.
pub fn explain_pair(folder: &Path, a: &str, b: &str) -> io::Result<Option<Explanation>> {
    let tables = Tables::load(folder, None)?;
    Ok(entity::pair(&tables, a, b))
}

fn lookup(tables: &Tables, what: &str) -> Option<Explanation> {
    event::event(tables, what)
        .or_else(|| event::mention(tables, what))
        .or_else(|| sentence::sentence(tables, what))
        .or_else(|| document::document(tables, what))
        .or_else(|| entity::entity(tables, what))
        .or_else(|| entity::name(tables, what))
}

/// An id of an earlier version: what became of it, and its successor.
fn tombstone(tables: &Tables, what: &str) -> Option<Explanation> {
    let row = rows(&tables.tombstones, "old_id", what).next()?;
    let mut out = Explanation::new(format!("{what} is gone"));
    out.columns(&tables.tombstones, row, &["table", "reason", "new_id"]);
    out.parts.extend(lookup(tables, tables.tombstones.text("new_id", row)));
    Some(out)
}
