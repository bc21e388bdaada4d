//! Fuzzing without a second build: seeds are spoilt in fixed ways and given to the targets that
//! cargo-fuzz has too (`fuzz/`). Every input that once broke something is kept in `fuzz/regressions`
//! and tried first.
//!
//! - `ANNALIST_FUZZ_SECONDS`: how long, over all targets (a few seconds if not set)
//! - `ANNALIST_FUZZ_TARGET`: only this target
//! - `ANNALIST_FUZZ_START`: first number; others give other inputs
//! - `ANNALIST_FUZZ_INPUT`: only this file
//!
//! An input that breaks something is written to `target/fuzz`; it goes to `fuzz/regressions` as
//! `TARGET-what-was-wrong` together with the change that mends it.

#[path = "../fuzz/src/invariants.rs"]
mod invariants;
#[path = "../fuzz/src/mutate.rs"]
mod mutate;
#[path = "../fuzz/src/seeds.rs"]
mod seeds;
#[path = "../fuzz/src/targets.rs"]
mod targets;

use mutate::{Numbers, mutated};
use seeds::Seed;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use targets::{TARGETS, Target};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn number(name: &str, usual: u64) -> u64 {
    setting(name).map_or(usual, |value| value.parse().unwrap_or_else(|_| panic!("{name} is no number")))
}

/// What a target said against an input, if anything.
fn fault(target: &Target, input: &[u8]) -> Option<String> {
    let done = catch_unwind(AssertUnwindSafe(|| (target.run)(input)));
    done.err().map(|cause| annalist::fault::said(&*cause).chars().take(300).collect())
}

fn dictionaries() -> Vec<Vec<u8>> {
    let mut paths = Vec::new();
    seeds::walk(&root().join("fuzz/dictionaries"), &mut paths);
    let texts = paths.iter().map(|path| fs::read_to_string(path).unwrap());
    texts.flat_map(|text| mutate::dictionary(&text)).collect()
}

/// Writes down an input that broke a target; where.
fn kept(target: &Target, at: u64, input: &[u8]) -> PathBuf {
    let folder = root().join("target/fuzz");
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join(format!("{}-{at}", target.name));
    fs::write(&path, input).unwrap();
    path
}

/// Runs a target on mutations until its time is up; how many, and what broke it.
fn search(target: &Target, seeds: &[Seed], words: &[Vec<u8>], time: Duration) -> (u64, Vec<String>) {
    let own = seeds.iter().filter(|seed| target.seeds.iter().any(|end| seed.name.ends_with(end)));
    let own: Vec<&Seed> = own.collect();
    assert!(!own.is_empty(), "{} has no seeds", target.name);
    let started = Instant::now();
    let first = number("ANNALIST_FUZZ_START", 0);
    let (mut count, mut faults) = (0, Vec::new());
    while (started.elapsed() < time || count < 3) && faults.len() < 3 {
        let mut numbers = Numbers::new(first + count);
        let seed = own[numbers.below(own.len())];
        let other = &seeds[numbers.below(seeds.len())];
        let input = mutated(&seed.bytes, &other.bytes, words, &mut numbers);
        if let Some(said) = fault(target, &input) {
            let path = kept(target, first + count, &input);
            faults.push(format!("{} on {}: {said}", target.name, path.display()));
        }
        count += 1;
    }
    (count, faults)
}

#[test]
fn inputs_that_broke_something_do_so_no_more() {
    let mut paths = Vec::new();
    seeds::walk(&root().join("fuzz/regressions"), &mut paths);
    paths.extend(setting("ANNALIST_FUZZ_INPUT").map(PathBuf::from));
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let chosen = TARGETS.iter().filter(|target| name.starts_with(&format!("{}-", target.name)));
        let input = fs::read(&path).unwrap();
        let said: Vec<String> = chosen.filter_map(|target| fault(target, &input)).collect();
        assert!(said.is_empty(), "{name}: {said:?}");
    }
}

#[test]
fn spoilt_seeds_break_nothing() {
    if setting("ANNALIST_FUZZ_INPUT").is_some() {
        return;
    }
    let (seeds, words) = (seeds::all(root()), dictionaries());
    let wanted = setting("ANNALIST_FUZZ_TARGET");
    let chosen: Vec<&Target> =
        TARGETS.iter().filter(|target| wanted.as_deref().is_none_or(|name| name == target.name)).collect();
    assert!(!chosen.is_empty(), "no target of that name");
    let time = Duration::from_secs(number("ANNALIST_FUZZ_SECONDS", 6)) / chosen.len() as u32;
    let (mut total, mut faults) = (0, Vec::new());
    for target in chosen {
        let (count, mut found) = search(target, &seeds, &words, time);
        eprintln!("{:18} {count} executions", target.name);
        total += count;
        faults.append(&mut found);
    }
    eprintln!("{total} executions, {} faults", faults.len());
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// Spoilt copies of real files: each is accounted for, none breaks a stage, none takes over two
/// seconds a megabyte. `ANNALIST_MUTATE` names the folder, `ANNALIST_MUTATE_COUNT` how many copies.
#[test]
#[ignore = "takes a folder of real files, and minutes"]
fn spoilt_copies_of_real_files_are_accounted_for() {
    let folder = setting("ANNALIST_MUTATE").expect("ANNALIST_MUTATE names a folder of files");
    let count = number("ANNALIST_MUTATE_COUNT", 10_000);
    let mut paths = Vec::new();
    seeds::walk(Path::new(&folder), &mut paths);
    let files: Vec<Vec<u8>> = paths.iter().map(|path| fs::read(path).unwrap()).collect();
    let (words, rules) = (dictionaries(), annalist::rules::Rules::builtin());
    // The first document compiles the rules, which is no cost of its own.
    whole(&files[0], &rules);
    let mut wrong = Vec::new();
    let (mut slowest, mut records) = ((0.0, String::new()), 0u64);
    for at in number("ANNALIST_FUZZ_START", 0)..number("ANNALIST_FUZZ_START", 0) + count {
        let mut numbers = Numbers::new(at);
        let which = at as usize % files.len();
        let other = &files[numbers.below(files.len())];
        let input = mutated(&files[which], other, &words, &mut numbers);
        let started = Instant::now();
        let done = catch_unwind(AssertUnwindSafe(|| whole(&input, &rules)));
        let Ok((found, bytes)) = done else {
            let path = kept(&TARGETS[0], at, &input);
            wrong.push(format!("copy {at} of {}: {}", paths[which].display(), path.display()));
            continue;
        };
        records += found;
        // The smallest files are judged by what a start costs.
        let megabytes = (bytes.max(input.len()) as f64 / 1e6).max(0.1);
        let mut pace = started.elapsed().as_secs_f64() / megabytes;
        // Other work on the machine is no fault of the input: the best of three counts.
        for _ in 0..2 {
            if pace > 2.0 {
                let again = Instant::now();
                whole(&input, &rules);
                pace = pace.min(again.elapsed().as_secs_f64() / megabytes);
            }
        }
        if pace > slowest.0 {
            slowest = (pace, format!("copy {at} of {}", paths[which].display()));
        }
        if pace > 2.0 {
            let path = kept(&TARGETS[0], at, &input);
            wrong.push(format!(
                "{pace:.1} s a megabyte: copy {at} of {}: {}",
                paths[which].display(),
                path.display()
            ));
        }
    }
    eprintln!("{count} copies, {records} records; slowest {:.2} s a megabyte: {}", slowest.0, slowest.1);
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
}

/// Records of a file and the bytes of their text, each worked on by all stages.
fn whole(input: &[u8], rules: &annalist::rules::Rules) -> (u64, usize) {
    let (mut count, mut bytes) = (0, 0);
    let overrides = annalist::overrides::Overrides::default();
    annalist::read::read_bytes(input, "file", &annalist::read::Options::default(), &mut |record| {
        invariants::decoded(&record);
        count += 1;
        bytes += record.text.len();
        let text = record.text.clone();
        invariants::extracted(&annalist::pipeline::document(record, rules, &overrides), &text);
    });
    assert!(count > 0);
    (count, bytes)
}

/// Writes the seeds of each target where cargo-fuzz looks for them.
#[test]
#[ignore = "writes fuzz/corpus; called by fuzz/run"]
fn corpora_are_written() {
    for target in TARGETS {
        let folder = root().join("fuzz/corpus").join(target.name);
        fs::create_dir_all(&folder).unwrap();
        let own = |seed: &&Seed| target.seeds.iter().any(|end| seed.name.ends_with(end));
        for (at, seed) in seeds::all(root()).iter().enumerate().filter(|(_, seed)| own(seed)) {
            fs::write(folder.join(format!("{at:03}-{}", seed.name)), &seed.bytes).unwrap();
        }
    }
}
