//! What a lost Availability Zone takes with it, and what follows the load.

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind, SortedSet};

use super::World;
use super::graph::Node;
use super::workload::{Compute, NetworkMode, Workload};

/// Which of the two layers of scaling a workload has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScalingLayers {
    /// A policy changes the number of tasks.
    pub tasks: bool,
    /// Instances follow: managed scaling or a policy on the group; always so where AWS runs the hosts.
    pub instances: bool,
}

impl<'d> World<'d> {
    /// The Availability Zones a component stands in: those of its subnets, or of its hosts' subnets.
    #[must_use]
    pub fn zones(&self, node: Node<'d>) -> SortedSet<&'d str> {
        if node.kind == ComponentKind::Subnet {
            return node.component().text(prop::AVAILABILITY_ZONE).into_iter().collect();
        }
        let interfaces = self.interfaces(node);
        let subnets = interfaces.iter().flat_map(|interface| self.graph().containers(*interface));
        subnets
            .filter(|subnet| subnet.kind == ComponentKind::Subnet)
            .filter_map(|subnet| subnet.component().text(prop::AVAILABILITY_ZONE))
            .collect()
    }

    /// Where tasks can run: the zones of its subnets, and on EC2 only those that have hosts.
    #[must_use]
    pub fn task_zones(&self, service: &Workload<'d>) -> SortedSet<&'d str> {
        let mut zones = self.zones(service.node);
        if service.network_mode == NetworkMode::Awsvpc && service.compute == [Compute::Ec2] {
            let hosts = SortedSet::from_iter(service.hosts.iter().flat_map(|host| self.zones(*host)));
            if !hosts.is_empty() {
                zones.retain(|zone| hosts.contains(zone));
            }
        }
        zones
    }

    /// Whether it goes on, without anyone's doing, when that many of its zones fail.
    #[must_use]
    pub fn survives(&self, node: Node<'d>, zone_loss: u32) -> bool {
        let zones = self.workload(node).map_or_else(|| self.zones(node), |one| self.task_zones(one));
        let zones = u32::try_from(zones.len()).unwrap_or(u32::MAX);
        let zones_left = zones > zone_loss;
        match node.kind {
            ComponentKind::EcsService => {
                let carried = |workload: &Workload<'d>| {
                    workload.least_tasks() > zone_loss
                        && (workload.compute != [Compute::Ec2]
                            || self.hosts_of(workload) > i64::from(zone_loss))
                };
                zones_left && self.workload(node).is_some_and(carried)
            }
            ComponentKind::RdsDatabase => zones_left && node.flag(prop::MULTI_AZ),
            ComponentKind::AutoScalingGroup => {
                zones_left && node.int(prop::MAX_SIZE).is_some_and(|size| size > i64::from(zone_loss))
            }
            // Regional services span zones of their own accord.
            _ if zones == 0 => node.kind.spec().containers.is_empty(),
            _ => zones_left,
        }
    }

    /// Which layers of scaling a service has.
    #[must_use]
    pub fn scaling_layers(&self, workload: &Workload<'d>) -> ScalingLayers {
        // Express Mode creates a policy of its own.
        let tasks = workload.node.flag(prop::EXPRESS_MODE)
            || (workload.has_room()
                && self
                    .graph()
                    .inc(workload.node, LinkKind::Scales)
                    .iter()
                    .any(|edge| self.measures(edge.from)));
        let on_groups = workload.compute.contains(&Compute::Ec2);
        let groups = workload.hosts.iter().filter(|host| host.kind == ComponentKind::AutoScalingGroup);
        let mut groups = groups.peekable();
        let instances = !on_groups
            || (groups.peek().is_some() && groups.all(|group| self.group_follows(workload, *group)));
        ScalingLayers { tasks, instances }
    }

    /// Whether a policy on a service has something to go by: the clock, for steps an alarm, else a metric that
    /// services have, and of a load balancer or a queue the one that is meant.
    fn measures(&self, policy: Node<'d>) -> bool {
        match policy.text(prop::POLICY_TYPE) {
            Some("ScheduledScaling") => return true,
            Some("StepScaling") => return !self.graph().inc(policy, LinkKind::Triggers).is_empty(),
            _ => {}
        }
        match policy.text(prop::METRIC) {
            Some("ASGAverageCPUUtilization") => false,
            // Percentages do not come to more than a hundred.
            Some("ECSServiceAverageCPUUtilization" | "ECSServiceAverageMemoryUtilization") => {
                policy.int(prop::TARGET_VALUE).is_none_or(|target| target < 100)
            }
            Some("ALBRequestCountPerTarget" | "ApproximateNumberOfMessagesVisible" | "BacklogPerTask") => {
                !self.graph().out(policy, LinkKind::Measures).is_empty()
            }
            _ => true,
        }
    }

    /// How many instances its tasks are spread over: as many as a group may have where it follows them,
    /// else as many as it has.
    #[must_use]
    pub fn hosts_of(&self, workload: &Workload<'d>) -> i64 {
        let size = |host: &Node<'d>| {
            let follows = self.group_follows(workload, *host);
            let now = || host.int(prop::DESIRED_CAPACITY).or_else(|| host.int(prop::MIN_SIZE));
            // A server of one's own has no size.
            (if follows { None } else { now() }).or_else(|| host.int(prop::MAX_SIZE)).unwrap_or(1)
        };
        workload.hosts.iter().map(size).sum()
    }

    /// Whether something changes the size of an Auto Scaling group as the workload's tasks need it.
    #[must_use]
    pub fn group_follows(&self, workload: &Workload<'d>, group: Node<'d>) -> bool {
        let managed = self.graph().out(group, LinkKind::Backs).iter().any(|edge| {
            let used = workload.strategy.iter().any(|entry| entry.to == edge.to);
            // Managed scaling counts only tasks that are started through the provider.
            used && edge.to.is(prop::MANAGED_SCALING, "ENABLED")
        });
        managed || !self.graph().inc(group, LinkKind::Scales).is_empty()
    }
}
