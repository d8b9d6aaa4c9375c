//! What runs tasks, on what, and where its packets come from.

use trapwise_model::catalogue::{PropId, prop};
use trapwise_model::{ComponentKind, LinkKind, Value, named_enum};

use super::graph::{Edge, Graph, Node};

named_enum! {
    /// What a task runs on.
    pub enum Compute {
        Fargate = "fargate",
        FargateSpot = "fargate-spot",
        Ec2 = "ec2",
        ManagedInstances = "managed-instances",
        External = "external",
    }
}

impl Compute {
    /// Whether AWS runs the host out of sight.
    #[must_use]
    pub const fn is_fargate(self) -> bool {
        matches!(self, Self::Fargate | Self::FargateSpot)
    }
}

named_enum! {
    /// How containers are attached to the network.
    pub enum NetworkMode {
        Awsvpc = "awsvpc",
        Bridge = "bridge",
        Host = "host",
        None = "none",
    }
}

/// Where Docker chooses host ports from, first and last: what AWS tells to admit, a safe superset of what
/// its images use.
pub const DYNAMIC_PORTS: (u16, u16) = (32_768, 65_535);

/// The port of the host behind which a container in bridge mode listens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostPort {
    /// The one its definition names.
    Fixed(u16),
    /// Whichever Docker chose.
    Dynamic,
}

/// A service or standalone task with what follows from its settings.
#[derive(Clone, Debug)]
pub struct Workload<'d> {
    /// The service or standalone task.
    pub node: Node<'d>,
    /// The task definition it runs.
    pub task: Option<Node<'d>>,
    /// The ECS cluster it belongs to.
    pub cluster: Option<Node<'d>>,
    /// The capacity provider strategy in force: its own, else the cluster's default. Empty under a launch type.
    pub strategy: Vec<Edge<'d>>,
    /// What its tasks may run on, each once.
    pub compute: Vec<Compute>,
    /// The Auto Scaling groups and external instances its tasks may run on. Groups of another operating system
    /// than its tasks' are among them only where there are no others.
    pub hosts: Vec<Node<'d>>,
    /// The network mode in force.
    pub network_mode: NetworkMode,
}

impl<'d> Workload<'d> {
    pub(super) fn new(graph: &Graph<'d>, node: Node<'d>) -> Self {
        let task = graph.target(node, LinkKind::Runs);
        let cluster = graph.target(node, LinkKind::InCluster);
        let launch_type = node.component().text(prop::LAUNCH_TYPE);
        let strategy = strategy(graph, node, cluster);
        let mut compute: Vec<_> = match launch_type {
            Some("FARGATE") => vec![Compute::Fargate],
            Some("EXTERNAL") => vec![Compute::External],
            Some(_) => vec![Compute::Ec2],
            // Without launch type and strategy the API falls back to EC2.
            None if strategy.is_empty() => vec![Compute::Ec2],
            None => strategy.iter().map(|edge| compute_of(edge.to)).collect(),
        };
        compute.sort();
        compute.dedup();
        let strategy = if launch_type.is_some() { Vec::new() } else { strategy };
        let hosts = of_its_system(task, hosts(graph, cluster, &strategy, &compute));
        let network_mode = network_mode(task, &compute);
        Self { node, task, cluster, strategy, compute, hosts, network_mode }
    }

    /// Whether any of its tasks may run on Fargate.
    #[must_use]
    pub fn on_fargate(&self) -> bool {
        self.compute.iter().any(|compute| compute.is_fargate())
    }

    /// Whether any of its tasks may run on instances of an Auto Scaling group.
    #[must_use]
    pub fn on_ec2(&self) -> bool {
        self.compute.contains(&Compute::Ec2)
    }

    /// What its first placement strategy does. Strategies count in their order, so only the first can promise
    /// zones, and without any a service is spread over them.
    #[must_use]
    pub fn first_placement(&self) -> Option<&'d str> {
        match self.node.component().list(prop::PLACEMENT_STRATEGY).first() {
            None => Some("zones"),
            Some(first) if spreads_zones(first) => Some("zones"),
            Some(first) => first.field(prop::TYPE).and_then(Value::as_text),
        }
    }

    /// The interfaces its packets use: its own in awsvpc mode, else those of its hosts.
    #[must_use]
    pub fn interfaces(&self) -> &[Node<'d>] {
        if self.network_mode == NetworkMode::Awsvpc { std::slice::from_ref(&self.node) } else { &self.hosts }
    }

    /// The interfaces used before the application runs, to pull images, fetch secrets and send logs: the
    /// task's own on Fargate and Managed Instances, else those of the hosts, whose agent does it.
    #[must_use]
    pub fn launch_interfaces(&self) -> &[Node<'d>] {
        let by_agent = self.compute.iter().all(|compute| matches!(compute, Compute::Ec2 | Compute::External));
        if by_agent { &self.hosts } else { std::slice::from_ref(&self.node) }
    }

    /// Tasks wanted: the desired count of a service, the count of a standalone task.
    #[must_use]
    pub fn tasks(&self) -> u32 {
        let prop =
            if self.node.kind == ComponentKind::StandaloneTask { prop::COUNT } else { prop::DESIRED_COUNT };
        self.node.int(prop).and_then(|count| u32::try_from(count).ok()).unwrap_or(1)
    }

    /// Whether it needs instances of somebody's own and there are none.
    #[must_use]
    pub fn lacks_hosts(&self) -> bool {
        let own = |compute: &Compute| matches!(compute, Compute::Ec2 | Compute::External);
        self.hosts.is_empty() && self.compute.iter().all(own)
    }

    /// Whether no task of it ever runs: none is wanted, and no policy will want one.
    #[must_use]
    pub fn is_idle(&self, graph: &Graph<'d>) -> bool {
        let daemon = self.node.is(prop::SCHEDULING_STRATEGY, "DAEMON");
        self.tasks() == 0 && !daemon && graph.inc(self.node, LinkKind::Scales).is_empty()
    }

    /// The fewest tasks it is scaled to: its minimum capacity, else the tasks wanted.
    #[must_use]
    pub fn least_tasks(&self) -> u32 {
        let min = self.node.int(prop::MIN_CAPACITY).and_then(|count| u32::try_from(count).ok());
        min.map_or_else(|| self.tasks(), |min| min.max(1))
    }

    /// Whether its bounds, where they are set, leave a policy anything to change.
    #[must_use]
    pub fn has_room(&self) -> bool {
        let bound = |prop| self.node.int(prop);
        bound(prop::MAX_CAPACITY).is_none_or(|max| max > bound(prop::MIN_CAPACITY).unwrap_or(0))
    }

    /// Behind which port of the host its first container with a port listens; none but in bridge mode.
    #[must_use]
    pub fn host_port(&self) -> Option<HostPort> {
        if self.network_mode != NetworkMode::Bridge {
            return None;
        }
        let containers = self.task?.component().list(prop::CONTAINERS);
        let listening = containers.iter().find(|one| one.field(prop::CONTAINER_PORT).is_some())?;
        let set = listening.field(prop::HOST_PORT).and_then(|port| u16::try_from(port.as_int()?).ok());
        Some(set.filter(|port| *port > 0).map_or(HostPort::Dynamic, HostPort::Fixed))
    }

    /// The port its first container with one listens on.
    #[must_use]
    pub fn container_port(&self) -> Option<u16> {
        self.container_ports().next()
    }

    /// The ports its containers listen on, in their order.
    pub fn container_ports(&self) -> impl Iterator<Item = u16> {
        let containers = self.task.map_or(&[][..], |task| task.component().list(prop::CONTAINERS));
        containers.iter().filter_map(|one| u16::try_from(one.field(prop::CONTAINER_PORT)?.as_int()?).ok())
    }
}

/// Whether a placement strategy evens tasks out over Availability Zones.
pub fn spreads_zones(strategy: &Value) -> bool {
    let field = |name| strategy.field(name).and_then(Value::as_text);
    field(prop::TYPE) == Some("spread") && field(prop::FIELD) == Some("attribute:ecs.availability-zone")
}

fn strategy<'d>(graph: &Graph<'d>, node: Node<'d>, cluster: Option<Node<'d>>) -> Vec<Edge<'d>> {
    let own = graph.out(node, LinkKind::Uses);
    if own.is_empty() {
        cluster.map(|cluster| graph.out(cluster, LinkKind::Uses).to_vec()).unwrap_or_default()
    } else {
        own.to_vec()
    }
}

fn compute_of(provider: Node<'_>) -> Compute {
    match provider.text(prop::TYPE) {
        Some("FARGATE_SPOT") => Compute::FargateSpot,
        Some("EC2_AUTOSCALING") => Compute::Ec2,
        Some("MANAGED_INSTANCES") => Compute::ManagedInstances,
        _ => Compute::Fargate,
    }
}

fn hosts<'d>(
    graph: &Graph<'d>,
    cluster: Option<Node<'d>>,
    strategy: &[Edge<'d>],
    compute: &[Compute],
) -> Vec<Node<'d>> {
    let backing = |provider: Node<'d>| graph.inc(provider, LinkKind::Backs).iter().map(|edge| edge.from);
    let mut hosts = Vec::new();
    if !strategy.is_empty() {
        hosts.extend(strategy.iter().flat_map(|edge| backing(edge.to)));
    } else if let Some(cluster) = cluster {
        let wanted = |host: &Node<'d>| match host.kind {
            ComponentKind::AutoScalingGroup => compute.contains(&Compute::Ec2),
            ComponentKind::ExternalInstance => compute.contains(&Compute::External),
            _ => false,
        };
        let joined = graph.inc(cluster, LinkKind::InCluster).iter().map(|edge| edge.from);
        let provided = graph.inc(cluster, LinkKind::Provides).iter().flat_map(|edge| backing(edge.from));
        hosts.extend(joined.chain(provided).filter(wanted));
    }
    // A group that can have no instance is refused, or empty for ever.
    let possible = |host: &Node<'d>| {
        let size = |prop: PropId| host.component().props.get(prop.as_str()).and_then(Value::as_int);
        size(prop::MAX_SIZE).is_none_or(|max| max > 0 && size(prop::MIN_SIZE).is_none_or(|min| min <= max))
    };
    hosts.retain(possible);
    hosts.sort();
    hosts.dedup();
    hosts
}

fn of_its_system<'d>(task: Option<Node<'d>>, hosts: Vec<Node<'d>>) -> Vec<Node<'d>> {
    let Some(wanted) = task.and_then(|task| task.component().text(prop::OPERATING_SYSTEM_FAMILY)) else {
        return hosts;
    };
    let fits = |host: &Node<'d>| {
        host.kind != ComponentKind::AutoScalingGroup || host.text(prop::OPERATING_SYSTEM) == Some(wanted)
    };
    if hosts.iter().any(fits) { hosts.into_iter().filter(fits).collect() } else { hosts }
}

fn network_mode(task: Option<Node<'_>>, compute: &[Compute]) -> NetworkMode {
    // Whatever is set: Fargate refuses all but this one, which a trap says.
    if !compute.is_empty() && compute.iter().all(|compute| compute.is_fargate()) {
        return NetworkMode::Awsvpc;
    }
    let set = task.and_then(|task| {
        task.props.get(prop::NETWORK_MODE.as_str()).and_then(|mode| mode.as_text()).map(str::to_owned)
    });
    set.and_then(|mode| NetworkMode::from_name(&mode)).unwrap_or_else(|| {
        // Fargate knows no other mode; elsewhere on Linux it is bridge.
        if compute.iter().any(|compute| compute.is_fargate()) {
            NetworkMode::Awsvpc
        } else {
            NetworkMode::Bridge
        }
    })
}
