//! `trapwise`: the command line for authors and teachers.
//!
//! Results go to standard output, diagnostics to standard error. Exit status: 0 success, 1 the content or
//! design does not meet the requirements, 2 incorrect usage or unreadable input. No input causes a panic.

mod args;
mod commands;
mod console;
mod files;
mod format;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};
use console::{Console, Outcome};

fn main() -> ExitCode {
    let mut console = Console::default();
    let outcome = run(Args::parse(), &mut console);
    console.finish(outcome)
}

fn run(args: Args, console: &mut Console) -> Outcome {
    match args.command {
        Command::Verify(args) => commands::verify::run(&args, console),
        Command::Score(args) => commands::score::run(&args, console),
        Command::Index(args) => commands::index::run(&args, console),
        Command::Explain(args) => commands::explain::run(&args, console),
        Command::List(args) => commands::list::run(&args, console),
        Command::Coverage(args) => commands::coverage::run(&args, console),
        Command::Schema(args) => commands::schema::run(&args, console),
        Command::New(args) => commands::new::run(&args, console),
        Command::Fmt(args) => commands::fmt::run(&args, console),
        Command::Migrate(args) => commands::migrate::run(&args, console),
    }
}
