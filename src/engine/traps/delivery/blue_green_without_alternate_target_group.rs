//! Native blue/green, linear or canary behind a load balancer with one target group (`feat-blue-green-codedeploy`,
//! `tip-bg-answer-is-codedeploy`): the new tasks have nowhere to register.
//!
//! Without a load balancer (Service Connect, Lattice or none) no target group is needed.

use super::release::{Release, add_target_group, forwards, services, target_groups};
use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Edge, Node, World};
use trapwise_model::catalogue::prop;

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "blue-green-without-alternate-target-group",
    area: Area::Delivery,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["tip-bg-answer-is-codedeploy", "feat-blue-green-codedeploy", "pat-alb-register"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let shifting = services(world).filter(|(_, release)| *release == Release::Shifting);
    shifting
        .map(|(service, _)| (service.node, forwards(world, service.node)))
        .filter(|(_, forwards)| target_groups(forwards) == 1)
        .filter_map(|(service, forwards)| Some(detection(world, service, forwards, *forwards.first()?)))
        .collect()
}

fn detection<'d>(world: &World<'d>, service: Node<'d>, forwards: &[Edge<'d>], first: Edge<'d>) -> Detection {
    let strategy = service.component().text(prop::DEPLOYMENT_STRATEGY).unwrap_or_default();
    Detection::new()
        .pin(service)
        .pin(first.from)
        .pin_links(forwards)
        .at(service, true, step("deployed-by").name("service", service).arg("strategy", strategy))
        .at(first.from, false, step("no-alternate-group").name("balancer", first.from))
        .name("service", service)
        .name("balancer", first.from)
        .words("strategy", strategy)
        .fix(add_target_group(&mut FixBuilder::new(world), world, service).done("add-target-group"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_for_each_strategy_that_shifts_traffic() {
        for strategy in ["BLUE_GREEN", "LINEAR", "CANARY"] {
            check(
                &TRAP,
                &format!(
                    "
            #! fixes add-target-group
            alb: load-balancer
            web: ecs-service deploymentStrategy={strategy}    #! blue-green-without-alternate-target-group
            alb -> web: forwards targetGroup=blue"
                ),
            );
        }
    }

    #[test]
    fn silent_on_two_groups_no_balancer_or_other_deployments() {
        check(
            &TRAP,
            "
            alb: load-balancer
            names: cloud-map-namespace
            web: ecs-service deploymentStrategy=BLUE_GREEN
            api: ecs-service deploymentStrategy=BLUE_GREEN
            headless: ecs-service deploymentStrategy=CANARY
            rolling: ecs-service
            old: ecs-service deploymentController=CODE_DEPLOY
            alb -> web: forwards targetGroup=blue
            alb -> web: forwards targetGroup=green listener=none
            api -> names: registers as=client-server
            alb -> rolling: forwards
            alb -> old: forwards",
        );
    }

    #[test]
    fn says_what_is_wrong() {
        check(
            &TRAP,
            "
            alb: load-balancer
            web: ecs-service deploymentStrategy=LINEAR    #! blue-green-without-alternate-target-group: `web` is deployed by `LINEAR`, but `alb` has no alternate target group for the new tasks: the service cannot be set up.
            alb -> web: forwards targetGroup=blue",
        );
    }
}
