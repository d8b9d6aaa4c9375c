//! Building the site with Trunk, once or at every change.

use crate::Result;
use crate::fingerprint::Fingerprint;
use crate::process::{cargo, read, run};
use crate::tools::Tools;
use crate::workspace::Workspace;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a change of makes `cargo xtask dev` build again.
const WATCHED: [&str; 6] = ["Cargo.lock", "Cargo.toml", "index.html", "scenarios", "src", "styles"];

/// Builds the release site into `dist/`, unless it is there. A failed build leaves the former site.
pub fn build(workspace: &Workspace, tools: &Tools) -> Result {
    let compiler = read(Command::new("rustc").current_dir(workspace.root()).arg("-vV"))?;
    let fingerprint = Fingerprint::take(workspace, &compiler)?;
    if fingerprint.fits(&workspace.dist()) {
        println!("the release site in dist/ is up to date");
        return Ok(());
    }
    println!("building the release site");
    fetch(workspace)?;
    // Trunk copies the whole folder into the site, snippets of earlier builds included.
    let leftovers = workspace.target().join("wasm-bindgen").join("release");
    if leftovers.exists() {
        fs::remove_dir_all(&leftovers)
            .map_err(|error| format!("cannot remove {}: {error}", leftovers.display()))?;
    }
    let mut trunk = tools.trunk(workspace);
    trunk.args(["build", "--release", "--offline", "--locked"]);
    run(with_path_flags(&mut trunk, workspace))?;
    fingerprint.keep(&workspace.dist())
}

/// The flags of the page, for a build with cargo.
pub fn with_path_flags<'a>(command: &'a mut Command, workspace: &Workspace) -> &'a mut Command {
    match path_flags(workspace) {
        Some(flags) => command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags),
        None => command,
    }
}

/// Serves a debug build, built again and reloaded at every change, until interrupted. It has a folder
/// of its own: what is in `dist/` is always a release.
pub fn develop(workspace: &Workspace, tools: &Tools, port: u16) -> Result {
    fetch(workspace)?;
    println!("building the debug site; it will be on http://127.0.0.1:{port}/ (Ctrl-C stops it)");
    let mut trunk = tools.trunk(workspace);
    trunk.args(["serve", "--offline", "--locked", "--dist"]);
    trunk.arg(workspace.target().join("dev-site"));
    trunk.args(["--address", "127.0.0.1", "--port", &port.to_string()]);
    trunk.args(["--disable-address-lookup=true", "--ignore", "src/xtask"]);
    for path in WATCHED.into_iter().filter(|path| workspace.root().join(path).exists()) {
        trunk.args(["--watch", path]);
    }
    replace_with(&mut trunk)
}

// Trunk builds offline, so that it looks nothing up; the crates have to be there before.
fn fetch(workspace: &Workspace) -> Result {
    let targets = ["--target", "wasm32-unknown-unknown", "--target", "host-tuple"];
    run(cargo(workspace.root()).args(["fetch", "--locked"]).args(targets))
}

/// Flags that keep this machine's folders out of the page: panic messages hold the paths of sources,
/// which would make the build differ from one machine to the next, and each download longer.
fn path_flags(workspace: &Workspace) -> Option<String> {
    let mut folders = vec![workspace.root().to_owned()];
    let registries = cargo_home()?.join("registry").join("src");
    folders.extend(fs::read_dir(registries).ok()?.flatten().map(|entry| entry.path()));
    // Sorted, because other flags mean another build; of two prefixes rustc takes the last that fits.
    folders.sort();
    remap_flags(&folders)
}

/// `None` where a path holds a space, which cargo would take for the end of a flag.
fn remap_flags(folders: &[PathBuf]) -> Option<String> {
    let flags: Option<Vec<String>> = folders.iter().map(|folder| remap_flag(folder)).collect();
    flags.map(|flags| flags.join(" "))
}

fn remap_flag(folder: &Path) -> Option<String> {
    let folder = folder.to_str().filter(|path| !path.contains(char::is_whitespace))?;
    Some(format!("--remap-path-prefix={folder}{}=", std::path::MAIN_SEPARATOR))
}

fn cargo_home() -> Option<PathBuf> {
    let home = || env::home_dir().map(|home| home.join(".cargo"));
    env::var_os("CARGO_HOME").map(PathBuf::from).or_else(home)
}

// In place of this process where that is possible, so that a signal sent to it reaches Trunk.
#[cfg(unix)]
fn replace_with(command: &mut Command) -> Result {
    use std::os::unix::process::CommandExt;
    Err(format!("cannot run trunk: {}", command.exec()))
}

#[cfg(not(unix))]
fn replace_with(command: &mut Command) -> Result {
    run(command)
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    #[test]
    fn sources_lose_the_folder_they_are_in() {
        let folders = [PathBuf::from("/home/a/registry/src/index"), PathBuf::from("/home/a/trapwise")];
        assert_eq!(
            remap_flags(&folders).as_deref(),
            Some("--remap-path-prefix=/home/a/registry/src/index/= --remap-path-prefix=/home/a/trapwise/=")
        );
    }

    #[test]
    fn a_path_with_a_space_is_left_as_it_is() {
        assert_eq!(remap_flags(&[PathBuf::from("/home/a b/trapwise")]), None);
    }
}
