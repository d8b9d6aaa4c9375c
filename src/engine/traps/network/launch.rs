//! What the traps about launching without a way out share. Not a trap.

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentId, ComponentKind, LinkKind, SortedSet, Value};

use crate::finding::{Detection, Fix, Step};
use crate::traps::fix::FixBuilder;
use crate::world::{Exposure, Gap, Node, Way, What, World, answers, is_interface, security};

/// The workloads with such a gap, each with the subnets where it is.
pub(super) fn gaps_by_workload<'d>(
    world: &World<'d>,
    wanted: &dyn Fn(&Gap<'d>) -> bool,
) -> Vec<(Node<'d>, Vec<Node<'d>>)> {
    let mut found: Vec<(Node<'d>, Vec<Node<'d>>)> = Vec::new();
    for gap in world.launch_gaps().iter().filter(|gap| wanted(&gap.gap)) {
        match found.last_mut() {
            Some((workload, subnets)) if *workload == gap.workload => {
                if !subnets.contains(&gap.subnet) {
                    subnets.push(gap.subnet);
                }
            }
            _ => found.push((gap.workload, vec![gap.subnet])),
        }
    }
    found
}

/// A workload that cannot start in these subnets.
pub(super) fn detection<'d>(world: &World<'d>, workload: Node<'d>, subnets: &[Node<'d>]) -> Detection {
    Detection::new()
        .pin(workload)
        .pin_all(subnets)
        .steps(steps(world, workload, subnets))
        .name("service", workload)
}

/// What leads where from these subnets, the ways that fail and the ways that work.
pub(super) fn steps<'d>(world: &World<'d>, workload: Node<'d>, subnets: &[Node<'d>]) -> Vec<Step> {
    let Some(workload) = world.workload(workload) else { return Vec::new() };
    let needs = world.launch_needs(workload);
    let hops = needs.iter().flat_map(|need| world.ways(workload, workload.launch_interfaces(), need));
    hops.filter(|hop| hop.at.is_some_and(|at| subnets.contains(&at))).map(|hop| hop.step()).collect()
}

/// The ways that services need to start, each with its subnet.
pub(super) fn ways_of_services<'d>(world: &World<'d>) -> Vec<(Node<'d>, Way<'d>)> {
    let mut ways = Vec::new();
    let services = world.workloads().iter().filter(|one| one.node.kind == ComponentKind::EcsService);
    for service in services {
        for need in world.launch_needs(service) {
            for hop in world.ways(service, service.launch_interfaces(), need) {
                if let What::Way { subnet, by, .. } = hop.what {
                    ways.push((subnet, by));
                }
            }
        }
    }
    ways
}

/// The registry of the workload's first image.
pub(super) fn registry<'d>(world: &World<'d>, workload: Node<'d>) -> Option<Node<'d>> {
    world.graph().target(world.workload(workload)?.task?, LinkKind::Image)
}

/// Whether the subnet routes to an internet gateway.
pub(super) fn is_public<'d>(world: &World<'d>, subnet: Node<'d>) -> bool {
    world.network().exposure(subnet) == Exposure::Public
}

/// Adds the endpoints that these services lack, reachable from these subnets.
pub(super) fn endpoints_fix<'d>(
    world: &'d World<'d>,
    workload: Node<'d>,
    subnets: &[Node<'d>],
    services: &[&'static str],
    key: &'static str,
) -> Option<Fix> {
    let vpc = world.network().vpc(*subnets.first()?)?;
    Some(add_endpoints(world, &mut FixBuilder::new(world), vpc, workload, subnets, services).done(key))
}

/// The same as part of a greater fix.
pub(super) fn add_endpoints<'f, 'd>(
    world: &World<'d>,
    fix: &'f mut FixBuilder<'d>,
    vpc: Node<'d>,
    workload: Node<'d>,
    subnets: &[Node<'d>],
    services: &[&'static str],
) -> &'f mut FixBuilder<'d> {
    let places = beside(world, vpc, workload, subnets);
    let mut group = endpoint_group(world, vpc, workload).map(|group| group.id.clone());
    for service in services {
        let there = world.network().endpoints(vpc, service);
        if *service == "s3" {
            gateway(world, fix, vpc, subnets);
            continue;
        }
        if let Some(silent) = there.iter().find(|endpoint| is_interface(**endpoint)) {
            if !answers(*silent) {
                fix.set(*silent, prop::PRIVATE_DNS_ENABLED, true);
            }
            continue;
        }
        if group.is_none() {
            group = new_endpoint_group(world, fix, vpc, workload);
        }
        let stem = format!("{}-endpoint", service.replace('.', "-"));
        let props =
            [(prop::SERVICE, Value::from(*service)), (prop::VPC_ENDPOINT_TYPE, Value::from("Interface"))];
        let endpoint = fix.add(ComponentKind::VpcEndpoint, &stem, &places, &props);
        if let Some(group) = &group {
            fix.link(LinkKind::Guards, group, &endpoint);
        }
    }
    fix
}

/// Where interface endpoints for these subnets stand: one in each zone of the workload, because its other
/// subnets resolve to the endpoint as well as soon as there is one.
fn beside<'d>(
    world: &World<'d>,
    vpc: Node<'d>,
    workload: Node<'d>,
    subnets: &[Node<'d>],
) -> Vec<ComponentId> {
    let own = world.workload(workload).map(|one| one.launch_interfaces()).unwrap_or_default();
    let own = own.iter().flat_map(|interface| world.graph().containers(*interface));
    let mut places: Vec<Node<'d>> = Vec::new();
    for subnet in subnets.iter().copied().chain(own.filter(|one| world.network().vpc(*one) == Some(vpc))) {
        if places.iter().all(|other| zone(*other) != zone(subnet)) {
            places.push(subnet);
        }
    }
    places.iter().map(|subnet| subnet.id.clone()).collect()
}

/// Routes the subnets to the S3 gateway endpoint of the VPC, or to a new one.
pub(super) fn gateway<'f, 'd>(
    world: &World<'d>,
    fix: &'f mut FixBuilder<'d>,
    vpc: Node<'d>,
    subnets: &[Node<'d>],
) -> &'f mut FixBuilder<'d> {
    let existing = world.network().endpoints(vpc, "s3").iter().find(|endpoint| !is_interface(**endpoint));
    let id = match existing {
        Some(endpoint) => endpoint.id.clone(),
        None => {
            let props =
                [(prop::SERVICE, Value::from("s3")), (prop::VPC_ENDPOINT_TYPE, Value::from("Gateway"))];
            fix.add(ComponentKind::VpcEndpoint, "s3-gateway", std::slice::from_ref(&vpc.id), &props)
        }
    };
    for subnet in subnets {
        let routed = existing
            .is_some_and(|there| !world.graph().between(*subnet, LinkKind::Routes, *there).is_empty());
        if !routed {
            fix.link(LinkKind::Routes, &subnet.id, &id);
        }
    }
    fix
}

/// A NAT gateway for a private subnet: that of its own zone. Without one, any of the VPC will do unless each
/// zone needs its own; else a new one. `made` has those that the fix adds, with their zones.
pub(super) fn nat_gateway<'d>(
    world: &World<'d>,
    fix: &mut FixBuilder<'d>,
    made: &mut Vec<(&'d str, ComponentId)>,
    subnet: Node<'d>,
    per_zone: bool,
) -> Option<ComponentId> {
    let vpc = world.network().vpc(subnet)?;
    let zone = zone(subnet);
    let public = world.graph().children(vpc).iter().filter(|one| is_public(world, **one)).collect::<Vec<_>>();
    let there = |home: &&Node<'d>| {
        world.graph().children(**home).iter().copied().find(|child| {
            child.kind == ComponentKind::NatGateway && !child.is(prop::CONNECTIVITY_TYPE, "private")
        })
    };
    let own = || public.iter().copied().filter(|home| self::zone(**home) == zone);
    if let Some(nat) = own().find_map(|home| there(&home)) {
        return Some(nat.id.clone());
    }
    if let Some((_, nat)) = made.iter().find(|(of, _)| !per_zone || *of == zone) {
        return Some(nat.clone());
    }
    if let Some(nat) = public.iter().find_map(there).filter(|_| !per_zone) {
        return Some(nat.id.clone());
    }
    let home = own().next().or_else(|| public.first().copied())?;
    let stem = if per_zone { format!("nat-{zone}") } else { "nat".to_owned() };
    let nat = fix.add(ComponentKind::NatGateway, &stem, std::slice::from_ref(&home.id), &[]);
    made.push((zone, nat.clone()));
    Some(nat)
}

fn zone<'d>(subnet: Node<'d>) -> &'d str {
    subnet.component().text(prop::AVAILABILITY_ZONE).unwrap_or_default()
}

/// A group of the VPC that lets the workload in on 443: one that already guards endpoints, or any.
fn endpoint_group<'d>(world: &World<'d>, vpc: Node<'d>, workload: Node<'d>) -> Option<Node<'d>> {
    let admits = |group: &Node<'d>| {
        world.network().vpc(*group) == Some(vpc)
            && security::rule(world.graph(), world.network(), *group, workload, "ingress", 443).is_some()
    };
    world.graph().of_kind(ComponentKind::SecurityGroup).iter().copied().find(admits)
}

/// A new group that lets the workload's own groups in on 443. Where the workload has none there is no
/// need of one: the VPC's default group lets in whatever else has only that.
fn new_endpoint_group<'d>(
    world: &World<'d>,
    fix: &mut FixBuilder<'d>,
    vpc: Node<'d>,
    workload: Node<'d>,
) -> Option<ComponentId> {
    let own = world.workload(workload).map(|one| one.launch_interfaces()).unwrap_or_default();
    let callers: SortedSet<_> = own
        .iter()
        .flat_map(|node| world.graph().inc(*node, LinkKind::Guards))
        .map(|edge| edge.from)
        .collect();
    if callers.is_empty() {
        return None;
    }
    let group = fix.add(ComponentKind::SecurityGroup, "endpoint-sg", std::slice::from_ref(&vpc.id), &[]);
    for caller in callers {
        fix.link(LinkKind::Allows, &caller.id, &group)
            .with(prop::DIRECTION, "ingress")
            .with(prop::PROTOCOL, "tcp")
            .with(prop::FROM_PORT, 443_i64);
    }
    Some(group)
}

/// One subnet of the VPC for each zone, of those wanted, by id.
pub(super) fn one_in_each_zone<'d>(
    world: &World<'d>,
    vpc: Option<Node<'d>>,
    wanted: &dyn Fn(Node<'d>) -> bool,
) -> Vec<ComponentId> {
    let mut chosen: Vec<Node<'d>> = Vec::new();
    for subnet in vpc.map(|vpc| world.graph().children(vpc)).unwrap_or_default() {
        let zone = subnet.text(prop::AVAILABILITY_ZONE);
        let taken = chosen.iter().any(|other| other.text(prop::AVAILABILITY_ZONE) == zone);
        if !taken && subnet.kind == ComponentKind::Subnet && wanted(*subnet) {
            chosen.push(*subnet);
        }
    }
    chosen.iter().map(|subnet| subnet.id.clone()).collect()
}
