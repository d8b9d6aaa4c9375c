//! What carries traffic: gateways, endpoints, load balancers, public addresses.

use trapwise_model::{ComponentKind, LinkKind};

use super::bill::Bill;
use super::{HOURS, Volumes};
use crate::data::prices;
use crate::world::{Exposure, Node, World, is_interface};

/// Adds it all.
pub(super) fn add(world: &World<'_>, volumes: &Volumes, bill: &mut Bill) {
    traffic(world, volumes, bill);
    let graph = world.graph();
    for nat in graph.of_kind(ComponentKind::NatGateway) {
        bill.add(&prices::NAT_HOUR, HOURS * 1_000, *nat);
    }
    for endpoint in graph.of_kind(ComponentKind::VpcEndpoint).iter().filter(|it| is_interface(**it)) {
        bill.add(&prices::ENDPOINT_HOUR, subnets(world, *endpoint) * HOURS * 1_000, *endpoint);
    }
    for balancer in graph.of_kind(ComponentKind::LoadBalancer) {
        let (hour, unit) = match balancer.text("type") {
            Some("network") => (&prices::NLB_HOUR, &prices::NLB_LCU),
            _ => (&prices::ALB_HOUR, &prices::ALB_LCU),
        };
        bill.add(hour, HOURS * 1_000, *balancer);
        bill.add(unit, u64::from(volumes.capacity_units) * HOURS * 1_000, *balancer);
    }
    for node in graph.nodes() {
        bill.add(&prices::PUBLIC_IPV4, public_addresses(world, *node) * HOURS * 1_000, *node);
    }
}

/// Who carries what private resources exchange. An endpoint takes the traffic to its service away from
/// NAT; the volumes are those of the whole design, whatever the number of gateways and endpoints.
fn traffic<'d>(world: &World<'d>, volumes: &Volumes, bill: &mut Bill) {
    let graph = world.graph();
    let of_s3 = |endpoint: &&Node<'d>| endpoint.text("service") == Some("s3");
    let used = |node: &&Node<'d>| !graph.inc(**node, LinkKind::Routes).is_empty();
    let endpoints = graph.of_kind(ComponentKind::VpcEndpoint);
    let gateway = endpoints.iter().filter(of_s3).any(|it| !is_interface(*it) && used(&it));
    let interfaces = || endpoints.iter().filter(|it| is_interface(**it) && subnets(world, **it) > 0);
    let mut through_nat = u64::from(volumes.internet_gb);
    let mut carry = |gb: u32, over: Vec<Node<'d>>, free: bool, bill: &mut Bill| {
        if over.is_empty() && !free {
            through_nat += u64::from(gb);
        } else if !free {
            share(&prices::ENDPOINT_GB, u64::from(gb), &over, bill);
        }
    };
    carry(volumes.s3_gb, interfaces().filter(of_s3).copied().collect(), gateway, bill);
    carry(volumes.aws_gb, interfaces().filter(|it| !of_s3(it)).copied().collect(), false, bill);
    let gateways: Vec<_> = graph.of_kind(ComponentKind::NatGateway).iter().filter(used).copied().collect();
    share(&prices::NAT_GB, through_nat, &gateways, bill);
}

/// Adds GB once, for several components together.
fn share(price: &prices::Price, gb: u64, over: &[Node<'_>], bill: &mut Bill) {
    let count = u64::try_from(over.len()).unwrap_or(u64::MAX).max(1);
    for (node, at) in over.iter().zip(0..) {
        // What is left of the division goes to the first, so that the sum is whole.
        let left = if at == 0 { gb * 1_000 % count } else { 0 };
        bill.add(price, gb * 1_000 / count + left, *node);
    }
}

/// Public IPv4 addresses that a component holds; those of instances are counted with them.
fn public_addresses<'d>(world: &World<'d>, node: Node<'d>) -> u64 {
    match node.kind {
        ComponentKind::NatGateway => u64::from(node.text("connectivityType") != Some("private")),
        ComponentKind::LoadBalancer if node.text("scheme") == Some("internet-facing") => subnets(world, node),
        ComponentKind::RdsDatabase => u64::from(node.flag("publiclyAccessible")),
        ComponentKind::EcsService if node.text("assignPublicIp") == Some("ENABLED") => {
            let workload = world.workload(node).filter(|workload| workload.on_fargate());
            workload.map_or(0, |workload| u64::from(workload.tasks()))
        }
        _ => 0,
    }
}

/// Whether everything there has a public address: in public subnets only.
pub(super) fn is_public<'d>(world: &World<'d>, node: Node<'d>) -> bool {
    let mut places = world.graph().containers(node).peekable();
    places.peek().is_some() && places.all(|place| world.network().exposure(place) == Exposure::Public)
}

fn subnets<'d>(world: &World<'d>, node: Node<'d>) -> u64 {
    let places = world.graph().containers(node).filter(|place| place.kind == ComponentKind::Subnet);
    u64::try_from(places.count()).unwrap_or(u64::MAX)
}
