//! What nothing may depend on: ids, the order of parts, the place on the board.

use std::sync::Arc;

use trapwise_engine::scenario::Scenario;
use trapwise_engine::texts::Texts;
use trapwise_engine::{Evaluation, evaluate};
use trapwise_model::{ComponentId, Design, Edit, LinkId, SortedMap};

use crate::library::LIBRARY;

/// The report as it is written. Fixes that move a component keep its place among its neighbours, which
/// is left out here.
fn report(scenario: &Scenario, design: &Design) -> String {
    let mut report = evaluate(scenario, design).report(&Texts::default());
    let fixes = report.findings.iter_mut().flat_map(|finding| &mut finding.fixes);
    for edit in fixes.flat_map(|fix| Arc::make_mut(&mut fix.edits)) {
        if let Edit::Place(place) = edit {
            place.at = None;
        }
    }
    serde_json::to_string(&report).unwrap()
}

/// Moving cards about and writing the file in another order leaves the report as it was, to the byte.
#[test]
fn moving_and_reordering_change_nothing() {
    for content in LIBRARY.iter() {
        for (name, design) in content.designs() {
            let count = design.components().len();
            let components = design.components().enumerate().map(|(index, component)| {
                let mut moved = component.as_ref().clone();
                moved.at = u32::try_from(count - index).ok();
                Arc::new(moved)
            });
            let mut components: Vec<_> = components.collect();
            let mut links: Vec<_> = design.links().cloned().collect();
            components.reverse();
            links.reverse();
            let other = Design::from_parts(components, links).unwrap();
            assert_ne!(design, other, "{name}: something has moved");
            assert_eq!(report(&content.scenario, &design), report(&content.scenario, &other), "{name}");
        }
    }
}

/// What an evaluation comes to, under the names that `original` gives back: score, checks, and what is
/// found where with which fixes.
fn verdict(evaluation: &Evaluation, original: &SortedMap<String, String>) -> Vec<String> {
    let score = &evaluation.score;
    let checks = evaluation.checks.iter().map(|check| format!("{} {:?}", check.id, check.status));
    let mut findings: Vec<_> = evaluation
        .findings
        .iter()
        .map(|finding| {
            let detection = &finding.detection;
            let components = detection.components.iter().map(|id| id.as_str());
            let ids = components.chain(detection.links.iter().map(|id| id.as_str()));
            let mut pins: Vec<_> = ids.map(|id| original.get(id).map_or(id, String::as_str)).collect();
            pins.sort_unstable();
            let mut fixes: Vec<_> = detection.fixes.iter().map(|fix| (fix.key, fix.edits.len())).collect();
            fixes.sort_unstable();
            format!("{} {pins:?} {fixes:?}", finding.trap.id)
        })
        .collect();
    findings.sort_unstable();
    let numbers = format!("{} {} {} {}", score.percent, score.passed, score.earned, score.penalty);
    std::iter::once(numbers).chain(checks).chain(findings).collect()
}

/// Other ids, sorting the other way round, change nothing but the names in the report.
#[test]
fn renaming_changes_nothing_but_names() {
    for content in LIBRARY.iter() {
        for (name, design) in content.designs() {
            let (scenario, design, renamed, original) = renamed(&content.scenario, &design);
            let before = verdict(&evaluate(&content.scenario, &design), &SortedMap::new());
            assert_eq!(before, verdict(&evaluate(&scenario, &renamed), &original), "{name}");
        }
    }
}

/// The scenario with its locks renamed, the design, the design renamed, and the old name of each new one.
fn renamed(scenario: &Scenario, design: &Design) -> (Scenario, Design, Design, SortedMap<String, String>) {
    let ids: Vec<_> = design.components().map(|component| component.id.as_str()).collect();
    let links: Vec<_> = design.links().map(|link| link.id.as_str()).collect();
    let fresh = |letter: char, old: &[&str]| -> SortedMap<String, String> {
        let numbered = old.iter().rev().enumerate();
        numbered.map(|(index, id)| ((*id).to_owned(), format!("{letter}{index:04}"))).collect()
    };
    let (of_component, of_link) = (fresh('n', &ids), fresh('l', &links));
    let component = |id: &ComponentId| {
        of_component.get(id.as_str()).map_or_else(|| id.clone(), |new| ComponentId::new(new).unwrap())
    };
    let link =
        |id: &LinkId| of_link.get(id.as_str()).map_or_else(|| id.clone(), |new| LinkId::new(new).unwrap());
    let components = design.components().map(|old| {
        let mut new = old.as_ref().clone();
        new.id = component(&old.id);
        new.containers = old.containers.iter().map(component).collect();
        Arc::new(new)
    });
    let new_links = design.links().map(|old| {
        let mut new = old.as_ref().clone();
        new.id = link(&old.id);
        (new.from, new.to) = (component(&old.from), component(&old.to));
        Arc::new(new)
    });
    let other = Design::from_parts(components.collect(), new_links.collect()).unwrap();
    let mut scenario = scenario.clone();
    for lock in &mut scenario.locks {
        lock.component = component(&lock.component);
    }
    scenario.locked_links = scenario.locked_links.iter().map(link).collect();
    let original = of_component.iter().chain(&of_link).map(|(old, new)| (new.clone(), old.clone())).collect();
    (scenario, design.clone(), other, original)
}
