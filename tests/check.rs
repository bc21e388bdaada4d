//! `annalist check`: what it promises, how it says so, and that it notices what was broken.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};
use tempfile::TempDir;

struct Dataset(TempDir);

impl Dataset {
    /// The dataset of two small sources.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("raw")).unwrap();
        let talks = "The delegations met in Geneva on 21 March 2022.\nThey parted on 23 March 2022.\n";
        fs::write(folder.path().join("raw/a.txt"), talks).unwrap();
        fs::write(folder.path().join("raw/b.txt"), "Another page about other things.\n").unwrap();
        let dataset = Dataset(folder);
        assert_eq!(dataset.call(&["run"]).0, 0);
        dataset
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join("out").join(name)
    }

    fn call(&self, arguments: &[&str]) -> (i32, String) {
        let mut call = Command::new(env!("CARGO_BIN_EXE_annalist"));
        call.env("XDG_CACHE_HOME", self.0.path().join(".cache"));
        call.env("GITHUB_STEP_SUMMARY", self.0.path().join("summary.md"));
        let out: Output = call.current_dir(self.0.path()).args(arguments).output().unwrap();
        (
            out.status.code().unwrap(),
            String::from_utf8(out.stdout).unwrap() + &String::from_utf8_lossy(&out.stderr),
        )
    }

    /// Replaces text in a table, which must hold it.
    fn edit(&self, table: &str, from: &str, to: &str) {
        let path = self.path(&format!("{table}.csv"));
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{table} has no {from:?}: {text}");
        fs::write(path, text.replacen(from, to, 1)).unwrap();
    }

    fn finds(&self, check: &str) {
        let (code, said) = self.call(&["check"]);
        assert_eq!(code, 1, "{said}");
        assert!(said.contains(&format!("[{check}]")), "no {check} in {said}");
    }
}

#[test]
fn a_fresh_dataset_holds() {
    let dataset = Dataset::new();
    let (code, said) =
        dataset.call(&["check", "--raw", "raw", "--min-documents", "2", "--max-rejected", "0"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("all checks hold"), "{said}");
}

#[test]
fn a_broken_reference_is_found() {
    let dataset = Dataset::new();
    let document = annalist::dataset::ids::document("b.txt");
    dataset.edit("documents", &document, "d00000000000000");
    dataset.finds("foreign-key");
    dataset.finds("hash");
}

#[test]
fn a_second_row_of_one_key_is_found() {
    let dataset = Dataset::new();
    let (a, b) = (annalist::dataset::ids::document("a.txt"), annalist::dataset::ids::document("b.txt"));
    dataset.edit("documents", &a, &b);
    dataset.finds("primary-key");
}

#[test]
fn wrong_types_words_and_gaps_are_found() {
    let dataset = Dataset::new();
    dataset.edit("sentences", ",paragraph,", ",poem,");
    dataset.finds("vocabulary");
    dataset.edit("sentences", ",0,poem,", ",first,paragraph,");
    dataset.finds("type");
    dataset.edit("documents", ",text/plain,", ",,");
    dataset.finds("required");
    dataset.edit("sections", "heading", "header");
    dataset.finds("schema");
}

#[test]
fn missing_files_are_found() {
    let dataset = Dataset::new();
    fs::remove_file(dataset.path("events.csv")).unwrap();
    dataset.finds("schema");
    fs::remove_file(dataset.path("annalist.lock")).unwrap();
    dataset.finds("lock");
    assert_eq!(dataset.call(&["check", "nowhere"]).0, 2);
}

#[test]
fn sources_that_changed_or_are_new_are_found() {
    let dataset = Dataset::new();
    fs::write(dataset.0.path().join("raw/b.txt"), "Something else.\n").unwrap();
    fs::write(dataset.0.path().join("raw/c.txt"), "A third page.\n").unwrap();
    let (code, said) = dataset.call(&["check", "--raw", "raw"]);
    assert_eq!(code, 1);
    assert!(said.contains("b.txt: other bytes") && said.contains("c.txt: no row"), "{said}");
}

#[test]
fn gates_come_from_flags_and_from_the_configuration() {
    let dataset = Dataset::new();
    assert_eq!(dataset.call(&["check", "--min-documents", "3"]).0, 1);
    fs::write(dataset.0.path().join("annalist.toml"), "[gates]\nmin-documents = 3\nmax-rejected = \"5%\"\n")
        .unwrap();
    assert_eq!(dataset.call(&["check"]).0, 1);
    assert_eq!(dataset.call(&["check", "--min-documents", "1"]).0, 0);
    fs::write(dataset.0.path().join("annalist.toml"), "[gates]\nnonsense = 3\n").unwrap();
    assert_eq!(dataset.call(&["check"]).0, 2);
    assert_eq!(dataset.call(&["check", "--max-rejected", "many"]).0, 2);
}

#[test]
fn every_format_says_it() {
    let dataset = Dataset::new();
    dataset.edit("sentences", ",paragraph,", ",po|em,");
    for (format, sign) in [
        ("json", "\"holds\": false"),
        ("github", "::error file=out/sentences.csv,line=2,title=vocabulary::"),
        ("junit", "<failure message=\"1 findings\">sentences.csv:1 block"),
        ("sarif", "\"ruleId\": \"vocabulary\""),
    ] {
        let (code, said) = dataset.call(&["check", "--format", format]);
        assert_eq!(code, 1);
        assert!(said.contains(sign), "{format}: {said}");
    }
    let summary = fs::read_to_string(dataset.0.path().join("summary.md")).unwrap();
    assert!(summary.contains("| vocabulary | sentences.csv:1 block |"), "{summary}");
}
