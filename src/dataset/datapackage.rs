//! The dataset described for Frictionless tools: a Data Package, version 2, of its CSV files.

use super::lock::File;
use super::schema::{Column, Table, Type, VERSION};
use serde_json::{Map, Value, json};

/// The descriptor; `files` are the CSV files with their tables.
pub fn describe(dataset_hash: &str, files: &[(&Table, &File)]) -> Value {
    let resources: Vec<Value> = files.iter().map(|(table, file)| resource(table, file)).collect();
    json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "annalist-dataset",
        "title": "Dated events and the people, places and organisations in them",
        "version": format!("{VERSION}"),
        "id": dataset_hash,
        "keywords": ["events", "timeline", "names"],
        "resources": resources,
    })
}

fn resource(table: &Table, file: &File) -> Value {
    let path = format!("{}.csv", table.name);
    json!({
        "name": table.name.replace('_', "-"),
        "title": table.title,
        "description": table.description,
        "type": "table",
        "path": path,
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.bytes,
        "hash": format!("sha256:{}", file.sha256),
        "dialect": { "header": true, "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": "\"", "doubleQuote": true },
        "schema": schema(table),
    })
}

fn schema(table: &Table) -> Value {
    let mut schema = Map::new();
    schema.insert("$schema".into(), json!("https://datapackage.org/profiles/2.0/tableschema.json"));
    schema.insert("fields".into(), table.columns.iter().map(field).collect());
    schema.insert("missingValues".into(), json!([""]));
    schema.insert("primaryKey".into(), json!(table.key));
    let foreign: Vec<Value> = table
        .columns
        .iter()
        .filter(|column| column.kind != Type::List)
        .filter_map(|column| column.target().map(|(to, field)| foreign_key(table, column, to, field)))
        .collect();
    if !foreign.is_empty() {
        schema.insert("foreignKeys".into(), Value::Array(foreign));
    }
    Value::Object(schema)
}

/// A key into the table itself leaves the resource out.
fn foreign_key(table: &Table, column: &Column, to: &str, field: &str) -> Value {
    let mut reference = Map::new();
    if to != table.name {
        reference.insert("resource".into(), json!(to.replace('_', "-")));
    }
    reference.insert("fields".into(), json!([field]));
    json!({ "fields": [column.name], "reference": reference })
}

fn field(column: &Column) -> Value {
    let mut field = Map::new();
    field.insert("name".into(), json!(column.name));
    field.insert("type".into(), json!(column.kind));
    field.insert("description".into(), json!(description(column)));
    if !column.example.is_empty() {
        field.insert("example".into(), json!(column.example));
    }
    if column.kind == Type::List {
        field.insert("delimiter".into(), json!("|"));
        field.insert("itemType".into(), json!("string"));
    }
    let mut constraints = Map::new();
    if !column.optional && column.kind != Type::List {
        constraints.insert("required".into(), json!(true));
    }
    let values: Vec<&String> = column.vocabulary.iter().filter(|value| !value.is_empty()).collect();
    if !values.is_empty() {
        constraints.insert("enum".into(), json!(values));
    }
    if !constraints.is_empty() {
        field.insert("constraints".into(), Value::Object(constraints));
    }
    Value::Object(field)
}

/// What a column means, with its unit.
pub fn description(column: &Column) -> String {
    if column.unit.is_empty() {
        column.meaning.clone()
    } else {
        format!("{} Counted in {}.", column.meaning, column.unit)
    }
}
