//! The same design with other ids and in another order.

use trapwise_model::{Component, ComponentId, Design, Link, LinkId};

use crate::evaluate::Evaluation;
use crate::scenario::Scenario;

/// A design and its scenario with new ids, so that everything sorted by id is reversed.
pub(super) struct Renamed {
    pub scenario: Scenario,
    pub design: Design,
    components: Names,
    links: Names,
}

/// Old ids, sorted. The new ids count down, so that they sort in reverse.
struct Names {
    old: Vec<String>,
    letter: char,
}

impl Names {
    fn new_of(&self, old: &str) -> Option<String> {
        let index = self.old.binary_search_by(|known| known.as_str().cmp(old)).ok()?;
        Some(format!("{}{:06}", self.letter, self.old.len() - index))
    }

    fn old_of(&self, new: &str) -> Option<&str> {
        let number: usize = new.strip_prefix(self.letter)?.parse().ok()?;
        self.old.get(self.old.len().checked_sub(number)?).map(String::as_str)
    }

    fn component(&self, id: &ComponentId) -> ComponentId {
        self.new_of(id.as_str()).and_then(|new| ComponentId::new(&new).ok()).unwrap_or_else(|| id.clone())
    }

    fn link(&self, id: &LinkId) -> LinkId {
        self.new_of(id.as_str()).and_then(|new| LinkId::new(&new).ok()).unwrap_or_else(|| id.clone())
    }
}

impl Renamed {
    /// Renames everything.
    pub fn of(scenario: &Scenario, design: &Design) -> Self {
        let old = design.components().map(|component| component.id.as_str().to_owned()).collect();
        let components = Names { old, letter: 'n' };
        let links =
            Names { old: design.links().map(|link| link.id.as_str().to_owned()).collect(), letter: 'l' };
        let mut new_components = Vec::new();
        for (index, component) in design.components().enumerate() {
            let mut renamed = Component::clone(component);
            renamed.id = components.component(&component.id);
            renamed.containers =
                component.containers.iter().map(|id| components.component(id)).rev().collect();
            renamed.at = u32::try_from(index).ok();
            new_components.push(renamed.into());
        }
        let mut new_links = Vec::new();
        for link in design.links() {
            let mut renamed = Link::clone(link);
            renamed.id = links.link(&link.id);
            (renamed.from, renamed.to) = (components.component(&link.from), components.component(&link.to));
            new_links.push(renamed.into());
        }
        let (design, refused) = Design::from_parts_lossy(new_components, new_links);
        debug_assert!(refused.is_empty(), "a design stays valid with other ids: {refused:?}");
        let mut scenario = scenario.clone();
        for lock in &mut scenario.locks {
            lock.component = components.component(&lock.component);
        }
        let locked = std::mem::take(&mut scenario.locked_links);
        scenario.locked_links.extend(locked.iter().map(|id| links.link(id)));
        Self { scenario, design, components, links }
    }

    /// The old id.
    pub fn original<'a>(&'a self, id: &'a str) -> &'a str {
        self.components.old_of(id).or_else(|| self.links.old_of(id)).unwrap_or(id)
    }
}

/// What must not depend on ids: the score, the status of every check, and every finding with its place and
/// its fixes. One line for each, with the original ids.
pub(super) fn verdict<'a>(evaluation: &'a Evaluation, original: &dyn Fn(&'a str) -> &'a str) -> Vec<String> {
    let score = &evaluation.score;
    let mut lines = vec![format!("{} {} {}", score.percent, score.passed, score.penalty)];
    lines.extend(evaluation.checks.iter().map(|check| format!("{} {:?}", check.id, check.status)));
    let mut findings = Vec::new();
    for finding in &evaluation.findings {
        let detection = &finding.detection;
        let components = detection.components.iter().map(|id| id.as_str());
        let links = detection.links.iter().map(|id| id.as_str());
        let mut parts: Vec<_> = components.chain(links).map(|id| original(id).to_owned()).collect();
        parts.sort();
        let mut fixes: Vec<_> = detection.fixes.iter().map(|fix| fix.key.to_owned()).collect();
        fixes.sort();
        findings.push(format!("{} {} {}", finding.trap.id, parts.join(" "), fixes.join(" ")));
    }
    findings.sort();
    lines.extend(findings);
    lines
}
