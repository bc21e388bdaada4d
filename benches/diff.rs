//! Speed of the diff: two keyed tables of a million rows and nine columns, one row in a hundred changed.
//!
//! `cargo bench --bench diff` prints wall time; the process is single-threaded on CSV.

use annalist::diff::{self, Options};
use std::fmt::Write;
use std::path::Path;

const ROWS: usize = 1_000_000;

fn main() {
    divan::main();
}

fn table(changed: bool) -> String {
    let mut out = String::from("id,name,count,share,kind,day,text,code,flag\n");
    for row in 0..ROWS {
        let count = if changed && row % 100 == 7 { row + 1 } else { row };
        let (name, share, day) = (row % 9973, row % 1000, 1 + row % 28);
        let _ = writeln!(
            out,
            "id{row:08},name {name},{count},0.{share:03},kind,2022-03-{day:02},text of row {row},{row:x},yes"
        );
    }
    out
}

fn compare(folder: &Path) -> usize {
    let options = Options { key: vec!["id".to_owned()], limit: 20, ..Options::default() };
    let diff = diff::diff(&folder.join("a.csv"), &folder.join("b.csv"), &options).expect("two tables");
    diff.tables[0].changed_count
}

#[divan::bench(sample_count = 10)]
fn csv_million_rows(bencher: divan::Bencher) {
    let folder = tempfile::tempdir().expect("a scratch folder");
    std::fs::write(folder.path().join("a.csv"), table(false)).expect("room for a table");
    std::fs::write(folder.path().join("b.csv"), table(true)).expect("room for a table");
    bencher.bench_local(|| assert_eq!(compare(folder.path()), ROWS / 100));
}
