//! Whether `dist/` is what a build now would make: a fingerprint over everything that goes into a build and
//! everything that came out of it. Contents are compared, not times, so it is never wrong after a
//! checkout or a restored cache.

use crate::workspace::Workspace;
use crate::{Result, files};
use std::env;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// All that a build reads, in the checkout.
const SOURCES: [&str; 8] =
    [".cargo", "Cargo.lock", "Cargo.toml", "Trunk.toml", "index.html", "scenarios", "src", "styles"];

/// Beginnings of the environment's variables that change a build.
const VARIABLES: [&str; 4] = ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "CARGO_PROFILE_", "TRUNK_"];

/// The fingerprint of the state before a build, to be kept when it has succeeded.
pub struct Fingerprint {
    file: PathBuf,
    sources: u64,
}

impl Fingerprint {
    /// Takes in the sources as they are now. `compiler` is what the compiler says of itself.
    pub fn take(workspace: &Workspace, compiler: &str) -> Result<Self> {
        let mut hasher = DefaultHasher::new();
        compiler.hash(&mut hasher);
        let mut variables: Vec<_> = env::vars_os()
            .filter(|(name, _)| VARIABLES.iter().any(|start| name.to_string_lossy().starts_with(start)))
            .collect();
        variables.sort();
        variables.hash(&mut hasher);
        for source in SOURCES {
            hash_files(workspace.root(), &workspace.root().join(source), &mut hasher)?;
        }
        Ok(Self { file: workspace.target().join("site.fingerprint"), sources: hasher.finish() })
    }

    /// Whether the site is that of these sources, untouched since.
    pub fn fits(&self, dist: &Path) -> bool {
        match (fs::read_to_string(&self.file), self.text(dist)) {
            (Ok(kept), Ok(now)) => kept == now,
            _ => false,
        }
    }

    /// Remembers that the site has been built from these sources.
    pub fn keep(&self, dist: &Path) -> Result {
        fs::write(&self.file, self.text(dist)?)
            .map_err(|error| format!("cannot write {}: {error}", self.file.display()))
    }

    fn text(&self, dist: &Path) -> Result<String> {
        let mut hasher = DefaultHasher::new();
        hash_files(dist, dist, &mut hasher)?;
        Ok(format!("{:016x} {:016x}\n", self.sources, hasher.finish()))
    }
}

fn hash_files(root: &Path, path: &Path, hasher: &mut DefaultHasher) -> Result {
    let files = if path.is_file() { vec![path.to_owned()] } else { files::below(path)? };
    for file in files {
        files::name_in(root, &file).hash(hasher);
        let content = fs::read(&file).map_err(|error| format!("cannot read {}: {error}", file.display()))?;
        content.hash(hasher);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_change_of_a_source_or_of_the_site_is_noticed() {
        let root = env::temp_dir().join(format!("xtask-fingerprint-{}", std::process::id()));
        let write = |file: &str, text: &str| {
            let file = root.join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        };
        write("Cargo.lock", "");
        write("src/lib.rs", "one");
        write("dist/index.html", "page");
        write("target/.keep", "");
        let workspace = Workspace::at(&root);
        let dist = root.join("dist");
        let take = |compiler: &str| Fingerprint {
            file: root.join("target/site.fingerprint"),
            ..Fingerprint::take(&workspace, compiler).unwrap()
        };

        assert!(!take("rustc 1").fits(&dist), "nothing kept yet");
        take("rustc 1").keep(&dist).unwrap();
        assert!(take("rustc 1").fits(&dist));
        assert!(!take("rustc 2").fits(&dist), "another compiler");
        write("src/lib.rs", "two");
        assert!(!take("rustc 1").fits(&dist), "another source");
        write("src/lib.rs", "one");
        write("styles/new.css", "");
        assert!(!take("rustc 1").fits(&dist), "a source more");
        fs::remove_dir_all(root.join("styles")).unwrap();
        assert!(take("rustc 1").fits(&dist));
        write("dist/index.html", "edited");
        assert!(!take("rustc 1").fits(&dist), "an edited site");

        fs::remove_dir_all(&root).unwrap();
    }
}
