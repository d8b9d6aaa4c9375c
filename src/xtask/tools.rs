//! The build tools: which, of which version, and how a machine without them gets them.
//!
//! They live in the user's cache; of the system nothing is changed but the Rust toolchain, which gets
//! the target and the components that are missing.

use crate::process::{cargo, read, run};
use crate::tool::{Source, Tool, path_with};
use crate::workspace::{Workspace, tools_dir};
use crate::{Result, seconds, versions};
use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// The newest that builds with the workspace's `rust-version`.
const TRUNK: &str = "0.21.14";
const BINARYEN: &str = "132.0.0";
const ESBUILD: &str = "0.28.2";
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";
const NODE_AT_LEAST: u32 = 20;

/// The tools in place.
pub struct Tools {
    trunk: PathBuf,
    path: OsString,
}

impl Tools {
    /// Trunk, which finds the other tools on its `PATH`.
    pub fn trunk(&self, workspace: &Workspace) -> Command {
        let mut command = Command::new(&self.trunk);
        command.current_dir(workspace.root()).env("PATH", &self.path);
        // Trunk reads this as a yes-or-no setting of its own and refuses the usual `NO_COLOR=1`.
        if std::env::var_os("NO_COLOR").is_some() {
            command.env_remove("NO_COLOR").args(["--color", "never"]);
        }
        command
    }

    /// Another of the tools, by the name of its program.
    pub fn command(&self, program: &str, workspace: &Workspace) -> Command {
        let mut command = Command::new(program);
        command.current_dir(workspace.root()).env("PATH", &self.path);
        command
    }
}

/// Finds the tools, installing what is missing and saying so.
pub fn ensure(workspace: &Workspace) -> Result<Tools> {
    ensure_node()?;
    let dir = tools_dir()?;
    let wanted = wanted(workspace, &dir)?;
    if !has_wasm_target(workspace) || !wanted.iter().all(Tool::is_installed) {
        fs::create_dir_all(&dir).map_err(|error| format!("cannot create {}: {error}", dir.display()))?;
        let _lock = lock(&dir)?;
        let steps = wanted.len() + 1;
        println!("[1/{steps}] the Rust target {WASM_TARGET}");
        ensure_wasm_target(workspace)?;
        for (number, tool) in (2..).zip(&wanted) {
            // Looked at again: another run may have installed it while this one waited for the lock.
            if tool.is_installed() {
                println!("[{number}/{steps}] {} is installed", tool.name());
            } else {
                println!("[{number}/{steps}] installing {} {}", tool.name(), tool.patience());
                let start = Instant::now();
                tool.install(&dir)?;
                println!("[{number}/{steps}] {} installed in {}", tool.name(), seconds(start.elapsed()));
            }
        }
    }
    let bins: Vec<PathBuf> = wanted.iter().map(Tool::bin).collect();
    let path = path_with(&bins)?;
    let trunk = wanted.iter().find(|tool| tool.program == "trunk").map(Tool::executable).unwrap_or_default();
    Ok(Tools { trunk, path })
}

/// Adds the target that the page is compiled for.
pub fn ensure_wasm_target(workspace: &Workspace) -> Result {
    if has_wasm_target(workspace) { Ok(()) } else { rustup(workspace, &["target", "add", WASM_TARGET]) }
}

/// Adds a part of the toolchain that cargo calls as `cargo SUBCOMMAND`; minimal toolchains lack it.
pub fn ensure_component(workspace: &Workspace, subcommand: &str, component: &str) -> Result {
    match read(cargo(workspace.root()).args([subcommand, "--version"])) {
        Ok(_) => Ok(()),
        Err(_) => rustup(workspace, &["component", "add", component]),
    }
}

/// Checks that Node is there, and new enough.
pub fn ensure_node() -> Result {
    let advice = format!("install Node {NODE_AT_LEAST} or newer, with npm");
    let printed =
        read(Command::new("node").arg("--version")).map_err(|error| format!("{error}; {advice}"))?;
    match versions::major(&printed) {
        Some(major) if major >= NODE_AT_LEAST => Ok(()),
        _ => Err(format!("Node {} is too old; {advice}", printed.trim())),
    }
}

fn has_wasm_target(workspace: &Workspace) -> bool {
    let mut rustc = Command::new("rustc");
    rustc.current_dir(workspace.root()).args(["--print", "target-libdir", "--target", WASM_TARGET]);
    read(&mut rustc).is_ok_and(|dir| Path::new(dir.trim()).is_dir())
}

// Explicitly, because rustup's own installing on demand may be switched off.
fn rustup(workspace: &Workspace, arguments: &[&str]) -> Result {
    run(Command::new("rustup").current_dir(workspace.root()).args(arguments))
        .map_err(|error| format!("{error}; the toolchain needs `rustup {}`", arguments.join(" ")))
}

fn wanted(workspace: &Workspace, dir: &Path) -> Result<[Tool; 4]> {
    let tool = |package: &'static str, version: &str, program: &'static str, source: Source| Tool {
        folder: dir.join(format!("{package}-{version}")),
        package,
        version: version.to_owned(),
        program,
        source,
    };
    Ok([
        tool("trunk", TRUNK, "trunk", Source::Cargo),
        // The command-line tool and the library in the page must be of one version.
        tool("wasm-bindgen-cli", &workspace.locked_version("wasm-bindgen")?, "wasm-bindgen", Source::Cargo),
        tool("binaryen", BINARYEN, "wasm-opt", Source::Npm),
        tool("esbuild", ESBUILD, "esbuild", Source::Npm),
    ])
}

/// One installation at a time: a second run waits and then finds the tools in place.
fn lock(dir: &Path) -> Result<File> {
    let path = dir.join("lock");
    let problem = |error: std::io::Error| format!("cannot lock {}: {error}", path.display());
    let file = File::create(&path).map_err(problem)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            println!("waiting for another run that is installing tools in {}", dir.display());
            file.lock().map_err(problem)?;
        }
        Err(TryLockError::Error(error)) => return Err(problem(error)),
    }
    Ok(file)
}
