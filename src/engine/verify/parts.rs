//! Every part (component or link) of a reference matters, or is listed as optional.
//!
//! A part matters when the reference without it no longer passes, scores fewer points or has a finding.
//! Locked parts are not considered, because a learner cannot remove them. A part that does not matter
//! often means that a check is missing.

use trapwise_model::diagnostic::{Collector, Diagnostic};
use trapwise_model::{Design, Edit, Target};

use super::Content;
use super::ablate::targets;
use super::pack::{Folder, named};
use crate::evaluate::evaluate;
use crate::scenario::{OptionalPart, Scenario};

/// Reports parts that do not matter and are not listed, and listed parts that do matter.
pub(super) fn verify_parts(
    folder: &Folder<'_>,
    content: &Content,
    about: &mut Collector,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let scenario = &content.scenario;
    let mut used: Vec<bool> = scenario.optional.iter().map(|_| false).collect();
    for (name, design) in &content.references {
        let targets_of = |part: &OptionalPart| targets(design, part.component.as_ref(), part.link.as_ref());
        let listed: Vec<_> = scenario.optional.iter().map(targets_of).collect();
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
                let message = format!("the reference scores the same without the {what}");
                let help = "add a check for it, lock it if it is given, or list it as `optional`";
                diagnostics.push(Diagnostic::of_file("idle-part", source.file, message).with_help(help));
            }
        }
    }
    let mut used = used.into_iter();
    about.each("optional", &scenario.optional, |at, _| {
        if used.next() == Some(false) {
            at.error("not-optional", "no reference contains this as a part that does not matter");
        }
    });
}

/// The parts that can be removed, one at a time, while the design still scores 100 without a finding.
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
