//! Bounds on cost and operations.

use trapwise_engine::condition::Evaluator;
use trapwise_engine::cost::{Best, Volumes};
use trapwise_engine::report::Status::{self, Fail, Pass, Unknown};
use trapwise_engine::world::World;

use crate::{condition, design};

/// One instance: 730 × 0.096 + 30 × 0.08 = 72.48 dollars, operations 5.
const BOARD: &str = "hosts: auto-scaling-group instanceType=m5.large";

fn with(text: &str, best: Option<Best>, json: &str) -> (Status, String) {
    let design = design(text);
    let world = World::new(&design);
    let evaluator = Evaluator::new(&world).with_figures(Volumes::default(), best);
    let (status, witness) = evaluator.explain(&condition(json));
    (status, witness.reason)
}

#[track_caller]
fn says(json: &str, status: Status, reason: &str) {
    let best = Some(Best { cost_cents: 6_000, operations: 4 });
    assert_eq!(with(BOARD, best, json), (status, reason.to_owned()));
}

#[test]
fn a_bound_in_dollars() {
    says(r#"{"cost":{"le":73}}"#, Pass, "it costs about $72.48 a month");
    says(
        r#"{"cost":{"le":72}}"#,
        Fail,
        "it costs about $72.48 a month, not at most $72.00 (most of it: m5.large instances, On-Demand $70.08, EBS volumes (gp3) $2.40)",
    );
}

#[test]
fn a_bound_beside_the_best_reference() {
    says(r#"{"cost":{"leBestPercent":121}}"#, Pass, "it costs about $72.48 a month");
    says(
        r#"{"cost":{"leBestPercent":120}}"#,
        Fail,
        "it costs about $72.48 a month, not at most $72.00: the best answer comes to $60.00 (most of it: m5.large instances, On-Demand $70.08, EBS volumes (gp3) $2.40)",
    );
    let (status, reason) = with(BOARD, None, r#"{"cost":{"leBestPercent":120}}"#);
    assert_eq!(status, Unknown);
    assert_eq!(
        reason,
        "it costs about $72.48 a month, and the scenario does not say what its best reference comes to"
    );
    // A bound that is broken is broken whatever the best reference comes to.
    assert_eq!(with(BOARD, None, r#"{"cost":{"le":10,"leBestPercent":120}}"#).0, Fail);
}

#[test]
fn a_bound_on_the_work() {
    says(r#"{"operations":{"le":5}}"#, Pass, "operations come to 5");
    says(
        r#"{"operations":{"leBestPercent":100}}"#,
        Fail,
        "operations come to 5, not at most 4: the best answer comes to 4 (most of it: A second layer to scale 2, Hosts to patch and to replace 2, Machine images to keep current 1)",
    );
}

#[test]
fn what_has_no_price_leaves_a_cost_unknown_that_keeps_its_bound() {
    let board = "hosts: auto-scaling-group instanceType=x9.huge\nfiles: s3-bucket";
    let (status, reason) = with(board, None, r#"{"cost":{"le":10}}"#);
    assert_eq!(
        (status, reason.as_str()),
        (Unknown, "it costs about $1.15 a month, and `hosts` has no price here")
    );
    assert_eq!(with(board, None, r#"{"cost":{"le":1}}"#).0, Fail);
    assert_eq!(with(board, None, r#"{"operations":{"le":5}}"#).0, Pass);
}
