//! `annalist man`: the manual pages, made from the same definitions as `--help`.

use super::{Cli, Code, Failure, Outcome};
use clap::CommandFactory;
use clap_mangen::Man;
use std::fs;
use std::path::{Path, PathBuf};

/// Write the manual pages into a folder
#[derive(clap::Args)]
#[command(after_help = "Example:\n  annalist man man1")]
pub struct Args {
    /// Folder to write into; it is made where it is not there
    dir: PathBuf,
}

pub fn run(args: &Args) -> Outcome {
    fs::create_dir_all(&args.dir).map_err(|error| failed(&args.dir, &error))?;
    let mut top = Cli::command();
    top.build();
    write(&args.dir, "annalist", &top)?;
    for command in top.get_subcommands().filter(|command| command.get_name() != "help") {
        write(&args.dir, &format!("annalist-{}", command.get_name()), command)?;
    }
    Ok(Code::Done)
}

fn write(dir: &Path, title: &str, command: &clap::Command) -> Result<(), Failure> {
    let mut page = Vec::new();
    // No date: the same build writes the same pages.
    Man::new(command.clone()).title(title.to_uppercase()).render(&mut page)?;
    let path = dir.join(format!("{title}.1"));
    fs::write(&path, page).map_err(|error| failed(&path, &error))
}

fn failed(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(format!("can't write {}: {error}", path.display()))
}
