//! Blue/green asked of ECS and of CodeDeploy at once (`feat-blue-green-codedeploy`): strategies belong to
//! the ECS controller.

use super::release::{go_native, services};
use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Node, World};
use trapwise_model::catalogue::prop;

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "native-strategy-with-codedeploy",
    area: Area::Delivery,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["feat-blue-green-codedeploy", "tip-bg-answer-is-codedeploy"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    services(world)
        .map(|(service, _)| service.node)
        .filter(|service| !service.is(prop::DEPLOYMENT_CONTROLLER, "ECS"))
        .filter_map(|service| {
            let strategy = service.component().text(prop::DEPLOYMENT_STRATEGY)?;
            STRATEGIES.iter().find(|known| **known == strategy).map(|known| detection(world, service, known))
        })
        .collect()
}

/// The strategies with a second set of tasks.
const STRATEGIES: &[&str] = &["BLUE_GREEN", "LINEAR", "CANARY"];

fn detection<'d>(world: &World<'d>, service: Node<'d>, strategy: &'static str) -> Detection {
    let controller = service.component().text(prop::DEPLOYMENT_CONTROLLER).unwrap_or_default();
    Detection::new()
        .pin(service)
        .at(service, true, step("has-controller").name("service", service).arg("controller", controller))
        .at(service, false, step("strategy-of-ecs").arg("strategy", strategy))
        .name("service", service)
        .words("controller", controller)
        .words("strategy", strategy)
        .fix(go_native(world, service, strategy).done("use-native"))
        .fix(FixBuilder::new(world).reset(service, prop::DEPLOYMENT_STRATEGY).done("drop-strategy"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_on_both_at_once() {
        for controller in ["CODE_DEPLOY", "EXTERNAL"] {
            check(
                &TRAP,
                &format!(
                    "
            #! fixes use-native drop-strategy
            web: ecs-service deploymentController={controller} deploymentStrategy=CANARY    #! native-strategy-with-codedeploy
            group: codedeploy-deployment-group
            group -> web: deploys"
                ),
            );
        }
    }

    #[test]
    fn silent_on_one_of_them() {
        check(
            &TRAP,
            "
            old: ecs-service deploymentController=CODE_DEPLOY
            said: ecs-service deploymentController=CODE_DEPLOY deploymentStrategy=ROLLING
            new: ecs-service deploymentStrategy=CANARY
            explicit: ecs-service deploymentController=ECS deploymentStrategy=LINEAR
            rolling: ecs-service",
        );
    }

    #[test]
    fn says_what_is_wrong() {
        check(
            &TRAP,
            "
            web: ecs-service deploymentController=EXTERNAL deploymentStrategy=CANARY    #! native-strategy-with-codedeploy: `web` has the controller `EXTERNAL` and the strategy `CANARY`, which goes with the `ECS` controller only: it is refused.
            group: codedeploy-deployment-group
            group -> web: deploys",
        );
    }
}
