//! CodeDeploy for a service whose tasks get EBS volumes: ECS attaches those under its own controller only.

use trapwise_model::{ComponentKind, LinkKind};

use super::release::{for_ecs_controller, of_other_controllers};
use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "codedeploy-with-ebs-volume",
    area: Area::Delivery,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["feat-blue-green-codedeploy", "tip-bg-answer-is-codedeploy", "tip-efs-not-ebs"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    of_other_controllers(world)
        .filter_map(|service| {
            let mut mounts = world.graph().out(service.task?, LinkKind::Mounts).iter();
            let volume = *mounts.find(|edge| edge.to.kind == ComponentKind::EbsVolume)?;
            let says = step("volume-for-each-task").name("service", service.node);
            Some(for_ecs_controller(world, service.node, volume, says, "volume"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_on_volumes_of_each_task() {
        check(
            &TRAP,
            "
            #! fixes use-native
            web: ecs-service deploymentController=CODE_DEPLOY    #! codedeploy-with-ebs-volume: ECS attaches `scratch` to tasks of `web` under its own controller only, and this one is `CODE_DEPLOY`: the service is refused.
            task: task-definition
            scratch: ebs-volume
            group: codedeploy-deployment-group
            web -> task: runs
            task -> scratch: mounts
            group -> web: deploys",
        );
    }

    #[test]
    fn silent_on_shared_files_and_with_the_ecs_controller() {
        check(
            &TRAP,
            "
            web: ecs-service deploymentController=CODE_DEPLOY
            api: ecs-service deploymentStrategy=BLUE_GREEN
            task: task-definition
            other: task-definition
            files: efs-file-system
            scratch: ebs-volume
            web -> task: runs
            api -> other: runs
            task -> files: mounts
            other -> scratch: mounts",
        );
    }
}
