//! A Windows task with what ECS offers to Linux only (`feat-windows`): Fargate Spot, ARM64 and EBS volumes on
//! Fargate, Managed Instances. EFS and sizes have traps of their own.

use trapwise_documents::message::Arg;
use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind};

use crate::finding::{Detection, Fix, Step};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Compute, Node, Workload, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "windows-where-linux-only",
    area: Area::Compute,
    severity: Severity::Critical,
    domain: Domain::HighPerforming,
    facts: &["feat-windows", "tip-fargate-limits"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let mut found = Vec::new();
    for workload in world.workloads() {
        let Some(task) = workload.task.filter(|task| is_windows(*task)) else { continue };
        for (what, seen, fix) in reasons(world, workload, task) {
            found.push(
                Detection::new()
                    .pin(workload.node)
                    .pin(task)
                    .at(task, true, step("windows-containers").name("task", task))
                    .step(seen)
                    .name("service", workload.node)
                    .name("task", task)
                    .arg("what", what)
                    .fix(fix),
            );
        }
    }
    found
}

fn is_windows(task: Node<'_>) -> bool {
    task.text(prop::OPERATING_SYSTEM_FAMILY).is_some_and(|family| family.starts_with("WINDOWS"))
}

/// What is for Linux only: its name, where it is seen, what helps.
fn reasons<'d>(world: &World<'d>, workload: &Workload<'d>, task: Node<'d>) -> Vec<(Arg, Step, Fix)> {
    let service = workload.node;
    let mut found = Vec::new();
    for (compute, what) in
        [(Compute::FargateSpot, "Fargate Spot"), (Compute::ManagedInstances, "ECS Managed Instances")]
    {
        if workload.compute.contains(&compute) {
            let seen =
                Step::at(service, false, step("may-run-on").name("service", service).arg("what", what));
            found.push((what.into(), seen, on_demand(world, service)));
        }
    }
    if !workload.on_fargate() {
        return found;
    }
    if task.is(prop::CPU_ARCHITECTURE, "ARM64") {
        let seen = Step::at(task, false, step("arm64-too").name("task", task));
        let fix = FixBuilder::new(world).reset(task, prop::CPU_ARCHITECTURE).done("x86");
        found.push((step("arm64-on-fargate").into(), seen, fix));
    }
    let mut mounts = world.graph().out(task, LinkKind::Mounts).iter();
    if let Some(mount) = mounts.find(|mount| mount.to.kind == ComponentKind::EbsVolume) {
        let seen = Step::on(mount.link, false, step("gets-ebs-volume").name("task", task));
        found.push((
            step("ebs-on-fargate").into(),
            seen,
            FixBuilder::new(world).unlink(mount.link).done("no-volume"),
        ));
    }
    found
}

/// On-demand Fargate by launch type, whatever strategy the service or its cluster has.
fn on_demand<'d>(world: &World<'d>, service: Node<'d>) -> Fix {
    let mut fix = FixBuilder::new(world);
    for entry in world.graph().out(service, LinkKind::Uses) {
        fix.unlink(entry.link);
    }
    fix.set(service, prop::LAUNCH_TYPE, "FARGATE").done("on-demand")
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    const WINDOWS: &str = "operatingSystemFamily=WINDOWS_SERVER_2022_CORE";

    fn board(service: &str, provider: &str, task: &str, rest: &str) -> String {
        format!(
            "
            web: ecs-service {service}
            own: capacity-provider type={provider}
            task: task-definition {task}
            disk: ebs-volume
            web -> task: runs
            {rest}"
        )
    }

    #[test]
    fn fires_on_each_of_them() {
        let mark = "#! windows-where-linux-only";
        let arm = format!("{WINDOWS} cpuArchitecture=ARM64");
        let fargate = format!("launchType=FARGATE {mark}");
        let uses = "web -> own: uses weight=1";
        let mount = "task -> disk: mounts";
        for (fixes, service, provider, task, rest) in [
            ("on-demand", mark, "FARGATE_SPOT", WINDOWS, uses),
            ("on-demand", mark, "MANAGED_INSTANCES", WINDOWS, uses),
            ("x86", &*fargate, "FARGATE", &*arm, ""),
            ("no-volume", &*fargate, "FARGATE", WINDOWS, mount),
        ] {
            let text = board(service, provider, task, rest);
            check(&TRAP, &format!("#! fixes {fixes}\n{text}"));
        }
    }

    #[test]
    fn silent_for_linux_and_for_what_windows_has() {
        let uses = "web -> own: uses weight=1";
        for (service, provider, task, rest) in [
            ("", "FARGATE_SPOT", "", uses),
            ("", "MANAGED_INSTANCES", "operatingSystemFamily=LINUX", uses),
            ("", "FARGATE", WINDOWS, uses),
            ("launchType=FARGATE", "FARGATE", "cpuArchitecture=ARM64", "task -> disk: mounts"),
            ("launchType=EC2", "FARGATE", WINDOWS, "task -> disk: mounts"),
        ] {
            check(&TRAP, &board(service, provider, task, rest));
        }
    }

    #[test]
    fn says_what_is_wrong() {
        check(
            &TRAP,
            "
            web: ecs-service launchType=FARGATE #! windows-where-linux-only: `task` is for Windows, and ARM64 on Fargate is for Linux only: it is refused.
            own: capacity-provider type=FARGATE
            task: task-definition operatingSystemFamily=WINDOWS_SERVER_2022_CORE cpuArchitecture=ARM64
            disk: ebs-volume
            web -> task: runs",
        );
    }
}
