//! The browser tests: Node's own test runner over `tests/browser/*.spec.mjs`, one file after another.

use crate::process::{follow, npm, run};
use crate::steps::Count;
use crate::tools::ensure_node;
use crate::workspace::Workspace;
use crate::{Result, chrome, command_line, size};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Runs the specs whose names contain one of `wanted` (all if there is none) against the site in `dist/`.
pub fn test(workspace: &Workspace, wanted: &[String], count: &mut Count) -> Result {
    let browser = chrome::find()?;
    let folder = workspace.browser_tests();
    install_packages(&folder)?;
    clear(&folder.join("artifacts"))?;
    let specs = specs(&folder, wanted)?;
    let trapwise = command_line::build(workspace)?;
    let mut failed = Vec::new();
    for spec in &specs {
        if let Err(problem) = test_file(workspace, &folder, (&browser, &trapwise), spec, count) {
            failed.push(format!("{spec}: {problem}"));
        }
    }
    if failed.is_empty() { Ok(()) } else { Err(failed.join("\n")) }
}

/// Runs one spec with the given browser and command line.
fn test_file(
    workspace: &Workspace,
    folder: &Path,
    (browser, trapwise): (&Path, &Path),
    spec: &str,
    count: &mut Count,
) -> Result {
    println!("\n{spec}");
    let results = folder.join("artifacts").join(format!("{spec}.tap"));
    let mut node = Command::new("node");
    node.current_dir(folder)
        .env("CHROME_PATH", browser)
        .env("TRAPWISE_CLI", trapwise)
        .env("TRAPWISE_DIST", workspace.dist())
        .env("TRAPWISE_BUDGET", size::BUDGET.to_string())
        .args(["--test", "--test-reporter=spec", "--test-reporter-destination=stdout", "--test-reporter=tap"])
        .arg(format!("--test-reporter-destination={}", results.display()))
        .arg(spec);
    let outcome = follow(&mut node, |_| ());
    let results = fs::read_to_string(&results).unwrap_or_default();
    let totals = totals(&results);
    count.add(totals.passed, totals.failed);
    outcome?;
    match totals {
        Totals { passed: 0, .. } => Err("no test ran".to_owned()),
        Totals { skipped, .. } if skipped > 0 => {
            Err(format!("{skipped} skipped: a browser test runs or fails"))
        }
        _ => Ok(()),
    }
}

/// Installs exactly what the lock file says; again only when the lock file has changed.
pub fn install_packages(folder: &Path) -> Result {
    ensure_node()?;
    let lock = folder.join("package-lock.json");
    let lock = fs::read(&lock).map_err(|error| format!("cannot read {}: {error}", lock.display()))?;
    let stamp = folder.join("node_modules").join(".installed-lock.json");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    println!("installing the packages of {}", folder.display());
    let mut install = npm(folder);
    install.env("npm_config_update_notifier", "false");
    run(install.args(["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]))?;
    fs::write(&stamp, lock).map_err(|error| format!("cannot write {}: {error}", stamp.display()))
}

fn clear(artifacts: &Path) -> Result {
    let problem = |error: std::io::Error| format!("cannot clear {}: {error}", artifacts.display());
    if artifacts.exists() {
        fs::remove_dir_all(artifacts).map_err(problem)?;
    }
    fs::create_dir_all(artifacts).map_err(problem)
}

fn specs(folder: &Path, wanted: &[String]) -> Result<Vec<String>> {
    let files = fs::read_dir(folder).map_err(|error| format!("cannot list {}: {error}", folder.display()))?;
    let mut specs: Vec<String> = files
        .flatten()
        .map(|file| PathBuf::from(file.file_name()).to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".spec.mjs"))
        .filter(|name| wanted.is_empty() || wanted.iter().any(|part| name.contains(part.as_str())))
        .collect();
    specs.sort();
    if specs.is_empty() { Err("no browser spec has such a name".to_owned()) } else { Ok(specs) }
}

#[derive(Debug, Default, PartialEq)]
struct Totals {
    passed: u32,
    failed: u32,
    skipped: u32,
}

/// The totals at the end of the runner's TAP; a cancelled test (out of time) has failed.
fn totals(tap: &str) -> Totals {
    let mut totals = Totals::default();
    for line in tap.lines() {
        let Some((name, number)) = line.strip_prefix("# ").and_then(|rest| rest.split_once(' ')) else {
            continue;
        };
        let Ok(number) = number.parse::<u32>() else {
            continue;
        };
        match name {
            "pass" => totals.passed = number,
            "fail" | "cancelled" => totals.failed += number,
            "skipped" | "todo" => totals.skipped += number,
            _ => {}
        }
    }
    totals
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_totals_of_a_run() {
        let tap = "TAP version 13\nok 1 - starts\n# tests 9\n# suites 0\n# pass 4\n# fail 2\n\
                   # cancelled 1\n# skipped 1\n# todo 1\n# duration_ms 6938.36\n";
        assert_eq!(totals(tap), Totals { passed: 4, failed: 3, skipped: 2 });
    }

    #[test]
    fn a_run_that_broke_off_has_no_totals() {
        assert_eq!(totals("TAP version 13\nok 1 - starts\n"), Totals::default());
    }
}
