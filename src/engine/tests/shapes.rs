//! Shapes and types do not drift apart.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use proptest::prelude::*;
use serde::Serialize;
use trapwise_engine::condition::Condition;
use trapwise_engine::report::Report;
use trapwise_engine::scenario::{
    Facts, Index, Scenario, Variant, load_facts, load_index, load_scenario, load_variant,
};
use trapwise_engine::verify::{Options, Pack, verify};
use trapwise_model::Design;
use trapwise_model::diagnostic::{Collector, Diagnostic};
use trapwise_model::json::Json;
use trapwise_model::read::read;
use trapwise_model::shape::sample::sample;
use trapwise_model::shape::{Shape, Shaped};

fn problems(shape: &Shape, json: &Json) -> Vec<String> {
    let mut at = Collector::default();
    shape.check(json, &mut at);
    at.into_problems().0.iter().map(|problem| format!("{}: {}", problem.path, problem.message)).collect()
}

/// What the shape makes, it accepts; its type reads it, and what the type writes the shape accepts.
fn holds<T: Serialize + Shaped>(seed: u64, read: fn(&Json) -> Option<T>) {
    let shape = T::shape();
    let json = sample(shape, seed);
    assert_eq!(problems(shape, &json), [""; 0], "{json:?}");
    let text = serde_json::to_string(&json).unwrap();
    let typed = read(&json).unwrap_or_else(|| panic!("{text}"));
    let written: Json = serde_json::from_str(&serde_json::to_string(&typed).unwrap()).unwrap();
    assert_eq!(problems(shape, &written), [""; 0], "{text}");
}

/// As the page reads it from the worker.
fn read_report(json: &Json) -> Option<Report> {
    serde_json::from_str(&serde_json::to_string(json).unwrap()).ok()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn shapes_and_types_agree(seed: u64) {
        holds(seed, read::<Condition>);
        holds(seed, read::<Scenario>);
        holds(seed, read::<Variant>);
        holds(seed, read::<Facts>);
        holds(seed, read::<Index>);
        holds(seed, read_report);
    }
    #[test]
    fn documents_of_the_right_form_never_panic(seed: u64) {
        let text = |shape: &Shape| serde_json::to_string_pretty(&sample(shape, seed)).unwrap();
        let facts = load_facts("f", &text(Facts::shape()));
        let said = [
            load_scenario("s", &text(Scenario::shape()), facts.document.as_ref()).diagnostics,
            load_variant("v", &text(Variant::shape())).diagnostics,
            load_index("i", &text(Index::shape())).diagnostics,
            facts.diagnostics,
        ];
        // Every diagnostic has its place.
        let placed = |one: &Diagnostic| one.line > 0 || one.code == "more-problems";
        prop_assert!(said.iter().flatten().all(placed));
    }

    #[test]
    fn packs_of_the_right_form_never_panic(seed: u64) {
        let mut pack = Pack::default();
        let mut add = |path: &str, shape: &Shape, seed: u64| {
            pack.files.insert(path.to_owned(), serde_json::to_string(&sample(shape, seed)).unwrap());
        };
        add("a/scenario.json", Scenario::shape(), seed);
        add("a/reference.json", Design::shape(), seed);
        add("a/variants/x.json", Variant::shape(), seed);
        add("facts.json", Facts::shape(), seed);
        add("index.json", Index::shape(), seed);
        prop_assert!(!verify(&pack, &Options::default()).ok());
    }
}
