//! Who stands next to whom: the links that touch a component and what stands in it, kept beside a
//! design so that an edit costs what it touches and not the whole board.
//!
//! INVARIANT: it follows from the components and links alone, and is the same however they came about.

use std::sync::Arc;

use crate::catalogue::LinkKind;
use crate::{Component, ComponentId, Link, LinkId, SortedMap};

/// The neighbours of every component that has any, each shared between copies until it changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Adjacency(SortedMap<ComponentId, Arc<Neighbours>>);

/// The neighbours of one component; each list is sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Neighbours {
    /// Links that start here, with their ends.
    out: Vec<(LinkKind, ComponentId, LinkId)>,
    /// Links that end here.
    inc: Vec<LinkId>,
    /// What stands in it.
    inside: Vec<ComponentId>,
}

impl Adjacency {
    /// A component stands in these.
    pub(crate) fn enter(&mut self, component: &Component) {
        for place in &component.containers {
            insert(&mut self.neighbours(place).inside, component.id.clone());
        }
    }

    /// A component no longer stands in these.
    pub(crate) fn leave(&mut self, component: &Component) {
        for place in &component.containers {
            self.without(place, |neighbours| remove(&mut neighbours.inside, &component.id));
        }
    }

    /// A link is there.
    pub(crate) fn join(&mut self, link: &Link) {
        insert(&mut self.neighbours(&link.from).out, (link.kind, link.to.clone(), link.id.clone()));
        insert(&mut self.neighbours(&link.to).inc, link.id.clone());
    }

    /// A link is gone.
    pub(crate) fn part(&mut self, link: &Link) {
        let entry = (link.kind, link.to.clone(), link.id.clone());
        self.without(&link.from, |neighbours| remove(&mut neighbours.out, &entry));
        self.without(&link.to, |neighbours| remove(&mut neighbours.inc, &link.id));
    }

    /// What stands directly in it, by id.
    pub(crate) fn inside(&self, id: &str) -> &[ComponentId] {
        self.0.get(id).map_or(&[], |neighbours| &neighbours.inside)
    }

    /// Every link that touches it, by id.
    pub(crate) fn links(&self, id: &str) -> Vec<&LinkId> {
        let Some(neighbours) = self.0.get(id) else { return Vec::new() };
        let mut links =
            neighbours.out.iter().map(|(_, _, link)| link).chain(&neighbours.inc).collect::<Vec<_>>();
        links.sort();
        // A link from a component to itself touches it twice.
        links.dedup();
        links
    }

    /// The links of that kind that start there, by their ends.
    pub(crate) fn out(&self, id: &str, kind: LinkKind) -> &[(LinkKind, ComponentId, LinkId)] {
        let out = self.0.get(id).map_or(&[][..], |neighbours| &neighbours.out);
        let start = out.partition_point(|(other, _, _)| *other < kind);
        let end = out.partition_point(|(other, _, _)| *other <= kind);
        out.get(start..end).unwrap_or_default()
    }

    /// Those that end at `to`.
    pub(crate) fn between(&self, id: &str, kind: LinkKind, to: &str) -> impl Iterator<Item = &LinkId> {
        let out = self.out(id, kind);
        let start = out.partition_point(|(_, end, _)| end.as_str() < to);
        let links = out.get(start..).unwrap_or_default().iter();
        links.take_while(move |(_, end, _)| end.as_str() == to).map(|(_, _, link)| link)
    }

    fn neighbours(&mut self, id: &ComponentId) -> &mut Neighbours {
        Arc::make_mut(self.0.entry(id.clone()).or_default())
    }

    /// Takes something away, and the entry with it when nothing is left there.
    fn without(&mut self, id: &ComponentId, take: impl FnOnce(&mut Neighbours)) {
        if let Some(neighbours) = self.0.get_mut(id) {
            let neighbours = Arc::make_mut(neighbours);
            take(neighbours);
            if *neighbours == Neighbours::default() {
                self.0.remove(id);
            }
        }
    }
}

fn insert<T: Ord>(sorted: &mut Vec<T>, item: T) {
    if let Err(at) = sorted.binary_search(&item) {
        sorted.insert(at, item);
    }
}

fn remove<T: Ord>(sorted: &mut Vec<T>, item: &T) {
    if let Ok(at) = sorted.binary_search(item) {
        sorted.remove(at);
    }
}
