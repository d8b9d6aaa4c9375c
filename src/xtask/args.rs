//! The command line of `cargo xtask`. It runs nothing.

use clap::builder::{PossibleValuesParser, RangedU64ValueParser};
use clap::{Args, Parser, Subcommand};

use crate::{bench, steps};

/// The project's own commands.
///
/// The first run installs the pinned build tools into a cache of the user's; later runs start in seconds.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", arg_required_else_help = true)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

/// One call of `cargo xtask`.
#[derive(Debug, PartialEq, Subcommand)]
pub enum Command {
    /// Build the release site and serve it on <http://127.0.0.1:8080/>.
    Serve(Port),
    /// Serve a debug build, rebuilt and reloaded at every change.
    Dev(Port),
    /// Build the release site into dist/.
    Build,
    /// Run every test: format, clippy, native tests, content, release build, size, browser tests.
    #[command(after_help = steps::list())]
    Test(Selection),
    /// Print what a first visit downloads from dist/, against the budget.
    Size,
    /// Measure the engine, dragging on a large board, Lighthouse and the size of the first visit.
    Bench(Parts),
    /// Finish a build of the site: Trunk's hook (see Trunk.toml).
    #[command(hide = true)]
    PostBuild,
}

/// Where to serve.
#[derive(Debug, PartialEq, Args)]
pub struct Port {
    /// The port on 127.0.0.1.
    #[arg(long, default_value_t = 8080, value_parser = RangedU64ValueParser::<u16>::new().range(1..))]
    pub port: u16,
}

/// Which part of `cargo xtask test` to run; empty lists mean everything.
#[derive(Debug, Default, PartialEq, Args)]
pub struct Selection {
    /// Run only this step; may be repeated, the order stays that of the list.
    #[arg(long, value_name = "STEP", value_parser = PossibleValuesParser::new(steps::names()))]
    pub only: Vec<String>,
    /// Of the browser tests, run only the specs with this text in their names; may be repeated.
    #[arg(long = "spec", value_name = "TEXT")]
    pub specs: Vec<String>,
}

/// Which part of `cargo xtask bench` to run.
#[derive(Debug, PartialEq, Args)]
pub struct Parts {
    /// Measure only this; may be repeated.
    #[arg(long, value_name = "PART", value_parser = PossibleValuesParser::new(bench::names()))]
    pub only: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Command, String> {
        let words = std::iter::once("cargo xtask").chain(line.split_whitespace());
        Arguments::try_parse_from(words).map(|arguments| arguments.command).map_err(|error| error.to_string())
    }

    #[test]
    fn commands_are_understood() {
        assert_eq!(parsed("serve"), Ok(Command::Serve(Port { port: 8080 })));
        assert_eq!(parsed("dev --port 9000"), Ok(Command::Dev(Port { port: 9000 })));
        assert_eq!(parsed("bench"), Ok(Command::Bench(Parts { only: Vec::new() })));
        assert_eq!(parsed("bench --only drag"), Ok(Command::Bench(Parts { only: vec!["drag".into()] })));
        assert_eq!(parsed("post-build"), Ok(Command::PostBuild));
        let selection =
            Selection { only: vec!["build".into(), "browser".into()], specs: vec!["canvas".into()] };
        assert_eq!(parsed("test --only build --only browser --spec canvas"), Ok(Command::Test(selection)));
    }

    #[test]
    fn help_lists_the_steps_of_the_test() {
        let help = parsed("test --help").unwrap_err();
        for step in ["format", "native", "verify", "browser"] {
            assert!(help.contains(step), "{step} is missing in\n{help}");
        }
    }

    #[test]
    fn wrong_calls_name_the_word_or_the_known_ones() {
        for (line, word) in [
            ("server", "server"),
            ("build now", "now"),
            ("serve --port http", "http"),
            ("serve --port 0", "0"),
            ("serve --port 65536", "65536"),
            ("serve --open", "--open"),
            ("test --only", "--only"),
            ("test --only browsers", "clippy-wasm"),
            ("bench --only cpu", "lighthouse"),
            ("bench --spec canvas", "--spec"),
            ("test browser", "browser"),
        ] {
            let problem = parsed(line).unwrap_err();
            assert!(problem.contains(word), "{line}: {problem}");
        }
    }
}
