//! Reads fetched and opened documents. The one place that knows which reader is for which document.

use serde::de::DeserializeOwned;
use trapwise_engine::scenario::{Index, Scenario, Variant};
use trapwise_model::Design;
use trapwise_model::diagnostic::Diagnostic;
use trapwise_model::load::load_design;

/// What is wrong with a document.
pub type Problems = Vec<Diagnostic>;

/// `scenarios/index.json`.
///
/// # Errors
/// Everything that is wrong with it.
pub fn index(file: &str, text: &str) -> Result<Index, Problems> {
    plain(file, text)
}

/// `scenarios/<id>/scenario.json`.
///
/// # Errors
/// Everything that is wrong with it.
pub fn scenario(file: &str, text: &str) -> Result<Scenario, Problems> {
    plain(file, text)
}

/// `scenarios/<id>/variants/<name>.json`.
///
/// # Errors
/// Everything that is wrong with it.
pub fn variant(file: &str, text: &str) -> Result<Variant, Problems> {
    plain(file, text)
}

/// A reference, or a learner's design.
///
/// # Errors
/// Everything that is wrong with it.
pub fn design(file: &str, text: &str) -> Result<Design, Problems> {
    load_design(file, text)
}

fn plain<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, Problems> {
    serde_json::from_str(text).map_err(|error| {
        let mut diagnostic = Diagnostic::of_file("document", file, error.to_string());
        diagnostic.line = error.line();
        diagnostic.column = error.column();
        vec![diagnostic]
    })
}
