//! Finding a Chromium for the browser tests, or installing one where that is a matter of course.

use crate::Result;
use crate::process::{read, run};
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

const ADVICE: &str = "install Chromium or Chrome (on Debian: `apt-get install chromium`), or set CHROME_PATH \
                      to the program of one";

/// Names a Chromium goes by, in the order they are tried.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];

/// The browser to test in: `CHROME_PATH`, or one on `PATH`, or on Debian as root one installed now.
/// Looked for once, however often it is asked.
pub fn find() -> Result<PathBuf> {
    static FOUND: OnceLock<Result<PathBuf>> = OnceLock::new();
    FOUND.get_or_init(search).clone()
}

fn search() -> Result<PathBuf> {
    if let Some(chosen) = env::var_os("CHROME_PATH").filter(|value| !value.is_empty()) {
        let chosen = PathBuf::from(chosen);
        return if runs(&chosen) {
            Ok(chosen)
        } else {
            Err(format!("CHROME_PATH is {}, which does not run; {ADVICE}", chosen.display()))
        };
    }
    if let Some(found) = on_path() {
        return Ok(found);
    }
    if !may_install() {
        return Err(format!("the browser tests need a Chromium and none is on PATH: {ADVICE}"));
    }
    println!("installing the package chromium for the browser tests (a minute, once)");
    // One unreachable source fails the update, and yet what is known may do: the next line decides.
    if let Err(problem) = apt_get(&["update"]) {
        println!("{problem}");
    }
    apt_get(&["install", "--yes", "--no-install-recommends", "chromium"])?;
    on_path()
        .ok_or_else(|| format!("the package chromium is installed but gives no browser that runs: {ADVICE}"))
}

fn on_path() -> Option<PathBuf> {
    let folders: Vec<PathBuf> = env::split_paths(&env::var_os("PATH")?).collect();
    let mut candidates = Vec::new();
    for name in NAMES {
        let program = format!("{name}{}", env::consts::EXE_SUFFIX);
        candidates.extend(folders.iter().map(|folder| folder.join(&program)));
    }
    candidates.extend(usual_places());
    candidates.into_iter().find(|candidate| candidate.is_file() && runs(candidate))
}

// Where the installers of systems put it that do not use PATH for it.
fn usual_places() -> Vec<PathBuf> {
    let windows = |variable: &str| {
        let folder = env::var_os(variable).map(PathBuf::from);
        folder.map(|folder| folder.join("Google").join("Chrome").join("Application").join("chrome.exe"))
    };
    if cfg!(windows) {
        ["ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"].into_iter().filter_map(windows).collect()
    } else if cfg!(target_os = "macos") {
        ["Chromium.app/Contents/MacOS/Chromium", "Google Chrome.app/Contents/MacOS/Google Chrome"]
            .map(|app| Path::new("/Applications").join(app))
            .into()
    } else {
        Vec::new()
    }
}

// Chrome on Windows prints no version but opens a window; there the file has to do.
fn runs(program: &Path) -> bool {
    if cfg!(windows) { program.is_file() } else { read(Command::new(program).arg("--version")).is_ok() }
}

fn may_install() -> bool {
    let root = read(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    root && Path::new("/etc/debian_version").exists()
}

fn apt_get(arguments: &[&str]) -> Result {
    run(Command::new("apt-get").env("DEBIAN_FRONTEND", "noninteractive").args(arguments))
        .map_err(|error| format!("{error}; {ADVICE}"))
}
