//! A document with very many keys or items is refused in time that grows with its size. No test measures time:
//! where the time grows with the square of the size, they do not end.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use std::fmt::Write;

use trapwise_model::diagnostic::MAX_PROBLEMS;
use trapwise_model::load::load_design;
use trapwise_model::read::read_text;
use trapwise_model::{Design, Props};

const MANY: usize = 40_000;

/// Fields in falling order, the slowest for a sorted list.
fn fields(count: usize) -> String {
    (0..count).rev().fold(String::new(), |mut text, at| {
        write!(text, "\"component-{at:05}\":1,").unwrap();
        text
    })
}

/// The first problem, and what is said of those that are not listed.
fn refused(text: &str) -> (String, String) {
    let found = load_design("d", text).unwrap_err();
    assert_eq!(found.len(), MAX_PROBLEMS + 1);
    (found[0].to_string(), found[MAX_PROBLEMS].message.clone())
}

#[test]
fn unknown_fields() {
    let (first, more) = refused(&format!("{{{}\"schemaVersion\":1}}", fields(MANY)));
    assert_eq!(
        first,
        "d:1:2: error[unknown-field]: design has no field `component-39999`; known are `components`, `links`"
    );
    assert_eq!(more, "and 39900 more problems in this file");
}

#[test]
fn unknown_fields_of_a_part_and_of_its_properties() {
    let part = r#""id":"a","kind":"vpc""#;
    let in_part = format!("{{\"schemaVersion\":1,\"components\":[{{{}{part}}}]}}", fields(MANY));
    assert_eq!(refused(&in_part).1, "and 39900 more problems in this file");
    let props = format!("{{{}\"enableDnsSupport\":true}}", fields(MANY));
    let in_props = format!("{{\"schemaVersion\":1,\"components\":[{{{part},\"props\":{props}}}]}}");
    assert_eq!(refused(&in_props).1, "and 39900 more problems in this file");
}

#[test]
fn fields_that_stand_twice() {
    let twice = fields(MANY).repeat(2);
    let (first, more) = refused(&format!("{{{twice}\"schemaVersion\":1}}"));
    assert!(first.contains("`component-39999` stands here twice"), "{first}");
    assert_eq!(more, "and 39900 more problems in this file");
}

#[test]
fn parts_that_are_in_nothing_known() {
    // Each with an unknown place that could be any of the others.
    let parts: Vec<_> = (0..2_500)
        .rev()
        .map(|at| format!(r#"{{"id":"component-{at:05}","kind":"subnet","in":["component-x{at:04}"]}}"#))
        .collect();
    let (_, more) = refused(&format!("{{\"schemaVersion\":1,\"components\":[{}]}}", parts.join(",")));
    assert_eq!(more, "and 2400 more problems in this file");
}

#[test]
fn parts_of_one_id() {
    let design = |count| {
        let parts = vec![r#"{"id":"a","kind":"vpc"}"#; count].join(",");
        format!("{{\"schemaVersion\":1,\"components\":[{parts}]}}")
    };
    let (first, more) = refused(&design(5_000));
    assert!(first.ends_with("there is already a component `a`"), "{first}");
    assert_eq!(more, "and 4899 more problems in this file");
    let found = load_design("d", &design(MANY)).unwrap_err();
    assert_eq!(found[0].message, "40000 items; at most 5000 are allowed");
}

#[test]
fn links_between_the_same_two() {
    let links: Vec<_> = (0..20_000)
        .rev()
        .map(|at| {
            format!(r#"{{"id":"l{at:05}","kind":"allows","from":"a","to":"b","props":{{"fromPort":{at},"toPort":{at}}}}}"#)
        })
        .collect();
    let groups = r#"{"id":"v","kind":"vpc"},{"id":"a","kind":"security-group","in":["v"]},{"id":"b","kind":"security-group","in":["v"]}"#;
    let text = format!("{{\"schemaVersion\":1,\"components\":[{groups}],\"links\":[{}]}}", links.join(","));
    assert_eq!(load_design("d", &text).unwrap().links().len(), 20_000);
}

#[test]
fn components_in_very_many_containers() {
    let ids: Vec<_> = (0..10_000).map(|at| format!("s{at:05}")).collect();
    let quoted: Vec<_> = ids.iter().map(|id| format!("\"{id}\"")).collect();
    let mut parts = vec![r#"{"id":"v","kind":"vpc"}"#.to_owned()];
    parts.extend(quoted.iter().map(|id| format!(r#"{{"id":{id},"kind":"subnet","in":["v"]}}"#)));
    let all = quoted.join(",");
    parts.extend((0..20).map(|at| format!(r#"{{"id":"e{at}","kind":"ecs-service","in":[{all}]}}"#)));
    let text = format!("{{\"schemaVersion\":1,\"components\":[{}]}}", parts.join(","));
    let found = load_design("d", &text).unwrap_err();
    assert_eq!(found[0].message, "10021 items; at most 5000 are allowed");
}

#[test]
fn a_place_with_a_very_long_name() {
    let long = "x".repeat(1 << 20);
    let text =
        format!("{{\"schemaVersion\":1,\"components\":[{{\"{long}\":1,{}\"id\":\"a\"}}]}}", fields(MANY));
    assert_eq!(refused(&text).1, "and 39902 more problems in this file");
}

#[test]
fn records_in_falling_order() {
    let text = format!("{{{}\"a\":1}}", fields(19_999));
    assert_eq!(read_text::<Props>(&text).unwrap().len(), 20_000);
    assert_eq!(read_text::<Props>(&format!("{{{}\"a\":1,\"a\":1}}", fields(10))), None);
    assert_eq!(read_text::<Design>(&text), None);
}
