//! What stands around the work: logs, metrics, secrets, images, releases, names, orchestration.

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind};

use super::Volumes;
use super::bill::Bill;
use crate::data::prices;
use crate::world::{Node, World};

/// What of a log line is left when it is kept, in percent.
const COMPRESSED_PERCENT: u64 = 15;
/// Months of lines that a group holds when nothing is ever deleted.
const LOG_MONTHS: u64 = 12;
/// Metrics that Container Insights is taken to make for each cluster, …
const CLUSTER_METRICS: u64 = 10;
/// … for each service, …
const SERVICE_METRICS: u64 = 10;
/// … and, when enhanced, for each task and for each of its containers.
const TASK_METRICS: u64 = 10;
/// Steps of one execution of a state machine.
const TRANSITIONS: u64 = 5;

/// Adds it all.
pub(super) fn add(world: &World<'_>, volumes: &Volumes, bill: &mut Bill) {
    let graph = world.graph();
    for node in graph.nodes().iter().copied() {
        match node.kind {
            ComponentKind::LogGroup if !graph.inc(node, LinkKind::Logs).is_empty() => {
                let taken_in = u64::from(volumes.log_gb) * 1_000;
                let days = node.int(prop::RETENTION_IN_DAYS).and_then(|days| u64::try_from(days).ok());
                let months = days.map_or(LOG_MONTHS, |days| days.div_ceil(30).clamp(1, LOG_MONTHS));
                bill.add(&prices::LOGS_INGEST, taken_in, node);
                bill.add(&prices::LOGS_STORE, taken_in * months * COMPRESSED_PERCENT / 100, node);
            }
            ComponentKind::EcsCluster => insights(world, node, bill),
            ComponentKind::CloudwatchAlarm => bill.add(&prices::ALARM, 1_000, node),
            ComponentKind::Secret => bill.add(&prices::SECRET, 1_000, node),
            ComponentKind::KmsKey => bill.add(&prices::KMS_KEY, 1_000, node),
            // The other account pays for its own.
            ComponentKind::EcrRepository if !node.flag(prop::OTHER_ACCOUNT) => {
                bill.add(&prices::ECR, u64::from(volumes.image_gb) * 1_000, node);
            }
            ComponentKind::Codepipeline => bill.add(&prices::PIPELINE, 1_000, node),
            ComponentKind::CloudMapNamespace => {
                if !node.is(prop::TYPE, "HTTP") {
                    bill.add(&prices::HOSTED_ZONE, 1_000, node);
                }
                let registered = graph.inc(node, LinkKind::Registers).iter();
                let discovered = registered.filter(|edge| edge.link.is(prop::AS, "discovery"));
                for workload in discovered.filter_map(|edge| world.workload(edge.from)) {
                    bill.add(&prices::CLOUD_MAP, u64::from(workload.tasks()) * 1_000, node);
                }
            }
            ComponentKind::StepFunctions => {
                bill.add(&prices::STEP_FUNCTIONS, u64::from(volumes.executions) * TRANSITIONS, node);
            }
            ComponentKind::EventbridgePipe => {
                bill.add(&prices::EVENTBRIDGE_PIPE, u64::from(volumes.requests) / 1_000, node);
            }
            _ => {}
        }
    }
}

/// The metrics of a cluster's Container Insights.
fn insights<'d>(world: &World<'d>, cluster: Node<'d>, bill: &mut Bill) {
    let (price, enhanced) = match cluster.text(prop::CONTAINER_INSIGHTS) {
        Some("enabled") => (&prices::INSIGHTS, false),
        Some("enhanced") => (&prices::INSIGHTS_ENHANCED, true),
        _ => return,
    };
    let inside = world.graph().inc(cluster, LinkKind::InCluster).iter();
    let metrics: u64 = inside
        .filter_map(|edge| world.workload(edge.from))
        .map(|workload| {
            let containers = workload.task.map_or(0, |task| task.component().list(prop::CONTAINERS).len());
            let parts = 1 + u64::try_from(containers).unwrap_or(0).max(1);
            let tasks = if enhanced { u64::from(workload.tasks()) * parts * TASK_METRICS } else { 0 };
            SERVICE_METRICS + tasks
        })
        .sum();
    bill.add(price, (CLUSTER_METRICS + metrics) * 1_000, cluster);
}
