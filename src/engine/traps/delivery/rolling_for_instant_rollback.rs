//! A rolling deployment where all traffic must be able to return at once (needs `instant-rollback`;
//! `tip-bg-answer-is-codedeploy`, `mis-rolling-same-as-bg`).

use super::release::{go_native, rolling};
use crate::finding::Detection;
use crate::terms::{Area, Domain, Need, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::world::{Workload, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "rolling-for-instant-rollback",
    area: Area::Delivery,
    severity: Severity::Major,
    domain: Domain::Resilient,
    facts: &[
        "tip-bg-answer-is-codedeploy",
        "mis-rolling-same-as-bg",
        "tip-rolling-in-place",
        "feat-blue-green-codedeploy",
    ],
    needs: &[Need::InstantRollback],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    rolling(scene.world).map(|service| detection(scene.world, service)).collect()
}

fn detection<'d>(world: &World<'d>, service: &Workload<'d>) -> Detection {
    let node = service.node;
    Detection::new()
        .pin(node)
        .at(node, true, step("replaced-step-by-step").name("service", node))
        .at(node, false, step("old-tasks-gone"))
        .name("service", node)
        .fix(go_native(world, node, "BLUE_GREEN").done("use-blue-green"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_on_the_default() {
        check(
            &TRAP,
            "
            #! needs instant-rollback
            #! fixes use-blue-green
            alb: load-balancer
            web: ecs-service deploymentCircuitBreaker=true deploymentRollback=true    #! rolling-for-instant-rollback: All traffic of `web` must be able to return at once, but a rolling deployment has ended the old tasks by then.
            worker: ecs-service    #! rolling-for-instant-rollback
            alb -> web: forwards targetGroup=green targetType=ip",
        );
    }

    #[test]
    fn silent_on_two_sets_of_tasks_or_without_the_need() {
        check(
            &TRAP,
            "
            #! needs instant-rollback production
            old: ecs-service deploymentController=CODE_DEPLOY
            new: ecs-service deploymentStrategy=BLUE_GREEN
            own: ecs-service deploymentController=EXTERNAL
            agent: ecs-service schedulingStrategy=DAEMON
            job: standalone-task",
        );
        check(&TRAP, "#! needs automatic-rollback production\n web: ecs-service");
    }
}
