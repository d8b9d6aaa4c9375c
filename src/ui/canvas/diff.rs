//! What a previewed design changes.

use std::sync::Arc;

use trapwise_model::{ComponentId, Design, LinkId, SortedMap};

/// What happens to a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    Added,
    Changed,
}

/// What differs from the learner's design.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Diff {
    components: SortedMap<ComponentId, Change>,
    links: SortedMap<LinkId, Change>,
    removed: usize,
}

impl Diff {
    pub(super) fn between(before: &Design, after: &Design) -> Self {
        let mut diff = Self::default();
        for component in after.components() {
            match before.component(component.id.as_str()) {
                None => drop(diff.components.insert(component.id.clone(), Change::Added)),
                Some(old) if Arc::ptr_eq(old, component) || old == component => {}
                Some(_) => drop(diff.components.insert(component.id.clone(), Change::Changed)),
            }
        }
        for link in after.links() {
            match before.link(link.id.as_str()) {
                None => drop(diff.links.insert(link.id.clone(), Change::Added)),
                Some(old) if Arc::ptr_eq(old, link) || old == link => {}
                Some(_) => drop(diff.links.insert(link.id.clone(), Change::Changed)),
            }
        }
        let gone = before.components().filter(|part| after.component(part.id.as_str()).is_none()).count();
        let cut = before.links().filter(|link| after.link(link.id.as_str()).is_none()).count();
        diff.removed = gone + cut;
        diff
    }

    pub(super) fn component(&self, id: &str) -> Option<Change> {
        self.components.get(id).copied()
    }

    pub(super) fn link(&self, id: &str) -> Option<Change> {
        self.links.get(id).copied()
    }

    /// How many parts are added, changed and removed, as far as any are.
    pub(super) fn words(&self) -> String {
        let count = |change: Change| {
            let parts = self.components.values().chain(self.links.values());
            parts.filter(|other| **other == change).count()
        };
        let counts =
            [(count(Change::Added), "added"), (count(Change::Changed), "changed"), (self.removed, "removed")];
        let words =
            counts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}"));
        words.collect::<Vec<_>>().join(", ")
    }
}

impl Change {
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
        }
    }
}
