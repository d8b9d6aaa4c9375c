//! `trapwise schema`.

use trapwise_engine::scenario::shape::{FACTS, INDEX, REPORT, SCENARIO, VARIANT};
use trapwise_model::shape::{DESIGN, json_schema};

use crate::args::{Document, Schema};
use crate::console::{Console, Outcome};

/// Runs it.
pub fn run(args: &Schema, console: &mut Console) -> Outcome {
    let (shape, title) = match args.document {
        Document::Scenario => (&SCENARIO, "Trapwise scenario"),
        Document::Design => (&DESIGN, "Trapwise design"),
        Document::Report => (&REPORT, "Trapwise report"),
        Document::Variant => (&VARIANT, "Trapwise variant"),
        Document::Facts => (&FACTS, "Trapwise facts"),
        Document::Index => (&INDEX, "Trapwise index"),
    };
    console.print_json(&json_schema(shape, title));
    Outcome::Fine
}
