//! Running other programs: passing their output through, reading it, or both.

use crate::Result;
use std::ffi::OsString;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

/// The cargo that runs this command, in `dir`.
pub fn cargo(dir: &Path) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = Command::new(program);
    command.current_dir(dir);
    command
}

/// npm, which is a script with a name of its own on Windows.
pub fn npm(dir: &Path) -> Command {
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.current_dir(dir);
    command
}

/// Runs a program whose output goes to the terminal as it comes.
pub fn run(command: &mut Command) -> Result {
    let status = command.status().map_err(|error| cannot_run(command, &error))?;
    if status.success() { Ok(()) } else { Err(format!("{} failed ({status})", name(command))) }
}

/// Runs a program and returns what it wrote to standard output.
pub fn read(command: &mut Command) -> Result<String> {
    let output = command.stdin(Stdio::null()).output().map_err(|error| cannot_run(command, &error))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        let said = String::from_utf8_lossy(&output.stderr);
        Err(format!("{} failed ({})\n{}", name(command), output.status, said.trim_end()))
    }
}

/// Runs a program, shows each line of its standard output as it comes and hands it to `line` as well.
pub fn follow(command: &mut Command, mut line: impl FnMut(&str)) -> Result {
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(|error| cannot_run(command, &error))?;
    if let Some(stdout) = child.stdout.take() {
        let mut terminal = std::io::stdout();
        for bytes in BufReader::new(stdout).split(b'\n') {
            let bytes = bytes.map_err(|error| format!("cannot read from {}: {error}", name(command)))?;
            // A closed terminal must not hide the result, so a failing echo is let go.
            let _ = terminal.write_all(&bytes).and_then(|()| terminal.write_all(b"\n"));
            line(&String::from_utf8_lossy(&bytes));
        }
    }
    let status = child.wait().map_err(|error| cannot_run(command, &error))?;
    if status.success() { Ok(()) } else { Err(format!("{} failed ({status})", name(command))) }
}

fn cannot_run(command: &Command, error: &std::io::Error) -> String {
    format!("cannot run {}: {error}", name(command))
}

fn name(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let program = program.file_stem().unwrap_or(program.as_os_str()).to_string_lossy();
    match command.get_args().next() {
        Some(first) => format!("`{program} {}`", first.to_string_lossy()),
        None => format!("`{program}`"),
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn followed_lines_arrive_and_the_status_counts() {
        let mut lines = Vec::new();
        let outcome = follow(&mut shell("echo one; echo two; exit 3"), |line| lines.push(line.to_owned()));
        assert_eq!(lines, ["one", "two"]);
        assert!(outcome.unwrap_err().contains("`sh -c` failed"));
    }

    #[test]
    fn a_missing_program_is_named() {
        let problem = run(&mut Command::new("no-such-program")).unwrap_err();
        assert!(problem.starts_with("cannot run `no-such-program`"), "{problem}");
    }

    #[test]
    fn a_failed_reading_tells_what_the_program_said() {
        let problem = read(&mut shell("echo why >&2; exit 1")).unwrap_err();
        assert!(problem.ends_with("why"), "{problem}");
    }
}
