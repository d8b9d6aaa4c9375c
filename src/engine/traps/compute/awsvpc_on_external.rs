//! The network mode awsvpc on servers of one's own, which stand in no VPC (`feat-ecs-anywhere`).

use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Compute, NetworkMode, Node, World};
use trapwise_model::catalogue::prop;

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "awsvpc-on-external",
    area: Area::Compute,
    severity: Severity::Critical,
    domain: Domain::HighPerforming,
    facts: &["feat-ecs-anywhere", "tip-awsvpc-only"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let external = scene.world.workloads().iter().filter(|one| one.compute == [Compute::External]);
    let found = external.filter(|one| one.network_mode == NetworkMode::Awsvpc);
    found.filter_map(|one| Some(detection(scene.world, one.node, one.task?))).collect()
}

fn detection<'d>(world: &World<'d>, service: Node<'d>, task: Node<'d>) -> Detection {
    Detection::new()
        .pin(service)
        .pin(task)
        .at(service, true, step("on-external-instances").name("service", service))
        .at(task, false, step("wants-interface").name("task", task))
        .name("service", service)
        .name("task", task)
        .fix(FixBuilder::new(world).set(task, prop::NETWORK_MODE, "bridge").done("bridge"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_on_external_instances_alone() {
        check(
            &TRAP,
            "
            #! fixes bridge
            task: task-definition networkMode=awsvpc
            till: ecs-service launchType=EXTERNAL    #! awsvpc-on-external: `task` has the network mode `awsvpc`, but `till` runs on external instances, which stand in no VPC: no task can run.
            web: ecs-service launchType=FARGATE
            till -> task: runs
            web -> task: runs",
        );
    }

    #[test]
    fn silent_in_the_modes_there_are() {
        for mode in ["", "networkMode=bridge", "networkMode=host", "networkMode=none"] {
            check(
                &TRAP,
                &format!(
                    "task: task-definition {mode}\ntill: ecs-service launchType=EXTERNAL\ntill -> task: runs"
                ),
            );
        }
    }
}
