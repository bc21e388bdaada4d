//! The command line: one module a command, each a thin front door to a stage.
//!
//! Data goes to stdout, everything else to stderr. A command says how it ended with a [`Code`], and
//! with a [`Failure`] where the call or the machine is at fault; a reader that closes the pipe early
//! (`| head`) is no fault.

mod check;
mod clean;
mod completions;
mod dates;
mod diff;
mod explain;
mod inputs;
mod man;
mod matching;
mod reading;
mod report;
mod run;
mod schema;

use crate::fault::{INTERNAL_ERROR, said};
use clap::{Parser, Subcommand};
use std::io;
use std::panic::catch_unwind;
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "annalist", version, about, propagate_version = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Run(run::Args),
    Check(check::Args),
    Clean(clean::Args),
    Completions(completions::Args),
    Dates(dates::Args),
    Diff(diff::Args),
    Explain(explain::Args),
    Man(man::Args),
    Match(matching::Args),
    Report(report::Args),
    Schema(schema::Args),
}

/// How a command that did its work ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// Nothing differs, all holds.
    Done,
    /// Rejected inputs under `--strict`, differences, failed checks.
    Findings,
    /// No input matched.
    NoInput,
}

/// The call or the machine is at fault; the message names what to mend.
#[derive(Debug)]
pub struct Failure {
    message: String,
    closed_pipe: bool,
}

impl Failure {
    pub fn new(message: impl Into<String>) -> Self {
        Failure { message: message.into(), closed_pipe: false }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Failure { message: error.to_string(), closed_pipe: error.kind() == io::ErrorKind::BrokenPipe }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        io::Error::from(error).into()
    }
}

type Outcome = Result<Code, Failure>;

/// Runs the program. Exit codes: 0 done, 1 done with findings, 2 the call or the machine is at
/// fault, 3 no input matched.
pub fn main() -> ExitCode {
    let command = Cli::parse().command;
    let outcome = catch_unwind(|| call(command)).unwrap_or_else(|cause| {
        let message = format!("internal error: {}; {INTERNAL_ERROR}", said(&*cause));
        Err(Failure::new(message))
    });
    exit_code(outcome)
}

fn call(command: Command) -> Outcome {
    match command {
        Command::Run(args) => run::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Clean(args) => clean::run(&args),
        Command::Completions(args) => completions::run(&args),
        Command::Dates(args) => dates::run(&args),
        Command::Diff(args) => diff::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Man(args) => man::run(&args),
        Command::Match(args) => matching::run(&args),
        Command::Report(args) => report::run(&args),
        Command::Schema(args) => schema::run(&args),
    }
}

fn exit_code(outcome: Outcome) -> ExitCode {
    match outcome {
        Ok(Code::Done) => ExitCode::SUCCESS,
        Ok(Code::Findings) => ExitCode::from(1),
        Ok(Code::NoInput) => ExitCode::from(3),
        Err(failure) if failure.closed_pipe => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("annalist: {}", failure.message);
            ExitCode::from(2)
        }
    }
}
