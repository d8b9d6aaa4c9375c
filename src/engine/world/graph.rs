//! The design as an indexed graph: typed neighbours, containers and children without searching.

use std::cmp::Ordering;
use std::ops::Deref;

use trapwise_documents::message::Arg;
use trapwise_model::{Component, ComponentId, ComponentKind, Design, Link, LinkKind};

/// One component with its place in the index. Derefs to the component; equal when it is the same one.
#[derive(Clone, Copy, Debug)]
pub struct Node<'d> {
    component: &'d Component,
    index: u32,
    /// The component's kind, at hand without going there.
    pub kind: ComponentKind,
}

impl<'d> Node<'d> {
    /// Its place in the index: from 0, by id.
    #[must_use]
    pub const fn index(self) -> usize {
        self.index as usize
    }

    /// The component, for as long as the design lives.
    #[must_use]
    pub const fn component(self) -> &'d Component {
        self.component
    }
}

impl Deref for Node<'_> {
    type Target = Component;
    fn deref(&self) -> &Component {
        self.component
    }
}

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index
    }
}

impl Eq for Node<'_> {}

impl PartialOrd for Node<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Node<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.index.cmp(&other.index)
    }
}

impl From<Node<'_>> for ComponentId {
    fn from(node: Node<'_>) -> Self {
        node.id.clone()
    }
}

impl From<&Node<'_>> for ComponentId {
    fn from(node: &Node<'_>) -> Self {
        node.id.clone()
    }
}

impl From<Node<'_>> for Arg {
    fn from(node: Node<'_>) -> Self {
        Self::Component(node.into())
    }
}

/// One link with its ends. Derefs to the link.
#[derive(Clone, Copy, Debug)]
pub struct Edge<'d> {
    /// The link, for as long as the design lives.
    pub link: &'d Link,
    /// Where it starts.
    pub from: Node<'d>,
    /// Where it ends.
    pub to: Node<'d>,
    /// The link's kind, at hand without going there.
    pub kind: LinkKind,
}

impl Deref for Edge<'_> {
    type Target = Link;
    fn deref(&self) -> &Link {
        self.link
    }
}

/// The indexed graph of one design.
#[derive(Debug)]
pub struct Graph<'d> {
    nodes: Vec<Node<'d>>,
    /// By start, kind, end and id.
    out: Vec<Edge<'d>>,
    out_starts: Vec<usize>,
    /// By end, kind, start and id.
    inc: Vec<Edge<'d>>,
    inc_starts: Vec<usize>,
    /// Containers by child, in the child's own order.
    containers: Vec<Node<'d>>,
    container_starts: Vec<usize>,
    /// Children by container.
    children: Vec<Node<'d>>,
    child_starts: Vec<usize>,
    /// Nodes by kind.
    by_kind: Vec<Node<'d>>,
    kind_starts: Vec<usize>,
}

impl<'d> Graph<'d> {
    /// Indexes a design. O(n log n) in its components and links.
    #[must_use]
    pub fn new(design: &'d Design) -> Self {
        let nodes: Vec<_> = design
            .components()
            .zip(0..)
            .map(|(component, index)| Node { component: component.as_ref(), index, kind: component.kind })
            .collect();
        let count = nodes.len();
        let mut edges = Vec::with_capacity(design.links().len());
        let (mut from, mut kinds, mut to) = (Vec::new(), Vec::new(), Vec::new());
        let node = |id: &ComponentId| nodes.get(design.component_index(id.as_str())?);
        for link in design.links() {
            if let (Some(start), Some(end)) = (node(&link.from), node(&link.to)) {
                edges.push(Edge { link, from: *start, to: *end, kind: link.kind });
                from.push(start.index);
                kinds.push(link.kind as u32);
                to.push(end.index);
            }
        }
        // Links come by id, and each sorting keeps the order among equals.
        let all = places(edges.len());
        let by_kind = |order| sorted(order, &kinds, LinkKind::ALL.len()).0;
        let (out, out_starts) = sorted(by_kind(sorted(all.clone(), &to, count).0), &from, count);
        let (inc, inc_starts) = sorted(by_kind(sorted(all, &from, count).0), &to, count);

        let containment = nodes.iter().flat_map(|child| {
            child.containers.iter().filter_map(|container| Some((child.index, node(container)?.index)))
        });
        let (inside, places_of): (Vec<u32>, Vec<u32>) = containment.unzip();
        let (containers, container_starts) = sorted(places(inside.len()), &inside, count);
        let (children, child_starts) = sorted(places(inside.len()), &places_of, count);
        let node_kinds: Vec<u32> = nodes.iter().map(|node| node.kind as u32).collect();
        let (by_kind, kind_starts) = sorted(places(count), &node_kinds, ComponentKind::ALL.len());
        Self {
            out: picked(&edges, out),
            out_starts,
            inc: picked(&edges, inc),
            inc_starts,
            containers: picked(&nodes, picked(&places_of, containers)),
            container_starts,
            children: picked(&nodes, picked(&inside, children)),
            child_starts,
            by_kind: picked(&nodes, by_kind),
            kind_starts,
            nodes,
        }
    }

    /// Every component, by id.
    #[must_use]
    pub fn nodes(&self) -> &[Node<'d>] {
        &self.nodes
    }

    /// Every link, by its start, kind and end.
    #[must_use]
    pub fn edges(&self) -> &[Edge<'d>] {
        &self.out
    }

    /// The component of that id.
    #[must_use]
    pub fn node(&self, id: &str) -> Option<Node<'d>> {
        let at = self.nodes.binary_search_by(|node| node.component.id.as_str().cmp(id)).ok()?;
        self.nodes.get(at).copied()
    }

    /// Every component of that kind, by id.
    #[must_use]
    pub fn of_kind(&self, kind: ComponentKind) -> &[Node<'d>] {
        slice(&self.by_kind, &self.kind_starts, kind as usize)
    }

    /// The links of that kind that start there, by their ends.
    #[must_use]
    pub fn out(&self, node: Node<'d>, kind: LinkKind) -> &[Edge<'d>] {
        kind_range(slice(&self.out, &self.out_starts, node.index()), kind)
    }

    /// The links of that kind that end there, by their starts.
    #[must_use]
    pub fn inc(&self, node: Node<'d>, kind: LinkKind) -> &[Edge<'d>] {
        kind_range(slice(&self.inc, &self.inc_starts, node.index()), kind)
    }

    /// The links of that kind from one to the other.
    #[must_use]
    pub fn between(&self, from: Node<'d>, kind: LinkKind, to: Node<'d>) -> &[Edge<'d>] {
        // On the side where there is less to search: a role may grant thousands, and few grant one thing.
        let (out, inc) = (self.out(from, kind), self.inc(to, kind));
        if out.len() <= inc.len() { run(out, |edge| edge.to, to) } else { run(inc, |edge| edge.from, from) }
    }

    /// The end of the only link of that kind that starts there.
    #[must_use]
    pub fn target(&self, node: Node<'d>, kind: LinkKind) -> Option<Node<'d>> {
        self.out(node, kind).first().map(|edge| edge.to)
    }

    /// What it stands in, in the component's own order.
    pub fn containers(&self, node: Node<'d>) -> impl Iterator<Item = Node<'d>> + Clone {
        slice(&self.containers, &self.container_starts, node.index()).iter().copied()
    }

    /// What stands directly in it, by id.
    #[must_use]
    pub fn children(&self, node: Node<'d>) -> &[Node<'d>] {
        slice(&self.children, &self.child_starts, node.index())
    }
}

/// Every place of a list of that length, in order.
fn places(count: usize) -> Vec<u32> {
    (0..u32::try_from(count).unwrap_or(u32::MAX)).collect()
}

/// Places in the order of their keys, which are all less than `end`, equals in the order they had; and
/// where each key's run starts, with one more entry that marks the end. Linear: it counts.
fn sorted(order: Vec<u32>, keys: &[u32], end: usize) -> (Vec<u32>, Vec<usize>) {
    let mut starts = vec![0; end + 1];
    for key in keys {
        if let Some(after) = starts.get_mut(*key as usize + 1) {
            *after += 1;
        }
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    let mut next = starts.clone();
    let mut sorted = vec![0; order.len()];
    for place in order {
        let key = keys.get(place as usize).copied().unwrap_or_default();
        if let Some(free) = next.get_mut(key as usize) {
            if let Some(slot) = sorted.get_mut(*free) {
                *slot = place;
            }
            *free += 1;
        }
    }
    (sorted, starts)
}

fn picked<T: Copy>(items: &[T], order: Vec<u32>) -> Vec<T> {
    order.into_iter().filter_map(|place| items.get(place as usize).copied()).collect()
}

fn slice<'a, T>(items: &'a [T], starts: &[usize], index: usize) -> &'a [T] {
    let range = starts.get(index).zip(starts.get(index + 1)).map(|(start, end)| *start..*end);
    range.and_then(|range| items.get(range)).unwrap_or_default()
}

fn kind_range<'a, 'd>(edges: &'a [Edge<'d>], kind: LinkKind) -> &'a [Edge<'d>] {
    run(edges, |edge| edge.kind, kind)
}

/// The edges that have this, of edges in its order.
fn run<'a, 'd, T: Ord>(edges: &'a [Edge<'d>], of: impl Fn(&Edge<'d>) -> T, wanted: T) -> &'a [Edge<'d>] {
    let start = edges.partition_point(|edge| of(edge) < wanted);
    let end = edges.partition_point(|edge| of(edge) <= wanted);
    edges.get(start..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use trapwise_model::fixture;

    #[test]
    fn neighbours_are_found_by_kind_and_end() {
        let text = "
            vpc: vpc
              a: subnet
                web: ecs-service + b
              b: subnet availabilityZone=b
            task: task-definition
            exec: iam-role
            app: iam-role
            web -> task: runs
            task -> exec: role as=executionRoleArn
            task -> app: role as=taskRoleArn";
        let fixture = fixture::parse(text).unwrap();
        let graph = Graph::new(&fixture.design);
        let node = |id| graph.node(id).unwrap();
        assert_eq!(graph.target(node("web"), LinkKind::Runs), Some(node("task")));
        assert_eq!(graph.out(node("task"), LinkKind::Role).len(), 2);
        assert_eq!(graph.between(node("task"), LinkKind::Role, node("app")).len(), 1);
        assert_eq!(graph.inc(node("exec"), LinkKind::Role).len(), 1);
        assert_eq!(graph.inc(node("exec"), LinkKind::Runs).len(), 0);
        assert_eq!(graph.children(node("b")), &[node("web")]);
        assert_eq!(graph.children(node("vpc")), &[node("a"), node("b")]);
        assert_eq!(graph.of_kind(ComponentKind::IamRole), &[node("app"), node("exec")]);
        assert_eq!(graph.of_kind(ComponentKind::Vpc).len(), 1);
        assert!(graph.of_kind(ComponentKind::SnsTopic).is_empty());
    }
}
