//! A task for one CPU architecture on instances of the other (`feat-graviton`).

use trapwise_model::ComponentKind;
use trapwise_model::catalogue::prop;

use crate::data::instance_types::is_arm;
use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Compute, Node, Workload, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "architecture-mismatch",
    area: Area::Compute,
    severity: Severity::Critical,
    domain: Domain::CostOptimised,
    facts: &["feat-graviton"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let on_groups = world.workloads().iter().filter(|one| one.compute == [Compute::Ec2]);
    let found = on_groups.filter_map(|workload| {
        let task = workload.task?;
        let wants_arm = task.is(prop::CPU_ARCHITECTURE, "ARM64");
        let host = all_of_the_other(workload, wants_arm)?;
        Some(detection(world, workload.node, task, host))
    });
    found.collect()
}

/// Its first group, when every group has instances of the other architecture. Mixed hosts do no harm: tasks
/// are placed where they fit.
fn all_of_the_other<'d>(workload: &Workload<'d>, wants_arm: bool) -> Option<Node<'d>> {
    let other = |host: &Node<'d>| {
        host.kind == ComponentKind::AutoScalingGroup
            && host.text(prop::INSTANCE_TYPE).is_some_and(|one| is_arm(one) != wants_arm)
    };
    workload.hosts.first().copied().filter(|_| workload.hosts.iter().all(other))
}

fn detection<'d>(world: &World<'d>, service: Node<'d>, task: Node<'d>, host: Node<'d>) -> Detection {
    let kind = host.text(prop::INSTANCE_TYPE).unwrap_or_default();
    let wanted = task.text(prop::CPU_ARCHITECTURE).unwrap_or_default();
    let theirs = if is_arm(kind) { "ARM64" } else { "X86_64" };
    Detection::new()
        .pin(service)
        .pin(task)
        .pin(host)
        .at(task, true, step("task-architecture").name("task", task).arg("wanted", wanted))
        .at(host, false, step("host-architecture").arg("kind", kind).arg("theirs", theirs))
        .name("service", service)
        .name("task", task)
        .name("hosts", host)
        .code("wanted", wanted)
        .code("type", kind)
        .fix(FixBuilder::new(world).set(task, prop::CPU_ARCHITECTURE, theirs).done("follow-hosts"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    fn board(service: &str, task: &str, hosts: &str) -> String {
        format!(
            "
            #! fixes follow-hosts
            cluster: ecs-cluster
            hosts: auto-scaling-group {hosts}
            web: ecs-service {service}
            task: task-definition {task}
            hosts -> cluster: in-cluster
            web -> cluster: in-cluster
            web -> task: runs"
        )
    }

    #[test]
    fn hosts_of_another_system_help_nobody() {
        let board = |kind: &str, mark: &str| {
            format!(
                "
            cluster: ecs-cluster
            linux: auto-scaling-group instanceType=m5.large
            windows: auto-scaling-group instanceType={kind} operatingSystem=WINDOWS_SERVER_2022_CORE
            web: ecs-service launchType=EC2 {mark}
            task: task-definition operatingSystemFamily=WINDOWS_SERVER_2022_CORE
            linux -> cluster: in-cluster
            windows -> cluster: in-cluster
            web -> cluster: in-cluster
            web -> task: runs"
            )
        };
        check(
            &TRAP,
            &board(
                "m7g.large",
                "#! architecture-mismatch: `task` is for `X86_64`, but `web` runs on `windows`, whose `m7g.large` instances have the other architecture: no task is placed.",
            ),
        );
        check(&TRAP, &board("m5.large", ""));
    }

    #[test]
    fn fires_both_ways() {
        for (task, hosts) in [
            ("cpuArchitecture=ARM64", "instanceType=m5.large"),
            ("cpuArchitecture=ARM64", "instanceType=g4dn.xlarge"),
            ("", "instanceType=m7g.large"),
            ("cpuArchitecture=X86_64", "instanceType=t4g.small"),
        ] {
            check(&TRAP, &board("launchType=EC2   #! architecture-mismatch", task, hosts));
        }
    }

    #[test]
    fn silent_where_they_agree_are_unknown_or_mixed() {
        for (service, task, hosts) in [
            ("launchType=EC2", "cpuArchitecture=ARM64", "instanceType=c7g.large"),
            ("launchType=EC2", "", "instanceType=g5.xlarge"),
            ("launchType=EC2", "cpuArchitecture=ARM64", ""),
            ("launchType=FARGATE", "cpuArchitecture=ARM64", "instanceType=m5.large"),
        ] {
            check(&TRAP, &board(service, task, hosts));
        }
        let mixed = "\n more: auto-scaling-group instanceType=m7g.large\n more -> cluster: in-cluster";
        check(&TRAP, &(board("launchType=EC2", "", "instanceType=m5.large") + mixed));
    }
}
