//! Derived properties: `@name` in conditions.

use trapwise_model::{ComponentKind, SortedSet, Value, named_enum};

use crate::world::{Compute, Exposure, NetworkMode, Node, World};

named_enum! {
    /// A property that follows from the design as a whole.
    pub enum Attribute {
        /// Of a subnet: `public`, `private` or `isolated`, by its routes; of what stands in subnets: the
        /// most open of them.
        Exposure = "@exposure",
        /// A list of the kinds of addresses that the subnets of its interfaces give.
        Addressing = "@addressing",
        /// In how many Availability Zones it stands.
        Zones = "@zones",
        /// Tasks wanted.
        Tasks = "@tasks",
        /// Fewest tasks that run during a deployment.
        RunningTasksMin = "@runningTasksMin",
        /// Most tasks that run during a deployment.
        RunningTasksMax = "@runningTasksMax",
        /// A list of what tasks may run on.
        Compute = "@compute",
        /// The network mode in force.
        NetworkMode = "@networkMode",
        /// Tasks on capacity that AWS may take back.
        SpotTasks = "@spotTasks",
        /// The other tasks.
        OnDemandTasks = "@onDemandTasks",
        /// Of a thousand further tasks, beyond every base, how many run on other capacity than that.
        OnDemandShare = "@onDemandShare",
        /// Instances: of a group, or of all groups and servers that a workload may run on.
        Instances = "@instances",
        /// What the first placement strategy of a service does: `zones` also where there is none.
        FirstPlacement = "@firstPlacement",
        /// How many of the two layers of scaling there are: tasks, and the instances under them.
        ScalingLayers = "@scalingLayers",
    }
}

/// What kind of value a derived property has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttributeType {
    /// A whole number, 0 or more.
    Number,
    /// One of these texts.
    OneOf(&'static [&'static str]),
    /// A list of these texts.
    ListOf(&'static [&'static str]),
}

impl Attribute {
    /// What kind of value it has.
    #[must_use]
    pub const fn ty(self) -> AttributeType {
        match self {
            Self::Exposure => AttributeType::OneOf(Exposure::NAMES),
            Self::NetworkMode => AttributeType::OneOf(NetworkMode::NAMES),
            Self::Compute => AttributeType::ListOf(Compute::NAMES),
            Self::FirstPlacement => AttributeType::OneOf(&["zones", "spread", "binpack", "random"]),
            Self::Addressing => AttributeType::ListOf(&["dual-stack", "ipv4", "ipv6"]),
            _ => AttributeType::Number,
        }
    }

    /// Whether components of that kind have it.
    #[must_use]
    pub fn applies_to(self, kind: ComponentKind) -> bool {
        let workload = matches!(kind, ComponentKind::EcsService | ComponentKind::StandaloneTask);
        match self {
            Self::Exposure | Self::Zones => {
                workload
                    || kind == ComponentKind::Subnet
                    || kind.spec().containers.iter().any(|place| place.kind == ComponentKind::Subnet)
            }
            Self::Instances => workload || kind == ComponentKind::AutoScalingGroup,
            _ => workload,
        }
    }

    /// Its value for a component, if components of its kind have it.
    #[must_use]
    pub fn of<'d>(self, world: &World<'d>, node: Node<'d>) -> Option<Value> {
        if !self.applies_to(node.kind) {
            return None;
        }
        let number = |number: u32| Some(Value::Int(i64::from(number)));
        let workload = world.workload(node);
        match self {
            Self::Exposure => Some(Value::from(exposure(world, node)?.name())),
            Self::Addressing => {
                let kinds =
                    places(world, node).into_iter().filter_map(|one| one.component().text("addressing"));
                let kinds: SortedSet<_> = kinds.collect();
                Some(Value::List(kinds.iter().map(|kind| Value::from(*kind)).collect()))
            }
            Self::Zones => number(count(world.zones(node).len())),
            Self::Instances => match workload {
                Some(workload) => number(workload.hosts.iter().map(|host| instances(*host)).sum()),
                None => number(instances(node)),
            },
            Self::Tasks => number(workload?.tasks()),
            Self::RunningTasksMin => number(world.deployment_range(workload?).least),
            Self::RunningTasksMax => number(world.deployment_range(workload?).most),
            Self::Compute => {
                let names = workload?.compute.iter().map(|compute| Value::from(compute.name()));
                Some(Value::List(names.collect()))
            }
            Self::NetworkMode => Some(Value::from(workload?.network_mode.name())),
            Self::SpotTasks => number(world.spot_tasks(workload?)),
            Self::OnDemandTasks => {
                let workload = workload?;
                number(workload.tasks().saturating_sub(world.spot_tasks(workload)))
            }
            Self::OnDemandShare => number(world.on_demand_share(workload?)?),
            Self::FirstPlacement => workload?.first_placement().map(Value::from),
            Self::ScalingLayers => {
                let layers = world.scaling_layers(workload?);
                number(u32::from(layers.tasks) + u32::from(layers.instances))
            }
        }
    }
}

/// The exposure of a subnet, or of the most open one that a component's interfaces stand in.
fn exposure<'d>(world: &World<'d>, node: Node<'d>) -> Option<Exposure> {
    if node.kind == ComponentKind::Subnet {
        return Some(world.network().exposure(node));
    }
    // INVARIANT: declared from the most open to the most closed.
    places(world, node).into_iter().map(|subnet| world.network().exposure(subnet)).min()
}

/// The subnets that a component's interfaces stand in.
fn places<'d>(world: &World<'d>, node: Node<'d>) -> Vec<Node<'d>> {
    let interfaces = world.interfaces(node);
    let places = interfaces.iter().flat_map(|interface| world.graph().containers(*interface));
    places.filter(|place| place.kind == ComponentKind::Subnet).collect()
}

/// How many instances a group is to have, or 1 for a server.
fn instances(host: Node<'_>) -> u32 {
    if host.kind != ComponentKind::AutoScalingGroup {
        return 1;
    }
    let size = host.int("desiredCapacity").or_else(|| host.int("minSize"));
    size.and_then(|size| u32::try_from(size).ok()).unwrap_or(0)
}

fn count(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}
