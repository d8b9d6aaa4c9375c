//! A second set of tasks whose predecessor is ended as soon as the traffic has moved (needs
//! `instant-rollback`; `mnemo-bg-vs-rolling`): the way back is gone with it.

use super::release::{Release, deployment_groups, services};
use crate::finding::Detection;
use crate::terms::{Area, Domain, Need, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Node, World};
use trapwise_model::catalogue::{PropId, prop};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "old-tasks-gone-at-once",
    area: Area::Delivery,
    severity: Severity::Major,
    domain: Domain::Resilient,
    facts: &["mnemo-bg-vs-rolling", "feat-blue-green-codedeploy"],
    needs: &[Need::InstantRollback],
    detect,
};

/// Minutes that the fix keeps the old tasks.
const WAIT: i64 = 60;

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let mut found = Vec::new();
    for (service, release) in services(world) {
        let node = service.node;
        match release {
            Release::Shifting if node.int(prop::BAKE_TIME_IN_MINUTES) == Some(0) => {
                found.push(detection(world, node, node, prop::BAKE_TIME_IN_MINUTES));
            }
            Release::CodeDeploy => found.extend(
                deployment_groups(world, node)
                    .iter()
                    .filter(|group| group.from.int(prop::TERMINATION_WAIT_TIME_IN_MINUTES) == Some(0))
                    .map(|group| detection(world, node, group.from, prop::TERMINATION_WAIT_TIME_IN_MINUTES)),
            ),
            _ => {}
        }
    }
    found
}

fn detection<'d>(world: &World<'d>, service: Node<'d>, owner: Node<'d>, prop: PropId) -> Detection {
    Detection::new()
        .pin(owner)
        .pin_all((owner != service).then_some(&service))
        .at(service, true, step("traffic-has-moved"))
        .at(owner, false, step("old-tasks-end").code("setting", prop.as_str()))
        .name("service", service)
        .name("owner", owner)
        .code("setting", prop.as_str())
        .arg("wait", WAIT)
        .fix(FixBuilder::new(world).set(owner, prop, WAIT).done("keep-old-tasks"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_on_no_time_at_all() {
        check(
            &TRAP,
            "
            #! needs instant-rollback
            #! fixes keep-old-tasks
            web: ecs-service deploymentController=CODE_DEPLOY
            new: ecs-service deploymentStrategy=BLUE_GREEN bakeTimeInMinutes=0    #! old-tasks-gone-at-once: The old tasks of `new` end as soon as the traffic has moved (`bakeTimeInMinutes` of `new` is 0): there is nothing left to return to.
            group: codedeploy-deployment-group    #! old-tasks-gone-at-once
            group -> web: deploys",
        );
    }

    #[test]
    fn silent_with_some_time_or_without_the_need() {
        check(
            &TRAP,
            "
            #! needs instant-rollback
            web: ecs-service deploymentController=CODE_DEPLOY
            new: ecs-service deploymentStrategy=BLUE_GREEN bakeTimeInMinutes=15
            unset: ecs-service deploymentStrategy=CANARY
            rolling: ecs-service bakeTimeInMinutes=0
            group: codedeploy-deployment-group terminationWaitTimeInMinutes=5
            idle: codedeploy-deployment-group
            group -> web: deploys",
        );
        check(
            &TRAP,
            "
            #! needs production
            web: ecs-service deploymentController=CODE_DEPLOY
            group: codedeploy-deployment-group
            group -> web: deploys",
        );
    }
}
