//! Where things are: the checkout and the user's cache of tools.

use crate::Result;
use cargo_metadata::{Metadata, MetadataCommand};
use std::env;
use std::path::{Path, PathBuf};

/// The checkout this command works on.
pub struct Workspace {
    root: PathBuf,
    target: PathBuf,
}

impl Workspace {
    /// The workspace whose `xtask` this is; cargo tells at run time, so a moved checkout is no problem.
    pub fn find() -> Result<Self> {
        let metadata = metadata(MetadataCommand::new().no_deps())?;
        Ok(Self { root: metadata.workspace_root.into(), target: metadata.target_directory.into() })
    }

    /// A workspace in this folder, for tests.
    #[cfg(test)]
    pub fn at(root: &Path) -> Self {
        Self { root: root.to_owned(), target: root.join("target") }
    }

    /// The locked version of a package that the workspace depends on.
    ///
    /// # Errors
    /// It is absent, or there are two.
    pub fn locked_version(&self, package: &str) -> Result<String> {
        let locked = ["--locked".to_owned()];
        let metadata = metadata(MetadataCommand::new().current_dir(&self.root).other_options(locked))?;
        let mut found = metadata.packages.iter().filter(|found| found.name.as_str() == package);
        match (found.next(), found.next()) {
            (Some(found), None) => Ok(found.version.to_string()),
            (None, _) => Err(format!("Cargo.lock has no `{package}`")),
            (Some(one), Some(other)) => {
                Err(format!("Cargo.lock has `{package}` twice, {} and {}", one.version, other.version))
            }
        }
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The built site.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// Cargo's output.
    pub fn target(&self) -> &Path {
        &self.target
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

fn metadata(command: &MetadataCommand) -> Result<Metadata> {
    command.exec().map_err(|error| format!("cannot read the workspace: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locked_version_is_that_of_the_whole_name() {
        let workspace = Workspace::find().unwrap();
        assert!(workspace.root().join("Trunk.toml").is_file());
        assert!(workspace.locked_version("wasm-bindgen").unwrap().starts_with("0.2."));
        assert_eq!(workspace.locked_version("wasm-bin"), Err("Cargo.lock has no `wasm-bin`".to_owned()));
    }
}
