//! `annalist run`: the whole pipeline, from scraped pages to the dataset.

use super::{Code, Failure, Outcome, inputs};
use crate::dataset::folder::Pending;
use crate::dataset::lock::{self, Lock};
use crate::dataset::{Dataset, carry, write};
use crate::model::Status;
use crate::pipeline::{self, Input};
use crate::rules::{self, Rules};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{self, Write};
use std::path::PathBuf;
use std::time::Instant;

/// Turn scraped pages into the dataset
#[derive(clap::Args)]
#[command(after_help = "Example:\n  annalist run raw --out out")]
pub struct Args {
    /// Folders and files to read
    #[arg(default_value = "raw")]
    raw: Vec<PathBuf>,
    /// Folder of the dataset
    #[arg(long, default_value = "out")]
    out: PathBuf,
    /// Build elsewhere and compare with OUT; exit with 1 where they differ
    #[arg(long)]
    check: bool,
    /// Earlier version to keep ids of [default: the dataset in OUT]
    #[arg(long, value_name = "DIR", conflicts_with = "no_previous")]
    previous: Option<PathBuf>,
    /// Keep no ids of an earlier version
    #[arg(long)]
    no_previous: bool,
    /// Threads; 0 for all cores
    #[arg(long, default_value_t = 0, value_name = "N")]
    jobs: usize,
    /// Exit with 1 where an input was rejected
    #[arg(long)]
    strict: bool,
}

pub fn run(args: &Args) -> Outcome {
    let started = Instant::now();
    let inputs = inputs::find(&args.raw, Some(&args.out))?;
    if inputs.is_empty() {
        eprintln!("annalist: no file in {}", list(&args.raw));
        return Ok(Code::NoInput);
    }
    if args.check {
        return check(args, &inputs, started);
    }
    let pending = Pending::new(&args.out)?;
    let dataset = build(args, &inputs)?;
    write::write(&dataset, &rules::fingerprint(), pending.path())?;
    pending.commit()?;
    let rejected = summary(&dataset, started);
    Ok(if args.strict && rejected > 0 { Code::Findings } else { Code::Done })
}

/// Builds beside and says what differs; the dataset is left as it is.
fn check(args: &Args, inputs: &[Input], started: Instant) -> Outcome {
    let old = Lock::read(&args.out)?;
    let dataset = build(args, inputs)?;
    let beside = tempfile::tempdir()?;
    let new = write::write(&dataset, &rules::fingerprint(), beside.path())?;
    summary(&dataset, started);
    let differences = lock::differences(&old, &new, &args.out)?;
    let mut stdout = io::stdout().lock();
    for line in &differences {
        writeln!(stdout, "{line}")?;
    }
    Ok(if differences.is_empty() { Code::Done } else { Code::Findings })
}

fn list(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
}

fn build(args: &Args, inputs: &[Input]) -> Result<Dataset, Failure> {
    let bar = ProgressBar::new(inputs.iter().map(|input| input.bytes).sum());
    bar.set_style(style());
    let rules = Rules::builtin();
    let mut dataset = pipeline::with_jobs(args.jobs, || {
        pipeline::run(inputs, &rules, &crate::read::Options::default(), &|extracted| {
            bar.inc(extracted.cleaned.document.bytes);
        })
    });
    bar.finish_and_clear();
    match &args.previous {
        Some(folder) => carry::carry(&mut dataset, folder)?,
        None if args.no_previous || !args.out.join(lock::NAME).exists() => {}
        None => {
            if let Err(error) = carry::carry(&mut dataset, &args.out) {
                eprintln!("annalist: ids of {} are not kept: {error}", args.out.display());
            }
        }
    }
    Ok(dataset)
}

/// indicatif draws on stderr, and only where that is a terminal.
fn style() -> ProgressStyle {
    let bar = "{bar:32} {bytes}/{total_bytes} {bytes_per_sec} {eta}";
    ProgressStyle::with_template(bar).unwrap_or_else(|_| ProgressStyle::default_bar())
}

/// Tells on stderr what was done; gives the number of rejected documents.
fn summary(dataset: &Dataset, started: Instant) -> usize {
    let documents = || dataset.documents.iter().map(|extracted| &extracted.cleaned);
    let rejected = documents().filter(|cleaned| cleaned.document.status == Status::Rejected).count();
    let sentences: usize = documents().map(|cleaned| cleaned.sentences.len()).sum();
    let bytes: u64 = documents().map(|cleaned| cleaned.document.bytes).sum();
    let seconds = started.elapsed().as_secs_f64();
    eprintln!(
        "{} documents ({rejected} rejected), {sentences} sentences, {} events, {} entities; {seconds:.1} s, {:.1} MB/s",
        dataset.documents.len(),
        dataset.events.len(),
        dataset.entities.entities.len(),
        bytes as f64 / 1e6 / seconds.max(1e-9),
    );
    rejected
}
