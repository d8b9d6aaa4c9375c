//! Versions: the one that `Cargo.lock` holds, and those that programs print.

use crate::Result;

/// The version of `package` in the text of a `Cargo.lock`. An error if it is absent or there are two.
pub fn locked(lock: &str, package: &str) -> Result<String> {
    let mut found = lock
        .split("[[package]]")
        .filter(|entry| value(entry, "name") == Some(package))
        .filter_map(|entry| value(entry, "version"));
    match (found.next(), found.next()) {
        (Some(version), None) => Ok(version.to_owned()),
        (None, _) => Err(format!("Cargo.lock has no `{package}`")),
        (Some(one), Some(other)) => Err(format!("Cargo.lock has `{package}` twice, {one} and {other}")),
    }
}

/// Whether what a program printed about itself names exactly this version.
pub fn names(printed: &str, version: &str) -> bool {
    printed.split_whitespace().any(|word| word == version)
}

/// The major version in a text such as `v20.11.1`.
pub fn major(printed: &str) -> Option<u32> {
    printed.trim().trim_start_matches('v').split('.').next()?.parse().ok()
}

fn value<'a>(entry: &'a str, key: &str) -> Option<&'a str> {
    entry.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = \"")?.strip_suffix('"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = r#"version = 4

[[package]]
name = "wasm-bindgen"
version = "0.2.126"
dependencies = [
 "wasm-bindgen-macro",
]

[[package]]
name = "wasm-bindgen-macro"
version = "0.2.999"

[[package]]
name = "gloo"
version = "0.11.0"

[[package]]
name = "gloo"
version = "0.12.0"
"#;

    #[test]
    fn the_locked_version_is_that_of_the_whole_name() {
        assert_eq!(locked(LOCK, "wasm-bindgen"), Ok("0.2.126".to_owned()));
    }

    #[test]
    fn absent_and_ambiguous_packages_are_errors() {
        assert_eq!(locked(LOCK, "wasm"), Err("Cargo.lock has no `wasm`".to_owned()));
        assert_eq!(locked(LOCK, "gloo"), Err("Cargo.lock has `gloo` twice, 0.11.0 and 0.12.0".to_owned()));
    }

    #[test]
    fn a_printed_version_must_be_the_same_to_the_last_digit() {
        assert!(names("trunk 0.21.14\n", "0.21.14"));
        assert!(names("wasm-bindgen 0.2.126 (abcdef)", "0.2.126"));
        assert!(!names("trunk 0.21.14", "0.21.1"));
        assert!(!names("", "0.21.14"));
    }

    #[test]
    fn the_major_version_of_node() {
        assert_eq!(major("v20.11.1\n"), Some(20));
        assert_eq!(major("not found"), None);
    }
}
