//! What holds for every input: the same bytes on any number of threads and from run to run.

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
