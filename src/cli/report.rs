//! `annalist report`: one self-contained page on a dataset.

use super::{Code, Failure, Outcome};
use crate::report;
use std::io::{self, Write};
use std::path::PathBuf;

/// Make one self-contained HTML page on a dataset: timeline, names across scripts, coverage
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  annalist report out --html report.html\n  annalist report out --title \"Peace talks\" > report.html"
)]
pub struct Args {
    /// Folder of the dataset
    #[arg(default_value = "out")]
    out: PathBuf,
    /// File to write; standard output where none is named
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Heading of the page
    #[arg(long, value_name = "TEXT", default_value = "Dated events and the names in them")]
    title: String,
}

pub fn run(args: &Args) -> Outcome {
    let page = report::html(&args.out, &args.title)?;
    match &args.html {
        None => io::stdout().lock().write_all(page.as_bytes())?,
        Some(file) => std::fs::write(file, page)
            .map_err(|error| Failure::new(format!("can't write {}: {error}", file.display())))?,
    }
    Ok(Code::Done)
}
