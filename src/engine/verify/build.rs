//! Whether a learner can build a design from the board at the start.

use std::sync::Arc;

use trapwise_model::{Component, Design};

use crate::scenario::Scenario;

/// What prevents a learner from building this design.
///
/// Given components that are not locked may be changed or removed. So only locked components must be
/// unchanged, and only new components must be in the palette and within its limits.
pub(super) fn obstacles(scenario: &Scenario, design: &Design) -> Vec<String> {
    let rules = scenario.build_rules();
    let start = scenario.start_design();
    let mut obstacles = Vec::new();
    for given in start.components() {
        let id = given.id.as_str();
        if !rules.is_locked(id) {
            continue;
        }
        match design.component(id) {
            None => obstacles.push(format!("`{id}` is locked, but missing here")),
            Some(found) => {
                for what in changes(given, found).into_iter().filter(|what| !rules.may_set(id, what)) {
                    obstacles.push(format!("`{what}` of `{id}` is locked, but differs here"));
                }
            }
        }
    }
    for given in start.links().filter(|link| rules.locked_links.contains(&link.id)) {
        if design.link(given.id.as_str()) != Some(given) {
            obstacles.push(format!("the link `{}` is locked, but missing or different here", given.id));
        }
    }
    let is_new = |component: &Component| {
        start
            .component(component.id.as_str())
            .is_none_or(|given| given.kind != component.kind || given.preset != component.preset)
    };
    let mut seen = Vec::new();
    for component in design.components().filter(|component| is_new(component)) {
        let (kind, preset) = (component.kind, component.preset.as_deref());
        if seen.contains(&(kind, preset)) {
            continue;
        }
        seen.push((kind, preset));
        let name = preset.map_or_else(|| format!("`{kind}`"), |preset| format!("`{kind}` (`{preset}`)"));
        let alike = |other: &&Arc<Component>| other.kind == kind && other.preset.as_deref() == preset;
        let count = design.components().filter(alike).count();
        match rules.item(kind, preset) {
            None => obstacles.push(format!("the palette has no {name}")),
            Some(item) => {
                if let Some(limit) = item.limit.filter(|limit| count > *limit) {
                    obstacles
                        .push(format!("the palette allows {limit} × {name}, but there are {count} here"));
                }
            }
        }
    }
    let len = design.components().len();
    if len > rules.max_components() && len > start.components().len() {
        obstacles.push(format!(
            "the board allows {} components, but there are {len} here",
            rules.max_components()
        ));
    }
    obstacles
}

/// The properties in which a component differs from the given one; `in` for its containers.
fn changes(given: &Component, found: &Component) -> Vec<String> {
    if (given.kind, &given.preset) != (found.kind, &found.preset) {
        return vec!["kind".to_owned()];
    }
    let (old, new) = (&given.props, &found.props);
    let set = old.keys().chain(new.keys().filter(|prop| !old.contains_key(*prop)));
    let mut changes: Vec<_> = set.filter(|prop| old.get(*prop) != new.get(*prop)).cloned().collect();
    let (mut was, mut is) = (given.containers.clone(), found.containers.clone());
    was.sort();
    is.sort();
    if was != is {
        changes.push("in".to_owned());
    }
    changes
}
