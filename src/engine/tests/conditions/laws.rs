//! What holds for every design and every condition.

use proptest::prelude::*;
use trapwise_engine::condition::Evaluator;
use trapwise_engine::world::World;

use crate::generate::{Tape, condition, design, neighbourly, pathological, renamed};
use crate::reference;

fn tape(len: usize) -> impl Strategy<Value = Vec<u16>> {
    proptest::collection::vec(any::<u16>(), 0..len)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// The indexed evaluator and the literal one agree on status, deciding leaf and bindings.
    #[test]
    fn evaluator_and_reference_agree(edits in tape(900), asked in tape(80)) {
        let design = design(&mut Tape(edits.iter()));
        let condition = condition(&mut Tape(asked.iter()), &mut Vec::new(), 4);
        reference::hold(&design, &condition);
    }

    /// The same for the shape that authors write most, which the evaluator takes a short way through:
    /// a candidate with a link to something, and more about it.
    #[test]
    fn they_agree_on_neighbours(edits in tape(900), asked in tape(60)) {
        let design = design(&mut Tape(edits.iter()));
        let condition = neighbourly(&mut Tape(asked.iter()), &design);
        reference::hold(&design, &condition);
    }

    /// And for paths between what is bound: one search serves many questions.
    #[test]
    fn they_agree_on_paths(edits in tape(900), asked in tape(60)) {
        let design = design(&mut Tape(edits.iter()));
        let condition = pathological(&mut Tape(asked.iter()));
        reference::hold(&design, &condition);
    }

    /// Verdicts do not depend on ids or order.
    #[test]
    fn renaming_and_reordering_change_no_status(
        edits in tape(900),
        asked in tape(80),
        shuffle in proptest::collection::vec(any::<u16>(), 1..40),
    ) {
        let design = design(&mut Tape(edits.iter()));
        let condition = condition(&mut Tape(asked.iter()), &mut Vec::new(), 4);
        let other = renamed(&design, &shuffle);
        let (here, there) = (World::new(&design), World::new(&other));
        prop_assert_eq!(Evaluator::new(&here).status(&condition), Evaluator::new(&there).status(&condition));
    }
}

/// The laws above would hold of conditions that never pass, too: see that all four statuses come up,
/// and that quantifiers over neighbours do.
#[test]
fn random_conditions_have_every_status() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let mut seen = trapwise_model::SortedMap::new();
    for _ in 0..600 {
        let edits = tape(900).new_tree(&mut runner).unwrap().current();
        let asked = tape(80).new_tree(&mut runner).unwrap().current();
        let design = design(&mut Tape(edits.iter()));
        let condition = condition(&mut Tape(asked.iter()), &mut Vec::new(), 4);
        let world = World::new(&design);
        *seen.entry(Evaluator::new(&world).status(&condition)).or_insert(0) += 1;
    }
    assert!(seen.len() == 4 && seen.values().all(|count| *count >= 20), "{seen:?}");
}
