//! `annalist explain`: why a row is there.

use super::{Code, Failure, Outcome};
use crate::explain::{self, Explanation};
use clap::ValueEnum;
use std::io::{self, Write};
use std::path::PathBuf;

/// Tell why a row is there: passage, rules, evidence, and the override that would change it
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  annalist explain state/ukraine\n  annalist explain Lavrov 拉夫罗夫\n  annalist explain raw/ru-news.txt"
)]
pub struct Args {
    /// Id of an event, mention, sentence, document or entity; a name; or a file
    what: String,
    /// A second name: why the two are one, or not
    other: Option<String>,
    /// Folder of the dataset
    #[arg(long, default_value = "out", value_name = "OUT")]
    dataset: PathBuf,
    /// The sources, to show passages as they stand there
    #[arg(long, default_value = "raw", value_name = "RAW")]
    raw: PathBuf,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
}

pub fn run(args: &Args) -> Outcome {
    let raw = Some(args.raw.as_path()).filter(|raw| raw.exists());
    let found: Option<Explanation> = match &args.other {
        None => explain::explain(&args.dataset, raw, &args.what)?,
        Some(other) => explain::explain_pair(&args.dataset, &args.what, other)?,
    };
    let Some(found) = found else {
        let what =
            args.other.as_ref().map_or(args.what.clone(), |other| format!("{} and {other}", args.what));
        eprintln!("annalist: nothing in {} is {what}", args.dataset.display());
        return Ok(Code::NoInput);
    };
    let text = match args.format {
        Format::Text => found.text(),
        Format::Json => serde_json::to_string_pretty(&found).map_err(Failure::from)? + "\n",
    };
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(Code::Done)
}
