//! What the traps about host ports in bridge mode share. Not a trap.

use trapwise_model::LinkKind;
use trapwise_model::catalogue::prop;

use crate::traps::fix::FixBuilder;
use crate::world::{DYNAMIC_PORTS, Edge, Node, World, security};

/// The host that does not admit the load balancer on the whole range of dynamic ports.
pub(super) fn shut_host<'d>(world: &World<'d>, forward: &Edge<'d>) -> Option<Node<'d>> {
    let (graph, network) = (world.graph(), world.network());
    let hosts = world.interfaces(forward.to).into_iter();
    let mut placed = hosts.filter(|host| network.vpc(*host).is_some());
    let (first, last) = DYNAMIC_PORTS;
    placed.find(|host| {
        let admits = |port| security::ingress(graph, network, forward.from, *host, port).ok();
        !admits(first) || !admits(last)
    })
}

/// Admits the load balancer on the whole range into the host's group.
pub(super) fn admit<'f, 'd>(
    world: &World<'d>,
    fix: &'f mut FixBuilder<'d>,
    forward: &Edge<'d>,
    host: Node<'d>,
) -> Option<&'f mut FixBuilder<'d>> {
    let graph = world.graph();
    let group = security::groups(graph, host).next()?;
    // A load balancer without a group of its own can only be named by its VPC's addresses.
    let caller = security::groups(graph, forward.from).next().or_else(|| world.network().vpc(host))?;
    let (first, last) = DYNAMIC_PORTS;
    fix.link(LinkKind::Allows, &caller.id, &group.id).with(prop::DIRECTION, "ingress");
    Some(fix.with(prop::FROM_PORT, i64::from(first)).with(prop::TO_PORT, i64::from(last)))
}
