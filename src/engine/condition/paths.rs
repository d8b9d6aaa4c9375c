//! Paths of links: a search over where one stands and whether one has passed through what is asked.

use std::cell::RefCell;
use std::ptr;

use super::leaf::Between;
use super::select::Nodes;
use crate::world::{Graph, Node};
use trapwise_documents::condition::PathTest;
use trapwise_model::SortedSet;

/// Remembers the last search. Quantifiers ask from one start to many ends, or from many starts to one
/// end; what they share is searched once.
#[derive(Debug, Default)]
pub(super) struct PathCache {
    last: RefCell<Option<Search>>,
}

/// Everything that a start leads to, or (backwards) that leads to an end.
#[derive(Debug)]
struct Search {
    key: Key,
    found: Vec<bool>,
    /// The other end that was asked for.
    other: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Key {
    path: *const PathTest,
    via: Option<usize>,
    avoid: Option<usize>,
    direction: Direction,
    origin: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    Forwards,
    Backwards,
}

impl PathCache {
    /// Whether a path leads from one to the other.
    pub fn leads<'d>(
        &self,
        graph: &Graph<'d>,
        path: &PathTest,
        between: &Between<'_, 'd>,
        from: Node<'d>,
        to: Node<'d>,
    ) -> bool {
        // What a selector stands for is the same throughout; what a name stands for is part of the key.
        let bound = |nodes: &Option<Nodes<'_, 'd>>| match nodes {
            Some(Nodes::One(node)) => Some(node.index()),
            _ => None,
        };
        let (via, avoid) = (bound(&between.via), bound(&between.avoid));
        let key = |direction, origin: Node<'d>| Key {
            path: ptr::from_ref(path),
            via,
            avoid,
            direction,
            origin: origin.index(),
        };
        let (ahead, back) = (key(Direction::Forwards, from), key(Direction::Backwards, to));
        let mut last = self.last.borrow_mut();
        if let Some(search) = last.as_ref() {
            if search.key == ahead {
                return search.found.get(to.index()).copied().unwrap_or(false);
            }
            if search.key == back {
                return search.found.get(from.index()).copied().unwrap_or(false);
            }
        }
        // The same end as last time from another start: from now on search backwards from that end.
        let same_end = last.as_ref().is_some_and(|search| {
            search.key.path == ahead.path
                && search.key.direction == Direction::Forwards
                && search.other == to.index()
        });
        let (key, origin, other) = if same_end { (back, to, from) } else { (ahead, from, to) };
        let found = search(graph, path, between, origin, key.direction);
        let leads = found.get(other.index()).copied().unwrap_or(false);
        *last = Some(Search { key, found, other: other.index() });
        leads
    }
}

/// By node: whether a path leads there from the origin (or from there to it).
fn search<'d>(
    graph: &Graph<'d>,
    path: &PathTest,
    between: &Between<'_, 'd>,
    origin: Node<'d>,
    direction: Direction,
) -> Vec<bool> {
    let has = |nodes: &Option<Nodes<'_, 'd>>, node: &Node<'d>| {
        nodes.as_ref().is_some_and(|nodes| nodes.as_slice().binary_search(node).is_ok())
    };
    let count = graph.nodes().len();
    let mut found = vec![false; count];
    // Standing there before and after passing through `via`.
    let mut seen = [vec![false; count], vec![false; count]];
    let kinds = SortedSet::from_iter(path.links.iter().copied());
    let mut open = vec![(origin, between.via.is_none())];
    while let Some((node, passed)) = open.pop() {
        for kind in &kinds {
            let edges = match direction {
                Direction::Forwards => graph.out(node, *kind),
                Direction::Backwards => graph.inc(node, *kind),
            };
            for edge in edges {
                let next = if direction == Direction::Forwards { edge.to } else { edge.from };
                if passed && let Some(slot) = found.get_mut(next.index()) {
                    *slot = true;
                }
                if has(&between.avoid, &next) {
                    continue;
                }
                let passed = passed || has(&between.via, &next);
                let seen = seen.get_mut(usize::from(passed)).and_then(|seen| seen.get_mut(next.index()));
                if let Some(seen) = seen.filter(|seen| !**seen) {
                    *seen = true;
                    open.push((next, passed));
                }
            }
        }
    }
    found
}
