//! What the traps about IPv6-only tasks share. Not a trap.

use trapwise_documents::message::Message;

use crate::finding::Step;
use crate::world::{Node, Workload, World, is_ipv6_only};

/// The workloads that stand in subnets without IPv4, each with these subnets.
pub(super) fn workloads<'a, 'd>(
    world: &'a World<'d>,
) -> impl Iterator<Item = (&'a Workload<'d>, Vec<Node<'d>>)> + use<'a, 'd> {
    world.workloads().iter().filter_map(|workload| {
        let places = world.graph().containers(workload.node);
        let subnets = places.filter(|place| is_ipv6_only(*place)).collect::<Vec<_>>();
        (!subnets.is_empty()).then_some((workload, subnets))
    })
}

/// What is the matter with them.
pub(super) fn steps(subnets: &[Node<'_>]) -> Vec<Step> {
    let step = |subnet: &Node<'_>| {
        Step::at(*subnet, true, Message::new("evidence.ipv6-only").name("subnet", subnet))
    };
    subnets.iter().map(step).collect()
}
