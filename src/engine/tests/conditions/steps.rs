//! A check that would take for ever is unknown, and says why; one that only cannot be explained is not.

use trapwise_engine::condition::{Condition, Evaluator, MAX_STEPS};
use trapwise_engine::report::Status::{self, Fail, Pass, Unknown};
use trapwise_engine::world::World;
use trapwise_model::Design;

use crate::{condition, design};

fn board(count: usize) -> Design {
    let groups: String = (0..count).map(|number| format!("  group{number}: security-group\n")).collect();
    design(&format!("vpc: vpc\n{groups}"))
}

/// So many quantifiers over security groups, within each other around `hold`.
fn nested(name: &str, depth: usize, hold: &str) -> String {
    let count = if ["all", "any", "none"].contains(&name) { "" } else { r#""count":1,"# };
    (0..depth).rev().fold(hold.to_owned(), |hold, level| {
        format!(
            r#"{{"{name}":{{{count}"select":{{"kind":"security-group"}},"bind":"g{level}","onEmpty":"fail","hold":{hold}}}}}"#
        )
    })
}

/// The result and the reason; the evaluator gives the same result in both ways.
fn result(design: &Design, json: &str) -> (Status, String) {
    let (world, condition) = (World::new(design), condition(json));
    let evaluator = Evaluator::new(&world);
    let (status, witness) = evaluator.explain(&condition);
    assert_eq!(evaluator.status(&condition), status);
    (status, witness.reason)
}

const INSIDE: &str = r#"{"within":{"of":"$g0","in":{"kind":"vpc"}}}"#;
const OUTSIDE: &str = r#"{"not":{"within":{"of":"$g0","in":{"kind":"vpc"}}}}"#;
const ALL_INSIDE: &str = r#"{"within":{"of":{"kind":"security-group"},"in":{"kind":"vpc"}}}"#;

#[test]
fn nested_quantifiers_over_many_components_are_unknown() {
    let board = board(20);
    let why = (Unknown, format!("this check takes more than {MAX_STEPS} steps on this design"));
    let deep = nested("all", 7, INSIDE);
    assert_eq!(result(&board, &deep), why);
    assert_eq!(result(&board, &nested("any", 7, OUTSIDE)), why);
    assert_eq!(result(&board, &nested("atLeast", 7, INSIDE)), why);
    // What was decided before the steps ran out does not count.
    assert_eq!(result(&board, &format!(r#"{{"not":{deep}}}"#)), why);
    assert_eq!(result(&board, &format!(r#"{{"anyOf":[{deep},{ALL_INSIDE}]}}"#)), why);
    assert_eq!(result(&board, &nested("all", 7, r#"{"allOf":[]}"#)), why);
}

#[test]
fn pairs_of_a_leaf_are_steps() {
    let both = r#"{"kind":"security-group"}"#;
    let linked = format!(r#"{{"not":{{"connected":{{"link":"allows","from":{both},"to":{both}}}}}}}"#);
    assert_ne!(result(&board(100), &linked).0, Unknown);
    let of = r#"{"kind":"security-group"}"#;
    let distinct = format!(r#"{{"distinct":{{"of":{of},"attr":"@zones","ge":2}}}}"#);
    let inside = nested("all", 2, &format!(r#"{{"allOf":[{ALL_INSIDE},{{"not":{{"not":{distinct}}}}}]}}"#));
    assert_eq!(result(&board(150), &inside).0, Unknown);
}

#[test]
fn components_tried_by_a_selector_are_steps() {
    let same = r#"{"kind":"vpc","where":{"enableDnsSupport":{"sameAs":{"of":"g0","prop":"none"}}}}"#;
    let hold = format!(r#"{{"not":{{"within":{{"of":"$g0","in":{same}}}}}}}"#);
    assert_eq!(result(&board(50), &nested("all", 2, &hold)).0, Pass);
    assert_eq!(result(&board(150), &nested("all", 2, &hold)).0, Unknown);
}

#[test]
fn what_is_decided_early_takes_few_steps() {
    let board = board(20);
    let deep = nested("all", 7, INSIDE);
    let fails = format!(r#"{{"not":{ALL_INSIDE}}}"#);
    assert_eq!(result(&board, &format!(r#"{{"allOf":[{fails},{deep}]}}"#)).0, Fail);
    assert_eq!(result(&board, &format!(r#"{{"anyOf":[{ALL_INSIDE},{deep}]}}"#)).0, Pass);
    assert_eq!(result(&board, &nested("any", 7, INSIDE)).0, Pass);
}

#[test]
fn a_result_stays_known_where_only_its_explanation_takes_too_many_steps() {
    // Deciding takes some 170,000 steps, and so does each level down to the leaf.
    let wrapped = (0..20).fold(nested("all", 4, INSIDE), |inner, _| format!(r#"{{"allOf":[{inner}]}}"#));
    let why =
        format!("the result is known, but explaining it takes more than {MAX_STEPS} steps on this design");
    assert_eq!(result(&board(20), &wrapped), (Pass, why));
}

#[test]
fn one_check_takes_no_steps_of_the_next() {
    let board = board(20);
    let world = World::new(&board);
    let evaluator = Evaluator::new(&world);
    let (deep, flat): (Condition, Condition) =
        (condition(&nested("all", 7, INSIDE)), condition(&nested("all", 3, INSIDE)));
    assert_eq!(evaluator.explain(&deep).0, Unknown);
    assert_eq!(evaluator.explain(&flat).0, Pass);
    assert_eq!(evaluator.status(&deep), Unknown);
    assert_eq!(evaluator.status(&flat), Pass);
}
