//! `cargo xtask test`: the steps, their order, and the account of them.
//!
//! Every step runs even after another has failed, so that one run tells everything; only those that
//! stand on a failed build are not tried, and count as failed.

use crate::args::Selection;
use crate::process::{cargo, follow, run as run_program};
use crate::workspace::Workspace;
use crate::{Result, browser, chrome, command_line, seconds, site, size, tools};
use std::process::Command;
use std::time::{Duration, Instant};

/// One part of the whole. Its name is what `--only` takes.
struct Step {
    name: &'static str,
    about: &'static str,
    run: fn(&Workspace, &Selection, &mut Count) -> Result,
}

const STEPS: [Step; 8] = [
    Step { name: "format", about: "the formatting of all Rust code", run: format },
    Step { name: "clippy", about: "clippy over the workspace, warnings denied", run: clippy },
    Step { name: "clippy-wasm", about: "the same for the page's target", run: clippy_wasm },
    Step { name: "native", about: "all native tests", run: native },
    Step { name: "verify", about: "`trapwise verify`: the scenarios", run: verify },
    Step { name: "build", about: "the release build of the site", run: build },
    Step { name: "size", about: "the first visit's size against its budget", run: check_size },
    Step { name: "browser", about: "the browser tests, of the site in dist/", run: browser },
];

/// Steps that test what the step `build` made.
const OF_THE_BUILD: [&str; 2] = ["size", "browser"];

/// Passed and failed: tests where a step counts them, else the step itself.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
pub struct Count {
    passed: u32,
    failed: u32,
}

impl Count {
    pub fn add(&mut self, passed: u32, failed: u32) {
        self.passed += passed;
        self.failed += failed;
    }

    /// Closes a step's own count: a failure shows in it even where no single test failed, and a step
    /// that counts nothing counts as one.
    fn closed(mut self, outcome: &Result) -> Self {
        match outcome {
            Ok(()) if self == Self::default() => self.passed = 1,
            Err(_) if self.failed == 0 => self.failed = 1,
            _ => {}
        }
        self
    }
}

/// The steps, for `cargo xtask test --help`.
pub fn list() -> String {
    let mut text = "Steps:\n".to_owned();
    for step in &STEPS {
        text.push_str(&format!("  {:12}  {}\n", step.name, step.about));
    }
    text.push_str("\nThe last line is `N passed, N failed`; any failure makes the command fail.");
    text
}

/// The names that `--only` takes.
pub fn names() -> [&'static str; STEPS.len()] {
    STEPS.map(|step| step.name)
}

/// Runs the selected steps. An error if anything failed.
pub fn run(workspace: &Workspace, selection: &Selection) -> Result {
    let steps = selected(selection);
    let mut done: Vec<(&str, Duration, Count)> = Vec::new();
    // Looked for first: a missing browser should not show after minutes of building.
    if steps.iter().any(|step| step.name == "browser")
        && let Err(problem) = chrome::find()
    {
        println!("{problem}");
    }
    let mut built = true;
    for step in steps {
        println!("\n== {}: {}", step.name, step.about);
        let start = Instant::now();
        let mut count = Count::default();
        let outcome = if built || !OF_THE_BUILD.contains(&step.name) {
            (step.run)(workspace, selection, &mut count)
        } else {
            Err("not run, because the build failed".to_owned())
        };
        built &= step.name != "build" || outcome.is_ok();
        let elapsed = start.elapsed();
        match &outcome {
            Ok(()) => println!("-- {} passed in {}", step.name, seconds(elapsed)),
            Err(problem) => println!("{problem}\n-- {} FAILED after {}", step.name, seconds(elapsed)),
        }
        done.push((step.name, elapsed, count.closed(&outcome)));
    }
    conclude(&done)
}

fn selected(selection: &Selection) -> Vec<&'static Step> {
    let wanted =
        |step: &&Step| selection.only.is_empty() || selection.only.iter().any(|name| name == step.name);
    STEPS.iter().filter(wanted).collect()
}

fn conclude(done: &[(&str, Duration, Count)]) -> Result {
    println!();
    let mut all = Count::default();
    for (name, elapsed, count) in done {
        println!("{name:12}  {:>8}  {} passed, {} failed", seconds(*elapsed), count.passed, count.failed);
        all.add(count.passed, count.failed);
    }
    println!("{} passed, {} failed", all.passed, all.failed);
    // The line above has to be the last one, so the failure is only told by the status.
    if all.failed == 0 { Ok(()) } else { std::process::exit(1) }
}

fn format(workspace: &Workspace, _: &Selection, _: &mut Count) -> Result {
    tools::ensure_component(workspace, "fmt", "rustfmt")?;
    run_program(cargo(workspace.root()).args(["fmt", "--all", "--check"]))
}

fn clippy(workspace: &Workspace, _: &Selection, _: &mut Count) -> Result {
    tools::ensure_component(workspace, "clippy", "clippy")?;
    let arguments = ["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"];
    run_program(cargo(workspace.root()).args(arguments))
}

fn clippy_wasm(workspace: &Workspace, _: &Selection, _: &mut Count) -> Result {
    tools::ensure_component(workspace, "clippy", "clippy")?;
    tools::ensure_wasm_target(workspace)?;
    let arguments = ["clippy", "--locked", "--target", "wasm32-unknown-unknown", "--", "-D", "warnings"];
    run_program(cargo(workspace.root()).args(arguments))
}

fn native(workspace: &Workspace, _: &Selection, count: &mut Count) -> Result {
    let mut tests = cargo(workspace.root());
    tests.args(["test", "--locked", "--workspace", "--no-fail-fast"]);
    follow(&mut tests, |line| {
        if let Some((passed, failed)) = test_result(line) {
            count.add(passed, failed);
        }
    })
}

/// The numbers in `test result: ok. 3 passed; 0 failed; …`, which ends the output of each test program.
fn test_result(line: &str) -> Option<(u32, u32)> {
    let (_, numbers) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let mut numbers = numbers.split("; ");
    let passed = numbers.next()?.strip_suffix(" passed")?.parse().ok()?;
    let failed = numbers.next()?.strip_suffix(" failed")?.parse().ok()?;
    Some((passed, failed))
}

fn verify(workspace: &Workspace, _: &Selection, _: &mut Count) -> Result {
    let trapwise = command_line::build(workspace)?;
    run_program(Command::new(trapwise).current_dir(workspace.root()).args(["verify", "scenarios"]))
}

fn build(workspace: &Workspace, _: &Selection, _: &mut Count) -> Result {
    site::build(workspace, &tools::ensure(workspace)?)
}

fn check_size(workspace: &Workspace, _: &Selection, _: &mut Count) -> Result {
    size::check(workspace)
}

fn browser(workspace: &Workspace, selection: &Selection, count: &mut Count) -> Result {
    browser::test(workspace, &selection.specs, count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_of_a_test_program() {
        let line = "test result: FAILED. 41 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.31s";
        assert_eq!(test_result(line), Some((41, 2)));
        assert_eq!(test_result("test result of the day"), None);
        assert_eq!(test_result("test some::test ... ok"), None);
    }

    #[test]
    fn a_failure_is_never_lost_in_the_count() {
        let failure: Result = Err("does not compile".to_owned());
        assert_eq!(Count::default().closed(&failure), Count { passed: 0, failed: 1 });
        assert_eq!(Count { passed: 7, failed: 0 }.closed(&failure), Count { passed: 7, failed: 1 });
        assert_eq!(Count { passed: 7, failed: 2 }.closed(&failure), Count { passed: 7, failed: 2 });
        assert_eq!(Count::default().closed(&Ok(())), Count { passed: 1, failed: 0 });
        assert_eq!(Count { passed: 7, failed: 0 }.closed(&Ok(())), Count { passed: 7, failed: 0 });
    }

    #[test]
    fn steps_are_chosen_by_name_and_stay_in_order() {
        let names = |only: &[&str]| {
            let only = only.iter().map(|name| (*name).to_owned()).collect();
            let steps = selected(&Selection { only, specs: Vec::new() });
            steps.iter().map(|step| step.name).collect::<Vec<_>>()
        };
        assert_eq!(names(&["browser", "build"]), ["build", "browser"]);
        assert_eq!(names(&[]).len(), STEPS.len());
    }
}
