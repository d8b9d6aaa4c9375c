//! `cargo xtask`: the project's own commands, from an empty machine to a served and tested site.
//!
//! It compiles in seconds because it has no dependency; what it needs beyond the standard library it
//! asks of tools that the project needs anyway (cargo, Node). It knows nothing of the app's crates.

mod args;
mod bench;
mod browser;
mod chrome;
mod files;
mod finish;
mod process;
mod reload;
mod serve;
mod shorten;
mod site;
mod size;
mod stamp;
mod steps;
mod tool;
mod tools;
mod versions;
mod workspace;

use args::Command;
use std::process::ExitCode;
use workspace::Workspace;

/// What went wrong, in words for the person at the terminal.
type Result<T = ()> = std::result::Result<T, String>;

fn main() -> ExitCode {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let command = match args::parse(&given) {
        Ok(command) => command,
        Err(problem) => {
            eprintln!("error: {problem}\n\n{}", args::USAGE);
            return ExitCode::from(2);
        }
    };
    match run(command) {
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
        Command::Help => {
            println!("{}", args::USAGE);
            Ok(())
        }
        Command::TestHelp => {
            println!("{}", steps::help());
            Ok(())
        }
        Command::Serve { port } => {
            // The port is taken before the build, so that a refusal does not come minutes later.
            let server = serve::Server::bind(port)?;
            site::build(&workspace, &tools::ensure(&workspace)?)?;
            println!("serving dist/ on {} (Ctrl-C stops it)", server.address());
            server.run(&workspace.dist())
        }
        Command::Dev { port } => {
            drop(serve::Server::bind(port)?);
            site::develop(&workspace, &tools::ensure(&workspace)?, port)
        }
        Command::Build => site::build(&workspace, &tools::ensure(&workspace)?),
        Command::Test(selection) => steps::run(&workspace, &selection),
        Command::Size => size::check(&workspace),
        Command::Bench { only } => bench::measure(&workspace, &only),
        Command::FinishSite => finish::finish_from_hook(&workspace),
    }
}
