//! The command line as its users meet it: exit codes, bad input, and a dataset replaced whole or not at all.

mod support;

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use support::names;
use tempfile::TempDir;

/// A scratch folder with `raw/` in it.
struct Scratch(TempDir);

impl Scratch {
    fn new(files: &[(&str, &str)]) -> Self {
        let scratch = Scratch(tempfile::tempdir().unwrap());
        fs::create_dir(scratch.path("raw")).unwrap();
        files.iter().for_each(|(name, text)| scratch.write(name, text));
        scratch
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path("raw").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn call(&self, arguments: &[&str]) -> Output {
        let mut call = Command::new(env!("CARGO_BIN_EXE_annalist"));
        call.env("XDG_CACHE_HOME", self.0.path().join(".cache"));
        call.current_dir(self.0.path()).args(arguments).output().unwrap()
    }

    fn table(&self, name: &str) -> String {
        fs::read_to_string(self.path("out").join(format!("{name}.csv"))).unwrap()
    }
}

fn code(out: &Output) -> i32 {
    out.status.code().unwrap()
}

fn said(out: &Output) -> String {
    String::from_utf8_lossy(&out.stderr).into_owned()
}

const TALKS: &str = "The delegations met in Geneva on 21 March 2022. They agreed to meet again.\n";

#[test]
fn a_run_writes_every_table_in_both_formats() {
    let scratch = Scratch::new(&[("a.txt", TALKS)]);
    let out = scratch.call(&["run"]);
    assert_eq!(code(&out), 0, "{}", said(&out));
    for table in annalist::dataset::schema::tables() {
        for format in ["csv", "parquet"] {
            assert!(scratch.path("out").join(format!("{}.{format}", table.name)).exists(), "{}", table.name);
        }
    }
    for file in ["annalist.lock", "datapackage.json", "croissant.json"] {
        let text = fs::read_to_string(scratch.path("out").join(file)).unwrap();
        assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{file}");
    }
    assert!(scratch.table("documents").contains(",a.txt,"));
    assert!(out.stdout.is_empty());
}

#[test]
fn an_empty_folder_is_no_input() {
    let scratch = Scratch::new(&[]);
    assert_eq!(code(&scratch.call(&["run"])), 3);
    assert!(!scratch.path("out").exists());
}

#[test]
fn a_missing_path_is_the_fault_of_the_call() {
    let scratch = Scratch::new(&[]);
    let out = scratch.call(&["run", "nowhere"]);
    assert_eq!(code(&out), 2);
    assert!(said(&out).contains("nowhere"));
    assert_eq!(code(&scratch.call(&["run", "--no-such-flag"])), 2);
    assert_eq!(code(&scratch.call(&["clean", "nowhere"])), 2);
    assert_eq!(code(&scratch.call(&["dates", "nowhere"])), 2);
    assert_eq!(code(&scratch.call(&["match", "nowhere", "nowhere"])), 2);
    assert_eq!(code(&scratch.call(&["schema", "nonsense"])), 2);
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_a_row_and_harms_no_other() {
    let scratch = Scratch::new(&[("a.txt", TALKS), ("c.txt", TALKS)]);
    std::os::unix::fs::symlink("nothing-there", scratch.path("raw").join("b.txt")).unwrap();
    let out = scratch.call(&["run"]);
    assert_eq!(code(&out), 0, "{}", said(&out));
    let documents = scratch.table("documents");
    assert_eq!(documents.lines().count(), 4, "{documents}");
    assert!(documents.contains(",b.txt,"));
    assert_eq!(documents.matches(",ok,").count(), 2, "{documents}");
}

#[test]
fn a_folder_of_other_files_is_not_overwritten() {
    let scratch = Scratch::new(&[("a.txt", TALKS)]);
    fs::create_dir(scratch.path("out")).unwrap();
    fs::write(scratch.path("out/letter.txt"), "mine").unwrap();
    assert_eq!(code(&scratch.call(&["run"])), 2);
    assert_eq!(fs::read_to_string(scratch.path("out/letter.txt")).unwrap(), "mine");
    assert_eq!(code(&scratch.call(&["run", "--out", "raw/a.txt"])), 2);
}

#[test]
fn a_second_run_replaces_the_dataset_and_keeps_files_beside_it() {
    let scratch = Scratch::new(&[("a.txt", TALKS)]);
    assert_eq!(code(&scratch.call(&["run"])), 0);
    fs::write(scratch.path("out/README.md"), "notes").unwrap();
    fs::remove_file(scratch.path("raw/a.txt")).unwrap();
    scratch.write("b.txt", TALKS);
    assert_eq!(code(&scratch.call(&["run"])), 0);
    assert!(!scratch.table("documents").contains("a.txt") && scratch.table("documents").contains("b.txt"));
    assert_eq!(fs::read_to_string(scratch.path("out/README.md")).unwrap(), "notes");
    let left: Vec<String> = names(scratch.0.path());
    assert_eq!(left, [".cache", "out", "raw"]);
}

#[test]
fn one_run_at_a_time_writes_a_dataset() {
    let scratch = Scratch::new(&[("a.txt", TALKS)]);
    let pending = annalist::dataset::folder::Pending::new(&scratch.path("out")).unwrap();
    let out = scratch.call(&["run"]);
    assert_eq!(code(&out), 2);
    assert!(said(&out).contains("another run"), "{}", said(&out));
    drop(pending);
    assert_eq!(code(&scratch.call(&["run"])), 0);
}

#[test]
fn the_dataset_inside_the_input_is_not_read() {
    let scratch = Scratch::new(&[("a.txt", TALKS)]);
    assert_eq!(code(&scratch.call(&["run", ".", "--out", "out"])), 0);
    assert_eq!(code(&scratch.call(&["run", ".", "--out", "out"])), 0);
    assert_eq!(scratch.table("documents").lines().count(), 2);
}

#[test]
fn equal_names_below_two_folders_are_two_sources() {
    let scratch = Scratch::new(&[("x/a.txt", TALKS), ("y/a.txt", TALKS)]);
    assert_eq!(code(&scratch.call(&["run", "raw/x", "raw/y", "raw/x"])), 0);
    let documents = scratch.table("documents");
    assert!(documents.contains(",a.txt,") && documents.contains(",y/a.txt,"), "{documents}");
}

#[test]
fn a_closed_pipe_is_quiet() {
    let scratch = Scratch::new(&[("a.txt", &TALKS.repeat(20_000))]);
    let mut call = Command::new(env!("CARGO_BIN_EXE_annalist"));
    call.current_dir(scratch.0.path()).args(["clean", "raw"]);
    let mut child = call.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let out = child.wait_with_output().unwrap();
    assert_eq!(code(&out), 0);
    assert_eq!(said(&out), "");
}

#[test]
fn the_codebook_is_printed_for_people_and_tools() {
    let scratch = Scratch::new(&[]);
    let md = String::from_utf8(scratch.call(&["schema", "events"]).stdout).unwrap();
    assert!(md.starts_with("## events\n") && md.contains("| `event_id` | string |"));
    let json = scratch.call(&["schema", "--format", "json"]).stdout;
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(json["tables"].as_array().unwrap().len(), annalist::dataset::schema::tables().len());
}

#[test]
fn equal_names_are_matched_in_the_order_of_the_left_list() {
    let scratch = Scratch::new(&[
        ("left.tsv", "id\tname\tlang\nl1\tAnna Petrova\ten\nl2\tJohn Mill\ten\n"),
        ("right.tsv", "id\tname\tlang\nr1\tJohn Mill\ten\nr2\tAnna Petrova\ten\n"),
    ]);
    let out = scratch.call(&["match", "raw/left.tsv", "raw/right.tsv"]);
    assert_eq!(code(&out), 0, "{}", said(&out));
    let links = String::from_utf8(out.stdout).unwrap();
    let rows: Vec<Vec<&str>> = links.lines().map(|line| line.split('\t').collect()).collect();
    let pairs: Vec<&[&str]> = rows.iter().map(|row| &row[..2]).collect();
    assert_eq!(pairs, [["l1", "r2"], ["l2", "r1"]], "{links}");
}

#[test]
fn a_page_can_not_act_in_the_report() {
    let page = "<html><head><title>&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt; Talks</title></head><body><article>\
                <h1>Talks &lt;img src=x onerror=alert(1)&gt;</h1><p>The delegations met in Geneva on 21 March 2022 \
                &lt;!-- &lt;script&gt;alert(2)&lt;/script&gt; and agreed on talks.</p></article></body></html>";
    let scratch = Scratch::new(&[("a.html", page)]);
    assert_eq!(code(&scratch.call(&["run"])), 0);
    let out = scratch.call(&["report", "--html", "report.html"]);
    assert_eq!(code(&out), 0, "{}", said(&out));
    let report = fs::read_to_string(scratch.path("report.html")).unwrap();
    assert!(report.contains("\\u003cscript\\u003ealert(2)"), "the passage is in the data of the page");
    assert_eq!(report.matches("<script").count(), 2, "its own script and the data");
    assert!(!report.contains("<img") && !report.contains("<!--"));
    let (_, policy) = report.split_once("http-equiv=\"Content-Security-Policy\" content=\"").unwrap();
    let (policy, _) = policy.split_once('"').unwrap();
    assert!(policy.starts_with("default-src 'none'; ") && !policy.contains("unsafe"), "{policy}");
    assert!(!report.contains("src=\"") && !report.contains("@import"), "the page loads nothing");
}

#[test]
fn a_surname_finds_its_full_names() {
    let page = "President Anna Keller (安娜·凯勒) met President Pavel Novak in Geneva on 21 March 2022.\n";
    let scratch = Scratch::new(&[("a.txt", page)]);
    assert_eq!(code(&scratch.call(&["run"])), 0);
    let out = scratch.call(&["explain", "keller"]);
    assert!(String::from_utf8_lossy(&out.stdout).contains("Anna Keller"), "{}", said(&out));
    let out = scratch.call(&["explain", "Keller", "Novak"]);
    assert!(
        String::from_utf8_lossy(&out.stdout).starts_with("Keller and Novak are not one"),
        "{}",
        said(&out)
    );
    assert_eq!(code(&scratch.call(&["explain", "Kell"])), 3);
}

/// Text that a spreadsheet would run is guarded in CSV, and every reader takes the guard away again.
#[test]
fn formulas_are_guarded_in_safe_csv() {
    let page = "'=1+1\n\n=HYPERLINK(\"http://x.example\") was said in Geneva on 21 March 2022.\n\n\
                @SUM(A1) is what the delegations met about in Geneva on 22 March 2022.\n";
    let scratch = Scratch::new(&[("=a.txt", page)]);
    assert_eq!(code(&scratch.call(&["run", "--no-cache"])), 0);
    let plain = scratch.table("sentences");
    assert!(plain.contains(",\"=HYPERLINK") && scratch.table("documents").contains(",=a.txt,"), "{plain}");
    fs::rename(scratch.path("out"), scratch.path("plain")).unwrap();
    assert_eq!(code(&scratch.call(&["run", "--no-cache", "--csv-safe"])), 0);
    for table in annalist::dataset::schema::tables() {
        let mut rows =
            csv::Reader::from_path(scratch.path("out").join(format!("{}.csv", table.name))).unwrap();
        for row in rows.records() {
            for (cell, column) in row.unwrap().iter().zip(&table.columns) {
                let run = cell.starts_with(['=', '+', '@', '\t', '\r']);
                assert!(!run, "{}.{}: {cell}", table.name, column.name);
            }
        }
    }
    assert!(scratch.table("documents").contains(",'=a.txt,"));
    let check = scratch.call(&["check", "out"]);
    assert_eq!(code(&check), 0, "{}", String::from_utf8_lossy(&check.stdout));
    assert_eq!(code(&scratch.call(&["diff", "plain", "out"])), 0);
    fs::remove_file(scratch.path("out/sentences.parquet")).unwrap();
    let explained = scratch.call(&["explain", "=a.txt"]);
    assert_eq!(code(&explained), 0, "{}", said(&explained));
}

/// What a page hides is shown: it can't paint over the terminal, nor turn the text beside it.
#[test]
fn hidden_characters_are_visible_in_explanations() {
    let page =
        "The delegations met in Geneva\u{202E} on 21 March 2022, said \u{1B}[2J the envoy of Norway.\n";
    let scratch = Scratch::new(&[("a.txt", page)]);
    assert_eq!(code(&scratch.call(&["run", "--no-cache"])), 0);
    let sentence = scratch.table("sentences").lines().nth(1).unwrap().split(',').next().unwrap().to_owned();
    let text = String::from_utf8(scratch.call(&["explain", &sentence]).stdout).unwrap();
    assert!(!text.contains(['\u{202E}', '\u{1B}']), "{text:?}");
    assert!(text.contains("Geneva⟨U+202E⟩") && text.contains("⟨U+001B⟩[2J"), "{text}");
}
