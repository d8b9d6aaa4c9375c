//! `trapwise schema`.

use trapwise_engine::report::Report;
use trapwise_engine::scenario::{Facts, Index, Scenario, Variant};
use trapwise_model::Design;
use trapwise_model::shape::{Shaped, json_schema};

use crate::args::{Document, Schema};
use crate::console::{Console, Outcome};

/// Runs it.
pub fn run(args: &Schema, console: &mut Console) -> Outcome {
    let (shape, title) = match args.document {
        Document::Scenario => (Scenario::shape(), "Trapwise scenario"),
        Document::Design => (Design::shape(), "Trapwise design"),
        Document::Report => (Report::shape(), "Trapwise report"),
        Document::Variant => (Variant::shape(), "Trapwise variant"),
        Document::Facts => (Facts::shape(), "Trapwise facts"),
        Document::Index => (Index::shape(), "Trapwise index"),
    };
    console.print_json(&json_schema(shape, title));
    Outcome::Fine
}
