//! `trapwise`: the author's and teacher's command line.
//!
//! Results go to standard output, what is wrong with files to standard error. Exit status: 0 fine, 1 the
//! content or design falls short, 2 bad usage or input that cannot be read. Nothing panics on input.

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
