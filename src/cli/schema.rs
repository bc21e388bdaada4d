//! `annalist schema`: the codebook, printed from the definitions that the writers use.

use super::{Code, Failure, Outcome};
use crate::dataset::datapackage::description;
use crate::dataset::schema::{self, Column, Table, VERSION};
use clap::ValueEnum;
use std::io::{self, Write};

/// Print the codebook: tables, keys, columns and what they mean
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  annalist schema events\n  annalist schema diff\n\n`annalist schema diff` is the JSON Schema of what annalist diff --format json prints."
)]
pub struct Args {
    /// One table, or diff; all tables where none is named
    table: Option<String>,
    #[arg(long, value_enum, default_value_t = Format::Md)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Md,
    Json,
}

/// JSON Schema of the JSON that `annalist diff` prints.
const DIFF: &str = include_str!("../../schemas/diff.schema.json");

pub fn run(args: &Args) -> Outcome {
    let mut out = io::stdout().lock();
    if args.table.as_deref() == Some("diff") {
        out.write_all(DIFF.as_bytes())?;
        return Ok(Code::Done);
    }
    let tables: Vec<&Table> = match &args.table {
        None => schema::tables().iter().collect(),
        Some(name) => vec![schema::table(name).ok_or_else(|| unknown(name))?],
    };
    match args.format {
        Format::Md => {
            if args.table.is_none() {
                out.write_all(front(&tables).as_bytes())?;
            }
            out.write_all(markdown(&tables).as_bytes())?;
        }
        Format::Json => {
            let all = serde_json::json!({ "schema_version": VERSION, "tables": tables });
            serde_json::to_writer_pretty(&mut out, &all)?;
            out.write_all(b"\n")?;
        }
    }
    out.flush()?;
    Ok(Code::Done)
}

fn unknown(name: &str) -> Failure {
    let names: Vec<&str> = schema::tables().iter().map(|table| table.name.as_str()).collect();
    Failure::new(format!("no table {name}; there are {}", names.join(", ")))
}

/// How to read the codebook, and how the tables hang together.
fn front(tables: &[&Table]) -> String {
    let mut out = "# Codebook\n\nEach table comes as Parquet and as CSV with the same rows in the same order. A column \
                   that may be empty is null in Parquet if it holds dates, and empty text otherwise; members of a list \
                   are joined by a vertical bar in CSV. Offsets into sources count bytes, offsets into sentences count \
                   code points.\n\nA line joins two tables where rows of the second point to rows of the first, by \
                   the column that it is named after.\n\n```mermaid\nerDiagram\n"
        .to_owned();
    for table in tables {
        for column in table.columns.iter().filter(|column| !column.references.is_empty()) {
            let target = column.references.split('.').next().unwrap_or_default();
            let one = if column.optional { "|o" } else { "||" };
            out += &format!("    {target} {one}--o{{ {} : {}\n", table.name, column.name);
        }
    }
    out + "```\n\n"
}

fn markdown(tables: &[&Table]) -> String {
    let mut out = String::new();
    for (at, table) in tables.iter().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        let (title, what) = (&table.name, &table.description);
        out += &format!(
            "## {title}\n\n{what} Key: {}. Order: {}.\n\n",
            ticked(&table.key),
            table.order.join(", ")
        );
        out += "| column | type | meaning | example |\n|---|---|---|---|\n";
        for column in &table.columns {
            out += &row(column);
        }
    }
    out
}

fn ticked(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn row(column: &Column) -> String {
    let mut kind = format!("{:?}", column.kind).to_lowercase();
    if column.optional {
        kind += ", may be empty";
    }
    let mut meaning = description(column);
    if !column.vocabulary.is_empty() {
        let named = column.vocabulary.iter().filter(|value| !value.is_empty());
        meaning += &format!(" One of {}.", ticked(&named.cloned().collect::<Vec<_>>()));
    }
    if !column.references.is_empty() {
        meaning += &format!(" Points to `{}`.", column.references);
    }
    let example = if column.example.is_empty() { String::new() } else { format!("`{}`", column.example) };
    format!("| `{}` | {kind} | {} | {} |\n", column.name, bars(&meaning), bars(&example))
}

/// A bar would end the cell.
fn bars(text: &str) -> String {
    text.replace('|', "\\|")
}
