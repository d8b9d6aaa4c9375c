//! What can be on a scenario's board: which kinds and presets, and how many of each.

use trapwise_model::diagnostic::Collector;
use trapwise_model::{ComponentKind, SortedMap};

use crate::condition::Selector;
use crate::cost::Best;
use crate::scenario::Scenario;

/// What can be on the board.
#[derive(Debug)]
pub(super) struct Board {
    /// How many of each kind and preset there can be.
    most: SortedMap<(ComponentKind, Option<String>), usize>,
    /// Whether that is all there can be.
    is_known: bool,
    best: Option<Best>,
}

/// What says which components there can be.
const READS: [&str; 6] = [
    "/start/components/*/kind",
    "/start/components/*/preset",
    "/palette/*/kind",
    "/palette/*/preset",
    "/palette/*/limit",
    "/maxComponents",
];

impl Board {
    /// The board of that scenario, as far as it is sound.
    pub fn of(scenario: &Scenario, at: &Collector) -> Self {
        let mut most = SortedMap::new();
        for component in &scenario.start.components {
            *most.entry((component.kind, component.preset.clone())).or_insert(0) += 1;
        }
        let full = scenario.build_rules().max_components();
        for item in &scenario.palette {
            let given = most.entry((item.kind, item.preset.clone())).or_insert(0);
            *given = item.limit.unwrap_or(full).max(*given);
        }
        let is_known = READS.iter().all(|place| at.is_sound(place));
        Self { most, is_known, best: scenario.best.filter(|_| at.is_sound("/best")) }
    }

    /// What the best reference comes to, as far as the scenario says so.
    pub const fn best(&self) -> Option<Best> {
        self.best
    }

    /// Whether it is known what can be on it.
    pub const fn is_known(&self) -> bool {
        self.is_known
    }

    /// Every preset, with its kinds.
    pub fn presets(&self) -> impl Iterator<Item = (&str, ComponentKind)> {
        self.most.keys().filter_map(|(kind, preset)| Some((preset.as_deref()?, *kind)))
    }

    /// Whether a component of that kind can be on the board.
    pub fn has(&self, kind: ComponentKind) -> bool {
        self.most.keys().any(|(known, _)| *known == kind)
    }

    /// How many components a selector can select, its tests left aside, if that is known.
    pub fn most(&self, selector: &Selector) -> Option<usize> {
        let fits = |(kind, preset): &(ComponentKind, Option<String>)| {
            selector.kind.is_none_or(|wanted| wanted == *kind)
                && selector.preset.as_ref().is_none_or(|wanted| Some(wanted) == preset.as_ref())
        };
        self.is_known.then(|| self.most.iter().filter(|(key, _)| fits(key)).map(|(_, most)| most).sum())
    }
}
