//! `cargo xtask bench`: measures, prints tables, and judges nothing: times are no test.

mod engine;
mod module;

use crate::process::run;
use crate::tools::Tools;
use crate::workspace::Workspace;
use crate::{Result, browser, chrome, site, size, tools};
use std::path::Path;
use std::process::Command;

/// One thing to measure. Its name is what `--only` takes.
struct Part {
    name: &'static str,
    run: fn(&Workspace, &Tools, &Path) -> Result,
}

const PARTS: [Part; 4] = [
    // The engine native and as WebAssembly.
    Part { name: "engine", run: engine::run },
    // A card over a large board, here and in React Flow.
    Part { name: "drag", run: drag },
    // The site in the eyes of Lighthouse.
    Part { name: "lighthouse", run: lighthouse },
    // What a first visit downloads.
    Part { name: "size", run: first_visit },
];

/// The names that `--only` takes.
pub fn names() -> [&'static str; PARTS.len()] {
    PARTS.map(|part| part.name)
}

/// Measures the parts of these names, or all, one after the other.
pub fn measure(workspace: &Workspace, only: &[String]) -> Result {
    let chrome = chrome::find()?;
    let tools = tools::ensure(workspace)?;
    site::build(workspace, &tools)?;
    browser::install_packages(&workspace.browser_tests())?;
    for part in PARTS {
        if only.is_empty() || only.iter().any(|name| name == part.name) {
            println!("\n== {}", part.name);
            (part.run)(workspace, &tools, &chrome)?;
        }
    }
    Ok(())
}

fn drag(workspace: &Workspace, tools: &Tools, chrome: &Path) -> Result {
    let module = module::build(workspace, tools)?;
    browser::install_packages(&workspace.benchmarks())?;
    let mut node = Command::new("node");
    node.env("CHROME_PATH", chrome).arg(workspace.benchmarks().join("drag.mjs"));
    run(node.arg(workspace.dist()).arg(module))
}

fn lighthouse(workspace: &Workspace, _: &Tools, chrome: &Path) -> Result {
    let folder = workspace.benchmarks().join("lighthouse");
    browser::install_packages(&folder)?;
    let mut node = Command::new("node");
    run(node.env("CHROME_PATH", chrome).arg(folder.join("run.mjs")).arg(workspace.dist()))
}

fn first_visit(workspace: &Workspace, _: &Tools, _: &Path) -> Result {
    println!("first visit: {} bytes of brotli", size::first_visit_brotli(workspace)?);
    Ok(())
}
