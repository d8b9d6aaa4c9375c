//! Versions that programs print about themselves.

/// Whether what a program printed about itself names exactly this version.
pub fn names(printed: &str, version: &str) -> bool {
    printed.split_whitespace().any(|word| word == version)
}

/// The major version in a text such as `v20.11.1`.
pub fn major(printed: &str) -> Option<u32> {
    printed.trim().trim_start_matches('v').split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

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
