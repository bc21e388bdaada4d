//! The command line: one module a command, each a thin front door to a stage.

use clap::Parser;
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "annalist", version, about)]
struct Cli {}

/// Runs the program. Exit codes: 0 done, 1 done with findings, 2 the call or the machine is at
/// fault, 3 no input matched.
pub fn main() -> ExitCode {
    let _ = Cli::parse();
    ExitCode::SUCCESS
}
