//! Where things are: the checkout and the user's cache of tools.

use crate::Result;
use std::env;
use std::path::{Path, PathBuf};

/// The checkout this command works on.
pub struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// The workspace whose `xtask` this is; cargo tells at run time, so a moved checkout is no problem.
    pub fn find() -> Result<Self> {
        let start = match env::var_os("CARGO_MANIFEST_DIR") {
            Some(manifest_dir) => PathBuf::from(manifest_dir),
            None => env::current_dir().map_err(|error| format!("no current directory: {error}"))?,
        };
        start
            .ancestors()
            .find(|folder| folder.join("Cargo.lock").is_file())
            .map(|root| Self { root: root.to_owned() })
            .ok_or_else(|| format!("no Cargo.lock in or above {}", start.display()))
    }

    /// A workspace in this folder, for tests.
    #[cfg(test)]
    pub fn at(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The built site.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// Cargo's output.
    pub fn target(&self) -> PathBuf {
        match env::var_os("CARGO_TARGET_DIR") {
            Some(dir) => self.root.join(dir),
            None => self.root.join("target"),
        }
    }

    pub fn browser_tests(&self) -> PathBuf {
        self.root.join("tests").join("browser")
    }

    /// What measures in a browser.
    pub fn benchmarks(&self) -> PathBuf {
        self.browser_tests().join("bench")
    }
}

/// The cache of installed tools: the user's and not the checkout's, so that a clean clone reuses them.
pub fn tools_dir() -> Result<PathBuf> {
    let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    set("XDG_CACHE_HOME")
        .filter(|dir| dir.is_absolute())
        .or_else(|| set("LOCALAPPDATA").filter(|_| cfg!(windows)))
        .or_else(|| env::home_dir().map(|home| home.join(".cache")))
        .map(|cache| cache.join("trapwise").join("tools"))
        .ok_or_else(|| "no home directory for the tools: set XDG_CACHE_HOME".to_owned())
}
