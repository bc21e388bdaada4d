//! What holds for every input: the same bytes on any number of threads and from run to run, rows that
//! come back from both formats as they went in, and no bytes that end a run.

use annalist::dataset::documents::Whole;
use annalist::dataset::frame::{Cell, Frame};
use annalist::dataset::table::{Piece, TableWriter};
use annalist::dataset::{load, lock, schema};
use annalist::overrides::Overrides;
use annalist::pipeline::{self, Flow, Input};
use annalist::rules::Rules;
use jiff::civil::Date;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

fn run(raw: &Path, out: &Path, jobs: &str) -> BTreeMap<String, Vec<u8>> {
    let mut call = Command::new(env!("CARGO_BIN_EXE_annalist"));
    let done =
        call.arg("run").arg(raw).arg("--out").arg(out).args(["--no-cache", "--jobs", jobs]).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let entries = fs::read_dir(out).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| (path.display().to_string(), fs::read(&path).unwrap())).map(base).collect()
}

fn base((path, bytes): (String, Vec<u8>)) -> (String, Vec<u8>) {
    (path.rsplit('/').next().unwrap().to_owned(), bytes)
}

#[test]
fn threads_and_runs_change_no_byte() {
    let scratch = tempfile::tempdir().unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("raw");
    let made = |name: &str, jobs: &str| run(&sample, &scratch.path().join(name), jobs);
    let one = made("one", "1");
    for (name, jobs) in [("two", "2"), ("eight", "8"), ("one", "1"), ("two", "8")] {
        let other = made(name, jobs);
        assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
        for (file, bytes) in &one {
            assert!(other[file] == *bytes, "{file} differs with {jobs} threads");
        }
    }
}

/// Text with everything that CSV has to quote and lists have to part.
fn text() -> impl Strategy<Value = String> {
    let signs = prop_oneof![
        Just("\"".to_owned()),
        Just(",".to_owned()),
        Just("\r\n".to_owned()),
        Just("\n".to_owned()),
        Just("|".to_owned()),
        Just("\u{feff}".to_owned()),
        Just("'".to_owned()),
        "\\PC{0,6}",
        "[а-я国際 ]{0,5}",
    ];
    prop::collection::vec(signs, 0..6).prop_map(|parts| parts.concat())
}

fn day() -> impl Strategy<Value = Option<Date>> {
    let day = (-4000i16..4000, 1i8..=12, 1i8..=28).prop_map(|(y, m, d)| Date::new(y, m, d).unwrap());
    prop::option::of(day)
}

type Row = (Option<Date>, String, Vec<String>, usize);

fn frame(rows: &[Row]) -> Frame {
    let mut frame = Frame::new("timeline");
    for (at, (day, text, list, count)) in rows.iter().enumerate() {
        let filled: Vec<String> = list.iter().filter(|item| !item.is_empty()).cloned().collect();
        frame.push([
            Cell::Date(*day),
            Cell::Date(*day),
            "day".into(),
            format!("e{at}").into(),
            "OTHER".into(),
            "happened".into(),
            text.into(),
            filled.clone().into(),
            text.into(),
            filled.into(),
            (*count).into(),
            text.into(),
            text.into(),
        ]);
    }
    frame
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rows_come_back_from_both_formats(
        rows in prop::collection::vec((day(), text(), prop::collection::vec(text(), 0..4), 0usize..1 << 40), 0..8)
    ) {
        let scratch = tempfile::tempdir().unwrap();
        let made = frame(&rows);
        let (a, b) = (scratch.path().join("timeline.csv"), scratch.path().join("timeline.parquet"));
        let mut writer = TableWriter::create(made.table, scratch.path()).unwrap();
        writer.add(&Piece::new(made.clone(), false).unwrap()).unwrap();
        let finished = writer.finish().unwrap();
        prop_assert_eq!(&finished.hash, &lock::table_hash(&made));
        finished.seal("").unwrap();
        for path in [a, b] {
            let (read, problems) = load::read(&path, schema::table("timeline").unwrap()).unwrap();
            prop_assert_eq!(problems, vec![]);
            prop_assert_eq!(read.rows(), made.rows());
            prop_assert_eq!(lock::table_hash(&read), lock::table_hash(&made));
        }
    }
}

#[test]
fn no_bytes_end_a_run() {
    let scratch = tempfile::tempdir().unwrap();
    let mut inputs = Vec::new();
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let seeds = [
        "",
        "<p>",
        "{\"text\":\"",
        "WARC/1.0\r\n",
        "<mediawiki><page>",
        "== A ==\n{{",
        "PK\u{3}\u{4}",
        "[1] 2022年3月",
    ];
    for (at, seed) in seeds.iter().cycle().take(48).enumerate() {
        let tail = prop::collection::vec(any::<u8>(), 0..400).new_tree(&mut runner).unwrap().current();
        let path = scratch.path().join(format!("{at}.bin"));
        fs::write(&path, [seed.as_bytes(), &tail].concat()).unwrap();
        inputs.push(Input { path, source: format!("{at}.bin"), bytes: 0, sha256: String::new() });
    }
    let flow = Flow {
        rules: &Rules::builtin(),
        options: &annalist::read::Options::default(),
        overrides: &Overrides::default(),
        cache: &annalist::cache::Cache::open(None, ""),
        batch_bytes: pipeline::BATCH_BYTES,
        progress: &|_| {},
    };
    let dataset = pipeline::run(&inputs, &flow, scratch.path()).unwrap();
    assert!(dataset.documents.briefs.len() >= inputs.len());
    let mut failed = Vec::new();
    let look = |_, whole: Whole| {
        if whole.extracted.cleaned.diagnostics.iter().any(|d| d.code == annalist::fault::CODE) {
            failed.push(whole.extracted.cleaned.document.source);
        }
    };
    dataset.documents.each(look).unwrap();
    assert!(failed.is_empty(), "a stage failed on {failed:?}");
}
