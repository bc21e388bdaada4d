//! `annalist diff`: what changed between two datasets or two table files.

use super::{Code, Failure, Outcome};
use crate::diff::{self, Diff, Options, render};
use crate::text::visible;
use clap::ValueEnum;
use std::io::{self, Write};
use std::path::PathBuf;

/// Tell what changed between two datasets, or between two CSV or Parquet files
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  annalist run raw --out out-new\n  annalist diff out out-new --format md\n  annalist diff out/events.csv out-new/events.parquet --key event_id\n\nExit code 1 where something differs, 0 where nothing does."
)]
pub struct Args {
    /// Dataset folder or table file
    old: PathBuf,
    /// What to compare with it, of the same kind
    new: PathBuf,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Compare only this table (may be repeated)
    #[arg(long, value_name = "TABLE")]
    table: Vec<String>,
    /// Leave out a column, as COL or TABLE.COL (may be repeated)
    #[arg(long, value_name = "COL")]
    ignore: Vec<String>,
    /// Key columns of files that are no table of a dataset (repeated or joined with commas)
    #[arg(long, value_name = "COL", value_delimiter = ',')]
    key: Vec<String>,
    /// Numbers that differ by no more are equal
    #[arg(long, default_value_t = 0.0, value_name = "X")]
    tolerance: f64,
    /// Rows shown of each kind and table; 0 for all [default: 20 in text and md, all elsewhere]
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Folder for --format csv-dir
    #[arg(long, value_name = "DIR", default_value = "diff")]
    output: PathBuf,
    /// Exit with 0 even where something differs
    #[arg(long)]
    exit_zero: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Md,
    Html,
    CsvDir,
}

pub fn run(args: &Args) -> Outcome {
    if args.tolerance.is_nan() || args.tolerance < 0.0 {
        return Err(Failure::new("--tolerance is a number from 0"));
    }
    let limit = match args.limit {
        Some(0) => usize::MAX,
        Some(limit) => limit,
        None if matches!(args.format, Format::Text | Format::Md) => 20,
        None => usize::MAX,
    };
    let options = Options {
        tables: args.table.clone(),
        ignore: args.ignore.clone(),
        key: args.key.clone(),
        tolerance: args.tolerance,
        limit,
    };
    for path in [&args.old, &args.new] {
        std::fs::metadata(path)
            .map_err(|error| Failure::new(format!("cannot read {}: {error}", path.display())))?;
    }
    let diff = diff::diff(&args.old, &args.new, &options)?;
    write(&diff, args, limit)?;
    Ok(if diff.differs() && !args.exit_zero { Code::Findings } else { Code::Done })
}

fn write(diff: &Diff, args: &Args, limit: usize) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match args.format {
        Format::Text => out.write_all(visible(&render::text(diff, limit)).as_bytes())?,
        Format::Md => out.write_all(render::markdown(diff, render::LONGEST_COMMENT).as_bytes())?,
        Format::Html => out.write_all(render::html(diff).as_bytes())?,
        Format::CsvDir => render::csv_dir(diff, &args.output)?,
        Format::Json => {
            serde_json::to_writer_pretty(&mut out, diff)?;
            out.write_all(b"\n")?;
        }
    }
    out.flush()?;
    Ok(())
}
