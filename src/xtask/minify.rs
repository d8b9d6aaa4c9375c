//! Minifies the scripts and styles of a release with esbuild. wasm-opt, which Trunk calls, does the same for
//! the `WebAssembly`.

use crate::process::run;
use crate::{Result, files};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Minifies the scripts and styles of a built site in place. esbuild must be on the `PATH`.
pub fn minify(site: &Path) -> Result {
    let mut found = files::below(site)?;
    let has = |file: &PathBuf, ending: &str| file.extension().is_some_and(|found| found == ending);
    found.retain(|file| has(file, "js") || has(file, "css"));
    // Without a format, as scripts and modules are to stay what they are.
    let mut esbuild = Command::new(if cfg!(windows) { "esbuild.cmd" } else { "esbuild" });
    esbuild.args(["--minify", "--charset=utf8", "--log-level=warning", "--allow-overwrite"]);
    esbuild.arg(format!("--outbase={}", site.display())).arg(format!("--outdir={}", site.display()));
    if found.is_empty() { Ok(()) } else { run(esbuild.args(found)) }
}
