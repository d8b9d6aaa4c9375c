//! GPU instances whose tasks reserve no GPU (`feat-gpu`).
//!
//! Helpers may share such hosts; somebody has to use what they are paid for.
//!
//! `Major`: an application that was written for a GPU fails or crawls without one, and one that was not runs
//! as it should, on hosts that cost too much. A design does not say which of them it is.

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind, Value};

use super::gpu_host_missing::reserves_gpu;
use crate::data::instance_types::has_gpu;
use crate::finding::{Detection, Fix};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Node, Workload, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "no-gpu-reserved",
    area: Area::Compute,
    severity: Severity::Major,
    domain: Domain::HighPerforming,
    facts: &["feat-gpu"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let mut on_gpus = Vec::new();
    for workload in world.workloads() {
        on_gpus.extend(gpu_hosts(workload).into_iter().map(|host| (host, workload)));
    }
    on_gpus.sort_by_key(|(host, workload)| (*host, workload.node));
    let mut found = Vec::new();
    for users in on_gpus.chunk_by(|(one, _), (other, _)| one == other) {
        let replicas = users.iter().filter(|(_, one)| !one.node.is(prop::SCHEDULING_STRATEGY, "DAEMON"));
        let tasks = replicas.filter_map(|(host, one)| Some((*host, one.task?))).collect::<Vec<_>>();
        if tasks.iter().any(|(_, task)| reserves_gpu(*task)) {
            continue;
        }
        found.extend(tasks.first().map(|(host, task)| detection(world, *host, *task)));
    }
    found
}

/// The groups and providers of GPU instances that its tasks run on.
fn gpu_hosts<'d>(workload: &Workload<'d>) -> Vec<Node<'d>> {
    let groups = workload.hosts.iter().copied().filter(|host| host.kind == ComponentKind::AutoScalingGroup);
    let providers = workload.strategy.iter().map(|entry| entry.to);
    let managed = providers.filter(|provider| provider.is(prop::TYPE, "MANAGED_INSTANCES"));
    let with_gpu = |host: &Node<'d>| host.text(prop::INSTANCE_TYPE).is_some_and(has_gpu);
    groups.chain(managed).filter(with_gpu).collect()
}

fn detection<'d>(world: &World<'d>, host: Node<'d>, task: Node<'d>) -> Detection {
    let kind = host.text(prop::INSTANCE_TYPE).unwrap_or_default();
    Detection::new()
        .pin(task)
        .pin(host)
        .pin_links(world.graph().inc(task, LinkKind::Runs))
        .at(host, true, step("has-gpu-instances").name("host", host).arg("kind", kind))
        .at(task, false, step("no-gpu-reserved").name("task", task))
        .name("task", task)
        .name("hosts", host)
        .code("type", kind)
        .fixes(reserve(world, task))
}

/// One GPU for the only container; with several, which of them needs it is not to be seen.
fn reserve<'d>(world: &World<'d>, task: Node<'d>) -> Option<Fix> {
    let [Value::Record(only)] = task.list(prop::CONTAINERS) else { return None };
    let mut container = only.clone();
    container.insert(prop::GPU.into(), 1_i64.into());
    let containers = Value::List(vec![Value::Record(container)]);
    Some(FixBuilder::new(world).set(task, prop::CONTAINERS, containers).done("reserve"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_where_nobody_reserves_one() {
        check(
            &TRAP,
            "
            #! fixes reserve
            cluster: ecs-cluster
            hosts: auto-scaling-group instanceType=g4dn.xlarge
            hosts -> cluster: in-cluster
            model: ecs-service
            model -> cluster: in-cluster
            model -> task: runs
            task: task-definition containers=[{\"name\":\"model\"}]    #! no-gpu-reserved: `hosts` has GPU instances (`g4dn.xlarge`), but no container of `task` reserves a GPU, so none sees one.
            own: capacity-provider type=MANAGED_INSTANCES instanceType=g5.xlarge
            batch: standalone-task
            batch -> own: uses weight=1
            batch -> batch-task: runs
            batch-task: task-definition containers=[{\"name\":\"train\",\"gpu\":0}]    #! no-gpu-reserved",
        );
    }

    #[test]
    fn silent_for_helpers_beside_it_and_on_other_hosts() {
        check(
            &TRAP,
            "
            cluster: ecs-cluster
            other: ecs-cluster
            hosts: auto-scaling-group instanceType=g4dn.xlarge
            plain: auto-scaling-group instanceType=m5.large
            idle: auto-scaling-group instanceType=p3.2xlarge
            hosts -> cluster: in-cluster
            plain -> other: in-cluster
            model: ecs-service
            helper: ecs-service
            agent: ecs-service schedulingStrategy=DAEMON
            web: ecs-service
            task: task-definition containers=[{\"name\":\"model\",\"gpu\":1}]
            helper-task: task-definition
            model -> cluster: in-cluster
            helper -> cluster: in-cluster
            agent -> cluster: in-cluster
            web -> other: in-cluster
            model -> task: runs
            helper -> helper-task: runs
            agent -> helper-task: runs
            web -> helper-task: runs",
        );
    }
}
