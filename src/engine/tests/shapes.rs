//! Shapes and types do not drift apart.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use trapwise_engine::condition::Condition;
use trapwise_engine::report::Report;
use trapwise_engine::scenario::shape::{CONDITION, FACTS, INDEX, REPORT, SCENARIO, VARIANT};
use trapwise_engine::scenario::{Facts, Index, Scenario, Variant};
use trapwise_model::diagnostic::Collector;
use trapwise_model::json::Json;
use trapwise_model::shape::Shape;
use trapwise_model::shape::sample::sample;

fn problems(shape: &Shape, json: &Json) -> Vec<String> {
    let mut at = Collector::default();
    shape.check(json, &mut at);
    at.into_problems().0.iter().map(|problem| format!("{}: {}", problem.path, problem.message)).collect()
}

/// What the shape makes, it accepts; its type reads it, and what the type writes the shape accepts.
fn holds<T: DeserializeOwned + Serialize>(shape: &Shape, seed: u64) {
    let json = sample(shape, seed);
    assert_eq!(problems(shape, &json), [""; 0], "{json:?}");
    let text = serde_json::to_string(&json).unwrap();
    let typed: T = serde_json::from_str(&text).unwrap_or_else(|why| panic!("{why}: {text}"));
    let written: Json = serde_json::from_str(&serde_json::to_string(&typed).unwrap()).unwrap();
    assert_eq!(problems(shape, &written), [""; 0], "{text}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn shapes_and_types_agree(seed: u64) {
        holds::<Condition>(&CONDITION, seed);
        holds::<Scenario>(&SCENARIO, seed);
        holds::<Variant>(&VARIANT, seed);
        holds::<Facts>(&FACTS, seed);
        holds::<Index>(&INDEX, seed);
        holds::<Report>(&REPORT, seed);
    }
}
