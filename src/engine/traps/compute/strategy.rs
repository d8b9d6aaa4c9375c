//! What the traps of capacity provider strategies share. Not a trap.

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind};

use crate::world::{Edge, Node, World};

/// Whether AWS may take back what the provider gives: Fargate Spot, or a group of Spot Instances.
pub(super) fn is_spot<'d>(world: &World<'d>, provider: Node<'d>) -> bool {
    let backing = world.graph().inc(provider, LinkKind::Backs);
    provider.is(prop::TYPE, "FARGATE_SPOT") || backing.iter().any(|edge| buys_spot(edge.from))
}

/// Whether it is a group of Spot Instances.
pub(super) fn buys_spot(host: Node<'_>) -> bool {
    host.kind == ComponentKind::AutoScalingGroup && host.is(prop::MARKET, "spot")
}

/// The base of an entry of a strategy.
pub(super) fn base(entry: &Edge<'_>) -> i64 {
    entry.link.int(prop::BASE).unwrap_or(0)
}

/// The weight of an entry of a strategy.
pub(super) fn weight(entry: &Edge<'_>) -> i64 {
    entry.link.int(prop::WEIGHT).unwrap_or(0)
}
