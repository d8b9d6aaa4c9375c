//! The condition language: operators and truth tables by hand, the whole of it against a slow and
//! literal reference evaluator.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod figures;
mod generate;
mod laws;
mod operators;
mod reference;
mod steps;
mod truth;
mod witnesses;

use trapwise_engine::condition::{Condition, Evaluator};
use trapwise_engine::report::{Status, Witness};
use trapwise_engine::world::World;
use trapwise_model::read::read_text;
use trapwise_model::{Design, fixture};

/// The design of a fixture.
fn design(text: &str) -> Design {
    fixture::parse(text).unwrap().design
}

/// A condition written as JSON.
fn condition(json: &str) -> Condition {
    read_text(json).unwrap_or_else(|| panic!("{json}"))
}

/// Evaluates a condition, and holds the evaluator to the reference on the way.
fn explain(design: &Design, json: &str) -> (Status, Witness) {
    let (condition, world) = (condition(json), World::new(design));
    let (status, witness) = Evaluator::new(&world).explain(&condition);
    reference::hold(design, &condition);
    (status, witness)
}

fn status(design: &Design, json: &str) -> Status {
    explain(design, json).0
}
