//! Percentages of a rolling deployment that look like room and are none once they are rounded
//! (`feat-rolling-default`): the floor rounds up, the ceiling down.
//!
//! 100 and 100 is a trap of its own, `min-max-100`. Where the number of tasks varies, the smallest counts
//! too: a share of few tasks rounds away first.

use super::min_max_100;
use super::release::rolling;
use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{DeploymentRange, Workload, World, deployment_range};
use trapwise_documents::message::Message;
use trapwise_model::catalogue::prop;

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "deployment-percentages-stuck",
    area: Area::Delivery,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["feat-rolling-default", "trap-min-max-100"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let rounded = rolling(world).filter(|service| !min_max_100::is_stuck(service));
    rounded.filter_map(|service| Some(detection(world, service, stuck_at(service)?))).collect()
}

/// The number of tasks with which a deployment can neither stop nor start one.
fn stuck_at(service: &Workload<'_>) -> Option<u32> {
    let (min, max) = percentages(service);
    [service.tasks(), service.least_tasks()].into_iter().find(|tasks| {
        let DeploymentRange { least, most } = deployment_range(*tasks, min, max);
        *tasks > 0 && least >= *tasks && most <= *tasks
    })
}

fn percentages(service: &Workload<'_>) -> (u32, u32) {
    let percent =
        |prop, usual| service.node.int(prop).and_then(|percent| u32::try_from(percent).ok()).unwrap_or(usual);
    (percent(prop::MINIMUM_HEALTHY_PERCENT, 100), percent(prop::MAXIMUM_PERCENT, 200))
}

fn detection<'d>(world: &World<'d>, service: &Workload<'d>, tasks: u32) -> Detection {
    let node = service.node;
    let (min, max) = percentages(service);
    let share = |percent: u32, rounded: Message| {
        let hundredths = u64::from(tasks) * u64::from(percent);
        let (whole, fraction) = (hundredths / 100, hundredths % 100);
        let share = match fraction {
            0 => step("share").arg("exact", whole),
            _ => rounded.words("exact", format!("{whole}.{fraction:02}").trim_end_matches('0')),
        };
        share.arg("percent", percent).arg("tasks", tasks)
    };
    let mut fixes =
        vec![FixBuilder::new(world).set(node, prop::MAXIMUM_PERCENT, 200_i64).done("raise-maximum")];
    // Half of one task is one task: nothing would be allowed to stop.
    if tasks > 1 && service.least_tasks() > 1 {
        fixes.push(
            FixBuilder::new(world).set(node, prop::MINIMUM_HEALTHY_PERCENT, 50_i64).done("lower-minimum"),
        );
    }
    Detection::new()
        .pin(node)
        .at(node, false, step("none-may-stop").arg("share", share(min, step("share-rounded-up"))))
        .at(node, false, step("none-may-start").arg("share", share(max, step("share-rounded-down"))))
        .name("service", node)
        .arg("tasks", tasks)
        .arg("minimum", min)
        .arg("maximum", max)
        .fixes(fixes)
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_where_rounding_leaves_no_room() {
        for (fixes, service) in [
            ("raise-maximum lower-minimum", "desiredCount=3 maximumPercent=125"),
            ("raise-maximum lower-minimum", "desiredCount=2 minimumHealthyPercent=75 maximumPercent=100"),
            ("raise-maximum lower-minimum", "desiredCount=4 minimumHealthyPercent=80 maximumPercent=120"),
            ("raise-maximum", "minimumHealthyPercent=50 maximumPercent=150"),
            // Enough room with eight, none with two.
            ("raise-maximum lower-minimum", "desiredCount=8 minCapacity=2 maximumPercent=125"),
            ("raise-maximum", "desiredCount=8 minCapacity=1 maximumPercent=150"),
        ] {
            check(
                &TRAP,
                &format!(
                    "
            #! fixes {fixes}
            web: ecs-service {service}    #! deployment-percentages-stuck"
                ),
            );
        }
    }

    #[test]
    fn silent_where_one_task_may_move() {
        check(
            &TRAP,
            "
            usual: ecs-service
            half: ecs-service desiredCount=4 minimumHealthyPercent=50
            only-stops: ecs-service desiredCount=4 minimumHealthyPercent=75 maximumPercent=100
            only-starts: ecs-service desiredCount=4 maximumPercent=125
            none-runs: ecs-service desiredCount=0 maximumPercent=125
            zero: ecs-service minimumHealthyPercent=0 maximumPercent=100",
        );
    }

    #[test]
    fn silent_on_both_at_100_and_beside_rolling_deployments() {
        check(
            &TRAP,
            "
            both: ecs-service desiredCount=3 maximumPercent=100
            old: ecs-service desiredCount=3 maximumPercent=125 deploymentController=CODE_DEPLOY
            new: ecs-service desiredCount=3 maximumPercent=125 deploymentStrategy=CANARY
            agent: ecs-service desiredCount=3 maximumPercent=125 schedulingStrategy=DAEMON
            batch: standalone-task count=3",
        );
    }

    #[test]
    fn says_what_is_wrong() {
        check(
            &TRAP,
            "
            web: ecs-service desiredCount=3 maximumPercent=125    #! deployment-percentages-stuck: Rounded to whole tasks, 100 and 125 percent of 3 are both 3: a deployment of `web` can neither stop nor start one.",
        );
    }
}
