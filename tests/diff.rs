//! `annalist diff` on files and folders: keys, drift, sets, limits, formats and exit codes.

use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};
use tempfile::TempDir;

struct Files(TempDir);

impl Files {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Files(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn call(&self, arguments: &[&str]) -> Output {
        let mut call = Command::new(env!("CARGO_BIN_EXE_annalist"));
        call.env("XDG_CACHE_HOME", self.0.path().join(".cache"));
        call.current_dir(self.0.path()).args(arguments).output().unwrap()
    }

    /// The first table of a JSON diff, after checking the exit code.
    fn table(&self, code: i32, arguments: &[&str]) -> Value {
        let out = self.call(&[&["diff", "a.csv", "b.csv", "--format", "json"], arguments].concat());
        assert_eq!(out.status.code(), Some(code), "{}", String::from_utf8_lossy(&out.stderr));
        serde_json::from_slice::<Value>(&out.stdout).unwrap()["tables"][0].clone()
    }
}

fn pair(a: &str, b: &str) -> Files {
    Files::new(&[("a.csv", a), ("b.csv", b)])
}

#[test]
fn rows_are_matched_by_key_in_any_order() {
    let files = pair("id,v\n1,a\n2,b\n3,c\n", "id,v\r\n4,d\r\n3,\"c\"\r\n1,x\r\n");
    let table = files.table(1, &["--key", "id"]);
    assert_eq!(
        (&table["added_count"], &table["removed_count"], &table["changed_count"]),
        (&1.into(), &1.into(), &1.into())
    );
    assert_eq!(table["added"][0]["key"][0], "4");
    assert_eq!(table["removed"][0]["key"][0], "2");
    assert_eq!(table["changed"][0]["cells"][0]["new"], "x");
}

#[test]
fn keys_may_have_many_columns_and_must_be_unique() {
    let files = pair("a,b,v\n1,1,x\n1,2,y\n", "a,b,v\n1,2,y\n1,1,z\n");
    assert_eq!(files.table(1, &["--key", "a,b"])["changed_count"], 1);
    let out = files.call(&["diff", "a.csv", "b.csv", "--key", "a"]);
    assert_eq!(out.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&out.stderr).contains("two rows have the key 1"));
    assert_eq!(files.call(&["diff", "a.csv", "b.csv", "--key", "none"]).status.code(), Some(2));
    assert_eq!(files.call(&["diff", "a.csv", "b.csv"]).status.code(), Some(2));
    assert_eq!(files.call(&["diff", "a.csv", "nowhere.csv"]).status.code(), Some(2));
}

#[test]
fn keys_do_not_run_together() {
    let files = pair("a,b,v\nx,yz,1\nxy,z,2\n", "a,b,v\nxy,z,1\nx,yz,2\n");
    assert_eq!(files.table(1, &["--key", "a,b"])["changed_count"], 2);
}

#[test]
fn schema_drift_is_told_apart_from_values() {
    let files = pair("id,old,v\n1,x,a\n", "v,id,new\na,1,y\n");
    let table = files.table(1, &["--key", "id"]);
    assert_eq!(table["schema"]["columns_added"][0], "new");
    assert_eq!(table["schema"]["columns_removed"][0], "old");
    assert_eq!(table["changed_count"], 0);
    assert_eq!(
        files.table(0, &["--key", "id", "--ignore", "old", "--ignore", "b.new", "--ignore", "a.new"])["changed_count"],
        0
    );
}

#[test]
fn ignored_columns_tolerance_and_limits() {
    let files = pair("id,t,v\n1,a,0.10\n2,a,5\n3,a,7\n", "id,t,v\n1,b,0.1\n2,b,5.04\n3,b,8\n");
    assert_eq!(files.table(1, &["--key", "id"])["changed_count"], 3);
    assert_eq!(files.table(1, &["--key", "id", "--ignore", "t", "--tolerance", "0.1"])["changed_count"], 1);
    let limited = files.table(1, &["--key", "id", "--limit", "1"]);
    assert_eq!(limited["changed"].as_array().unwrap().len(), 1);
    assert_eq!(limited["changed_columns"]["t"], 3);
    assert_eq!(files.call(&["diff", "a.csv", "b.csv", "--key", "id", "--exit-zero"]).status.code(), Some(0));
    assert_eq!(files.call(&["diff", "a.csv", "a.csv", "--key", "id"]).status.code(), Some(0));
}

#[test]
fn every_format_says_it() {
    let files = pair("id,v\n1,<a>\n", "id,v\n1,|b|\n");
    for (format, sign) in
        [("text", "v: <a> → |b|"), ("md", "&lt;a> → \\|b\\|"), ("html", "&lt;a&gt;"), ("json", "\"|b|\"")]
    {
        let out = files.call(&["diff", "a.csv", "b.csv", "--key", "id", "--format", format]);
        let text = String::from_utf8(out.stdout).unwrap();
        assert!(text.contains(sign), "{format}: {text}");
    }
    files.call(&["diff", "a.csv", "b.csv", "--key", "id", "--format", "csv-dir", "--output", "d"]);
    assert_eq!(
        fs::read_to_string(files.path("d/a.changed.csv")).unwrap(),
        "id,column,old,new\n1,v,<a>,|b|\n"
    );
    assert!(fs::read_to_string(files.path("d/summary.csv")).unwrap().contains("a,1,1,0,0,1,"));
}

#[test]
fn a_comment_is_cut_and_says_so() {
    let rows = |sign: &str| -> String {
        let lines = (0..2000).map(|n| format!("{n},{}\n", sign.repeat(60)));
        std::iter::once("id,v\n".to_owned()).chain(lines).collect()
    };
    let files = pair(&rows("x"), &rows("y"));
    let out = files.call(&["diff", "a.csv", "b.csv", "--key", "id", "--format", "md", "--limit", "0"]);
    let text = String::from_utf8(out.stdout).unwrap();
    assert!(text.len() <= 65_536 && text.contains("parts left out"), "{}", text.len());
}

const TALKS: &str = "The delegations met in Geneva on 21 March 2022. They agreed to meet again.\n";

#[test]
fn datasets_are_compared_in_either_format() {
    let files = Files::new(&[("raw/a.txt", TALKS), ("raw2/a.txt", "They parted.\n"), ("raw2/b.txt", TALKS)]);
    assert!(files.call(&["run", "raw", "--out", "x"]).status.success());
    assert!(files.call(&["run", "raw2", "--out", "y"]).status.success());
    assert_eq!(files.call(&["diff", "x", "x"]).status.code(), Some(0));
    let whole = files.call(&["diff", "x", "y", "--format", "json"]);
    assert_eq!(whole.status.code(), Some(1));
    let whole: Value = serde_json::from_slice(&whole.stdout).unwrap();
    assert_eq!(whole["story"]["documents"]["added"][0], "b.txt");
    assert_eq!(whole["story"]["documents"]["changed"][0]["source"], "a.txt");
    for entry in fs::read_dir(files.path("y")).unwrap() {
        let path = entry.unwrap().path();
        let parquet = path.extension().is_some_and(|ending| ending == "parquet");
        if parquet || path.ends_with("annalist.lock") {
            fs::remove_file(path).unwrap();
        }
    }
    let mixed = files.call(&["diff", "x", "y", "--format", "json"]);
    let mixed: Value = serde_json::from_slice(&mixed.stdout).unwrap();
    assert!(whole["tables"] == mixed["tables"], "the format makes a difference");
    assert_eq!(whole["story"], mixed["story"]);
    for entry in fs::read_dir(files.path("x")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if let Some(table) = name.strip_suffix(".parquet") {
            let csv = format!("x/{table}.csv");
            let out = files.call(&["diff", &format!("x/{name}"), &csv]);
            assert_eq!(out.status.code(), Some(0), "{name}: {}", String::from_utf8_lossy(&out.stdout));
        }
    }
}

/// Checks the parts of JSON Schema that the schema of the diff uses.
fn validate(value: &Value, schema: &Value, root: &Value, at: &str) {
    if let Some(name) = schema["$ref"].as_str() {
        let target = root.pointer(name.trim_start_matches('#')).unwrap();
        return validate(value, target, root, at);
    }
    match schema["type"].as_str() {
        Some("object") => {
            let object = value.as_object().unwrap_or_else(|| panic!("{at} is no object"));
            for name in schema["required"].as_array().into_iter().flatten() {
                assert!(object.contains_key(name.as_str().unwrap()), "{at} has no {name}");
            }
            for (name, member) in object {
                let known = schema["properties"].get(name).unwrap_or(&schema["additionalProperties"]);
                assert!(known.is_object(), "{at}.{name} is unknown");
                validate(member, known, root, &format!("{at}.{name}"));
            }
        }
        Some("array") => {
            let items = value.as_array().unwrap_or_else(|| panic!("{at} is no array"));
            items.iter().for_each(|item| validate(item, &schema["items"], root, at));
        }
        Some("string") => assert!(value.is_string(), "{at}"),
        Some("integer") => assert!(value.is_u64(), "{at}"),
        Some("boolean") => assert!(value.is_boolean(), "{at}"),
        _ => assert!(schema["enum"].as_array().unwrap().contains(value), "{at}"),
    }
}

#[test]
fn the_json_is_of_its_schema() {
    let files = Files::new(&[
        ("raw/a.txt", TALKS),
        ("raw2/a.txt", "They parted on 22 March 2022.\n"),
        ("raw2/b.txt", TALKS),
    ]);
    assert!(files.call(&["run", "raw", "--out", "x"]).status.success());
    assert!(files.call(&["run", "raw2", "--out", "y"]).status.success());
    let schema: Value = serde_json::from_slice(&files.call(&["schema", "diff"]).stdout).unwrap();
    let diff: Value =
        serde_json::from_slice(&files.call(&["diff", "x", "y", "--format", "json"]).stdout).unwrap();
    assert!(diff["story"].is_object());
    validate(&diff, &schema, &schema, "diff");
}

/// A dataset in CSV alone, whose rows may be edited.
fn bare_copy(files: &Files, from: &str, to: &str) {
    fs::create_dir(files.path(to)).unwrap();
    for entry in fs::read_dir(files.path(from)).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "csv") {
            fs::copy(&path, files.path(to).join(path.file_name().unwrap())).unwrap();
        }
    }
}

fn edit(files: &Files, table: &str, edit: impl Fn(&mut Vec<Vec<String>>)) {
    let path = files.path(table);
    let mut reader = csv::Reader::from_path(&path).unwrap();
    let header = reader.headers().unwrap().clone();
    let mut rows: Vec<Vec<String>> =
        reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect();
    edit(&mut rows);
    let mut writer = csv::Writer::from_path(&path).unwrap();
    writer.write_record(&header).unwrap();
    rows.iter().for_each(|row| writer.write_record(row).unwrap());
    writer.flush().unwrap();
}

#[test]
fn the_story_tells_what_became_of_events() {
    let days = "Talks were held in Geneva on 21 March 2022.\nShelling hit Odesa on 4 May 2022.\n\
                Protesters rallied in Kyiv on 9 June 2022.\n";
    let files = Files::new(&[("raw/a.txt", days)]);
    assert!(files.call(&["run", "raw", "--out", "x"]).status.success());
    bare_copy(&files, "x", "y");
    let mut ids = Vec::new();
    for row in csv::Reader::from_path(files.path("x/events.csv")).unwrap().records() {
        ids.push(row.unwrap()[0].to_owned());
    }
    assert_eq!(ids.len(), 3, "the example is too simple for the rules");
    edit(&files, "y/event_mentions.csv", |rows| {
        rows.iter_mut().filter(|row| row[1] == ids[1]).for_each(|row| row[1] = ids[0].clone());
    });
    edit(&files, "y/events.csv", |rows| {
        rows.retain(|row| row[0] != ids[1]);
        rows[0][1] = "2022-03-22".to_owned();
        rows[1][5] = "ACCUSE".to_owned();
        rows[1][14] = "en|uk".to_owned();
    });
    let told = |a: &str, b: &str| -> Value {
        let out = files.call(&["diff", a, b, "--format", "json"]);
        serde_json::from_slice::<Value>(&out.stdout).unwrap()["story"]["events"].clone()
    };
    let story = told("x", "y");
    assert_eq!(story["merged"][0]["new"][0]["id"], ids[0].as_str());
    assert_eq!(story["merged"][0]["old"].as_array().unwrap().len(), 2);
    assert_eq!(story["moved"][0]["new"], "2022-03-22");
    assert_eq!(story["retyped"][0]["new"], "ACCUSE");
    assert_eq!(story["confirmed"][0]["new"], "en|uk");
    assert!(story["removed"].as_array().unwrap().is_empty(), "what merged is not lost");
    let back = told("y", "x");
    assert_eq!(back["split"][0]["old"][0]["id"], ids[0].as_str());
    assert_eq!(back["split"][0]["new"].as_array().unwrap().len(), 2);
    let text = String::from_utf8(files.call(&["diff", "x", "y"]).stdout).unwrap();
    assert!(text.contains("Events merged: 1") && text.contains("Events moved in date: 1"), "{text}");
}
