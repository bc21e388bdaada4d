//! Ids, the cache and overrides from version to version: what changes, and that nothing else does.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use tempfile::TempDir;

const A: &str = "The delegations of Russia and Ukraine met in Istanbul on 29 March 2022.\n\
                 A ceasefire was announced on 30 March 2022. It held.\n\n\
                 Nothing more.\n";
const B: &str = "On 29 March 2022 Russia and Ukraine held talks in Istanbul.\n\
                 President Zelenskyy visited Kherson on 14 November 2022.\n";
const C: &str = "Grain exports resumed on 1 August 2022. The first ship left Odesa.\n";

/// A table by key, its rows as spelled.
type Rows = BTreeMap<String, Vec<String>>;

struct World(TempDir);

impl World {
    fn new(files: &[(&str, &str)]) -> Self {
        let world = World(tempfile::tempdir().unwrap());
        fs::create_dir(world.path("raw")).unwrap();
        files.iter().for_each(|(name, text)| fs::write(world.path("raw").join(name), text).unwrap());
        world
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn run(&self, arguments: &[&str]) -> String {
        let mut call = Command::new(env!("CARGO_BIN_EXE_annalist"));
        call.env("XDG_CACHE_HOME", self.path(".cache")).current_dir(self.0.path()).arg("run");
        let out = call.args(arguments).output().unwrap();
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert!(out.status.success(), "{said}");
        said
    }

    fn column(&self, out: &str, table: &str, column: &str) -> BTreeSet<String> {
        self.rows(out, table, column).into_keys().collect()
    }

    fn rows(&self, out: &str, table: &str, key: &str) -> Rows {
        let mut reader = csv::Reader::from_path(self.path(out).join(format!("{table}.csv"))).unwrap();
        let at = reader.headers().unwrap().iter().position(|name| name == key).unwrap();
        let records = reader.records().map(|record| record.unwrap());
        records.map(|r| (r[at].to_owned(), r.iter().map(str::to_owned).collect())).collect()
    }

    fn bytes(&self, out: &str) -> BTreeMap<String, Vec<u8>> {
        let entries = fs::read_dir(self.path(out)).unwrap().map(|entry| entry.unwrap());
        entries.map(|e| (e.file_name().into_string().unwrap(), fs::read(e.path()).unwrap())).collect()
    }
}

fn three() -> World {
    World::new(&[("a.txt", A), ("b.txt", B), ("c.txt", C)])
}

#[test]
fn a_new_document_changes_no_id_of_the_others() {
    let world = World::new(&[("a.txt", A), ("b.txt", B)]);
    world.run(&["--out", "one", "--no-cache"]);
    fs::write(world.path("raw/c.txt"), C).unwrap();
    world.run(&["--out", "two", "--no-cache"]);
    for (table, key) in [
        ("documents", "document_id"),
        ("sections", "section_id"),
        ("sentences", "sentence_id"),
        ("time_expressions", "time_id"),
        ("event_mentions", "mention_id"),
        ("events", "event_id"),
        ("entities", "entity_id"),
    ] {
        let (before, after) = (world.column("one", table, key), world.column("two", table, key));
        assert!(before.is_subset(&after), "{table} lost {:?}", before.difference(&after));
    }
    assert!(
        world.column("two", "events", "event_id").len() > world.column("one", "events", "event_id").len()
    );
}

#[test]
fn an_edited_sentence_changes_only_what_rests_on_it() {
    let world = three();
    world.run(&["--out", "one"]);
    fs::write(world.path("raw/a.txt"), A.replace("Nothing more.", "Nothing else.")).unwrap();
    world.run(&["--out", "two", "--previous", "one"]);
    let (before, after) =
        (world.column("one", "sentences", "sentence_id"), world.column("two", "sentences", "sentence_id"));
    assert_eq!(before.difference(&after).count(), 1);
    for (table, key) in
        [("documents", "document_id"), ("events", "event_id"), ("event_mentions", "mention_id")]
    {
        assert_eq!(world.column("one", table, key), world.column("two", table, key), "{table}");
    }
    let gone = world.rows("two", "tombstones", "old_id");
    assert_eq!(gone.len(), 1);
    let gone = gone.values().next().unwrap();
    assert_eq!((gone[0].as_str(), gone[3].as_str()), ("sentences", "changed"));
    assert!(after.contains(&gone[2]));
}

#[test]
fn a_renamed_file_keeps_its_events_and_leaves_a_trace() {
    let world = three();
    world.run(&["--out", "one"]);
    fs::rename(world.path("raw/a.txt"), world.path("raw/z.txt")).unwrap();
    world.run(&["--out", "two", "--previous", "one"]);
    assert_eq!(world.column("one", "events", "event_id"), world.column("two", "events", "event_id"));
    let gone = world.rows("two", "tombstones", "old_id");
    let document = &gone[&annalist::dataset::ids::document("a.txt")];
    assert_eq!(document[2..], [annalist::dataset::ids::document("z.txt"), "changed".to_owned()]);
    assert!(gone.values().all(|row| row[3] == "changed" && !row[2].is_empty()), "{gone:?}");
}

#[test]
fn a_removed_document_leaves_tombstones_that_stay() {
    let world = three();
    world.run(&["--out", "out"]);
    let events = world.column("out", "events", "event_id");
    fs::remove_file(world.path("raw/c.txt")).unwrap();
    world.run(&["--out", "out"]);
    let gone = world.rows("out", "tombstones", "old_id");
    let left = world.column("out", "events", "event_id");
    assert!(left.len() < events.len());
    for event in events.difference(&left) {
        assert_eq!(gone[event][3], "removed");
    }
    world.run(&["--out", "out"]);
    assert_eq!(world.rows("out", "tombstones", "old_id"), gone);
    fs::write(world.path("raw/c.txt"), C).unwrap();
    world.run(&["--out", "out"]);
    assert_eq!(world.rows("out", "tombstones", "old_id").len(), 0);
    assert_eq!(world.column("out", "events", "event_id"), events);
}

#[test]
fn the_order_of_the_call_changes_nothing() {
    let world = three();
    world.run(&["--out", "one", "raw/a.txt", "raw/b.txt", "raw/c.txt"]);
    world.run(&["--out", "two", "raw/c.txt", "raw/a.txt", "raw/b.txt"]);
    assert!(world.bytes("one") == world.bytes("two"));
}

#[test]
fn the_cache_changes_no_byte_and_survives_damage() {
    let world = three();
    world.run(&["--out", "one", "--no-cache"]);
    world.run(&["--out", "two"]);
    world.run(&["--out", "three"]);
    world.run(&["--out", "three"]);
    let expected = world.bytes("one");
    assert!(expected == world.bytes("two") && expected == world.bytes("three"));
    fs::remove_file(world.path("three/events.csv")).unwrap();
    world.run(&["--out", "three"]);
    assert!(expected == world.bytes("three"));
    for file in walkdir::WalkDir::new(world.path(".cache")) {
        let path = file.unwrap().into_path();
        if path.is_file() {
            let mut bytes = fs::read(&path).unwrap();
            let middle = bytes.len() / 2;
            bytes.iter_mut().skip(middle).take(3).for_each(|byte| *byte ^= 0x55);
            fs::write(&path, bytes).unwrap();
        }
    }
    world.run(&["--out", "four"]);
    assert!(expected == world.bytes("four"));
    fs::write(world.path("raw/d.txt"), C).unwrap();
    world.run(&["--out", "five"]);
    world.run(&["--out", "six", "--no-cache"]);
    assert!(world.bytes("five") == world.bytes("six"));
}

#[test]
fn runs_side_by_side_share_a_cache() {
    let world = three();
    std::thread::scope(|scope| {
        for name in ["w", "x", "y", "z"] {
            let world = &world;
            scope.spawn(move || world.run(&["--out", name]));
        }
    });
    let expected = world.bytes("w");
    assert!(["x", "y", "z"].iter().all(|name| world.bytes(name) == expected));
}

#[test]
fn a_check_tells_whether_the_dataset_is_up_to_date() {
    let world = three();
    world.run(&["--out", "out"]);
    world.run(&["--out", "out", "--check"]);
    fs::write(world.path("raw/c.txt"), B).unwrap();
    let mut call = Command::new(env!("CARGO_BIN_EXE_annalist"));
    let out = call.current_dir(world.0.path()).args(["run", "--check", "--no-cache"]).output().unwrap();
    assert_eq!(out.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&out.stdout).contains("documents: rows differ"));
}

#[test]
fn overrides_are_used_and_accounted_for() {
    let world = three();
    let mention = "[[mentions]]\nquote = \"Grain exports\"\ndrop = true\n";
    let retype = "[[mentions]]\nquote = \"held talks\"\nevent_type = \"AGREE\"\n";
    let document = "[[documents]]\nsource = \"b.txt\"\npublished = 2022-12-01\n";
    let skip = "[[documents]]\nsource = \"gone.txt\"\nskip = true\n";
    let entity = "[[entities]]\nname = \"Kherson\"\ncanonical_name = \"Kherson City\"\n";
    fs::write(world.path("overrides.toml"), [mention, retype, document, skip, entity].join("\n")).unwrap();
    let said = world.run(&[]);
    assert!(said.contains("overrides.toml, line 1: used"), "{said}");
    assert!(said.contains("overrides.toml, line 13: matches nothing"), "{said}");
    let mentions = world.rows("out", "event_mentions", "mention_id");
    let sentences = world.rows("out", "sentences", "sentence_id");
    let text = |row: &Vec<String>| sentences[&row[3]][6].clone();
    assert!(mentions.values().all(|row| !text(row).contains("Grain exports")));
    assert!(mentions.values().any(|row| text(row).contains("held talks") && row[11] == "AGREE"));
    let documents = world.rows("out", "documents", "source");
    assert_eq!(documents["b.txt"][12], "2022-12-01");
    assert!(world.column("out", "entities", "canonical_name").contains("Kherson City"));
    fs::write(world.path("overrides.toml"), "[[documents]]\nsource = \"c.txt\"\nskip = true\n").unwrap();
    world.run(&[]);
    assert_eq!(world.column("out", "documents", "source").len(), 2);
    fs::write(world.path("overrides.toml"), "[[documents]]\nsauce = \"c.txt\"\n").unwrap();
    let mut call = Command::new(env!("CARGO_BIN_EXE_annalist"));
    assert_eq!(call.current_dir(world.0.path()).arg("run").output().unwrap().status.code(), Some(2));
}

#[test]
fn explanations_lead_back_to_the_source() {
    let world = three();
    world.run(&[]);
    let explain = |arguments: &[&str]| {
        let mut call = Command::new(env!("CARGO_BIN_EXE_annalist"));
        let out = call.current_dir(world.0.path()).arg("explain").args(arguments).output().unwrap();
        (out.status.code().unwrap(), String::from_utf8(out.stdout).unwrap())
    };
    let mentions = world.rows("out", "event_mentions", "mention_id");
    let (id, row) = mentions.iter().next().unwrap();
    for what in [id, &row[1], &row[3]] {
        let (code, said) = explain(&[what]);
        assert_eq!(code, 0);
        assert!(said.contains("passage: …") && said.contains('⟦'), "{said}");
    }
    assert!(explain(&["raw/b.txt"]).1.contains("sentences: 2"));
    let entity = world.column("out", "entities", "entity_id").into_iter().next().unwrap();
    let (code, said) = explain(&[&entity, "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert!(code == 0 && value["title"].as_str().unwrap().starts_with(&entity));
    assert_eq!(explain(&["nothing-of-that-name"]).0, 3);
}

#[test]
fn a_version_without_a_newer_column_still_lends_its_ids() {
    let world = three();
    world.run(&["raw", "--out", "out", "--no-cache"]);
    let ids = world.column("out", "events", "event_id");
    // As an earlier release wrote it: no Parquet, and documents without their variety.
    let path = world.path("out").join("documents.csv");
    let mut reader = csv::Reader::from_path(&path).unwrap();
    let left_out = reader.headers().unwrap().iter().position(|name| name == "variety").unwrap();
    let rows: Vec<csv::StringRecord> = std::iter::once(reader.headers().unwrap().clone())
        .chain(reader.records().map(|row| row.unwrap()))
        .collect();
    let mut writer = csv::Writer::from_path(&path).unwrap();
    for row in rows {
        let kept = row.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, cell)| cell);
        writer.write_record(kept).unwrap();
    }
    writer.flush().unwrap();
    fs::remove_file(world.path("out").join("documents.parquet")).unwrap();
    let said = world.run(&["raw", "--out", "new", "--previous", "out", "--no-cache"]);
    assert!(!said.contains("are not kept"), "{said}");
    assert_eq!(world.column("new", "events", "event_id"), ids);
}
