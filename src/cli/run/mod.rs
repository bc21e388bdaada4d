//! `annalist run`: the whole pipeline, from scraped pages to the dataset.

mod summary;

use super::{Code, Failure, Outcome, inputs, reading};
use crate::cache::Cache;
use crate::dataset::folder::Pending;
use crate::dataset::lock::{self, Lock};
use crate::dataset::{Dataset, carry, write};
use crate::overrides::{self, Overrides};
use crate::pipeline::{self, Flow, Input};
use crate::rules::{self, Rules};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;
use summary::Summary;

/// Turn scraped pages into the dataset
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  annalist run raw --out out\n  annalist run raw --out out --check")]
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
    /// What you know better than the rules [default: overrides.toml beside RAW, if there is one]
    #[arg(long, value_name = "FILE")]
    overrides: Option<PathBuf>,
    /// Folder that keeps what earlier runs made [default: the user's cache folder]
    #[arg(long, value_name = "DIR", conflicts_with = "no_cache")]
    cache: Option<PathBuf>,
    /// Take nothing from earlier runs and keep nothing
    #[arg(long)]
    no_cache: bool,
    /// Threads; 0 for all cores
    #[arg(long, default_value_t = 0, value_name = "N")]
    jobs: usize,
    /// Put an apostrophe before CSV text that a spreadsheet would run as a formula
    #[arg(long)]
    csv_safe: bool,
    /// Exit with 1 where an input was rejected
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    reading: reading::Reading,
}

pub fn run(args: &Args) -> Outcome {
    let started = Instant::now();
    let overrides = overrides(args)?;
    let mut inputs = inputs::find(&args.raw, Some(&args.out))?;
    inputs.retain(|input| !overrides.skips(&input.source));
    if inputs.is_empty() {
        let folders: Vec<String> = args.raw.iter().map(|path| path.display().to_string()).collect();
        eprintln!("annalist: no file in {}", folders.join(", "));
        return Ok(Code::NoInput);
    }
    pipeline::with_jobs(args.jobs, || pipeline::hash(&mut inputs));
    let root = if args.no_cache { None } else { args.cache.clone().or_else(Cache::default_root) };
    let run =
        Run { args, inputs, cache: Cache::open(root.as_deref(), &what_decides(args, &overrides)), overrides };
    let summary = if args.check { run.check(started)? } else { Ok(run.write()?) };
    match summary {
        Err(code) => Ok(code),
        Ok(summary) => {
            summary.tell(started);
            Ok(if args.strict && summary.rejected > 0 { Code::Findings } else { Code::Done })
        }
    }
}

/// The overrides of the call, else those beside the first RAW that has some.
fn overrides(args: &Args) -> Result<Overrides, Failure> {
    let beside = |raw: &PathBuf| {
        let raw = std::path::absolute(raw).ok()?;
        Some(raw.parent()?.join(overrides::NAME)).filter(|path| path.is_file())
    };
    match args.overrides.clone().or_else(|| args.raw.iter().find_map(beside)) {
        Some(file) => Ok(Overrides::read(&file)?),
        None => Ok(Overrides::default()),
    }
}

/// A run with everything it works on.
struct Run<'a> {
    args: &'a Args,
    inputs: Vec<Input>,
    overrides: Overrides,
    cache: Cache,
}

impl Run<'_> {
    /// Builds the dataset, or takes it from the cache, and puts it in its place.
    fn write(&self) -> Result<Summary, Failure> {
        let pending = Pending::new(&self.args.out)?;
        let earlier = self.earlier().map_or(Vec::new(), |folder| lock_bytes(&folder));
        let key = self.cache.run_key(&self.inputs, &earlier);
        if let Some((lock, kept)) = key.as_ref().and_then(|key| self.cache.dataset(key))
            && let Some(summary) = Summary::read(&kept)
        {
            if lock.holds(&self.args.out) {
                return Ok(summary);
            }
            if self.cache.restore(&lock, &kept, pending.path()).is_ok() {
                pending.commit()?;
                return Ok(summary);
            }
        }
        let dataset = self.build(pending.path())?;
        self.put(&dataset, pending.path())?;
        let summary = Summary::of(&dataset, &self.overrides);
        let again = self.cache.run_key(&self.inputs, &lock_bytes(pending.path()));
        let keys: Vec<String> = key.into_iter().chain(again).collect();
        self.cache.keep_dataset(&keys, pending.path(), &summary.to_json());
        pending.commit()?;
        Ok(summary)
    }

    /// Builds beside and says what differs; the dataset is left as it is.
    fn check(&self, started: Instant) -> Result<Result<Summary, Code>, Failure> {
        let old = Lock::read(&self.args.out)?;
        let beside = tempfile::tempdir()?;
        let dataset = self.build(beside.path())?;
        let new = self.put(&dataset, beside.path())?;
        let summary = Summary::of(&dataset, &self.overrides);
        let differences = lock::differences(&old, &new, &self.args.out)?;
        if differences.is_empty() {
            return Ok(Ok(summary));
        }
        summary.tell(started);
        let mut stdout = io::stdout().lock();
        for line in &differences {
            writeln!(stdout, "{line}")?;
        }
        Ok(Err(Code::Findings))
    }

    /// The version to keep ids of.
    fn earlier(&self) -> Option<PathBuf> {
        let own =
            Some(self.args.out.clone()).filter(|out| !self.args.no_previous && out.join(lock::NAME).exists());
        self.args.previous.clone().or(own)
    }

    /// Writes a dataset on as many threads as the call allows.
    fn put(&self, dataset: &Dataset, folder: &Path) -> io::Result<Lock> {
        let write = || write::write(dataset, &rules::fingerprint(), &self.inputs, self.args.csv_safe, folder);
        pipeline::with_jobs(self.args.jobs, write)
    }

    /// Makes the dataset; what it can't hold in memory lies on the disk of `folder`.
    fn build(&self, folder: &Path) -> Result<Dataset<'_>, Failure> {
        let bar = ProgressBar::new(self.inputs.iter().map(|input| input.bytes).sum());
        bar.set_style(style());
        let flow = Flow {
            rules: &Rules::builtin(),
            options: &self.args.reading.options(),
            overrides: &self.overrides,
            cache: &self.cache,
            batch_bytes: pipeline::BATCH_BYTES,
            progress: &|input| bar.inc(input.bytes),
        };
        let dataset = pipeline::with_jobs(self.args.jobs, || pipeline::run(&self.inputs, &flow, folder));
        bar.finish_and_clear();
        let mut dataset = dataset?;
        if let Some(folder) = self.earlier() {
            let carried = carry::carry(&mut dataset, &folder);
            if self.args.previous.is_some() {
                carried?;
            } else if let Err(error) = carried {
                eprintln!("annalist: ids of {} are not kept: {error}", folder.display());
            }
        }
        Ok(dataset)
    }
}

/// All that is given to a run and decides what it makes of a file.
fn what_decides(args: &Args, overrides: &Overrides) -> String {
    format!("{}\0{:?}\0{}", overrides.text(), args.reading.options(), args.csv_safe)
}

fn lock_bytes(folder: &Path) -> Vec<u8> {
    std::fs::read(folder.join(lock::NAME)).unwrap_or_default()
}

/// indicatif draws on stderr, and only where that is a terminal.
fn style() -> ProgressStyle {
    let bar = "{bar:32} {bytes}/{total_bytes} {bytes_per_sec} {eta}";
    ProgressStyle::with_template(bar).unwrap_or_else(|_| ProgressStyle::default_bar())
}
