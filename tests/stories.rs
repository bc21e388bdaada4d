//! Other stories: annotated pages on wars, talks and protests that no sample page tells of, so that the
//! figures say what to expect of pages nobody has seen.
//!
//! Each folder of `tests/stories` holds pages (`raw`) and their annotations (`gold`); its README says how
//! they were made. `floors.tsv` names the figures that may not fall. To see all figures:
//! `cargo test --test stories -- --nocapture`.

#[path = "support/gold.rs"]
mod gold;
mod support;

use gold::Figures;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
fn figures_of_other_stories_do_not_fall() {
    let stories = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories");
    let scratch = tempfile::tempdir().unwrap();
    let mut figures: BTreeMap<String, Figures> = BTreeMap::new();
    for name in support::names(&stories).into_iter().filter(|name| stories.join(name).is_dir()) {
        let out = scratch.path().join(&name);
        let mut call = Command::new(env!("CARGO_BIN_EXE_annalist"));
        let run =
            call.arg("run").arg(stories.join(&name).join("raw")).arg("--no-cache").arg("--out").arg(&out);
        let done = run.output().unwrap();
        assert!(done.status.success(), "{name}: {}", String::from_utf8_lossy(&done.stderr));
        figures.insert(name.clone(), gold::figures(&out, &stories.join(&name).join("gold")));
    }
    for (story, figures) in &figures {
        for (figure, (right, of)) in figures {
            println!("{story:24} {figure:20} {:.3}  {right}/{of}", *right as f64 / *of as f64);
        }
    }
    let floors = fs::read_to_string(stories.join("floors.tsv")).unwrap();
    let fallen: Vec<String> = floors.lines().skip(1).filter_map(|row| fallen(row, &figures)).collect();
    assert!(fallen.is_empty(), "\n{}", fallen.join("\n"));
}

/// What a row of the floors says against the figures, if anything.
fn fallen(row: &str, figures: &BTreeMap<String, Figures>) -> Option<String> {
    let [story, figure, floor] = row.split('\t').collect::<Vec<_>>()[..] else {
        return Some(format!("no row of story, figure and floor: {row}"));
    };
    let floor: f64 = floor.parse().unwrap();
    let Some(&(right, of)) = figures.get(story).and_then(|known| known.get(figure)) else {
        return Some(format!("no figure {figure} of {story}"));
    };
    let reached = right as f64 / of as f64;
    (reached < floor).then(|| format!("{story}: {figure} is {reached:.3} ({right}/{of}), below {floor}"))
}
