//! The command line: words in, a [`Command`] out. It runs nothing.

use crate::Result;

/// Printed by `cargo xtask help` and below a wrong call.
pub const USAGE: &str = "\
usage: cargo xtask COMMAND

  serve [--port N]   build the release site and serve it on http://127.0.0.1:8080/
  dev [--port N]     the same with a debug build, rebuilt and reloaded at every change
  build              build the release site into dist/
  test               everything that has to hold; `cargo xtask test --help` lists the steps
  size               what a first visit downloads from dist/, against the budget
  bench [--only PART]...
                     measures, or only this: engine (native and in a browser), drag (over a large board,
                     here and in React Flow), lighthouse, size (of the first visit)
  help               this text

The first run installs the pinned build tools into a cache of the user's; later runs start in seconds.";

const DEFAULT_PORT: u16 = 8080;

/// One call of `cargo xtask`.
#[derive(Debug, PartialEq)]
pub enum Command {
    Help,
    Serve {
        port: u16,
    },
    Dev {
        port: u16,
    },
    Build,
    Test(Selection),
    TestHelp,
    Size,
    Bench {
        /// Names of parts; empty means everything.
        only: Vec<String>,
    },
    /// Trunk's hook after a build (see `Trunk.toml`).
    FinishSite,
}

/// Which part of `cargo xtask test` to run; empty lists mean everything.
#[derive(Debug, Default, PartialEq)]
pub struct Selection {
    /// Names of steps.
    pub only: Vec<String>,
    /// Parts of names of browser specs.
    pub specs: Vec<String>,
}

/// Reads the arguments that follow `cargo xtask`.
pub fn parse(given: &[String]) -> Result<Command> {
    let mut words = given.iter().map(String::as_str);
    let command = words.next().unwrap_or("help");
    let rest: Vec<&str> = words.collect();
    let plain = |command: Command| match rest.first() {
        None => Ok(command),
        Some(word) => Err(format!("`{word}` is not understood here")),
    };
    match command {
        "help" | "--help" | "-h" => plain(Command::Help),
        "serve" | "dev" | "build" | "size" | "bench" if asks_for_help(&rest) => Ok(Command::Help),
        "serve" => Ok(Command::Serve { port: port(&rest)? }),
        "dev" => Ok(Command::Dev { port: port(&rest)? }),
        "build" => plain(Command::Build),
        "test" if asks_for_help(&rest) => Ok(Command::TestHelp),
        "test" => selection(&rest).map(Command::Test),
        "size" => plain(Command::Size),
        "bench" => {
            let Selection { only, specs } = selection(&rest)?;
            if specs.is_empty() {
                Ok(Command::Bench { only })
            } else {
                Err("`--spec` is not understood here".to_owned())
            }
        }
        "finish-site" => plain(Command::FinishSite),
        other => Err(format!("there is no command `{other}`")),
    }
}

fn asks_for_help(words: &[&str]) -> bool {
    words.iter().any(|word| matches!(*word, "--help" | "-h"))
}

fn port(words: &[&str]) -> Result<u16> {
    match words {
        [] => Ok(DEFAULT_PORT),
        ["--port", number] => match number.parse() {
            Ok(port) if port > 0 => Ok(port),
            _ => Err(format!("`{number}` is no port: give a number from 1 to 65535")),
        },
        ["--port"] => Err("`--port` needs a number".to_owned()),
        [word, ..] => Err(format!("`{word}` is not understood here")),
    }
}

fn selection(words: &[&str]) -> Result<Selection> {
    let mut selection = Selection::default();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let list = match *word {
            "--only" => &mut selection.only,
            "--spec" => &mut selection.specs,
            other => return Err(format!("`{other}` is not understood here")),
        };
        match words.next() {
            Some(value) => list.push((*value).to_owned()),
            None => return Err(format!("`{word}` needs a name")),
        }
    }
    Ok(selection)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Command> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        parse(&words)
    }

    #[test]
    fn commands_are_understood() {
        assert_eq!(parsed(""), Ok(Command::Help));
        assert_eq!(parsed("serve"), Ok(Command::Serve { port: 8080 }));
        assert_eq!(parsed("bench"), Ok(Command::Bench { only: Vec::new() }));
        assert_eq!(parsed("bench --only drag"), Ok(Command::Bench { only: vec!["drag".into()] }));
        assert_eq!(parsed("dev --port 9000"), Ok(Command::Dev { port: 9000 }));
        assert_eq!(parsed("serve --help"), Ok(Command::Help));
        assert_eq!(parsed("test --help"), Ok(Command::TestHelp));
        let selection =
            Selection { only: vec!["build".into(), "browser".into()], specs: vec!["canvas".into()] };
        assert_eq!(parsed("test --only build --only browser --spec canvas"), Ok(Command::Test(selection)));
    }

    #[test]
    fn wrong_calls_name_the_word() {
        for (line, word) in [
            ("server", "server"),
            ("build now", "now"),
            ("serve --port http", "http"),
            ("serve --port 0", "`0`"),
            ("serve --port 65536", "65536"),
            ("serve --open", "--open"),
            ("test --only", "--only"),
            ("bench --spec canvas", "--spec"),
            ("test browser", "browser"),
        ] {
            let problem = parsed(line).unwrap_err();
            assert!(problem.contains(word), "{line}: {problem}");
        }
    }
}
