//! The engine's samples as a module for the browser, made as Trunk makes the page.

use crate::process::{cargo, run};
use crate::tools::{Tools, WASM_TARGET};
use crate::workspace::Workspace;
use crate::{Result, site};
use std::path::{Path, PathBuf};

/// Builds it: the release profile with the page's flags, then wasm-bindgen, then wasm-opt for size.
/// Returns its folder.
pub fn build(workspace: &Workspace, tools: &Tools) -> Result<PathBuf> {
    let mut build = cargo(workspace.root());
    build.args(["build", "--locked", "--release", "--target", WASM_TARGET, "--package", "trapwise-bench"]);
    run(site::with_path_flags(&mut build, workspace))?;
    let compiled = workspace.target().join(WASM_TARGET).join("release").join("trapwise_bench.wasm");
    let folder = workspace.target().join("bench-module");
    let mut bind = tools.command("wasm-bindgen", workspace);
    bind.args(["--target", "web", "--no-typescript", "--out-name", "bench", "--out-dir"]);
    run(bind.arg(&folder).arg(compiled))?;
    optimise(workspace, tools, &folder.join("bench_bg.wasm"))?;
    Ok(folder)
}

/// What `data-wasm-opt` and `data-wasm-opt-params` in `index.html` say.
fn optimise(workspace: &Workspace, tools: &Tools, module: &Path) -> Result {
    let mut optimise = tools.command("wasm-opt", workspace);
    optimise.args(["-Oz", "--strip-producers", "--strip-target-features", "-o"]);
    run(optimise.arg(module).arg(module))
}
