//! Reads designs of any version that there was.

use trapwise_model::Design;
use trapwise_model::diagnostic::Diagnostic;
use trapwise_model::load::load_parsed_design;
use trapwise_model::source::Source;

use crate::versions::{DocumentKind, parse};

/// Reads a design.
///
/// # Errors
/// Everything wrong with it, at least one diagnostic.
pub fn load_design(file: &str, text: &str) -> Result<Design, Vec<Diagnostic>> {
    let source = Source::new(file, text);
    let json = parse(DocumentKind::Design, &source)?;
    load_parsed_design(&source, &json)
}
