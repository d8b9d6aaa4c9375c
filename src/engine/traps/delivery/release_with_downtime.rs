//! A rolling deployment that may stop every task before a new one runs (needs `production`;
//! `feat-rolling-default`).

use super::release::{forwards, rolling};
use crate::finding::Detection;
use crate::terms::{Area, Domain, Need, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Workload, World};
use trapwise_model::catalogue::prop;

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "release-with-downtime",
    area: Area::Delivery,
    severity: Severity::Major,
    domain: Domain::Resilient,
    facts: &["feat-rolling-default", "tip-rolling-in-place"],
    needs: &[Need::Production],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    // Whether anyone notices depends on who calls: with a load balancer in front, somebody does.
    let served = rolling(world).filter(|service| !forwards(world, service.node).is_empty());
    let dark = served.filter(|service| service.tasks() > 0 && world.deployment_range(service).least == 0);
    dark.map(|service| detection(world, service)).collect()
}

fn detection<'d>(world: &World<'d>, service: &Workload<'d>) -> Detection {
    let node = service.node;
    let mut fix = FixBuilder::new(world);
    fix.reset(node, prop::MINIMUM_HEALTHY_PERCENT);
    if node.int(prop::MAXIMUM_PERCENT).is_some_and(|percent| percent < 200) {
        fix.reset(node, prop::MAXIMUM_PERCENT);
    }
    Detection::new()
        .pin(node)
        .at(node, true, step("stops-old-tasks").name("service", node))
        .at(node, false, step("none-stays-healthy"))
        .name("service", node)
        .fix(fix.done("start-first"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_where_nothing_has_to_stay() {
        for service in
            ["minimumHealthyPercent=0 maximumPercent=100", "desiredCount=4 minimumHealthyPercent=0"]
        {
            check(
                &TRAP,
                &format!(
                    "
            #! needs production
            #! fixes start-first
            alb: load-balancer
            web: ecs-service {service}    #! release-with-downtime: A release may stop every task of `web` before a new one serves: its minimum healthy percent is 0.
            alb -> web: forwards"
                ),
            );
        }
    }

    #[test]
    fn silent_where_one_stays_nobody_calls_or_a_pause_is_allowed() {
        check(
            &TRAP,
            "
            #! needs production
            alb: load-balancer
            one: ecs-service minimumHealthyPercent=1 maximumPercent=200
            half: ecs-service desiredCount=2 minimumHealthyPercent=50 maximumPercent=100
            none: ecs-service desiredCount=0 minimumHealthyPercent=0
            worker: ecs-service minimumHealthyPercent=0
            new: ecs-service minimumHealthyPercent=0 deploymentStrategy=BLUE_GREEN
            alb -> one: forwards
            alb -> half: forwards
            alb -> none: forwards
            alb -> new: forwards",
        );
        check(
            &TRAP,
            "
            alb: load-balancer
            web: ecs-service minimumHealthyPercent=0 maximumPercent=100
            alb -> web: forwards",
        );
    }
}
