//! Reads designs of any version that there was.

use trapwise_model::Design;
use trapwise_model::diagnostic::Diagnostic;
use trapwise_model::load::load_parsed_design;
use trapwise_model::source::Source;

use crate::scenario::Variation;
use crate::versions::{DocumentKind, parse};

/// Reads a design.
///
/// # Errors
/// Everything wrong with it, at least one diagnostic.
pub fn load_design(file: &str, text: &str) -> Result<Design, Vec<Diagnostic>> {
    load_design_version(&Variation::default(), file, text)
}

/// Reads a design in a version of its scenario; places are those of the text that is written.
///
/// # Errors
/// Everything wrong with it, at least one diagnostic.
pub fn load_design_version(variation: &Variation, file: &str, text: &str) -> Result<Design, Vec<Diagnostic>> {
    let source = Source::new(file, text);
    let mut json = parse(DocumentKind::Design, &source)?;
    variation.apply(&mut json);
    load_parsed_design(&source, &json)
}
