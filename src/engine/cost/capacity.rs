//! How many instances there are: what a group is set to, or what the tasks on it need.

use trapwise_model::catalogue::{PropId, prop};
use trapwise_model::{ComponentKind, LinkKind, SortedMap, Value};

use crate::data::instance_prices::InstancePrice;
use crate::data::instance_types;
use crate::world::{Compute, NetworkMode, Node, Workload, World};

/// CPU units and MiB of a task that says nothing of its size.
const SMALL_TASK: (u64, u64) = (256, 512);

/// What the tasks on one source of capacity need.
#[derive(Clone, Debug, Default)]
pub(super) struct Load {
    pub tasks: u64,
    services: Vec<Share>,
    /// Some service on it is not packed.
    spread: bool,
    /// The most zones that a service on it stands in.
    zones: u64,
    /// The most zones that a service on it is spread over before it is packed.
    packed_zones: u64,
}

/// So many tasks of one size.
#[derive(Clone, Copy, Debug)]
struct Share {
    tasks: u64,
    cpu: u64,
    memory: u64,
    gpus: u64,
    /// Each has a network interface of its own.
    interface: bool,
}

impl Share {
    /// How many of its tasks one instance takes, a sixteenth of the memory left to the system; one at
    /// least, since what does not fit is for others to say.
    fn on_one(&self, of: &InstancePrice, interfaces: Option<u64>) -> u64 {
        let by_memory = of.memory * 15 / 16 / self.memory.max(1);
        let fit = (of.cpu / self.cpu.max(1)).min(by_memory);
        let fit = interfaces.filter(|_| self.interface).map_or(fit, |most| fit.min(most));
        // Every type with GPUs in the table has one.
        1_u64.checked_div(self.gpus).map_or(fit, |by_gpu| fit.min(by_gpu)).max(1)
    }
}

impl Load {
    /// The fewest instances of that type that hold it. `interfaces` is how many tasks with an interface of
    /// their own one instance takes.
    pub fn instances(&self, of: &InstancePrice, interfaces: Option<u64>) -> u64 {
        const WHOLE: u64 = 1_000_000;
        let part = |share: &Share| share.tasks.saturating_mul(WHOLE) / share.on_one(of, interfaces);
        self.services.iter().map(part).fold(0, u64::saturating_add).div_ceil(WHOLE)
    }

    /// As many as needed, and one in each zone that its tasks are spread over.
    pub fn spread_instances(&self, of: &InstancePrice) -> u64 {
        self.instances(of, None).max(self.zones.min(self.tasks))
    }

    fn add<'d>(&mut self, world: &World<'d>, workload: &Workload<'d>, tasks: u32) {
        let tasks = u64::from(tasks);
        let (cpu, memory) = size(workload.task);
        let gpus = reserved(workload.task, prop::GPU);
        let interface = workload.network_mode == NetworkMode::Awsvpc;
        self.tasks += tasks;
        self.services.push(Share { tasks, cpu, memory, gpus, interface });
        let zones = u64::try_from(world.zones(workload.node).len()).unwrap_or(u64::MAX);
        self.zones = self.zones.max(zones);
        match packing(workload.node) {
            Packing::None => self.spread |= tasks > 0,
            Packing::InZones => self.packed_zones = self.packed_zones.max(zones.min(tasks)),
            Packing::Tight => {}
        }
    }

    fn join(&mut self, other: &Self) {
        self.tasks += other.tasks;
        self.services.extend(&other.services);
        self.spread |= other.spread;
        self.zones = self.zones.max(other.zones);
        self.packed_zones = self.packed_zones.max(other.packed_zones);
    }
}

/// How a service leaves instances empty, if it does.
enum Packing {
    /// It uses whatever instance is there.
    None,
    /// It is spread over zones, and packed within each.
    InZones,
    /// It fills one instance before the next.
    Tight,
}

fn packing(service: Node<'_>) -> Packing {
    let mut packing = Packing::Tight;
    for one in service.component().list(prop::PLACEMENT_STRATEGY) {
        let text = |field: PropId| one.field(field).and_then(Value::as_text);
        match (text(prop::TYPE), text(prop::FIELD)) {
            (Some("binpack"), _) => return packing,
            (Some("spread"), Some("attribute:ecs.availability-zone")) => packing = Packing::InZones,
            _ => return Packing::None,
        }
    }
    Packing::None
}

/// What the tasks on each capacity provider need.
pub(super) fn loads<'d>(world: &World<'d>) -> SortedMap<Node<'d>, Load> {
    let mut loads: SortedMap<Node<'d>, Load> = SortedMap::new();
    for workload in world.workloads() {
        for (provider, tasks) in world.strategy_split(workload) {
            loads.entry(provider).or_default().add(world, workload, tasks);
        }
    }
    loads
}

/// How many of a workload's tasks run on what, in the strategy's order.
pub(super) fn shares<'d>(world: &World<'d>, workload: &Workload<'d>) -> Vec<(Compute, u32)> {
    if workload.strategy.is_empty() {
        return workload.compute.first().map(|compute| (*compute, workload.tasks())).into_iter().collect();
    }
    let compute = |provider: Node<'_>| match provider.text(prop::TYPE) {
        Some("FARGATE_SPOT") => Compute::FargateSpot,
        Some("EC2_AUTOSCALING") => Compute::Ec2,
        Some("MANAGED_INSTANCES") => Compute::ManagedInstances,
        _ => Compute::Fargate,
    };
    world.strategy_split(workload).into_iter().map(|(provider, tasks)| (compute(provider), tasks)).collect()
}

/// How many instances a group has.
pub(super) fn group_size<'d>(
    world: &World<'d>,
    group: Node<'d>,
    of: &InstancePrice,
    loads: &SortedMap<Node<'d>, Load>,
) -> u64 {
    let number = |prop: PropId| group.int(prop).and_then(|size| u64::try_from(size).ok());
    let least = number(prop::MIN_SIZE).unwrap_or(0);
    let wanted = number(prop::DESIRED_CAPACITY).unwrap_or(least);
    let mut load = Load::default();
    let mut target = 100;
    for edge in world.graph().out(group, LinkKind::Backs) {
        let managed =
            edge.to.kind == ComponentKind::CapacityProvider && edge.to.is(prop::MANAGED_SCALING, "ENABLED");
        if let Some(part) = loads.get(&edge.to).filter(|_| managed) {
            load.join(part);
            let percent = edge.to.int(prop::TARGET_CAPACITY).and_then(|percent| u64::try_from(percent).ok());
            target = percent.filter(|percent| *percent > 0).unwrap_or(100);
        }
    }
    if load.tasks == 0 {
        return wanted;
    }
    let most = number(prop::MAX_SIZE).unwrap_or(least).max(least);
    let interfaces = instance_types::interfaces(of.name).filter(|_| !group.flag(prop::ENI_TRUNKING));
    // An instance keeps one interface for itself.
    let interfaces = interfaces.and_then(|all| u64::try_from(all - 1).ok());
    let needed = (load.instances(of, interfaces).max(load.packed_zones) * 100).div_ceil(target);
    let kept = if load.spread { needed.max(wanted) } else { needed };
    kept.clamp(least, most)
}

/// CPU units and MiB of a task on instances: its own, else the sum of its containers'.
fn size(task: Option<Node<'_>>) -> (u64, u64) {
    let of = |prop: PropId, small: u64| {
        let own = task.and_then(|task| task.int(prop)).and_then(|value| u64::try_from(value).ok());
        let own = own.unwrap_or(0);
        if own > 0 { own } else { Some(reserved(task, prop)).filter(|sum| *sum > 0).unwrap_or(small) }
    };
    (of(prop::CPU, SMALL_TASK.0), of(prop::MEMORY, SMALL_TASK.1))
}

/// What the containers of a task reserve together.
fn reserved(task: Option<Node<'_>>, field: PropId) -> u64 {
    let containers = task.map(|task| task.component().list(prop::CONTAINERS)).unwrap_or_default().iter();
    let values = containers.filter_map(|one| u64::try_from(one.field(field)?.as_int()?).ok());
    values.fold(0, u64::saturating_add)
}
