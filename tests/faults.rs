//! What machines do to a run: full and read-only disks, kills, rivals, odd files, little memory. The
//! dataset in OUT is the old one or the new one, whole, and bad input costs its own row.
#![cfg(target_os = "linux")]

mod support;

use annalist::dataset::lock::Lock;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};
use support::names;
use tempfile::TempDir;

const ANNALIST: &str = env!("CARGO_BIN_EXE_annalist");
const TALKS: &str = "The delegations met in Geneva on 21 March 2022. They agreed to meet again.\n";

struct Scratch(TempDir);

impl Scratch {
    fn new(files: &[(&str, &str)]) -> Self {
        let scratch = Scratch(tempfile::tempdir().unwrap());
        fs::create_dir(scratch.path("raw")).unwrap();
        files.iter().for_each(|(name, text)| fs::write(scratch.path("raw").join(name), text).unwrap());
        scratch
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut call = Command::new(ANNALIST);
        call.current_dir(self.0.path()).args(arguments);
        call
    }

    fn call(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// A run in a shell that limits it first.
    fn limited(&self, limit: &str, arguments: &str) -> Output {
        let line = format!("{limit}; exec {ANNALIST} {arguments}");
        Command::new("sh").current_dir(self.0.path()).args(["-c", &line]).output().unwrap()
    }

    /// The hash of the dataset in `out`, which must be whole.
    fn whole(&self) -> String {
        let lock = Lock::read(&self.path("out")).unwrap();
        assert!(lock.holds(&self.path("out")), "a file is not what the lock says");
        lock.dataset
    }

    fn documents(&self) -> String {
        fs::read_to_string(self.path("out/documents.csv")).unwrap()
    }
}

fn code(out: &Output) -> Option<i32> {
    out.status.code()
}

fn said(out: &Output) -> String {
    String::from_utf8_lossy(&out.stderr).into_owned()
}

const RUN: [&str; 2] = ["run", "--no-cache"];

#[test]
fn a_full_disk_leaves_the_old_dataset() {
    let scratch = Scratch::new(&[("a.txt", TALKS)]);
    assert_eq!(code(&scratch.call(&RUN)), Some(0));
    let before = scratch.whole();
    fs::write(scratch.path("raw/b.txt"), TALKS.repeat(2000)).unwrap();
    // No file may grow beyond 32 KiB; the signal that would end the run is ignored, so that writing fails.
    let out = scratch.limited("trap '' XFSZ; ulimit -f 64", "run --no-cache");
    assert_eq!(code(&out), Some(2), "{}", said(&out));
    assert!(said(&out).contains("cannot write"), "{}", said(&out));
    assert_eq!(scratch.whole(), before);
    assert_eq!(names(scratch.0.path()), ["out", "raw"]);
    assert_eq!(code(&scratch.call(&RUN)), Some(0));
    assert_ne!(scratch.whole(), before);
}

/// Not even root may write below `/proc`.
#[test]
fn a_read_only_place_is_the_fault_of_the_call() {
    let scratch = Scratch::new(&[("a.txt", TALKS)]);
    let out = scratch.call(&["run", "--no-cache", "--out", "/proc/annalist-out"]);
    assert_eq!(code(&out), Some(2));
    assert!(said(&out).contains("/proc"), "{}", said(&out));
    assert!(!said(&out).contains("panicked"), "{}", said(&out));
}

/// Kills at moments spread over a run; `ANNALIST_KILLS` sets how many.
#[test]
fn a_killed_run_leaves_the_old_dataset_or_the_new() {
    let kills: u32 = std::env::var("ANNALIST_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(6);
    let pages: Vec<(String, String)> =
        (0..12).map(|i| (format!("{i}.txt"), TALKS.replace("21", &(i + 1).to_string()).repeat(4))).collect();
    let pages: Vec<(&str, &str)> = pages.iter().map(|(name, text)| (&name[..], &text[..])).collect();
    let scratch = Scratch::new(&pages);
    let page =
        |turn: u32| fs::write(scratch.path("raw/turn.txt"), TALKS.repeat(1 + turn as usize % 2)).unwrap();
    let hashes = [0, 1].map(|turn| {
        page(turn);
        assert_eq!(code(&scratch.call(&["run", "--no-cache", "--no-previous"])), Some(0));
        scratch.whole()
    });
    let started = Instant::now();
    assert_eq!(code(&scratch.call(&["run", "--no-cache", "--no-previous"])), Some(0));
    let lasts = started.elapsed();
    for turn in 0..kills {
        page(turn);
        let mut child =
            scratch.command(&["run", "--no-cache", "--no-previous"]).stderr(Stdio::null()).spawn().unwrap();
        // Moments in no order, more of them near the end, where the dataset is written and put in place.
        let share = f64::from(turn.wrapping_mul(2_654_435_761) >> 16) / 65536.0;
        std::thread::sleep(lasts.mul_f64(0.1 + 1.1 * share.sqrt()));
        let _ = child.kill();
        child.wait().unwrap();
        assert!(hashes.contains(&scratch.whole()), "after kill {turn}");
    }
    assert_eq!(code(&scratch.call(&["run", "--no-cache", "--no-previous"])), Some(0));
    assert_eq!(names(scratch.0.path()), ["out", "raw"]);
}

#[test]
fn a_run_stopped_between_two_renames_is_mended_by_the_next() {
    let scratch = Scratch::new(&[("a.txt", TALKS)]);
    assert_eq!(code(&scratch.call(&RUN)), Some(0));
    let before = scratch.whole();
    fs::write(scratch.path("out/notes.md"), "mine").unwrap();
    fs::rename(scratch.path("out"), scratch.path(".out.annalist-old")).unwrap();
    assert_eq!(code(&scratch.call(&RUN)), Some(0));
    assert_eq!(scratch.whole(), before);
    assert_eq!(fs::read_to_string(scratch.path("out/notes.md")).unwrap(), "mine");
    assert_eq!(names(scratch.0.path()), ["out", "raw"]);
}

#[test]
fn of_two_runs_at_once_each_writes_whole_or_says_why_not() {
    let scratch = Scratch::new(&[("a.txt", &TALKS.repeat(50))]);
    let start = || scratch.command(&RUN).stderr(Stdio::piped()).spawn().unwrap();
    let runs = [start(), start(), start()];
    let mut written = 0;
    for out in runs.map(|run| run.wait_with_output().unwrap()) {
        match code(&out) {
            Some(0) => written += 1,
            other => {
                assert_eq!(other, Some(2), "{}", said(&out));
                assert!(said(&out).contains("another run is writing"), "{}", said(&out));
            }
        }
    }
    assert!(written > 0);
    scratch.whole();
    assert_eq!(names(scratch.0.path()), ["out", "raw"]);
}

#[test]
fn pipes_devices_and_loops_are_rows() {
    let scratch = Scratch::new(&[("a.txt", TALKS)]);
    let link = |to: &str, name: &str| std::os::unix::fs::symlink(to, scratch.path("raw").join(name)).unwrap();
    link(".", "loop");
    link("nothing", "dangling.txt");
    link("/dev/zero", "endless.txt");
    assert!(Command::new("mkfifo").arg(scratch.path("raw/pipe")).status().unwrap().success());
    let out = scratch.limited("true", "run --no-cache");
    assert_eq!(code(&out), Some(0), "{}", said(&out));
    let documents = scratch.documents();
    for name in ["loop", "dangling.txt", "endless.txt", "pipe"] {
        let row = documents.lines().find(|row| row.contains(&format!(",{name},"))).unwrap_or_default();
        assert!(row.contains(",rejected,"), "{name}: {documents}");
    }
    assert_eq!(documents.matches(",ok,").count(), 1, "{documents}");
}

/// What a file gave while it changed must not be taken, later on, for what it gave before.
#[test]
fn a_file_that_changes_while_it_is_read_is_told_of() {
    use annalist::{
        cache::Cache, dataset::documents::Whole, overrides::Overrides, pipeline, read, rules::Rules,
    };
    let scratch = Scratch::new(&[("a.txt", TALKS)]);
    let path = scratch.path("raw/a.txt");
    let input =
        pipeline::Input { path: path.clone(), source: "a.txt".to_owned(), bytes: 0, sha256: String::new() };
    let mut inputs = [input];
    pipeline::hash(&mut inputs);
    let cache = Cache::open(Some(&scratch.path("cache")), "");
    let flow = pipeline::Flow {
        rules: &Rules::builtin(),
        options: &read::Options::default(),
        overrides: &Overrides::default(),
        cache: &cache,
        batch_bytes: pipeline::BATCH_BYTES,
        progress: &|_| {},
    };
    let told = |inputs: &[pipeline::Input]| -> (Vec<&str>, String) {
        let dataset = pipeline::run(inputs, &flow, scratch.0.path()).unwrap();
        let (mut codes, mut text) = (Vec::new(), String::new());
        let look = |_, whole: Whole| {
            codes.extend(whole.extracted.cleaned.diagnostics.iter().map(|told| told.code));
            text += &whole.extracted.cleaned.sentences[0].text;
        };
        dataset.documents.each(look).unwrap();
        (codes, text)
    };
    // Whether the file is read whole or record by record.
    for bytes in [0, u64::MAX] {
        inputs[0].bytes = bytes;
        fs::write(&path, "Nothing of the kind.").unwrap();
        assert!(told(&inputs).0.contains(&"changed-while-read"));
    }
    fs::write(&path, TALKS).unwrap();
    let (codes, text) = told(&inputs);
    assert!(!codes.contains(&"changed-while-read") && text.contains("Geneva"));
}

#[test]
fn little_memory_is_an_end_with_a_message_or_a_whole_dataset() {
    let scratch = Scratch::new(&[("a.txt", TALKS)]);
    assert_eq!(code(&scratch.call(&RUN)), Some(0));
    scratch.whole();
    // Enough for the program to start: below that the system ends it without a word.
    for kilobytes in [150_000, 300_000] {
        let out = scratch.limited(&format!("ulimit -v {kilobytes}"), "run --no-cache --jobs 1");
        assert!(code(&out) == Some(0) || !said(&out).is_empty(), "{kilobytes}");
        scratch.whole();
    }
}

/// Data that has nowhere to go is no fault, and no panic.
#[test]
fn closed_and_full_outputs_are_told_apart() {
    let scratch = Scratch::new(&[("a.txt", &TALKS.repeat(5000))]);
    let out = scratch.limited("true", "clean raw | head -c 10");
    assert_eq!((code(&out), said(&out).as_str()), (Some(0), ""));
    let out = scratch.limited("true", "clean raw > /dev/full");
    assert_eq!(code(&out), Some(2), "{}", said(&out));
    assert!(!said(&out).contains("panicked"), "{}", said(&out));
    assert!(started_and_ended(&scratch, "schema > /dev/full"));
}

fn started_and_ended(scratch: &Scratch, arguments: &str) -> bool {
    let started = Instant::now();
    let out = scratch.limited("true", arguments);
    code(&out) == Some(2) && started.elapsed() < Duration::from_secs(60)
}
