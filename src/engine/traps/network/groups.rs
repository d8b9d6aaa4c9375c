//! What the traps about security groups share. Not a trap.

use trapwise_model::{ComponentId, SortedMap};

use crate::finding::Step;
use crate::traps::fix::name;
use crate::world::{Fault, World};

/// The callee first, then the caller and the groups concerned.
pub(super) fn pins(fault: &Fault<'_>) -> Vec<ComponentId> {
    let ends = [fault.connection.to, fault.connection.from].into_iter();
    let groups = if fault.outbound { &fault.callers } else { &fault.callees };
    ends.chain(groups.iter().copied()).map(|node| node.id.clone()).collect()
}

/// The way of the packet, with the hop that no rule admits.
pub(super) fn evidence<'d>(world: &World<'d>, fault: &Fault<'d>) -> Vec<Step> {
    let connection = fault.connection;
    let route = world.direct(connection.from, connection.to, Some(connection.port));
    route.hops.iter().map(crate::world::Hop::step).collect()
}

/// Placeholders of both texts.
pub(super) fn args(fault: &Fault<'_>) -> SortedMap<&'static str, String> {
    let connection = fault.connection;
    let groups = if fault.outbound { &fault.callers } else { &fault.callees };
    let group = groups.first().copied().map_or_else(|| "the VPC's default group".to_owned(), name);
    SortedMap::from([
        ("from", name(connection.from)),
        ("to", name(connection.to)),
        ("port", connection.port.to_string()),
        ("group", group),
    ])
}
