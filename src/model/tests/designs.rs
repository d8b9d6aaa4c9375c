//! What the strict reader refuses, the loader explains, and the other way round.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use proptest::prelude::*;
use trapwise_model::Design;
use trapwise_model::json::Json;
use trapwise_model::load::load_design;
use trapwise_model::read::read;

fn design(components: &str) -> String {
    format!(r#"{{"schemaVersion": 1, "components": [{components}], "links": []}}"#)
}

fn messages(text: &str) -> Vec<String> {
    let found = load_design("design.json", text).unwrap_err();
    assert!(found.iter().all(|one| one.line > 0 && one.pointer.starts_with("/components/")), "{found:?}");
    found.iter().map(|one| format!("{} {}: {}", one.pointer, one.code, one.message)).collect()
}

#[test]
fn a_component_in_itself_is_reported() {
    let text = design(r#"{"id": "net", "kind": "vpc"}, {"id": "a", "kind": "subnet", "in": ["a"]}"#);
    assert_eq!(messages(&text), ["/components/1/in contains-itself: `a` is in itself"]);
}

#[test]
fn a_circle_of_containers_is_reported_at_each_of_them() {
    let text = design(
        r#"{"id": "a", "kind": "subnet", "in": ["b"]}, {"id": "b", "kind": "vpc", "in": ["c"]},
           {"id": "c", "kind": "vpc", "in": ["a"]}, {"id": "web", "kind": "ecs-service", "in": ["a"]}"#,
    );
    assert_eq!(
        messages(&text),
        [
            "/components/0/in contains-itself: `a` is in `b`, which is in `c`, which is in `a`",
            "/components/1/in contains-itself: `b` is in `c`, which is in `a`, which is in `b`",
            "/components/2/in contains-itself: `c` is in `a`, which is in `b`, which is in `c`",
        ]
    );
}

#[test]
fn a_long_circle_is_reported_in_short() {
    let circle: Vec<_> = (0..3_000)
        .map(|number| format!(r#"{{"id": "v{number}", "kind": "vpc", "in": ["v{}"]}}"#, (number + 1) % 3_000))
        .collect();
    let found = load_design("design.json", &design(&circle.join(", "))).unwrap_err();
    assert_eq!(
        found[0].message,
        "`v0` is in `v1`, which is in `v2`, which is in `v3`, which is in `v4`, which is in others, and so in `v0`"
    );
    assert_eq!(found[found.len() - 1].message, "and 2900 more problems in this file");
}

/// Very many unknown fields and properties are reported in linear time: in quadratic time this would take
/// minutes.
#[test]
fn very_many_unknown_fields_are_reported() {
    let unknown: Vec<_> = (0..40_000).map(|number| format!(r#""field{number}": {number}"#)).collect();
    let unknown = unknown.join(", ");
    let of_the_component = design(&format!(r#"{{"id": "net", "kind": "vpc", {unknown}}}"#));
    let of_its_props = design(&format!(r#"{{"id": "net", "kind": "vpc", "props": {{{unknown}}}}}"#));
    for text in [of_the_component, of_its_props] {
        assert!(load_design("design.json", &text).unwrap_err().len() > 10);
    }
}

prop_compose! {
    /// Subnets in a VPC and a service in one of them, of which up to two are moved, perhaps into themselves.
    fn nearly_sound()(
        subnets in 1..5_u8,
        moved in prop::collection::vec((0..6_u8, 0..6_u8), 0..3),
        reversed in any::<bool>(),
    ) -> Vec<String> {
        let vpc = ("c0".to_owned(), "vpc", String::new());
        let subnets = (1..=subnets).map(|id| (format!("c{id}"), "subnet", "\"c0\"".to_owned()));
        let web = ("web".to_owned(), "ecs-service", "\"c1\"".to_owned());
        let mut parts: Vec<_> = std::iter::once(vpc).chain(subnets).chain([web]).collect();
        let count = parts.len();
        for (what, into) in moved {
            parts[usize::from(what) % count].2 = format!("\"{}\"", parts[usize::from(into) % count].0);
        }
        if reversed {
            parts.reverse();
        }
        let write = |(id, kind, container): &(String, &str, String)| {
            format!(r#"{{"id": "{id}", "kind": "{kind}", "in": [{container}], "preset": "net"}}"#)
        };
        parts.iter().map(write).collect()
    }
}

const KINDS: [&str; 5] = ["vpc", "subnet", "ecs-service", "on-premises", "s3-bucket"];
const PRESETS: [&str; 4] = ["", "orders", "Orders task", "-orders"];

prop_compose! {
    /// A component among six ids, in up to two of them.
    fn component()(
        id in 0..6_u8,
        kind in prop::sample::select(&KINDS[..]),
        containers in prop::collection::vec(0..6_u8, 0..3),
        preset in prop::option::of(prop::sample::select(&PRESETS[..])),
        at in prop::option::of(prop::sample::select(&[0_u32, 1_000_000, 1_000_001][..])),
    ) -> String {
        let containers: Vec<_> = containers.iter().map(|id| format!(r#""c{id}""#)).collect();
        let preset = preset.map(|preset| format!(r#", "preset": "{preset}""#)).unwrap_or_default();
        let at = at.map(|at| format!(r#", "at": {at}"#)).unwrap_or_default();
        format!(r#"{{"id": "c{id}", "kind": "{kind}", "in": [{}]{preset}{at}}}"#, containers.join(", "))
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn the_strict_reader_and_the_loader_accept_the_same(
        components in prop_oneof![prop::collection::vec(component(), 0..5), nearly_sound()],
    ) {
        let text = design(&components.join(", "));
        let strict = read::<Design>(&serde_json::from_str::<Json>(&text).unwrap());
        let loaded = load_design("design.json", &text);
        prop_assert_eq!(strict.is_some(), loaded.is_ok(), "{}: {:?}", text, loaded);
        if let (Some(strict), Ok(loaded)) = (strict, loaded) {
            prop_assert_eq!(strict.components().len(), components.len(), "{}", text);
            prop_assert_eq!(strict, loaded);
        }
    }
}
