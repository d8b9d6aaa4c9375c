//! Both percentages of a rolling deployment at 100 (`trap-min-max-100`): no task may stop, none may start.

use super::release::rolling;
use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Workload, World};
use trapwise_model::catalogue::prop;

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "min-max-100",
    area: Area::Delivery,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["trap-min-max-100", "feat-rolling-default"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    rolling(world).filter(|service| is_stuck(service)).map(|service| detection(world, service)).collect()
}

/// Whether neither percentage leaves any room, whatever the number of tasks.
pub(super) fn is_stuck(service: &Workload<'_>) -> bool {
    let percent = |prop| service.node.int(prop);
    (percent(prop::MINIMUM_HEALTHY_PERCENT), percent(prop::MAXIMUM_PERCENT)) == (Some(100), Some(100))
}

fn detection<'d>(world: &World<'d>, service: &Workload<'d>) -> Detection {
    let node = service.node;
    let mut fixes =
        vec![FixBuilder::new(world).set(node, prop::MAXIMUM_PERCENT, 200_i64).done("raise-maximum")];
    // Half of one task is one task: nothing would be allowed to stop.
    if service.least_tasks() > 1 {
        fixes.push(
            FixBuilder::new(world).set(node, prop::MINIMUM_HEALTHY_PERCENT, 50_i64).done("lower-minimum"),
        );
    }
    Detection::new()
        .pin(node)
        .at(node, false, step("none-may-stop").name("service", node))
        .at(node, false, step("none-may-start").name("service", node))
        .name("service", node)
        .fixes(fixes)
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_whatever_the_number_of_tasks() {
        check(
            &TRAP,
            "
            #! fixes raise-maximum lower-minimum
            web: ecs-service desiredCount=4 maximumPercent=100    #! min-max-100: `web` must keep 100 percent of its tasks and may not have more than 100 percent: a deployment can move none.
            api: ecs-service desiredCount=2 minimumHealthyPercent=100 maximumPercent=100    #! min-max-100",
        );
        check(
            &TRAP,
            "
            #! fixes raise-maximum
            web: ecs-service maximumPercent=100    #! min-max-100
            api: ecs-service desiredCount=4 minCapacity=1 maximumPercent=100    #! min-max-100",
        );
    }

    #[test]
    fn silent_where_there_is_room_or_no_rolling_deployment() {
        check(
            &TRAP,
            "
            web: ecs-service desiredCount=4
            api: ecs-service minimumHealthyPercent=50 maximumPercent=100
            old: ecs-service maximumPercent=100 deploymentController=CODE_DEPLOY
            own: ecs-service maximumPercent=100 deploymentController=EXTERNAL
            new: ecs-service maximumPercent=100 deploymentStrategy=BLUE_GREEN
            agent: ecs-service maximumPercent=100 schedulingStrategy=DAEMON
            batch: standalone-task",
        );
    }
}
