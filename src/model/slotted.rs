//! The components of a design, each with a slot: a number that stays its own however the board grows,
//! by which links know their ends without searching for them.
//!
//! INVARIANT: slots tell how a board came about, so nothing that is seen may depend on them. Equality does not.

use std::sync::Arc;

use crate::pieces::Pieces;
use crate::{Component, ComponentId};

/// Components by id.
#[derive(Clone, Debug, Default)]
pub(crate) struct Slotted {
    by_id: Pieces<ComponentId, (Arc<Component>, u32)>,
    /// No slot is this high.
    end: u32,
}

impl Slotted {
    pub(crate) fn is_empty(&self) -> bool {
        self.by_id.len() == 0
    }

    pub(crate) fn contains_key(&self, id: &str) -> bool {
        self.by_id.get(id).is_some()
    }

    pub(crate) fn values(&self) -> impl ExactSizeIterator<Item = &Arc<Component>> + Clone {
        self.by_id.values().map(|(component, _)| component)
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Arc<Component>> {
        self.by_id.get(id).map(|(component, _)| component)
    }

    pub(crate) fn get_mut(&mut self, id: &ComponentId) -> Option<&mut Arc<Component>> {
        self.by_id.get_mut(id).map(|(component, _)| component)
    }

    pub(crate) fn slot(&self, id: &str) -> Option<u32> {
        self.by_id.get(id).map(|(_, slot)| *slot)
    }

    /// Adds one that is not there yet.
    pub(crate) fn insert(&mut self, component: Arc<Component>) {
        self.by_id.insert(component.id.clone(), (component, self.end));
        self.end += 1;
    }

    pub(crate) fn remove(&mut self, id: &ComponentId) -> Option<Arc<Component>> {
        let (component, slot) = self.by_id.remove(id)?;
        // So that trying something out and taking it back leaves no hole.
        if slot + 1 == self.end {
            self.end = slot;
        }
        Some(component)
    }

    /// For each slot, the place of its component in the order of ids.
    pub(crate) fn places(&self) -> Vec<usize> {
        let mut places = vec![0; self.end as usize];
        for (place, (_, slot)) in self.by_id.values().enumerate() {
            if let Some(of_slot) = places.get_mut(*slot as usize) {
                *of_slot = place;
            }
        }
        places
    }
}

impl PartialEq for Slotted {
    fn eq(&self, other: &Self) -> bool {
        self.by_id.len() == other.by_id.len() && self.values().eq(other.values())
    }
}

impl Eq for Slotted {}
