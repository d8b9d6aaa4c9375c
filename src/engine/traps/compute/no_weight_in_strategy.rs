//! A strategy in which every weight is 0 (`feat-capacity-providers`): the API's default, not the console's.

use super::strategy::weight;
use crate::finding::{Detection, Step};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Edge, Workload, World};
use trapwise_model::catalogue::prop;

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "no-weight-in-strategy",
    area: Area::Compute,
    severity: Severity::Critical,
    domain: Domain::CostOptimised,
    facts: &["feat-capacity-providers"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let weightless =
        |one: &&Workload<'_>| !one.strategy.is_empty() && one.strategy.iter().all(|entry| weight(entry) == 0);
    let found = scene.world.workloads().iter().filter(weightless);
    found.map(|workload| detection(scene.world, workload)).collect()
}

fn detection<'d>(world: &World<'d>, workload: &Workload<'d>) -> Detection {
    let node = workload.node;
    let entries = &workload.strategy;
    let weightless =
        |entry: &Edge<'d>| Step::on(entry.link, false, step("no-weight").name("provider", entry.to));
    let mut fix = FixBuilder::new(world);
    for entry in entries {
        fix.set_link(entry.link, prop::WEIGHT, 1_i64);
    }
    Detection::new()
        .pin(node)
        .pin_links(entries)
        .steps(entries.iter().map(weightless))
        .name("service", node)
        .names("providers", entries.iter().map(|entry| &entry.to))
        .fix(fix.done("weigh"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_on_weights_left_out_and_inherited() {
        check(
            &TRAP,
            "
            #! fixes weigh
            cluster: ecs-cluster
            steady: capacity-provider type=FARGATE
            spot: capacity-provider type=FARGATE_SPOT
            web: ecs-service    #! no-weight-in-strategy: No entry in the strategy of `web` has a weight above 0 (`spot`, `steady`), so the call fails.
            batch: standalone-task    #! no-weight-in-strategy
            web -> steady: uses base=2
            web -> spot: uses weight=0
            batch -> cluster: in-cluster
            cluster -> spot: uses",
        );
    }

    #[test]
    fn silent_with_one_weight_a_launch_type_or_no_strategy() {
        // An entry without weight may hold a base.
        check(
            &TRAP,
            "
            cluster: ecs-cluster
            steady: capacity-provider type=FARGATE
            spot: capacity-provider type=FARGATE_SPOT
            cluster -> spot: uses
            web: ecs-service
            web -> steady: uses base=2
            web -> spot: uses weight=1
            api: ecs-service launchType=FARGATE
            api -> cluster: in-cluster
            lone: ecs-service",
        );
    }
}
