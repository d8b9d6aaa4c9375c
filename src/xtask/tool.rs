//! One build tool: whether it is there, and how it gets there.
//!
//! A tool is there when its program says the right version. It is installed beside its place and moved
//! there when it works, so that an installation broken off half way is never taken for a tool.

use crate::process::{cargo, npm, read, run};
use crate::{Result, versions};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where a tool comes from.
pub enum Source {
    Cargo,
    Npm,
}

/// A program of one version, in a folder of its own.
pub struct Tool {
    pub package: &'static str,
    pub version: String,
    pub program: &'static str,
    pub source: Source,
    pub folder: PathBuf,
}

impl Tool {
    pub fn name(&self) -> String {
        format!("{} {}", self.package, self.version)
    }

    pub fn patience(&self) -> &'static str {
        match self.source {
            Source::Cargo => "(a few minutes, once)",
            Source::Npm => "(once)",
        }
    }

    pub fn bin(&self) -> PathBuf {
        self.bin_in(&self.folder)
    }

    fn bin_in(&self, folder: &Path) -> PathBuf {
        match self.source {
            Source::Cargo => folder.join("bin"),
            Source::Npm => folder.join("node_modules").join(".bin"),
        }
    }

    pub fn executable(&self) -> PathBuf {
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

    pub fn is_installed(&self) -> bool {
        self.is_installed_in(&self.folder)
    }

    fn is_installed_in(&self, folder: &Path) -> bool {
        // binaryen's programs print the first number of the package's version only.
        let first = self.version.split('.').next().unwrap_or_default();
        read(Command::new(self.executable_in(folder)).arg("--version"))
            .is_ok_and(|printed| [&self.version, first].iter().any(|it| versions::names(&printed, it)))
    }

    /// Installs beside the final place and moves there what works. What a broken-off run has compiled is kept.
    pub fn install(&self, dir: &Path) -> Result {
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
        // Unoptimised and without debug information: installing takes a third of the time, and a build of the
        // site only seconds more.
        install.env("CARGO_PROFILE_DEV_DEBUG", "0");
        install.args(["install", self.package, "--version", &version, "--locked", "--debug", "--root"]);
        install.arg(root);
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
pub fn path_with(folders: &[PathBuf]) -> Result<OsString> {
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
        Tool {
            package: "trunk",
            version: "0.21.14".to_owned(),
            program: "trunk",
            source: Source::Cargo,
            folder,
        }
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
