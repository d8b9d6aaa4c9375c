//! Designs that satisfy a brief and are no reference: each of them was refused once, or looks as if it might be.
//! They stand in `also_right.json` in the form of variants, with nothing to fire and nothing to fail.

use serde::Deserialize;
use serde_json::Value;
use trapwise_engine::evaluate;
use trapwise_engine::scenario::load_variant;

use crate::library::LIBRARY;

#[derive(Deserialize)]
struct Case {
    scenario: String,
    right: Value,
}

#[test]
fn what_satisfies_a_brief_in_another_way_scores_full() {
    let cases: Vec<Case> = serde_json::from_str(include_str!("also_right.json")).unwrap();
    assert!(cases.len() > 30, "only {} designs", cases.len());
    let mut wrong = Vec::new();
    for case in &cases {
        let content = LIBRARY.iter().find(|one| one.scenario.id == case.scenario).unwrap();
        let right = load_variant("also_right.json", &case.right.to_string()).document.unwrap();
        let (_, base) = content.references.iter().find(|(name, _)| *name == right.reference).unwrap();
        let mut design = base.clone();
        design.apply_all(&right.edits).unwrap();
        let evaluation = evaluate(&content.scenario, &design);
        if evaluation.score.percent != 100 || !evaluation.findings.is_empty() {
            let traps: Vec<_> = evaluation.findings.iter().map(|one| one.trap.id).collect();
            let percent = evaluation.score.percent;
            wrong.push(format!("{}, {}: {percent} {traps:?}", case.scenario, right.title));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
