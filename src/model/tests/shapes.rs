//! Shapes and types do not drift apart, and no text makes a loader panic.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use proptest::prelude::*;
use serde::Serialize;
use trapwise_model::diagnostic::Collector;
use trapwise_model::json::Json;
use trapwise_model::load::load_design;
use trapwise_model::read::{FromJson, read};
use trapwise_model::shape::sample::sample;
use trapwise_model::shape::{Shape, Shaped};
use trapwise_model::{Component, Design, Edit, Link, Lock, PaletteItem};

fn problems(shape: &Shape, json: &Json) -> Vec<String> {
    let mut at = Collector::default();
    shape.check(json, &mut at);
    at.into_problems().0.iter().map(|problem| format!("{}: {}", problem.path, problem.message)).collect()
}

/// What the shape makes, it accepts; its type reads it, and what the type writes the shape accepts.
fn holds<T: FromJson + Serialize + Shaped>(seed: u64) {
    let shape = T::shape();
    let json = sample(shape, seed);
    assert_eq!(problems(shape, &json), [""; 0], "{json:?}");
    let text = serde_json::to_string(&json).unwrap();
    let typed: T = read(&json).unwrap_or_else(|| panic!("{text}"));
    let written: Json = serde_json::from_str(&serde_json::to_string(&typed).unwrap()).unwrap();
    assert_eq!(problems(shape, &written), [""; 0], "{text}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn shapes_and_types_agree(seed: u64) {
        holds::<Component>(seed);
        holds::<Link>(seed);
        holds::<Edit>(seed);
        holds::<PaletteItem>(seed);
        holds::<Lock>(seed);
    }

    #[test]
    fn a_design_of_the_right_form_never_panics(seed: u64) {
        let text = serde_json::to_string_pretty(&sample(Design::shape(), seed)).unwrap();
        if let Err(found) = load_design("d", &text) {
            // Every diagnostic has its place.
            prop_assert!(found.iter().all(|diagnostic| diagnostic.line > 0 && diagnostic.length > 0));
        }
    }

    #[test]
    fn mutated_text_never_panics(seed: u64, cuts in prop::collection::vec((any::<prop::sample::Index>(), 0..7_usize), 1..6)) {
        let mut text = serde_json::to_string_pretty(&sample(Design::shape(), seed)).unwrap().into_bytes();
        for (index, change) in cuts {
            if text.is_empty() {
                break;
            }
            let at = index.index(text.len());
            match change {
                0 => text[at] ^= 1,
                1 => drop(text.remove(at)),
                2 => text.insert(at, b'"'),
                3 => text.insert(at, b'{'),
                4 => text.truncate(at + 1),
                5 => text[at] = 0,
                _ => text.splice(at..at, "null".bytes()).for_each(drop),
            }
        }
        let _ = load_design("d", &String::from_utf8_lossy(&text));
    }
}

#[test]
fn a_sound_design_is_read_as_it_was_written() {
    let fixture = trapwise_model::fixture::parse(
        "vpc: vpc\n  a: subnet availabilityZone=a\n    web: ecs-service(web) desiredCount=2\ntd: task-definition containers=[{\"name\":\"app\"}]\nweb -> td: runs\n",
    )
    .unwrap();
    let text = serde_json::to_string_pretty(&fixture.design).unwrap();
    assert_eq!(load_design("d", &text), Ok(fixture.design));
}

#[test]
fn limits_are_said() {
    let many = |what: &str, item: &str, count: usize| {
        let items = vec![item; count].join(",");
        load_design("d", &format!("{{\"schemaVersion\":1,\"{what}\":[{items}]}}")).unwrap_err()[0]
            .message
            .clone()
    };
    assert_eq!(many("components", "{}", 5_001), "5001 items; at most 5000 are allowed");
    assert_eq!(many("links", "{}", 20_001), "20001 items; at most 20000 are allowed");
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
    let found = load_design("d", &format!("{{\"schemaVersion\":{deep}}}")).unwrap_err();
    assert_eq!(found[0].code, "too-deep");
}
