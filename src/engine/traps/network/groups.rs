//! What the traps about security groups share. Not a trap.

use trapwise_documents::message::Message;

use crate::finding::{Detection, Step};
use crate::traps::fix::name;
use crate::world::{Fault, World};

/// A detection pinned on the callee, then the caller and the groups concerned; with the placeholders of
/// both texts.
pub(super) fn pinned(fault: &Fault<'_>) -> Detection {
    let connection = fault.connection;
    let groups = if fault.outbound { &fault.callers } else { &fault.callees };
    let group = groups.first().copied().map_or_else(|| Message::new("evidence.default-group").into(), name);
    Detection::new()
        .pin(connection.to)
        .pin(connection.from)
        .pin_all(groups)
        .name("from", connection.from)
        .name("to", connection.to)
        .arg("port", connection.port)
        .arg("group", group)
}

/// The way of the packet, with the hop that no rule admits.
pub(super) fn evidence<'d>(world: &World<'d>, fault: &Fault<'d>) -> Vec<Step> {
    let connection = fault.connection;
    let route = world.direct(connection.from, connection.to, Some(connection.port));
    route.hops.iter().map(crate::world::Hop::step).collect()
}
