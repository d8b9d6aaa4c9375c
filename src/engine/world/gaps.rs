//! Where a launch fails for want of a way: which place, and what is missing there.

use super::World;
use super::egress::{INTERNET, answers, is_interface};
use super::graph::Node;
use super::hop::Way;
use super::workload::Workload;
use trapwise_model::SortedSet;
use trapwise_model::catalogue::prop;

/// A place from which something needed at launch cannot be reached.
#[derive(Clone, Debug)]
pub struct LaunchGap<'d> {
    /// What is launched: a service or standalone task.
    pub workload: Node<'d>,
    /// The subnet.
    pub subnet: Node<'d>,
    /// What is missing.
    pub gap: Gap<'d>,
}

/// What is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gap<'d> {
    /// The subnet routes to an internet gateway, but the interface has no public address.
    NoPublicAddress,
    /// Nothing leads out: no NAT gateway, no endpoint.
    NoWay,
    /// Some interface endpoints are there, others are not.
    Endpoints {
        /// Services without an endpoint that answers.
        missing: Vec<&'static str>,
        /// Services with one.
        present: Vec<&'static str>,
    },
    /// Both ECR endpoints are there, but nothing leads to S3, where image layers are kept.
    Layers,
    /// A way is there, but security groups keep HTTPS from it: that endpoint, or with none the internet.
    Filtered(Option<Node<'d>>),
}

pub(super) fn find<'d>(world: &World<'d>) -> Vec<LaunchGap<'d>> {
    let mut gaps = Vec::new();
    for workload in world.workloads() {
        let needs = world.launch_needs(workload);
        if needs.is_empty() {
            continue;
        }
        for interface in workload.launch_interfaces() {
            let has_public_address = world.has_public_address(workload, *interface);
            let places = world.graph().containers(*interface);
            // A site of one's own has a connection of its own, and no routes that anybody drew.
            for subnet in places.filter(|place| !place.flag(prop::OUTBOUND_INTERNET)) {
                let place = Place { interface: *interface, subnet, has_public_address };
                let found = place.gaps(world, &needs);
                gaps.extend(found.into_iter().map(|gap| LaunchGap { workload: workload.node, subnet, gap }));
            }
        }
    }
    gaps
}

struct Place<'d> {
    interface: Node<'d>,
    subnet: Node<'d>,
    has_public_address: bool,
}

impl<'d> Place<'d> {
    fn gaps(&self, world: &World<'d>, needs: &[&'static str]) -> Vec<Gap<'d>> {
        let way = |service| world.way(self.interface, self.subnet, self.has_public_address, service);
        let unreached = SortedSet::from_iter(needs.iter().copied().filter(|need| way(need) == Way::None));
        if unreached.is_empty() {
            return Vec::new();
        }
        let routes = world.network().routes(self.subnet);
        let public = routes.is_some_and(|routes| routes.internet.is_some());
        if world.way_out(self.subnet, self.has_public_address).is_some() {
            // A way out serves all but what an endpoint takes upon itself; and that may refuse.
            let shut = SortedSet::from_iter(unreached.iter().map(|need| self.endpoint(world, need)));
            return shut.into_iter().map(Gap::Filtered).collect();
        }
        let nothing = || vec![if public { Gap::NoPublicAddress } else { Gap::NoWay }];
        if unreached.contains(INTERNET) {
            return nothing();
        }
        let by_interface = needs.iter().copied().filter(|need| *need != "s3");
        let (present, missing): (Vec<_>, Vec<_>) =
            by_interface.partition(|need| self.endpoint(world, need).is_some());
        if present.is_empty() {
            return nothing();
        }
        let filtered = present.iter().filter(|need| unreached.contains(**need));
        let mut gaps = filtered.map(|need| Gap::Filtered(self.endpoint(world, need))).collect::<Vec<_>>();
        let layers = unreached.contains("s3") && present.contains(&"ecr.api") && present.contains(&"ecr.dkr");
        if !missing.is_empty() {
            gaps.push(Gap::Endpoints { missing, present });
        }
        if layers {
            gaps.push(Gap::Layers);
        }
        gaps
    }

    /// An interface endpoint of the subnet's VPC that answers for the service.
    fn endpoint(&self, world: &World<'d>, service: &str) -> Option<Node<'d>> {
        let vpc = world.network().vpc(self.subnet)?;
        let mut endpoints = world.network().endpoints(vpc, service).iter().copied();
        endpoints.find(|endpoint| is_interface(*endpoint) && answers(*endpoint))
    }
}

impl<'d> World<'d> {
    /// The gaps of one workload, by subnet.
    pub fn gaps_of<'a>(&'a self, workload: &Workload<'d>) -> impl Iterator<Item = &'a LaunchGap<'d>> {
        let (node, gaps) = (workload.node, self.launch_gaps());
        let start = gaps.partition_point(|gap| gap.workload < node);
        gaps.iter().skip(start).take_while(move |gap| gap.workload == node)
    }
}
