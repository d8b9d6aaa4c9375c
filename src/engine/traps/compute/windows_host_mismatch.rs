//! A task for one operating system on instances that run another, or another version of Windows
//! (`feat-windows`).

use trapwise_model::ComponentKind;
use trapwise_model::catalogue::prop;

use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Compute, Node, Workload, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "windows-host-mismatch",
    area: Area::Compute,
    severity: Severity::Critical,
    domain: Domain::HighPerforming,
    facts: &["feat-windows"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let on_groups = world.workloads().iter().filter(|one| one.compute == [Compute::Ec2]);
    let found = on_groups.filter_map(|workload| {
        let task = workload.task?;
        let host = all_of_another(workload, task.component().text(prop::OPERATING_SYSTEM_FAMILY)?)?;
        Some(detection(world, workload.node, task, host))
    });
    found.collect()
}

/// The group that comes nearest, by the name of its system, when none runs what the task is for. Mixed hosts
/// do no harm: tasks are placed where they fit.
fn all_of_another<'d>(workload: &Workload<'d>, wanted: &str) -> Option<Node<'d>> {
    let another = |host: &Node<'d>| {
        host.kind == ComponentKind::AutoScalingGroup && !host.is(prop::OPERATING_SYSTEM, wanted)
    };
    let nearest =
        workload.hosts.iter().copied().max_by_key(|host| host.component().text(prop::OPERATING_SYSTEM));
    nearest.filter(|_| workload.hosts.iter().all(another))
}

fn detection<'d>(world: &World<'d>, service: Node<'d>, task: Node<'d>, host: Node<'d>) -> Detection {
    let wanted = task.text(prop::OPERATING_SYSTEM_FAMILY).unwrap_or_default();
    let theirs = host.text(prop::OPERATING_SYSTEM).unwrap_or_default();
    let mut fixes = Vec::new();
    // Changing the hosts of others would only move the fault.
    if world.workloads().iter().all(|one| one.node == service || !one.hosts.contains(&host)) {
        fixes.push(FixBuilder::new(world).set(host, prop::OPERATING_SYSTEM, wanted).done("host-for-task"));
    }
    Detection::new()
        .pin(service)
        .pin(task)
        .pin(host)
        .at(task, true, step("task-system").name("task", task).arg("wanted", wanted))
        .at(host, false, step("host-system").name("host", host).arg("theirs", theirs))
        .name("service", service)
        .name("task", task)
        .name("hosts", host)
        .code("wanted", wanted)
        .code("theirs", theirs)
        .fixes(fixes)
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    const W19: &str = "operatingSystem=WINDOWS_SERVER_2019_CORE";
    const W22: &str = "operatingSystem=WINDOWS_SERVER_2022_CORE";

    fn board(service: &str, task: &str, hosts: &str) -> String {
        let task = task.replace("operatingSystem=", "operatingSystemFamily=");
        format!(
            "
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
    fn fires_on_another_system_and_on_another_version() {
        for (task, hosts) in [(W22, ""), (W22, W19), (W19, W22), ("", W22)] {
            let text = board("launchType=EC2   #! windows-host-mismatch", task, hosts);
            check(&TRAP, &format!("#! fixes host-for-task\n{text}"));
        }
    }

    #[test]
    fn hosts_of_others_are_left_alone() {
        let more = "
            more: ecs-service launchType=EC2
            linux: task-definition
            more -> cluster: in-cluster
            more -> linux: runs";
        check(
            &TRAP,
            &(board(
                "launchType=EC2   #! windows-host-mismatch: `task` is for `WINDOWS_SERVER_2022_CORE`, but `web` runs on `hosts`, whose instances run `LINUX`: no task is placed.",
                W22,
                "",
            ) + more),
        );
    }

    #[test]
    fn silent_where_they_agree_are_mixed_or_are_not_used() {
        for (service, task, hosts) in
            [("launchType=EC2", W22, W22), ("launchType=EC2", "", ""), ("launchType=FARGATE", W22, "")]
        {
            check(&TRAP, &board(service, task, hosts));
        }
        let mixed = format!("\n more: auto-scaling-group {W22}\n more -> cluster: in-cluster");
        check(&TRAP, &(board("launchType=EC2", W22, "") + &mixed));
    }
}
