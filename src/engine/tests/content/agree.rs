//! The indexed evaluator says what the literal one says, of every check on every design.

use crate::library::LIBRARY;
use crate::reference;

#[test]
fn evaluator_and_reference_agree_on_all_content() {
    let mut held = 0;
    for content in LIBRARY.iter() {
        for (_, design) in content.designs() {
            for check in &content.scenario.checks {
                reference::hold(&design, &check.when);
                held += 1;
            }
        }
    }
    assert!(held > 2_000, "only {held} verdicts were compared");
}
