//! A CodeDeploy deployment group for a service that another controller deploys
//! (`feat-blue-green-codedeploy`).

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind};

use super::release::{Release, services};
use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Edge, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "deployment-controller-mismatch",
    area: Area::Delivery,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["feat-blue-green-codedeploy", "pat-bg-codedeploy"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let others = services(world).filter(|(_, release)| *release != Release::CodeDeploy);
    let deploys = others.flat_map(|(service, _)| world.graph().inc(service.node, LinkKind::Deploys));
    deploys
        .filter(|edge| edge.from.kind == ComponentKind::CodedeployDeploymentGroup)
        .map(|edge| detection(world, *edge))
        .collect()
}

fn detection<'d>(world: &World<'d>, deploys: Edge<'d>) -> Detection {
    let (group, service) = (deploys.from, deploys.to);
    let controller = service.component().text(prop::DEPLOYMENT_CONTROLLER).unwrap_or("ECS");
    let mut to_codedeploy = FixBuilder::new(world);
    to_codedeploy.set(service, prop::DEPLOYMENT_CONTROLLER, "CODE_DEPLOY");
    // Strategies are those of the ECS controller.
    if !service.is(prop::DEPLOYMENT_STRATEGY, "ROLLING") {
        to_codedeploy.reset(service, prop::DEPLOYMENT_STRATEGY);
    }
    Detection::new()
        .pin(group)
        .pin(service)
        .pin_link(deploys.link)
        .on(deploys.link, true, step("is-to-deploy").name("group", group).name("service", service))
        .at(
            service,
            false,
            step("deployment-controller").name("service", service).arg("controller", controller),
        )
        .name("group", group)
        .name("service", service)
        .words("controller", controller)
        .fix(to_codedeploy.done("use-codedeploy"))
        .fix(FixBuilder::new(world).unlink(deploys.link).done("drop-group"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_on_every_other_controller() {
        for service in ["", "deploymentStrategy=BLUE_GREEN", "deploymentController=EXTERNAL"] {
            check(
                &TRAP,
                &format!(
                    "
            #! fixes use-codedeploy drop-group
            web: ecs-service {service}
            group: codedeploy-deployment-group    #! deployment-controller-mismatch
            group -> web: deploys"
                ),
            );
        }
    }

    #[test]
    fn silent_where_they_fit_or_a_pipeline_deploys() {
        check(
            &TRAP,
            "
            web: ecs-service deploymentController=CODE_DEPLOY
            api: ecs-service
            group: codedeploy-deployment-group
            idle: codedeploy-deployment-group
            pipeline: codepipeline
            group -> web: deploys
            pipeline -> group: deploys
            pipeline -> api: deploys",
        );
    }

    #[test]
    fn says_what_is_wrong() {
        check(
            &TRAP,
            "
            web: ecs-service
            group: codedeploy-deployment-group    #! deployment-controller-mismatch: `group` is to deploy `web`, whose deployment controller is `ECS`: CodeDeploy refuses the group.
            group -> web: deploys",
        );
    }
}
