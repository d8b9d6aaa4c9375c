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
    /// The same by preset, of those that have one.
    by_preset: Vec<(String, ComponentKind, usize)>,
    /// How many of each kind there can be.
    by_kind: SortedMap<ComponentKind, usize>,
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
        let mut by_kind: SortedMap<ComponentKind, usize> = SortedMap::new();
        let mut by_preset = Vec::new();
        for ((kind, preset), most) in &most {
            let of_kind = by_kind.entry(*kind).or_default();
            *of_kind = of_kind.saturating_add(*most);
            by_preset.extend(preset.clone().map(|preset| (preset, *kind, *most)));
        }
        by_preset.sort();
        let is_known = READS.iter().all(|place| at.is_sound(place));
        Self { most, by_preset, by_kind, is_known, best: scenario.best.filter(|_| at.is_sound("/best")) }
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

    /// Every kind that has a preset, and how many of that there can be.
    pub fn of_preset(&self, preset: &str) -> impl Iterator<Item = (ComponentKind, usize)> {
        let start = self.by_preset.partition_point(|(known, _, _)| known.as_str() < preset);
        let from_there = self.by_preset.get(start..).unwrap_or_default().iter();
        from_there.take_while(move |(known, _, _)| known == preset).map(|(_, kind, most)| (*kind, *most))
    }

    /// Whether a component of that kind can be on the board.
    pub fn has(&self, kind: ComponentKind) -> bool {
        self.by_kind.contains_key(&kind)
    }

    /// How many components a selector can select, its tests left aside, if that is known.
    pub fn most(&self, selector: &Selector) -> Option<usize> {
        let wanted = |kind: ComponentKind| selector.kind.is_none_or(|wanted| wanted == kind);
        let add = |sum: usize, (kind, most)| if wanted(kind) { sum.saturating_add(most) } else { sum };
        self.is_known.then(|| match &selector.preset {
            Some(preset) => self.of_preset(preset).fold(0, add),
            None => self.by_kind.iter().map(|(kind, most)| (*kind, *most)).fold(0, add),
        })
    }
}
