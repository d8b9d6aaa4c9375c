//! Every part of a reference matters, or is said to be optional.
//!
//! A part matters when the reference without it no longer passes, is worth fewer points or falls into a
//! trap. What is given and locked stays out of this: nobody can take it away. A part that does not
//! matter is often a check that is missing.

use trapwise_model::diagnostic::{Collector, Diagnostic};
use trapwise_model::{Design, Edit, Target};

use super::Content;
use super::ablate::targets;
use super::pack::{Folder, named};
use crate::evaluate::evaluate;
use crate::scenario::Scenario;

/// Notes parts that nothing depends on and that are not listed, and what is listed but depended on.
pub(super) fn verify_parts(
    folder: &Folder<'_>,
    content: &Content,
    about: &mut Collector,
    said: &mut Vec<Diagnostic>,
) {
    let scenario = &content.scenario;
    let mut used: Vec<bool> = scenario.optional.iter().map(|_| false).collect();
    for (name, design) in &content.references {
        let listed: Vec<_> = scenario.optional.iter().map(|part| targets(design, part)).collect();
        for idle in idle_parts(scenario, design) {
            let mut is_listed = false;
            for (targets, used) in listed.iter().zip(&mut used) {
                if targets.contains(&idle) {
                    (is_listed, *used) = (true, true);
                }
            }
            if let (false, Some(source)) = (is_listed, named(&folder.references, name)) {
                let what = match &idle {
                    Target::Component(id) => format!("component `{id}`"),
                    Target::Link(id) => format!("link `{id}`"),
                };
                let message = format!("without the {what} the reference is worth as much");
                let help = "check it, lock it if it is given, or list it as `optional`";
                said.push(Diagnostic::of_file("idle-part", source.file, message).with_help(help));
            }
        }
    }
    let mut used = used.into_iter();
    about.each("optional", &scenario.optional, |at, _| {
        if used.next() == Some(false) {
            at.error("not-optional", "no reference has this to spare");
        }
    });
}

/// The parts without any one of which the design passes as it did.
fn idle_parts(scenario: &Scenario, design: &Design) -> Vec<Target> {
    let rules = scenario.build_rules();
    let components = design.components().map(|component| Target::Component(component.id.clone()));
    let links = design.links().map(|link| Target::Link(link.id.clone()));
    let is_idle = |part: &Target| {
        let edit = match part {
            Target::Component(id) => Edit::Remove(id.clone()),
            Target::Link(id) => Edit::Unlink(id.clone()),
        };
        let mut less = design.clone();
        if rules.check(design, &edit).is_err() || less.apply(&edit).is_err() {
            return false;
        }
        let evaluation = evaluate(scenario, &less);
        evaluation.score.passed && evaluation.score.percent == 100 && evaluation.findings.is_empty()
    };
    components.chain(links).filter(is_idle).collect()
}
