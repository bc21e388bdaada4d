//! The dataset described for machine-learning tools: Croissant 1.0 (JSON-LD).
//!
//! Records are taken from the CSV files, which every reader of Croissant can load; the Parquet files
//! are listed beside them. Foreign keys stand in the Data Package alone: readers of Croissant take a
//! reference for an order to join, and lose the rows whose reference is empty.

use super::datapackage::description;
use super::lock::File;
use super::schema::{self, Column, Table, Type, VERSION};
use serde_json::{Map, Value, json};

/// The descriptor; `files` are all table files, each with its table.
pub fn describe(dataset_hash: &str, files: &[(&str, &File)]) -> Value {
    let distribution: Vec<Value> = files.iter().map(|(name, file)| file_object(name, file)).collect();
    let records: Vec<Value> = schema::tables().iter().map(record_set).collect();
    json!({
        "@context": context(),
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": "annalist-dataset",
        "description": "Dated events and the people, places and organisations in them, with evidence for each row.",
        "version": format!("{VERSION}.0.0"),
        "identifier": dataset_hash,
        "distribution": distribution,
        "recordSet": records,
    })
}

fn file_object(path: &str, file: &File) -> Value {
    let csv = path.ends_with(".csv");
    json!({
        "@type": "cr:FileObject",
        "@id": path,
        "name": path,
        "contentUrl": path,
        "contentSize": format!("{} B", file.bytes),
        "encodingFormat": if csv { "text/csv" } else { "application/x-parquet" },
        "sha256": file.sha256,
    })
}

fn record_set(table: &Table) -> Value {
    let key: Vec<Value> =
        table.key.iter().map(|column| json!({ "@id": format!("{}/{column}", table.name) })).collect();
    let fields: Vec<Value> = table.columns.iter().map(|column| field(table, column)).collect();
    json!({
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.description,
        "key": key,
        "field": fields,
    })
}

fn field(table: &Table, column: &Column) -> Value {
    let id = format!("{}/{}", table.name, column.name);
    let mut field = Map::new();
    field.insert("@type".into(), json!("cr:Field"));
    field.insert("@id".into(), json!(id));
    field.insert("name".into(), json!(id));
    field.insert("description".into(), json!(description(column)));
    field.insert("dataType".into(), json!(data_type(column.kind)));
    if column.kind == Type::List {
        field.insert("repeated".into(), json!(true));
    }
    let mut source = json!({
        "fileObject": { "@id": format!("{}.csv", table.name) },
        "extract": { "column": column.name },
    });
    if column.kind == Type::List {
        source["transform"] = json!({ "separator": "|" });
    }
    field.insert("source".into(), source);
    Value::Object(field)
}

fn data_type(kind: Type) -> &'static str {
    match kind {
        Type::String | Type::List => "sc:Text",
        Type::Integer => "sc:Integer",
        Type::Number => "sc:Float",
        Type::Boolean => "sc:Boolean",
        Type::Date => "sc:Date",
    }
}

/// The context that the Croissant specification asks for word by word.
fn context() -> Value {
    json!({
        "@language": "en",
        "@vocab": "https://schema.org/",
        "citeAs": "cr:citeAs",
        "column": "cr:column",
        "conformsTo": "dct:conformsTo",
        "cr": "http://mlcommons.org/croissant/",
        "rai": "http://mlcommons.org/croissant/RAI/",
        "data": { "@id": "cr:data", "@type": "@json" },
        "dataType": { "@id": "cr:dataType", "@type": "@vocab" },
        "dct": "http://purl.org/dc/terms/",
        "examples": { "@id": "cr:examples", "@type": "@json" },
        "equivalentProperty": "cr:equivalentProperty",
        "extract": "cr:extract",
        "field": "cr:field",
        "fileProperty": "cr:fileProperty",
        "fileObject": "cr:fileObject",
        "fileSet": "cr:fileSet",
        "format": "cr:format",
        "includes": "cr:includes",
        "isLiveDataset": "cr:isLiveDataset",
        "jsonPath": "cr:jsonPath",
        "key": "cr:key",
        "md5": "cr:md5",
        "parentField": "cr:parentField",
        "path": "cr:path",
        "recordSet": "cr:recordSet",
        "references": "cr:references",
        "regex": "cr:regex",
        "repeated": "cr:repeated",
        "replace": "cr:replace",
        "samplingRate": "cr:samplingRate",
        "sc": "https://schema.org/",
        "separator": "cr:separator",
        "source": "cr:source",
        "subField": "cr:subField",
        "transform": "cr:transform",
    })
}
