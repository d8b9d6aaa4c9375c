//! Security groups: who may open a connection to whom, on which port. Stateful: replies need no rule.

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind};

use super::graph::{Edge, Graph, Node};
use super::network::Network;

/// The groups that guard a component; none means the VPC's default group, which lets its own members
/// in and everything out.
pub fn groups<'a, 'd>(
    graph: &'a Graph<'d>,
    of: Node<'d>,
) -> impl Iterator<Item = Node<'d>> + Clone + use<'a, 'd> {
    graph.inc(of, LinkKind::Guards).iter().map(|edge| edge.from)
}

/// The rule by which `to` lets `from` in on the port.
#[must_use]
pub fn ingress<'d>(
    graph: &Graph<'d>,
    network: &Network<'d>,
    from: Node<'d>,
    to: Node<'d>,
    port: u16,
) -> Admission<'d> {
    let mut guarded = false;
    for group in groups(graph, to) {
        guarded = true;
        if let Some(rule) = rule(graph, network, group, from, "ingress", port) {
            return Admission::Rule(rule);
        }
    }
    // Two members of the default group reach each other; a network load balancer without groups takes all.
    let both_default = network.vpc(from).is_some() && groups(graph, from).next().is_none();
    let open_balancer = to.kind == ComponentKind::LoadBalancer && to.is(prop::TYPE, "network");
    if !guarded && (both_default || open_balancer) { Admission::Default } else { Admission::Refused }
}

/// The rule by which `from` may connect out to `to` on the port.
#[must_use]
pub fn egress<'d>(
    graph: &Graph<'d>,
    network: &Network<'d>,
    from: Node<'d>,
    to: Node<'d>,
    port: u16,
) -> Admission<'d> {
    let mut restricted = false;
    for group in groups(graph, from) {
        if !has_egress_rules(graph, group) {
            return Admission::Default;
        }
        restricted = true;
        if let Some(rule) = rule(graph, network, group, to, "egress", port) {
            return Admission::Rule(rule);
        }
    }
    if restricted { Admission::Refused } else { Admission::Default }
}

/// Whether a connection is admitted, and by what.
#[derive(Clone, Copy, Debug)]
pub enum Admission<'d> {
    /// By this rule.
    Rule(Edge<'d>),
    /// By what a group allows without rules.
    Default,
    /// It is not.
    Refused,
}

impl Admission<'_> {
    /// Whether it is admitted.
    #[must_use]
    pub const fn ok(&self) -> bool {
        !matches!(self, Self::Refused)
    }
}

/// Whether a group has outbound rules of its own; without any it has AWS's allow-all.
#[must_use]
pub fn has_egress_rules(graph: &Graph<'_>, group: Node<'_>) -> bool {
    graph.inc(group, LinkKind::Allows).iter().any(|edge| edge.link.is(prop::DIRECTION, "egress"))
}

/// The rule of `group` in that direction that has `peer` as its other end and covers the TCP port.
///
/// A peer is matched by one of its groups, by all its subnets or its VPC (address ranges), by itself when it
/// is drawn as one, and by `users`, which stands for every address.
#[must_use]
pub fn rule<'d>(
    graph: &Graph<'d>,
    network: &Network<'d>,
    group: Node<'d>,
    peer: Node<'d>,
    direction: &str,
    port: u16,
) -> Option<Edge<'d>> {
    let by = |named: Node<'d>| {
        graph
            .between(named, LinkKind::Allows, group)
            .iter()
            .copied()
            .find(|edge| covers(edge, direction, port))
    };
    groups(graph, peer)
        .find_map(by)
        .or_else(|| by(peer))
        .or_else(|| {
            // Addresses of one subnet do not stand for a peer that has some in another as well.
            let mut rules = graph.containers(peer).map(by);
            let first = rules.next().flatten()?;
            rules.all(|rule| rule.is_some()).then_some(first)
        })
        .or_else(|| network.vpc(peer).and_then(by))
        .or_else(|| graph.of_kind(ComponentKind::Users).iter().copied().find_map(by))
}

fn covers(edge: &Edge<'_>, direction: &str, port: u16) -> bool {
    let link = edge.link;
    if !link.is(prop::DIRECTION, direction) {
        return false;
    }
    match link.text(prop::PROTOCOL) {
        Some("all") => true,
        Some("udp") => false,
        _ => {
            let from = link.int(prop::FROM_PORT).unwrap_or(0);
            let to = link.int(prop::TO_PORT).unwrap_or(from);
            (from..=to).contains(&i64::from(port))
        }
    }
}

/// The rule of `group` in that direction whose peer is one of these groups and that covers the TCP port.
#[must_use]
pub fn rule_by_group<'d>(
    graph: &Graph<'d>,
    group: Node<'d>,
    peers: &[Node<'d>],
    direction: &str,
    port: u16,
) -> Option<Edge<'d>> {
    peers.iter().find_map(|peer| {
        graph
            .between(*peer, LinkKind::Allows, group)
            .iter()
            .copied()
            .find(|edge| covers(edge, direction, port))
    })
}
