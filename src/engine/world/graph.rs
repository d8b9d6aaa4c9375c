//! The design as an indexed graph: typed neighbours, containers and children without searching.

use std::cmp::Ordering;
use std::ops::Deref;

use trapwise_model::order;
use trapwise_model::{Component, ComponentKind, Design, Link, LinkKind};

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
    ids: Ids,
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
        let ids = Ids::new(&nodes);
        let edge = |link: &'d Link| {
            let from = ids.find(&nodes, link.from.as_str())?;
            let to = ids.find(&nodes, link.to.as_str())?;
            Some(Edge { link, from, to, kind: link.kind })
        };
        // Links come by id, and sorting keeps that order among equals.
        let mut out: Vec<_> = design.links().filter_map(|link| edge(link.as_ref())).collect();
        let mut inc = out.clone();
        order::sort_by_key(&mut out, |edge| (edge.from.index, edge.kind, edge.to.index));
        order::sort_by_key(&mut inc, |edge| (edge.to.index, edge.kind, edge.from.index));
        let mut inside: Vec<(Node<'d>, Node<'d>)> = Vec::new();
        for node in &nodes {
            let containers = node.component.containers.iter();
            inside.extend(
                containers.filter_map(|id| ids.find(&nodes, id.as_str())).map(|place| (*node, place)),
            );
        }
        let container_starts = starts(nodes.len(), inside.iter().map(|(child, _)| child.index()));
        let containers = inside.iter().map(|(_, place)| *place).collect();
        order::sort_by_key(&mut inside, |(child, place)| (place.index, child.index));
        let mut by_kind = nodes.clone();
        order::sort_by_key(&mut by_kind, |node| (node.kind, node.index));
        let count = nodes.len();
        Self {
            out_starts: starts(count, out.iter().map(|edge| edge.from.index())),
            inc_starts: starts(count, inc.iter().map(|edge| edge.to.index())),
            containers,
            container_starts,
            child_starts: starts(count, inside.iter().map(|(_, place)| place.index())),
            children: inside.into_iter().map(|(child, _)| child).collect(),
            ids,
            nodes,
            out,
            inc,
            by_kind,
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
        self.ids.find(&self.nodes, id)
    }

    /// Every component of that kind, by id.
    #[must_use]
    pub fn of_kind(&self, kind: ComponentKind) -> &[Node<'d>] {
        let start = self.by_kind.partition_point(|node| node.kind < kind);
        let end = self.by_kind.partition_point(|node| node.kind <= kind);
        self.by_kind.get(start..end).unwrap_or_default()
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
        let edges = self.out(from, kind);
        let start = edges.partition_point(|edge| edge.to < to);
        let end = edges.partition_point(|edge| edge.to <= to);
        edges.get(start..end).unwrap_or_default()
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

/// Finds nodes by id. Ids lie scattered in memory; the first letters of each, side by side as one
/// number, tell most of them apart without going there.
#[derive(Debug)]
struct Ids(Vec<u128>);

impl Ids {
    fn new(nodes: &[Node<'_>]) -> Self {
        Self(nodes.iter().map(|node| Self::letters(node.component.id.as_str())).collect())
    }

    /// The first 16 bytes, in an order that agrees with that of the ids.
    fn letters(id: &str) -> u128 {
        let mut letters = [0; 16];
        letters.iter_mut().zip(id.bytes()).for_each(|(slot, byte)| *slot = byte);
        u128::from_be_bytes(letters)
    }

    fn find<'d>(&self, nodes: &[Node<'d>], id: &str) -> Option<Node<'d>> {
        let letters = Self::letters(id);
        let start = self.0.partition_point(|other| *other < letters);
        let rest = self.0.get(start..)?;
        // Mostly one, so that the next is looked at before searching for the last.
        let alike = match rest.get(1) {
            Some(next) if *next == letters => rest.partition_point(|other| *other == letters),
            _ => usize::from(rest.first() == Some(&letters)),
        };
        let nodes = nodes.get(start..start + alike)?;
        let at = nodes.binary_search_by(|node| node.component.id.as_str().cmp(id)).ok()?;
        nodes.get(at).copied()
    }
}

/// Where each owner's run starts in a list sorted by owner; one more entry marks the end.
fn starts(count: usize, owners: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut starts = Vec::with_capacity(count + 1);
    let mut seen = 0;
    for owner in owners {
        while starts.len() <= owner {
            starts.push(seen);
        }
        seen += 1;
    }
    starts.resize(count + 1, seen);
    starts
}

fn slice<'a, T>(items: &'a [T], starts: &[usize], index: usize) -> &'a [T] {
    let range = starts.get(index).zip(starts.get(index + 1)).map(|(start, end)| *start..*end);
    range.and_then(|range| items.get(range)).unwrap_or_default()
}

fn kind_range<'a, 'd>(edges: &'a [Edge<'d>], kind: LinkKind) -> &'a [Edge<'d>] {
    let start = edges.partition_point(|edge| edge.kind < kind);
    let end = edges.partition_point(|edge| edge.kind <= kind);
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
