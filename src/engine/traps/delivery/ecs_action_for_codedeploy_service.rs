//! A pipeline that deploys a service directly, although only CodeDeploy may (`pat-bg-codedeploy`).

use trapwise_model::{ComponentKind, LinkKind};

use super::release::{Release, deployment_groups, services};
use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::{FixBuilder, name};
use crate::world::{Edge, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "ecs-action-for-codedeploy-service",
    area: Area::Delivery,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["pat-bg-codedeploy", "feat-blue-green-codedeploy"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let by_codedeploy = services(world).filter(|(_, release)| *release == Release::CodeDeploy);
    let deploys = by_codedeploy.flat_map(|(service, _)| world.graph().inc(service.node, LinkKind::Deploys));
    deploys
        .filter(|edge| edge.from.kind == ComponentKind::Codepipeline)
        .map(|edge| detection(world, *edge))
        .collect()
}

fn detection<'d>(world: &World<'d>, deploys: Edge<'d>) -> Detection {
    let (pipeline, service) = (deploys.from, deploys.to);
    let groups = deployment_groups(world, service);
    // With several groups somebody has to say which.
    let only = if let [group] = groups.as_slice() { Some(group.from) } else { None };
    let mut fixes = Vec::new();
    if let Some(group) = only {
        let mut fix = FixBuilder::new(world);
        fix.unlink(deploys.link);
        if world.graph().between(pipeline, LinkKind::Deploys, group).is_empty() {
            fix.link(LinkKind::Deploys, &pipeline.id, &group.id);
        }
        fixes.push(fix.done("use-group"));
    }
    Detection::new()
        .pin(pipeline)
        .pin(service)
        .pin_link(deploys.link)
        .at(service, true, step("only-codedeploy").name("service", service))
        .on(
            deploys.link,
            false,
            step("sets-task-definition").name("pipeline", pipeline).name("service", service),
        )
        .name("pipeline", pipeline)
        .name("service", service)
        .arg("group", only.map(name).unwrap_or_default())
        .fixes(fixes)
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_beside_the_deployment_group_or_without_one() {
        for more in ["", "pipeline -> group: deploys"] {
            check(
                &TRAP,
                &format!(
                    "
            #! fixes use-group
            web: ecs-service deploymentController=CODE_DEPLOY
            group: codedeploy-deployment-group
            pipeline: codepipeline    #! ecs-action-for-codedeploy-service: `pipeline` sets new task definitions on `web` itself, but only CodeDeploy may deploy that service: the deploy stage fails.
            group -> web: deploys
            pipeline -> web: deploys
            {more}"
                ),
            );
        }
        check(
            &TRAP,
            "
            web: ecs-service deploymentController=CODE_DEPLOY
            pipeline: codepipeline    #! ecs-action-for-codedeploy-service
            pipeline -> web: deploys",
        );
    }

    #[test]
    fn silent_through_the_group_or_under_ecs() {
        check(
            &TRAP,
            "
            web: ecs-service deploymentController=CODE_DEPLOY
            api: ecs-service
            new: ecs-service deploymentStrategy=BLUE_GREEN
            group: codedeploy-deployment-group
            pipeline: codepipeline
            group -> web: deploys
            pipeline -> group: deploys
            pipeline -> api: deploys
            pipeline -> new: deploys",
        );
    }
}
