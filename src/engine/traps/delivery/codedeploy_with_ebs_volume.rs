//! CodeDeploy for a service whose tasks get EBS volumes: ECS attaches those under its own controller only.

use trapwise_model::{ComponentKind, LinkKind, SortedMap};

use super::release::{Release, go_native, services};
use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::traps::fix::name;
use crate::traps::{Scene, Trap, evidence};
use crate::world::{Edge, Node, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "codedeploy-with-ebs-volume",
    area: Area::Delivery,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["feat-blue-green-codedeploy", "tip-bg-answer-is-codedeploy", "tip-efs-not-ebs"],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let not_by_ecs =
        services(world).filter(|(_, release)| matches!(release, Release::CodeDeploy | Release::External));
    not_by_ecs
        .filter_map(|(service, _)| {
            let mut mounts = world.graph().out(service.task?, LinkKind::Mounts).iter();
            let volume = mounts.find(|edge| edge.to.kind == ComponentKind::EbsVolume)?;
            Some(detection(world, service.node, *volume))
        })
        .collect()
}

fn detection<'d>(world: &World<'d>, service: Node<'d>, mount: Edge<'d>) -> Detection {
    let (task, volume) = (mount.from, mount.to);
    let controller = service.component().text("deploymentController").unwrap_or_default();
    Detection {
        components: vec![service.id.clone(), volume.id.clone(), task.id.clone()],
        links: vec![mount.link.id.clone()],
        evidence: vec![
            evidence::on(mount.link, true, format!("each task of `{}` gets a volume of its own", service.id)),
            evidence::at(service, false, format!("its deployment controller is {controller}, not ECS")),
        ],
        args: SortedMap::from([
            ("service", name(service)),
            ("volume", name(volume)),
            ("controller", controller.to_owned()),
        ]),
        fixes: vec![go_native(world, service, "BLUE_GREEN").done("use-native")],
    }
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
            web: ecs-service deploymentController=CODE_DEPLOY    #! codedeploy-with-ebs-volume
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
