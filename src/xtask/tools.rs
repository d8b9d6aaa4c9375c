//! The build tools: which, of which version, and how a machine without them gets them.
//!
//! Each lives in a folder of its own in the user's cache. A tool is there when its program says the
//! right version; it is put there by renaming a finished installation, so that one broken off half way
//! is never taken for a tool.

use crate::process::{cargo, npm, read, run};
use crate::workspace::{Workspace, tools_dir};
use crate::{Result, versions};
use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The newest that builds with the workspace's `rust-version`.
const TRUNK: &str = "0.21.14";
const BINARYEN: &str = "132.0.0";
const WASM_TARGET: &str = "wasm32-unknown-unknown";
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
                tool.install(&dir)?;
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

fn wanted(workspace: &Workspace, dir: &Path) -> Result<[Tool; 3]> {
    let lock = workspace.root().join("Cargo.lock");
    let lock =
        fs::read_to_string(&lock).map_err(|error| format!("cannot read {}: {error}", lock.display()))?;
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
        tool("wasm-bindgen-cli", &versions::locked(&lock, "wasm-bindgen")?, "wasm-bindgen", Source::Cargo),
        tool("binaryen", BINARYEN, "wasm-opt", Source::Npm),
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

enum Source {
    Cargo,
    Npm,
}

struct Tool {
    package: &'static str,
    version: String,
    program: &'static str,
    source: Source,
    folder: PathBuf,
}

impl Tool {
    fn name(&self) -> String {
        format!("{} {}", self.package, self.version)
    }

    fn patience(&self) -> &'static str {
        match self.source {
            Source::Cargo => "(a few minutes, once)",
            Source::Npm => "(once)",
        }
    }

    fn bin(&self) -> PathBuf {
        self.bin_in(&self.folder)
    }

    fn bin_in(&self, folder: &Path) -> PathBuf {
        match self.source {
            Source::Cargo => folder.join("bin"),
            Source::Npm => folder.join("node_modules").join(".bin"),
        }
    }

    fn executable(&self) -> PathBuf {
        self.executable_in(&self.folder)
    }

    fn executable_in(&self, folder: &Path) -> PathBuf {
        let suffix = match self.source {
            Source::Npm if cfg!(windows) => ".cmd",
            Source::Npm => "",
            Source::Cargo => std::env::consts::EXE_SUFFIX,
        };
        self.bin_in(folder).join(format!("{}{suffix}", self.program))
    }

    fn is_installed(&self) -> bool {
        self.is_installed_in(&self.folder)
    }

    fn is_installed_in(&self, folder: &Path) -> bool {
        // binaryen's programs print the first number of the package's version only.
        let printed_version = match self.source {
            Source::Cargo => &self.version,
            Source::Npm => self.version.split('.').next().unwrap_or_default(),
        };
        read(Command::new(self.executable_in(folder)).arg("--version"))
            .is_ok_and(|printed| versions::names(&printed, printed_version))
    }

    /// Installs beside the final place and moves there what works. What a broken-off run has compiled is kept.
    fn install(&self, dir: &Path) -> Result {
        let partial = dir.join(format!("{}-{}.partial", self.package, self.version));
        let root = partial.join("root");
        fs::create_dir_all(&root).map_err(|error| format!("cannot create {}: {error}", root.display()))?;
        match self.source {
            Source::Cargo => self.cargo_install(dir, &root, &partial.join("build"))?,
            Source::Npm => self.npm_install(dir, &root)?,
        }
        if !self.is_installed_in(&root) {
            remove(&partial)?;
            return Err(format!("{} was installed but does not run", self.name()));
        }
        if self.folder.exists() {
            remove(&self.folder)?;
        }
        fs::rename(&root, &self.folder).map_err(|error| {
            format!("cannot move {} to {}: {error}", root.display(), self.folder.display())
        })?;
        remove(&partial)
    }

    // In the cache's folder, where this workspace's `.cargo/config.toml` does not apply, and without
    // the flags that whoever calls may have set for this workspace.
    fn cargo_install(&self, dir: &Path, root: &Path, build: &Path) -> Result {
        let mut install = cargo(dir);
        for name in ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "CARGO_BUILD_TARGET", "CARGO_BUILD_RUSTFLAGS"] {
            install.env_remove(name);
        }
        let version = format!("={}", self.version);
        install.env("CARGO_TARGET_DIR", build);
        // Else cargo advises to put the passing place of the installation there.
        install.env("PATH", path_with(&[self.bin_in(root)])?);
        install.args(["install", self.package, "--version", &version, "--locked", "--root"]).arg(root);
        run(&mut install)
    }

    fn npm_install(&self, dir: &Path, root: &Path) -> Result {
        let package = format!("{}@{}", self.package, self.version);
        let mut install = npm(dir);
        install
            .env("npm_config_update_notifier", "false")
            .args(["install", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error", "--prefix"])
            .arg(root)
            .arg(package);
        run(&mut install)
    }
}

/// The `PATH` with some folders in front.
fn path_with(folders: &[PathBuf]) -> Result<OsString> {
    let own = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths(folders.iter().cloned().chain(std::env::split_paths(&own)))
        .map_err(|error| format!("the tools' cache cannot be in PATH: {error}"))
}

fn remove(folder: &Path) -> Result {
    fs::remove_dir_all(folder).map_err(|error| format!("cannot remove {}: {error}", folder.display()))
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    // A shell writes the program: were it this process, another test's fork could hold the file open
    // for writing, and the system refuses to run such a file.
    fn tool_that_prints(name: &str, script: &str) -> Tool {
        let folder = format!("xtask-tools-{}-{name}", std::process::id());
        let folder = std::env::temp_dir().join(folder);
        let write = "mkdir -p \"$0/bin\" && printf '#!/bin/sh\\n%s\\n' \"$1\" > \"$0/bin/trunk\" \
                     && chmod +x \"$0/bin/trunk\"";
        run(Command::new("sh").args(["-c", write]).arg(&folder).arg(script)).unwrap();
        Tool { package: "trunk", version: TRUNK.to_owned(), program: "trunk", source: Source::Cargo, folder }
    }

    #[test]
    fn only_a_program_that_says_the_right_version_is_an_installed_tool() {
        for (name, script, installed) in [
            ("right", "echo trunk 0.21.14", true),
            ("older", "echo trunk 0.21.1", false),
            ("broken", "echo trunk 0.21.14; exit 1", false),
        ] {
            let tool = tool_that_prints(name, script);
            assert_eq!(tool.is_installed(), installed, "{name}");
            remove(&tool.folder).unwrap();
            assert!(!tool.is_installed(), "{name}, removed");
        }
    }
}
