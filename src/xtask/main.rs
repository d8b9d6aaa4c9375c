//! `cargo xtask`: the project's own commands, from an empty machine to a served and tested site.
//!
//! Its only dependencies are clap and cargo_metadata, so that it compiles in seconds; everything else it
//! asks of tools that the project needs anyway (cargo, Node). It knows nothing of the app's crates.

mod args;
mod bench;
mod browser;
mod chrome;
mod command_line;
mod files;
mod fingerprint;
mod minify;
mod post_build;
mod process;
mod reload;
mod serve;
mod site;
mod size;
mod steps;
mod tool;
mod tools;
mod versions;
mod workspace;

use args::{Arguments, Command, Port};
use clap::Parser;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use workspace::Workspace;

/// What went wrong, in words for the person at the terminal.
type Result<T = ()> = std::result::Result<T, String>;

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result {
    let workspace = Workspace::find()?;
    match command {
        Command::Serve(Port { port }) => {
            let start = Instant::now();
            // The port is bound before the build, so that a refusal does not come minutes later.
            let server = serve::Server::bind(port)?;
            site::build(&workspace, &tools::ensure(&workspace)?)?;
            println!("ready after {}", seconds(start.elapsed()));
            println!("serving dist/ on {} (Ctrl-C stops it)", server.address());
            server.run(&workspace.dist())
        }
        Command::Dev(Port { port }) => {
            drop(serve::Server::bind(port)?);
            site::develop(&workspace, &tools::ensure(&workspace)?, port)
        }
        Command::Build => site::build(&workspace, &tools::ensure(&workspace)?),
        Command::Test(selection) => steps::run(&workspace, &selection),
        Command::Size => size::check(&workspace),
        Command::Bench(parts) => bench::measure(&workspace, &parts.only),
        Command::PostBuild => post_build::run_from_hook(&workspace),
    }
}

/// A duration as the commands print it.
fn seconds(elapsed: Duration) -> String {
    format!("{:.1} s", elapsed.as_secs_f64())
}
