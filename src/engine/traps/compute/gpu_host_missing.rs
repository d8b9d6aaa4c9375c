//! Containers that reserve GPUs on instances without any (`feat-gpu`).

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind};

use crate::data::instance_types::has_gpu;
use crate::finding::{Detection, Step};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Compute, Node, Workload, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "gpu-host-missing",
    area: Area::Compute,
    severity: Severity::Critical,
    domain: Domain::HighPerforming,
    facts: &["feat-gpu", "tip-match-launch-type"],
    needs: &[],
    detect,
};

/// The type that the fix sets.
const SMALLEST: &str = "g4dn.xlarge";

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let found = world.workloads().iter().filter_map(|workload| {
        let task = workload.task.filter(|task| reserves_gpu(*task))?;
        let hosts = typed_hosts(world, workload)?;
        Some(detection(world, workload, task, &hosts))
    });
    found.collect()
}

/// Whether any container of it reserves a GPU.
pub(super) fn reserves_gpu(task: Node<'_>) -> bool {
    let mut gpus =
        task.component().list(prop::CONTAINERS).iter().filter_map(|one| one.field(prop::GPU)?.as_int());
    gpus.any(|gpus| gpus > 0)
}

/// What decides the instance types its tasks may run on, when each of them is set and none has a GPU.
fn typed_hosts<'d>(world: &World<'d>, workload: &Workload<'d>) -> Option<Vec<Node<'d>>> {
    if workload.compute.iter().any(|one| !matches!(one, Compute::Ec2 | Compute::ManagedInstances)) {
        return None;
    }
    let groups = workload.hosts.iter().copied().filter(|host| host.kind == ComponentKind::AutoScalingGroup);
    let managed = workload.strategy.iter().map(|entry| entry.to);
    let managed = managed.filter(|provider| provider.is(prop::TYPE, "MANAGED_INSTANCES"));
    let hosts = groups.chain(managed).collect::<Vec<_>>();
    let without = |host: &Node<'d>| host.text(prop::INSTANCE_TYPE).is_some_and(|one| !has_gpu(one));
    let backed = workload.strategy.iter().all(|entry| {
        !entry.to.is(prop::TYPE, "EC2_AUTOSCALING")
            || !world.graph().inc(entry.to, LinkKind::Backs).is_empty()
    });
    (backed && !hosts.is_empty() && hosts.iter().all(without)).then_some(hosts)
}

fn detection<'d>(
    world: &World<'d>,
    workload: &Workload<'d>,
    task: Node<'d>,
    hosts: &[Node<'d>],
) -> Detection {
    let service = workload.node;
    let mut evidence = vec![Step::at(task, true, step("container-reserves-gpu").name("task", task))];
    evidence.extend(hosts.iter().map(|host| {
        let kind = host.component().text(prop::INSTANCE_TYPE).unwrap_or_default();
        Step::at(*host, false, step("host-without-gpu").name("host", host).arg("kind", kind))
    }));
    let mut fix = FixBuilder::new(world);
    for host in hosts {
        fix.set(*host, prop::INSTANCE_TYPE, SMALLEST);
        if host.kind == ComponentKind::AutoScalingGroup {
            fix.set(*host, prop::GPU_AMI, true);
        }
    }
    Detection::new()
        .pin(service)
        .pin(task)
        .pin_all(hosts)
        .steps(evidence)
        .name("task", task)
        .name("service", service)
        .names("hosts", hosts)
        .fix(fix.done("gpu-type"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    const TASK: &str = "
            #! fixes gpu-type
            cluster: ecs-cluster
            task: task-definition containers=[{\"name\":\"model\",\"gpu\":1}]
            model -> cluster: in-cluster
            model -> task: runs";

    #[test]
    fn fires_on_groups_and_managed_instances_of_other_types() {
        for capacity in [
            "hosts: auto-scaling-group instanceType=m5.large\n hosts -> cluster: in-cluster",
            "hosts: auto-scaling-group instanceType=m5.large\n own: capacity-provider type=EC2_AUTOSCALING\n hosts -> own: backs\n model -> own: uses weight=1",
            "own: capacity-provider type=MANAGED_INSTANCES instanceType=m7g.large\n model -> own: uses weight=1",
        ] {
            check(&TRAP, &format!("{TASK}\n model: ecs-service    #! gpu-host-missing\n {capacity}"));
        }
    }

    #[test]
    fn silent_with_gpus_without_a_type_and_elsewhere() {
        // A type that nobody has chosen yet is not wrong, and Managed Instances take what tasks ask for.
        for (service, capacity) in [
            ("", "hosts: auto-scaling-group instanceType=g5.xlarge\n hosts -> cluster: in-cluster"),
            ("", "hosts: auto-scaling-group\n hosts -> cluster: in-cluster"),
            ("", "own: capacity-provider type=MANAGED_INSTANCES\n model -> own: uses weight=1"),
            (
                "",
                "hosts: auto-scaling-group instanceType=m5.large\n more: auto-scaling-group instanceType=p3.2xlarge\n hosts -> cluster: in-cluster\n more -> cluster: in-cluster",
            ),
            ("launchType=FARGATE", ""),
            ("launchType=EXTERNAL", "edge: external-instance gpu=true\n edge -> cluster: in-cluster"),
        ] {
            check(&TRAP, &format!("{TASK}\n model: ecs-service {service}\n {capacity}"));
        }
        check(
            &TRAP,
            "
            cluster: ecs-cluster
            hosts: auto-scaling-group instanceType=m5.large
            hosts -> cluster: in-cluster
            web: ecs-service
            task: task-definition containers=[{\"name\":\"app\",\"gpu\":0}]
            web -> cluster: in-cluster
            web -> task: runs",
        );
    }

    #[test]
    fn says_what_is_wrong() {
        check(
            &TRAP,
            "
                       cluster: ecs-cluster
                       task: task-definition containers=[{\"name\":\"model\",\"gpu\":1}]
            model -> cluster: in-cluster
            model -> task: runs
            model: ecs-service    #! gpu-host-missing: `task` reserves a GPU, but `model` runs on `hosts`, whose instances have none: no task is placed.
            hosts: auto-scaling-group instanceType=m5.large
            hosts -> cluster: in-cluster",
        );
    }
}
