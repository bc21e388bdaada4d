//! The dataset described for machine-learning tools: Croissant 1.0 (JSON-LD) over its Parquet files.
//!
//! Foreign keys are left to the Data Package: the reference reader takes a Croissant `references`
//! for a join to carry out, and can't read tables whose references chain or point at one another.

use super::datapackage::description;
use super::lock::File;
use super::schema::{Column, Table, Type, VERSION};
use serde_json::{Map, Value, json};

/// The descriptor; `files` are the Parquet files with their tables.
pub fn describe(dataset_hash: &str, files: &[(&Table, &File)]) -> Value {
    let distribution: Vec<Value> = files.iter().map(|(table, file)| file_object(table, file)).collect();
    let records: Vec<Value> = files.iter().map(|(table, _)| record_set(table)).collect();
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

fn file_object(table: &Table, file: &File) -> Value {
    let path = format!("{}.parquet", table.name);
    json!({
        "@type": "cr:FileObject",
        "@id": path,
        "name": path,
        "contentUrl": path,
        "contentSize": format!("{} B", file.bytes),
        "encodingFormat": "application/x-parquet",
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
    let source = json!({
        "fileObject": { "@id": format!("{}.parquet", table.name) },
        "extract": { "column": column.name },
    });
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
        "equivalentProperty": "cr:equivalentProperty",
        "examples": { "@id": "cr:examples", "@type": "@json" },
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
