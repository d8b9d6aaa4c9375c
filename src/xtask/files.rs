//! Listing the files of a folder.

use crate::Result;
use std::fs;
use std::path::{Path, PathBuf};

/// All files below a folder, in the order of their paths; none if there is no such folder.
pub fn below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop().filter(|folder| folder.is_dir()) {
        let problem = |error: std::io::Error| format!("cannot list {}: {error}", folder.display());
        for entry in fs::read_dir(&folder).map_err(problem)? {
            let path = entry.map_err(problem)?.path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    Ok(files)
}

/// A path inside `root` as it stands in an address: with slashes, on every system.
pub fn name_in(root: &Path, file: &Path) -> String {
    let relative = file.strip_prefix(root).unwrap_or(file);
    let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_at_every_depth_in_order() {
        let root = std::env::temp_dir().join(format!("xtask-files-{}", std::process::id()));
        fs::create_dir_all(root.join("b").join("deep")).unwrap();
        for file in ["c", "b/deep/x", "a"] {
            fs::write(root.join(file), "").unwrap();
        }
        let found: Vec<String> = below(&root).unwrap().iter().map(|file| name_in(&root, file)).collect();
        fs::remove_dir_all(&root).unwrap();
        assert_eq!(found, ["a", "b/deep/x", "c"]);
        assert_eq!(below(&root), Ok(Vec::new()));
    }
}
