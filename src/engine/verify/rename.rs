//! The same design under other names, in another order.

use std::collections::{BTreeMap, BTreeSet};

use trapwise_model::{Component, ComponentId, Design, Link, LinkId};

use crate::evaluate::Evaluation;
use crate::report::Status;
use crate::scenario::Scenario;

/// A design and its scenario with every id another, so that everything sorted by id is turned round.
pub(super) struct Renamed {
    pub scenario: Scenario,
    pub design: Design,
    /// The old ids by the new.
    original: BTreeMap<String, String>,
}

impl Renamed {
    /// Renames everything.
    pub fn of(scenario: &Scenario, design: &Design) -> Self {
        let components: BTreeMap<_, _> =
            turned(design.components().map(|component| component.id.as_str()), 'n');
        let links: BTreeMap<_, _> = turned(design.links().map(|link| link.id.as_str()), 'l');
        let component_id = |id: &ComponentId| {
            renamed(&components, id.as_str())
                .and_then(|new| ComponentId::new(new).ok())
                .unwrap_or_else(|| id.clone())
        };
        let link_id = |id: &LinkId| {
            renamed(&links, id.as_str()).and_then(|new| LinkId::new(new).ok()).unwrap_or_else(|| id.clone())
        };
        let new_components = design.components().enumerate().map(|(index, component)| {
            let containers = component.containers.iter().map(component_id).rev().collect();
            let at = u32::try_from(index).ok();
            Component { id: component_id(&component.id), containers, at, ..Component::clone(component) }
                .into()
        });
        let new_links = design.links().map(|link| {
            let (from, to) = (component_id(&link.from), component_id(&link.to));
            Link { id: link_id(&link.id), from, to, ..Link::clone(link) }.into()
        });
        let (design, refused) = Design::from_parts_lossy(new_components.collect(), new_links.collect());
        debug_assert!(refused.is_empty(), "a design stays sound under other names: {refused:?}");
        let mut scenario = scenario.clone();
        for lock in &mut scenario.locks {
            lock.component = component_id(&lock.component);
        }
        scenario.locked_links = scenario.locked_links.iter().map(link_id).collect();
        let original =
            components.iter().chain(&links).map(|(old, new)| (new.clone(), (*old).to_owned())).collect();
        Self { scenario, design, original }
    }

    /// The old id.
    pub fn original<'a>(&'a self, id: &'a str) -> &'a str {
        self.original.get(id).map_or(id, String::as_str)
    }
}

fn renamed<'a>(names: &'a BTreeMap<&str, String>, id: &str) -> Option<&'a str> {
    names.get(id).map(String::as_str)
}

/// Names that sort the other way round.
fn turned<'a>(ids: impl ExactSizeIterator<Item = &'a str>, letter: char) -> BTreeMap<&'a str, String> {
    let len = ids.len();
    ids.enumerate().map(|(index, id)| (id, format!("{letter}{:06}", len - index))).collect()
}

/// What must not depend on names: the outcome of every check, the score, what is found where and how
/// many fixes it has.
pub(super) type Verdict<'a> = (
    u32,
    bool,
    u32,
    Vec<(&'a str, Status)>,
    BTreeMap<(&'static str, BTreeSet<&'a str>, BTreeSet<&'static str>), usize>,
);

/// The verdict of an evaluation, its ids translated.
pub(super) fn verdict<'a>(evaluation: &'a Evaluation, original: impl Fn(&'a str) -> &'a str) -> Verdict<'a> {
    let mut findings = BTreeMap::new();
    for finding in &evaluation.findings {
        let detection = &finding.detection;
        let components = detection.components.iter().map(|id| id.as_str());
        let parts = components.chain(detection.links.iter().map(|id| id.as_str())).map(&original).collect();
        let fixes = detection.fixes.iter().map(|fix| fix.key).collect();
        *findings.entry((finding.trap.id, parts, fixes)).or_insert(0) += 1;
    }
    let checks = evaluation.checks.iter().map(|check| (check.id.as_str(), check.status)).collect();
    let score = &evaluation.score;
    (score.percent, score.passed, score.penalty, checks, findings)
}
