//! What runs: tasks on Fargate, instances, servers, pods and functions.

use trapwise_model::catalogue::{PropId, prop};
use trapwise_model::{ComponentKind, LinkKind};

use super::bill::Bill;
use super::capacity::{group_size, loads, shares};
use super::network::is_public;
use super::{HOURS, Volumes};
use crate::data::fargate_sizes;
use crate::data::instance_prices::{InstancePrice, instance};
use crate::data::prices::{self, MANAGEMENT_PERCENT, Price, SPOT_PERCENT};
use crate::world::{Compute, Node, Workload, World};

/// GB of the volume that an instance starts from.
const ROOT_VOLUME_GB: u64 = 30;
/// GB of storage that a Fargate task has for nothing.
const FREE_STORAGE_GB: u64 = 20;
/// What Managed Instances are taken to choose when no type is named.
const USUAL_INSTANCE: &str = "m7i.large";
/// What nodes of an EKS cluster are taken to be, and how many.
const EKS_NODES: (&str, u64) = ("m5.large", 2);
/// What a Kubernetes workload is taken to run on Fargate: pods, CPU units and MiB of each.
const EKS_PODS: (u64, i64, i64) = (2, 512, 1_024);

/// Tasks on Fargate.
pub(super) fn tasks(world: &World<'_>, volumes: &Volumes, bill: &mut Bill) {
    for workload in world.workloads() {
        let month = if workload.node.kind == ComponentKind::StandaloneTask {
            u64::from(volumes.task_hours) * 60
        } else {
            HOURS * 60
        };
        let second_set = second_set_minutes(world, workload, volumes);
        for (compute, tasks) in shares(world, workload).into_iter().filter(|(on, _)| on.is_fargate()) {
            let tasks = u64::from(tasks);
            charge_task(workload.node, workload.task, compute, tasks * month, "", bill);
            let when = ", second set in releases";
            charge_task(workload.node, workload.task, compute, tasks * second_set, when, bill);
        }
    }
    started(world, volumes, bill);
}

/// Tasks that a rule, a pipe, a function or a state machine starts: one after another for the hours
/// assumed, on Fargate, since no hosts are named.
fn started(world: &World<'_>, volumes: &Volumes, bill: &mut Bill) {
    let graph = world.graph();
    for edge in graph.of_kind(ComponentKind::TaskDefinition).iter().flat_map(|task| {
        let runs = graph.inc(*task, LinkKind::Runs);
        // A standalone task says where they run, and is paid for already.
        let placed = runs.iter().any(|edge| edge.from.kind == ComponentKind::StandaloneTask);
        runs.iter().filter(move |edge| !placed && edge.from.kind != ComponentKind::EcsService)
    }) {
        let minutes = u64::from(volumes.task_hours) * 60;
        charge_task(edge.from, Some(edge.to), Compute::Fargate, minutes, "", bill);
    }
}

/// Minutes a month for which a service has two sets of tasks.
fn second_set_minutes(world: &World<'_>, workload: &Workload<'_>, volumes: &Volumes) -> u64 {
    let node = workload.node;
    if node.kind != ComponentKind::EcsService {
        return 0;
    }
    let minutes =
        |of: Node<'_>, prop: PropId| of.int(prop).and_then(|set| u64::try_from(set).ok()).unwrap_or(0);
    let kept = match node.text(prop::DEPLOYMENT_CONTROLLER) {
        Some("CODE_DEPLOY") => {
            let by = world.graph().inc(node, LinkKind::Deploys).iter();
            by.map(|edge| minutes(edge.from, prop::TERMINATION_WAIT_TIME_IN_MINUTES)).max().unwrap_or(0)
        }
        Some("ECS") if !node.is(prop::DEPLOYMENT_STRATEGY, "ROLLING") => {
            minutes(node, prop::BAKE_TIME_IN_MINUTES)
        }
        _ => return 0,
    };
    u64::from(volumes.releases) * (u64::from(volumes.release_minutes) + kept)
}

fn charge_task(
    node: Node<'_>,
    task: Option<Node<'_>>,
    compute: Compute,
    minutes: u64,
    when: &str,
    bill: &mut Bill,
) {
    let number = |prop: PropId| task.and_then(|task| task.int(prop)).unwrap_or(0);
    let text = |prop: PropId| task.and_then(|task| task.component().text(prop)).unwrap_or_default();
    // A size that Fargate does not offer costs at least the next one that it does.
    let size = fargate_sizes::nearest(number(prop::CPU), number(prop::MEMORY));
    let arm = text(prop::CPU_ARCHITECTURE) == "ARM64";
    let (cpu, memory) = if text(prop::OPERATING_SYSTEM_FAMILY).starts_with("WINDOWS") {
        (&prices::FARGATE_WINDOWS_CPU, &prices::FARGATE_WINDOWS_MEMORY)
    } else {
        match (compute == Compute::FargateSpot, arm) {
            (false, false) => (&prices::FARGATE_CPU, &prices::FARGATE_MEMORY),
            (false, true) => (&prices::FARGATE_ARM_CPU, &prices::FARGATE_ARM_MEMORY),
            (true, false) => (&prices::FARGATE_SPOT_CPU, &prices::FARGATE_SPOT_MEMORY),
            (true, true) => (&prices::FARGATE_SPOT_ARM_CPU, &prices::FARGATE_SPOT_ARM_MEMORY),
        }
    };
    charge_size(node, (cpu, memory), size, minutes, when, bill);
    let storage =
        u64::try_from(number(prop::EPHEMERAL_STORAGE_GIB)).unwrap_or(0).saturating_sub(FREE_STORAGE_GB);
    let price = &prices::FARGATE_STORAGE;
    let what = format!("{}{when}", price.what);
    bill.add_as(&what, price.unit, price.micros, storage.saturating_mul(minutes) * 1_000 / 60, node);
}

/// CPU units and MiB for so many minutes.
fn charge_size(
    node: Node<'_>,
    (cpu, memory): (&Price, &Price),
    size: (i64, i64),
    minutes: u64,
    when: &str,
    bill: &mut Bill,
) {
    for (price, size) in [(cpu, size.0), (memory, size.1)] {
        let size = u64::try_from(size).unwrap_or(0);
        let milli = size.saturating_mul(minutes).saturating_mul(1_000) / (1_024 * 60);
        bill.add_as(&format!("{}{when}", price.what), price.unit, price.micros, milli, node);
    }
}

/// Instances: of Auto Scaling groups, and those that AWS manages.
pub(super) fn hosts(world: &World<'_>, bill: &mut Bill) {
    let loads = loads(world);
    for group in world.graph().of_kind(ComponentKind::AutoScalingGroup) {
        match group.text(prop::INSTANCE_TYPE).and_then(instance) {
            Some(of) => {
                let spot = group.is(prop::MARKET, "spot");
                let count = group_size(world, *group, of, &loads);
                charge_instances(*group, of, count, spot, bill);
                if is_public(world, *group) {
                    bill.add(&prices::PUBLIC_IPV4, count * HOURS * 1_000, *group);
                }
            }
            None => bill.unpriced(*group),
        }
    }
    for (provider, load) in &loads {
        if !provider.is(prop::TYPE, "MANAGED_INSTANCES") || load.tasks == 0 {
            continue;
        }
        match instance(provider.text(prop::INSTANCE_TYPE).unwrap_or(USUAL_INSTANCE)) {
            Some(of) => {
                let count = load.spread_instances(of);
                charge_instances(*provider, of, count, false, bill);
                charge_management("Managed Instances", *provider, of, count, bill);
            }
            None => bill.unpriced(*provider),
        }
    }
}

fn charge_instances(node: Node<'_>, of: &InstancePrice, count: u64, spot: bool, bill: &mut Bill) {
    let (market, percent) = if spot { ("Spot", SPOT_PERCENT) } else { ("On-Demand", 100) };
    let what = format!("{} instances, {market}", of.name);
    bill.add_as(&what, "hour", of.micros * percent / 100, count * HOURS * 1_000, node);
    bill.add(&prices::EBS_VOLUME, count * ROOT_VOLUME_GB * 1_000, node);
}

fn charge_management(whose: &str, node: Node<'_>, of: &InstancePrice, count: u64, bill: &mut Bill) {
    let what = format!("{whose} fee, {}", of.name);
    bill.add_as(&what, "hour", of.micros * MANAGEMENT_PERCENT / 100, count * HOURS * 1_000, node);
}

/// Servers of one's own, Kubernetes and functions.
pub(super) fn others(world: &World<'_>, volumes: &Volumes, bill: &mut Bill) {
    let graph = world.graph();
    for server in graph.of_kind(ComponentKind::ExternalInstance) {
        bill.add(&prices::ECS_ANYWHERE, HOURS * 1_000, *server);
    }
    for cluster in graph.of_kind(ComponentKind::EksCluster) {
        bill.add(&prices::EKS_CONTROL_PLANE, HOURS * 1_000, *cluster);
        let (name, nodes) = EKS_NODES;
        match (cluster.text(prop::COMPUTE), instance(name)) {
            (Some("fargate"), _) => {
                let (pods, cpu, memory) = EKS_PODS;
                for edge in graph.inc(*cluster, LinkKind::RunsOn) {
                    let price = (&prices::FARGATE_CPU, &prices::FARGATE_MEMORY);
                    charge_size(edge.from, price, (cpu, memory), pods * HOURS * 60, "", bill);
                }
            }
            (compute, Some(of)) => {
                charge_instances(*cluster, of, nodes, false, bill);
                if compute == Some("auto-mode") {
                    charge_management("EKS Auto Mode", *cluster, of, nodes, bill);
                }
            }
            (_, None) => bill.unpriced(*cluster),
        }
    }
    let requests = u64::from(volumes.requests);
    for function in graph.of_kind(ComponentKind::LambdaFunction) {
        bill.add(&prices::LAMBDA_REQUESTS, requests / 1_000, *function);
        let memory = function.int(prop::MEMORY_SIZE).and_then(|size| u64::try_from(size).ok()).unwrap_or(0);
        let busy = requests.saturating_mul(u64::from(volumes.request_ms));
        bill.add(&prices::LAMBDA_TIME, busy.saturating_mul(memory) / 1_024_000, *function);
    }
}
