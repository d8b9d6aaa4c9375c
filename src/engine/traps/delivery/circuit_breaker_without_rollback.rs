//! A circuit breaker that stops a failing release and leaves it there (needs `automatic-rollback`;
//! `mis-rolling-same-as-bg`).
//!
//! Where nobody asks for a rollback, a breaker that only stops is still better than none, which costs nothing.

use super::release::rolling;
use crate::finding::Detection;
use crate::terms::{Area, Domain, Need, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Node, World};
use trapwise_model::catalogue::prop;

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "circuit-breaker-without-rollback",
    area: Area::Delivery,
    severity: Severity::Major,
    domain: Domain::Resilient,
    facts: &["mis-rolling-same-as-bg", "release-circuit-breaker"],
    needs: &[Need::AutomaticRollback],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let stays =
        |node: Node<'_>| node.flag(prop::DEPLOYMENT_CIRCUIT_BREAKER) && !node.flag(prop::DEPLOYMENT_ROLLBACK);
    let stay = rolling(scene.world).map(|service| service.node).filter(|node| stays(*node));
    stay.map(|node| detection(scene.world, node)).collect()
}

fn detection<'d>(world: &World<'d>, service: Node<'d>) -> Detection {
    Detection::new()
        .pin(service)
        .at(service, true, step("failed-release-stopped").name("service", service))
        .at(service, false, step("nothing-returns"))
        .name("service", service)
        .fix(FixBuilder::new(world).set(service, prop::DEPLOYMENT_ROLLBACK, true).done("roll-back"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_where_somebody_has_to_be_woken() {
        check(
            &TRAP,
            "
            #! needs automatic-rollback
            #! fixes roll-back
            web: ecs-service deploymentCircuitBreaker=true    #! circuit-breaker-without-rollback: The circuit breaker stops a failing release of `web`, and nothing returns to the release before it.",
        );
    }

    #[test]
    fn silent_with_rollback_without_breaker_or_need() {
        check(
            &TRAP,
            "
            #! needs automatic-rollback production
            web: ecs-service deploymentCircuitBreaker=true deploymentRollback=true
            none: ecs-service
            new: ecs-service deploymentCircuitBreaker=true deploymentStrategy=BLUE_GREEN",
        );
        // Where nothing has to be undone, a failed release may be wanted as it is, to look at.
        check(
            &TRAP,
            "
            #! needs production
            web: ecs-service deploymentCircuitBreaker=true",
        );
    }
}
