//! Golden cases: folders of `tests/golden` with an input and what the program must make of it.
//!
//! `case.toml` names the front door (`stage = "clean" | "dates" | "match" | "run"`), further
//! arguments (`args = [..]`) and, for `run`, the tables to compare (`tables = [..]`). Inputs are the
//! files `input.*`; for `match`, `left.*` and `right.*`. Everything in `expected/` is compared byte
//! for byte. `BLESS=1 cargo test --test golden` rewrites it; `CASE=part-of-a-name` runs some cases.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    stage: String,
    #[serde(default)]
    args: Vec<String>,
    #[serde(default)]
    tables: Vec<String>,
}

/// Files by name.
type Files = BTreeMap<String, Vec<u8>>;

#[test]
fn every_case_gives_what_it_expects() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let only = std::env::var("CASE").unwrap_or_default();
    let mut folders: Vec<PathBuf> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    let wanted = |folder: &&PathBuf| folder.join("case.toml").exists() && name(folder).contains(&only);
    let cases: Vec<&PathBuf> = folders.iter().filter(wanted).collect();
    let failures = failures(&cases);
    assert!(failures.is_empty(), "\n{}\n{} cases differ", failures.join("\n"), failures.len());
}

/// What differs, in the order of the cases. Each case starts the program, so every processor takes some.
fn failures(cases: &[&PathBuf]) -> Vec<String> {
    let processors = thread::available_parallelism().map_or(1, usize::from);
    let share = cases.len().div_ceil(processors).max(1);
    thread::scope(|scope| {
        let check_all = |cases: &[&PathBuf]| cases.iter().filter_map(|folder| check(folder).err()).collect();
        let parts: Vec<_> = cases.chunks(share).map(|part| scope.spawn(move || check_all(part))).collect();
        parts
            .into_iter()
            .flat_map(|part: thread::ScopedJoinHandle<Vec<String>>| part.join().unwrap())
            .collect()
    })
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

fn check(folder: &Path) -> Result<(), String> {
    let text = fs::read_to_string(folder.join("case.toml")).map_err(|error| error.to_string())?;
    let case: Case = toml::from_str(&text).map_err(|error| format!("{}: {error}", name(folder)))?;
    let made = make(folder, &case);
    let expected = folder.join("expected");
    if std::env::var_os("BLESS").is_some() {
        let _ = fs::remove_dir_all(&expected);
        fs::create_dir_all(&expected).unwrap();
        for (file, bytes) in &made {
            fs::write(expected.join(file), bytes).unwrap();
        }
        return Ok(());
    }
    compare(&made, &read(&expected)).map_err(|what| format!("{}: {what}", name(folder)))
}

fn read(folder: &Path) -> Files {
    let Ok(entries) = fs::read_dir(folder) else { return Files::new() };
    entries.map(|entry| entry.unwrap().path()).map(|path| (name(&path), fs::read(path).unwrap())).collect()
}

fn compare(made: &Files, expected: &Files) -> Result<(), String> {
    for file in made.keys().chain(expected.keys()) {
        match (made.get(file), expected.get(file)) {
            (Some(made), Some(expected)) if made != expected => {
                return Err(format!("expected/{file}, {}", first_difference(made, expected)));
            }
            (Some(_), None) => return Err(format!("expected/{file} is missing; BLESS=1 writes it")),
            (None, _) => return Err(format!("nothing makes expected/{file}")),
            _ => {}
        }
    }
    Ok(())
}

fn first_difference(made: &[u8], expected: &[u8]) -> String {
    let (made, expected) = (String::from_utf8_lossy(made), String::from_utf8_lossy(expected));
    let (mut a, mut b) = (made.lines(), expected.lines());
    for line in 1.. {
        match (a.next(), b.next()) {
            (None, None) => break,
            (a, b) if a == b => {}
            (a, b) => {
                let show = |line: Option<&str>| line.unwrap_or("(nothing)").to_owned();
                return format!("line {line}:\n  expected {}\n  made     {}", show(b), show(a));
            }
        }
    }
    "in its line ends".to_owned()
}

fn make(folder: &Path, case: &Case) -> Files {
    let inputs = |prefix: &str| {
        let mut found: Vec<PathBuf> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        found.retain(|path| name(path).starts_with(prefix));
        found.sort();
        found
    };
    let program = |arguments: &[PathBuf]| {
        let command = arguments.first().unwrap();
        let mut call = Command::new(env!("CARGO_BIN_EXE_annalist"));
        let out = call.arg(command).args(&case.args).args(&arguments[1..]).output().unwrap();
        let code = out.status.code();
        let said = String::from_utf8_lossy(&out.stderr);
        assert!(matches!(code, Some(0 | 1 | 3)), "{} ends with {code:?}: {said}", name(folder));
        out.stdout
    };
    let call = |arguments: Vec<PathBuf>| program(&[vec![PathBuf::from(&case.stage)], arguments].concat());
    match case.stage.as_str() {
        "clean" => {
            let format = ["--format".into(), "jsonl".into()];
            Files::from([("clean.jsonl".to_owned(), call([format.to_vec(), inputs("input.")].concat()))])
        }
        "dates" => Files::from([("dates.jsonl".to_owned(), call(inputs("input.")))]),
        "match" => {
            Files::from([("links.tsv".to_owned(), call([inputs("left."), inputs("right.")].concat()))])
        }
        "run" => {
            let scratch = tempfile::tempdir().unwrap();
            let out = scratch.path().join("out");
            call([inputs("input."), vec!["--no-cache".into(), "--out".into(), out.clone()]].concat());
            let tables = case.tables.iter().map(|table| format!("{table}.csv"));
            tables.map(|file| (file.clone(), fs::read(out.join(file)).unwrap())).collect()
        }
        other => panic!("{}: no stage {other}", name(folder)),
    }
}
