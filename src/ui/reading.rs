//! Reads fetched and opened documents. The one place that knows which reader is for which document.

use trapwise_engine::scenario::{
    Facts, Index, Loaded, Scenario, Variant, load_facts, load_index, load_scenario, load_variant,
};
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
    usable(load_index(file, text))
}

/// `scenarios/facts.json`.
///
/// # Errors
/// Everything that is wrong with it.
pub fn facts(file: &str, text: &str) -> Result<Facts, Problems> {
    usable(load_facts(file, text))
}

/// `scenarios/<id>/scenario.json`.
///
/// # Errors
/// Everything that is wrong with it.
pub fn scenario(file: &str, text: &str) -> Result<Scenario, Problems> {
    usable(load_scenario(file, text, None))
}

/// The same for its author, who is to know of warnings too.
#[must_use]
pub fn scenario_with_warnings(file: &str, text: &str) -> (Option<Scenario>, Problems) {
    let Loaded { document, diagnostics } = load_scenario(file, text, None);
    (document, diagnostics)
}

/// `scenarios/<id>/variants/<name>.json`.
///
/// # Errors
/// Everything that is wrong with it.
pub fn variant(file: &str, text: &str) -> Result<Variant, Problems> {
    usable(load_variant(file, text))
}

/// A reference, or a learner's design.
///
/// # Errors
/// Everything that is wrong with it.
pub fn design(file: &str, text: &str) -> Result<Design, Problems> {
    load_design(file, text)
}

fn usable<T>(loaded: Loaded<T>) -> Result<T, Problems> {
    loaded.document.ok_or(loaded.diagnostics)
}
