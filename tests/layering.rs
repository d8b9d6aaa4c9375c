//! Dependencies point one way, and the pure crates stay pure.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Every edge between crates of the workspace that there may be; tests may use more.
const ALLOWED: &[(&str, &[&str])] = &[
    ("trapwise-document-derive", &[]),
    ("trapwise-model", &["trapwise-document-derive"]),
    ("trapwise-documents", &["trapwise-model"]),
    ("trapwise-engine", &["trapwise-model", "trapwise-documents"]),
    ("trapwise-editor", &["trapwise-model"]),
    ("trapwise-session", &["trapwise-model", "trapwise-documents"]),
    ("trapwise-cli", &["trapwise-model", "trapwise-documents", "trapwise-engine", "trapwise-session"]),
    ("trapwise-app", &["trapwise-model", "trapwise-documents", "trapwise-editor", "trapwise-session"]),
    ("trapwise-worker", &["trapwise-model", "trapwise-documents", "trapwise-engine"]),
    ("trapwise-bench", &["trapwise-engine"]),
    ("xtask", &["trapwise-engine"]),
];

/// Crates without a clock, randomness, network or browser.
const PURE: &[&str] =
    &["trapwise-model", "trapwise-documents", "trapwise-engine", "trapwise-editor", "trapwise-session"];

/// All that the pure crates may depend on besides each other.
const PURE_MAY_USE: &[&str] = &["include_dir", "serde", "serde_json", "strsim"];

struct Package {
    folder: PathBuf,
    /// Names of its dependencies, those of tests and builds left aside.
    uses: BTreeSet<String>,
}

fn packages() -> BTreeMap<String, Package> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version=1", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let text = |value: &Value, field: &str| value[field].as_str().unwrap().to_owned();
    let package = |package: &Value| {
        let manifest = text(package, "manifest_path");
        let dependencies = package["dependencies"].as_array().unwrap().iter();
        let uses = dependencies.filter(|one| one["kind"].is_null()).map(|one| text(one, "name")).collect();
        (text(package, "name"), Package { folder: Path::new(&manifest).parent().unwrap().to_owned(), uses })
    };
    metadata["packages"].as_array().unwrap().iter().map(package).collect()
}

#[test]
fn dependencies_point_one_way() {
    let packages = packages();
    let known: BTreeSet<_> = ALLOWED.iter().map(|(name, _)| *name).collect();
    let found: BTreeSet<_> = packages.keys().map(String::as_str).collect();
    assert_eq!(found, known, "every crate of the workspace has its line here");
    for (name, allowed) in ALLOWED {
        let uses = packages[*name].uses.iter().filter(|used| known.contains(used.as_str()));
        for used in uses {
            assert!(allowed.contains(&used.as_str()), "{name} must not depend on {used}");
        }
    }
}

#[test]
fn pure_crates_use_little() {
    let packages = packages();
    for name in PURE {
        for used in packages[*name].uses.iter().filter(|used| !packages.contains_key(*used)) {
            assert!(PURE_MAY_USE.contains(&used.as_str()), "{name} must not depend on {used}");
        }
    }
}

#[test]
fn pure_crates_hold_to_the_same_rules() {
    let packages = packages();
    let rules = |name: &str| {
        let path = packages[name].folder.join("clippy.toml");
        std::fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
    };
    let first = rules("trapwise-model");
    for word in ["Instant::now", "SystemTime::now", "HashMap", "HashSet"] {
        assert!(first.contains(word), "{word} is ruled out");
    }
    for name in PURE {
        assert_eq!(rules(name), first, "{name}");
    }
}
