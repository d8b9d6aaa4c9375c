//! CodeDeploy for a service that no load balancer forwards to (`feat-blue-green-codedeploy`): there is no
//! traffic that it could shift.

use super::release::{Release, forwards, go_native, services};
use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::world::{Node, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "codedeploy-without-load-balancer",
    area: Area::Delivery,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["feat-blue-green-codedeploy", "pat-alb-register", "tip-bg-answer-is-codedeploy"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let by_codedeploy = services(world).filter(|(_, release)| *release == Release::CodeDeploy);
    let unbalanced = by_codedeploy.filter(|(service, _)| forwards(world, service.node).is_empty());
    unbalanced.map(|(service, _)| detection(world, service.node)).collect()
}

fn detection<'d>(world: &World<'d>, service: Node<'d>) -> Detection {
    Detection::new()
        .pin(service)
        .at(service, true, step("is-to-shift-traffic").name("service", service))
        .at(service, false, step("no-load-balancer").name("service", service))
        .name("service", service)
        .fix(go_native(world, service, "BLUE_GREEN").done("use-native"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_with_or_without_a_deployment_group() {
        check(
            &TRAP,
            "
            #! fixes use-native
            web: ecs-service deploymentController=CODE_DEPLOY    #! codedeploy-without-load-balancer: CodeDeploy is to shift the traffic of `web`, but no load balancer forwards to it: there is nothing to shift.
            api: ecs-service deploymentController=CODE_DEPLOY    #! codedeploy-without-load-balancer
            group: codedeploy-deployment-group
            group -> api: deploys",
        );
    }

    #[test]
    fn silent_behind_a_load_balancer_or_without_codedeploy() {
        check(
            &TRAP,
            "
            nlb: load-balancer type=network
            web: ecs-service deploymentController=CODE_DEPLOY
            worker: ecs-service deploymentStrategy=BLUE_GREEN
            other: ecs-service
            nlb -> web: forwards",
        );
    }
}
