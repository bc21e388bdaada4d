//! `annalist completions`: what a shell needs to complete commands, flags and values.

use super::{Cli, Code, Outcome};
use clap::CommandFactory;
use clap_complete::Shell;
use std::io::{self, Write};

/// Print the completions of a shell
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  annalist completions bash > annalist.bash\n  \
                        annalist completions fish > annalist.fish\n  annalist completions zsh > _annalist")]
pub struct Args {
    #[arg(value_enum)]
    shell: Shell,
}

pub fn run(args: &Args) -> Outcome {
    // Into memory first: the generator would panic on a pipe that closes early.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "annalist", &mut script);
    let mut out = io::stdout().lock();
    out.write_all(&script)?;
    out.flush()?;
    Ok(Code::Done)
}
