//! A check that would take for ever is unknown, and says why.

use trapwise_engine::condition::{Condition, Evaluator, MAX_STEPS};
use trapwise_engine::report::Status;
use trapwise_engine::world::World;

use crate::{condition, design};

/// So many `all` over security groups, within each other; the innermost names every one of them.
fn nested(depth: usize) -> Condition {
    let leaf = r#"{"attr":{"of":"$g0","prop":"@exposure","is":{"exists":false}}}"#.to_owned();
    let json = (0..depth).rev().fold(leaf, |hold, level| {
        format!(
            r#"{{"all":{{"select":{{"kind":"security-group"}},"bind":"g{level}","onEmpty":"fail","hold":{hold}}}}}"#
        )
    });
    condition(&json)
}

#[test]
fn nested_quantifiers_over_many_components_are_unknown() {
    let groups: String = (0..20).map(|number| format!("  group{number}: security-group\n")).collect();
    let design = design(&format!("vpc: vpc\n{groups}"));
    let world = World::new(&design);
    let evaluator = Evaluator::new(&world);
    let deep = nested(7);
    assert_eq!(evaluator.status(&deep), Status::Unknown);
    let (status, witness) = evaluator.explain(&deep);
    assert_eq!(status, Status::Unknown);
    assert_eq!(witness.reason, format!("this check takes more than {MAX_STEPS} steps on this design"));
    // The next check has all its steps.
    let flat = nested(3);
    let decided = evaluator.status(&flat);
    assert_ne!(decided, Status::Unknown);
    assert_eq!(evaluator.explain(&flat).0, decided);
}
