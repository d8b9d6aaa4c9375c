//! Nothing undoes a release that fails (needs `automatic-rollback`; `mis-rolling-same-as-bg`).
//!
//! Native blue/green, linear and canary deployments return by themselves when their new tasks fail.

use super::release::{Release, alarms, deployment_groups, services};
use crate::finding::{Detection, Fix};
use crate::terms::{Area, Domain, Need, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Node, World};
use trapwise_model::catalogue::prop;

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "no-automatic-rollback",
    area: Area::Delivery,
    severity: Severity::Major,
    domain: Domain::Resilient,
    facts: &["mis-rolling-same-as-bg", "release-circuit-breaker", "pat-bg-codedeploy"],
    needs: &[Need::AutomaticRollback],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let mut found = Vec::new();
    for (service, release) in services(world) {
        let node = service.node;
        match release {
            // Stopped without rollback is a trap of its own.
            Release::Rolling
                if !node.flag(prop::DEPLOYMENT_CIRCUIT_BREAKER) && !alarm_returns(world, node) =>
            {
                let mut fix = FixBuilder::new(world);
                fix.set(node, prop::DEPLOYMENT_CIRCUIT_BREAKER, true).set(
                    node,
                    prop::DEPLOYMENT_ROLLBACK,
                    true,
                );
                found.push(detection(node, node, fix.done("circuit-breaker")));
            }
            Release::CodeDeploy => {
                for group in deployment_groups(world, node) {
                    if !group.from.flag(prop::AUTO_ROLLBACK) {
                        let mut fix = FixBuilder::new(world);
                        fix.set(group.from, prop::AUTO_ROLLBACK, true);
                        found.push(detection(node, group.from, fix.done("roll-back")));
                    }
                }
            }
            _ => {}
        }
    }
    found
}

/// Whether an alarm stops a deployment of the service and returns to the one before.
fn alarm_returns<'d>(world: &World<'d>, service: Node<'d>) -> bool {
    service.flag(prop::DEPLOYMENT_ROLLBACK) && alarms(world, service).next().is_some()
}

fn detection(service: Node<'_>, owner: Node<'_>, fix: Fix) -> Detection {
    Detection::new()
        .pin(owner)
        .pin_all((owner != service).then_some(&service))
        .at(service, true, step("release-fails").name("service", service))
        .at(owner, false, step("does-not-undo").name("owner", owner))
        .name("service", service)
        .name("owner", owner)
        .fix(fix)
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_on_the_defaults() {
        check(
            &TRAP,
            "
            #! needs automatic-rollback
            #! fixes circuit-breaker
            web: ecs-service    #! no-automatic-rollback: A release of `web` that fails has to be undone by itself, but `web` does not do so: somebody has to.
            half: ecs-service    #! no-automatic-rollback
            alarm: cloudwatch-alarm
            alarm -> half: triggers",
        );
        check(
            &TRAP,
            "
            #! needs automatic-rollback
            #! fixes roll-back
            web: ecs-service deploymentController=CODE_DEPLOY
            group: codedeploy-deployment-group    #! no-automatic-rollback
            group -> web: deploys",
        );
    }

    #[test]
    fn silent_where_something_returns_or_without_the_need() {
        check(
            &TRAP,
            "
            #! needs automatic-rollback
            breaker: ecs-service deploymentCircuitBreaker=true
            alarmed: ecs-service deploymentRollback=true
            old: ecs-service deploymentController=CODE_DEPLOY
            new: ecs-service deploymentStrategy=CANARY
            alarm: cloudwatch-alarm
            group: codedeploy-deployment-group autoRollback=true
            idle: codedeploy-deployment-group
            alarm -> alarmed: triggers
            group -> old: deploys",
        );
        check(&TRAP, "#! needs production\n web: ecs-service");
    }
}
