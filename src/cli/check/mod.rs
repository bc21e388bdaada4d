//! `annalist check`: whether a dataset holds what it promises.

mod render;

use super::{Code, Failure, Outcome, inputs};
use crate::check::{self, Gates, Limit, Report};
use clap::ValueEnum;
use serde::Deserialize;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Check a dataset: schema, keys, hashes, and how much of it may be doubtful
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  annalist check out --raw raw --max-rejected 5%\n  annalist check out --format junit"
)]
pub struct Args {
    /// Folder of the dataset
    #[arg(default_value = "out")]
    out: PathBuf,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The sources: check also that every word of them is accounted for (may be repeated)
    #[arg(long, value_name = "RAW")]
    raw: Vec<PathBuf>,
    /// Most documents that may be rejected, as a count or a share such as 5%
    #[arg(long, value_name = "LIMIT")]
    max_rejected: Option<Limit>,
    /// Least documents
    #[arg(long, value_name = "N")]
    min_documents: Option<usize>,
    /// Most dates that may be without a day, as a count or a share
    #[arg(long, value_name = "LIMIT")]
    max_unresolved_dates: Option<Limit>,
    /// Most events whose sources may conflict, as a count or a share
    #[arg(long, value_name = "LIMIT")]
    max_conflicts: Option<Limit>,
    /// File with a [gates] table; flags go before it [default: annalist.toml, if there is one]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
    Github,
    Junit,
    Sarif,
}

pub fn run(args: &Args) -> Outcome {
    if !args.out.is_dir() {
        return Err(Failure::new(format!("no dataset folder {}", args.out.display())));
    }
    let flags = Gates {
        max_rejected: args.max_rejected,
        min_documents: args.min_documents,
        max_unresolved_dates: args.max_unresolved_dates,
        max_conflicts: args.max_conflicts,
    };
    let gates = flags.or(configured(args.config.as_deref())?);
    let raw = if args.raw.is_empty() { None } else { Some(inputs::find(&args.raw, Some(&args.out))?) };
    let report = check::check(&args.out, &gates, raw.as_deref())?;
    let folder = args.out.display().to_string();
    let text = match args.format {
        Format::Text => render::text(&report),
        Format::Json => render::json(&report),
        Format::Github => render::github(&report, &folder),
        Format::Junit => render::junit(&report),
        Format::Sarif => render::sarif(&report, &folder),
    };
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    summarise(&report)?;
    Ok(if report.errors() > 0 { Code::Findings } else { Code::Done })
}

/// The `[gates]` of a configuration file.
fn configured(file: Option<&Path>) -> Result<Gates, Failure> {
    #[derive(Deserialize)]
    struct Config {
        #[serde(default)]
        gates: Gates,
    }
    let named = file.unwrap_or(Path::new("annalist.toml"));
    if file.is_none() && !named.exists() {
        return Ok(Gates::default());
    }
    let wrong = |error: &dyn std::fmt::Display| Failure::new(format!("{}: {error}", named.display()));
    let text = std::fs::read_to_string(named).map_err(|error| wrong(&error))?;
    toml::from_str::<Config>(&text).map(|config| config.gates).map_err(|error| wrong(&error))
}

/// Adds to the summary of a GitHub step, where the call runs in one.
fn summarise(report: &Report) -> Result<(), Failure> {
    if let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()) {
        let mut file = OpenOptions::new().create(true).append(true).open(path)?;
        file.write_all(render::summary(report).as_bytes())?;
    }
    Ok(())
}
