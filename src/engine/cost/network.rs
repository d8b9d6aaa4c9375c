//! What carries traffic: gateways, endpoints, load balancers, public addresses.

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind, SortedSet};

use super::bill::Bill;
use super::{HOURS, Volumes};
use crate::data::prices;
use crate::world::{Exposure, Node, World, is_interface};

/// Adds it all.
pub(super) fn add(world: &World<'_>, volumes: &Volumes, bill: &mut Bill) {
    traffic(world, volumes, bill);
    let graph = world.graph();
    for nat in graph.of_kind(ComponentKind::NatGateway) {
        bill.add(&prices::NAT_HOUR, gateways(world, *nat) * HOURS * 1_000, *nat);
    }
    for endpoint in graph.of_kind(ComponentKind::VpcEndpoint).iter().filter(|it| is_interface(**it)) {
        bill.add(&prices::ENDPOINT_HOUR, subnets(world, *endpoint) * HOURS * 1_000, *endpoint);
    }
    for balancer in graph.of_kind(ComponentKind::LoadBalancer) {
        let (hour, unit) = match balancer.text(prop::TYPE) {
            Some("network") => (&prices::NLB_HOUR, &prices::NLB_LCU),
            _ => (&prices::ALB_HOUR, &prices::ALB_LCU),
        };
        bill.add(hour, HOURS * 1_000, *balancer);
        bill.add(unit, u64::from(volumes.capacity_units) * HOURS * 1_000, *balancer);
    }
    // Services in Express Mode share a load balancer that ECS sets up.
    if let Some(express) =
        graph.of_kind(ComponentKind::EcsService).iter().find(|one| one.flag(prop::EXPRESS_MODE))
    {
        bill.add(&prices::ALB_HOUR, HOURS * 1_000, *express);
        bill.add(&prices::ALB_LCU, u64::from(volumes.capacity_units) * HOURS * 1_000, *express);
    }
    for node in graph.nodes() {
        bill.add(&prices::PUBLIC_IPV4, public_addresses(world, *node) * HOURS * 1_000, *node);
    }
}

/// Who carries what private resources exchange. An endpoint takes the traffic to its service away from
/// NAT, a gateway endpoint only that of the subnets that route to it; the volumes are those of the whole
/// design, whatever the number of gateways and endpoints.
fn traffic<'d>(world: &World<'d>, volumes: &Volumes, bill: &mut Bill) {
    let graph = world.graph();
    let of_s3 = |endpoint: &Node<'d>| endpoint.is(prop::SERVICE, "s3");
    let leads = |subnet: &Node<'d>, wanted: &dyn Fn(&Node<'d>) -> bool| {
        graph.out(*subnet, LinkKind::Routes).iter().any(|edge| wanted(&edge.to))
    };
    let subnets_to = |wanted: &dyn Fn(&Node<'d>) -> bool| {
        let subnets = graph.of_kind(ComponentKind::Subnet).iter();
        subnets.filter(|subnet| leads(subnet, wanted)).copied().collect::<Vec<_>>()
    };
    let is_nat = |node: &Node<'d>| node.kind == ComponentKind::NatGateway;
    let is_gateway =
        |node: &Node<'d>| node.kind == ComponentKind::VpcEndpoint && of_s3(node) && !is_interface(*node);
    let behind_nat = subnets_to(&is_nat);
    let interfaces = |wanted: &dyn Fn(&Node<'d>) -> bool| {
        let endpoints = graph.of_kind(ComponentKind::VpcEndpoint).iter().copied();
        let standing = endpoints.filter(|node| is_interface(*node) && subnets(world, *node) > 0);
        standing.filter(|node| wanted(node)).collect::<Vec<_>>()
    };
    let mut through_nat = u64::from(volumes.internet_gb);
    // Of the traffic with S3, what belongs to subnets that have no gateway endpoint to send it to.
    let all = behind_nat.len();
    let without = behind_nat.iter().filter(|subnet| !leads(subnet, &is_gateway)).count();
    let s3 = u64::from(volumes.s3_gb);
    let s3 = match (u64::try_from(without), u64::try_from(all)) {
        (Ok(without), Ok(all)) if all > 0 => s3 * without / all,
        _ if subnets_to(&is_gateway).is_empty() => s3,
        _ => 0,
    };
    let others = u64::from(volumes.aws_gb);
    for (gb, over) in [(s3, interfaces(&of_s3)), (others, interfaces(&|node| !of_s3(node)))] {
        if over.is_empty() {
            through_nat += gb;
        } else {
            share(&prices::ENDPOINT_GB, gb, &over, bill);
        }
    }
    let nats = graph.of_kind(ComponentKind::NatGateway).iter().copied();
    let used = nats.filter(|nat| !graph.inc(*nat, LinkKind::Routes).is_empty()).collect::<Vec<_>>();
    share(&prices::NAT_GB, through_nat, &used, bill);
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
        ComponentKind::NatGateway if node.is(prop::CONNECTIVITY_TYPE, "private") => 0,
        ComponentKind::NatGateway => gateways(world, node),
        ComponentKind::LoadBalancer if node.is(prop::SCHEME, "internet-facing") => subnets(world, node),
        ComponentKind::RdsDatabase => u64::from(node.flag(prop::PUBLICLY_ACCESSIBLE)),
        ComponentKind::EcsService if node.is(prop::ASSIGN_PUBLIC_IP, "ENABLED") => {
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

/// For how many a NAT gateway is paid: a regional one for each zone that uses it.
fn gateways<'d>(world: &World<'d>, nat: Node<'d>) -> u64 {
    if !nat.is(prop::AVAILABILITY_MODE, "regional") {
        return 1;
    }
    let users = world.graph().inc(nat, LinkKind::Routes).iter();
    let zones: SortedSet<&str> = users.flat_map(|edge| world.zones(edge.from)).collect();
    u64::try_from(zones.len()).unwrap_or(u64::MAX).max(1)
}

fn subnets<'d>(world: &World<'d>, node: Node<'d>) -> u64 {
    let places = world.graph().containers(node).filter(|place| place.kind == ComponentKind::Subnet);
    u64::try_from(places.count()).unwrap_or(u64::MAX)
}
