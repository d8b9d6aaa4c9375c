//! A service that only CodeDeploy may deploy, and no deployment group that does
//! (`feat-blue-green-codedeploy`).

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind};

use super::release::{Release, deployment_groups, go_native, services};
use crate::finding::Detection;
use crate::terms::{Area, Domain, Need, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::{FixBuilder, name};
use crate::world::Node;

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "codedeploy-controller-without-group",
    area: Area::Delivery,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["feat-blue-green-codedeploy", "pat-bg-codedeploy"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let by_codedeploy = services(world).filter(|(_, release)| *release == Release::CodeDeploy);
    let alone = by_codedeploy.filter(|(service, _)| deployment_groups(world, service.node).is_empty());
    alone.map(|(service, _)| detection(scene, service.node)).collect()
}

fn detection<'d>(scene: &Scene<'d>, service: Node<'d>) -> Detection {
    let world = scene.world;
    let idle = world
        .graph()
        .of_kind(ComponentKind::CodedeployDeploymentGroup)
        .iter()
        .find(|group| world.graph().out(**group, LinkKind::Deploys).is_empty());
    let mut fixes = Vec::new();
    if let Some(group) = idle {
        fixes.push(FixBuilder::new(world).link(LinkKind::Deploys, &group.id, &service.id).done("use-group"));
    }
    // Where the way back has to be short, ECS takes over with two sets of tasks as well.
    let by_ecs = if scene.needs(Need::InstantRollback) {
        go_native(world, service, "BLUE_GREEN").done("use-ecs")
    } else {
        FixBuilder::new(world).reset(service, prop::DEPLOYMENT_CONTROLLER).done("use-ecs")
    };
    fixes.push(by_ecs);
    Detection::new()
        .pin(service)
        .at(service, true, step("only-codedeploy").name("service", service))
        .at(service, false, step("no-deployment-group").name("service", service))
        .name("service", service)
        .arg("group", idle.map(|group| name(*group)).unwrap_or_default())
        .fixes(fixes)
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_without_a_group_even_behind_a_pipeline() {
        check(
            &TRAP,
            "
            #! fixes use-ecs
            web: ecs-service deploymentController=CODE_DEPLOY    #! codedeploy-controller-without-group: Only CodeDeploy may deploy `web`, but no deployment group does: no release ever reaches it.
            pipeline: codepipeline
            pipeline -> web: deploys",
        );
        check(
            &TRAP,
            "
            #! fixes use-group use-ecs
            web: ecs-service deploymentController=CODE_DEPLOY    #! codedeploy-controller-without-group
            api: ecs-service deploymentController=CODE_DEPLOY
            busy: codedeploy-deployment-group
            idle: codedeploy-deployment-group
            busy -> api: deploys",
        );
    }

    #[test]
    fn silent_with_a_group_or_another_controller() {
        check(
            &TRAP,
            "
            web: ecs-service deploymentController=CODE_DEPLOY
            api: ecs-service
            own: ecs-service deploymentController=EXTERNAL
            group: codedeploy-deployment-group
            group -> web: deploys",
        );
    }
}
