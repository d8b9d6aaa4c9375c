//! A strategy with more than one base (`feat-capacity-providers`).

use super::strategy::{base, is_spot};
use crate::finding::{Detection, Step};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::{FixBuilder, name};
use crate::world::{Edge, Workload, World};
use trapwise_model::catalogue::prop;

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "two-bases-in-strategy",
    area: Area::Compute,
    severity: Severity::Critical,
    domain: Domain::CostOptimised,
    facts: &["feat-capacity-providers", "feat-fargate-spot"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let found = world.workloads().iter().filter_map(|workload| {
        let based = workload.strategy.iter().filter(|entry| base(entry) > 0).collect::<Vec<_>>();
        (based.len() > 1).then(|| detection(world, workload, &based))
    });
    found.collect()
}

fn detection<'d>(world: &World<'d>, workload: &Workload<'d>, based: &[&Edge<'d>]) -> Detection {
    let node = workload.node;
    // The tasks that must always run belong on capacity that stays.
    let steady = based.iter().position(|entry| !is_spot(world, entry.to)).unwrap_or(0);
    let others = based.iter().enumerate().filter(|(index, _)| *index != steady);
    let mut fix = FixBuilder::new(world);
    for (_, entry) in others {
        fix.set_link(entry.link, prop::BASE, 0_i64);
    }
    let based_on = |(index, entry): (usize, &&Edge<'d>)| {
        Step::on(entry.link, index == 0, step("has-base").name("provider", entry.to).arg("base", base(entry)))
    };
    Detection::new()
        .pin(node)
        .pin_links(based.iter().copied())
        .steps(based.iter().enumerate().map(based_on))
        .name("service", node)
        .names("providers", based.iter().map(|entry| &entry.to))
        .arg("kept", based.get(steady).map(|entry| name(entry.to)).unwrap_or_default())
        .fix(fix.done("keep-one"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_on_two_and_on_three() {
        check(
            &TRAP,
            "
            #! fixes keep-one
            a: capacity-provider type=FARGATE_SPOT
            b: capacity-provider type=FARGATE
            c: capacity-provider type=FARGATE
            web: ecs-service    #! two-bases-in-strategy: The strategy of `web` has more than one base (`a`, `b`): only one entry may have one, so it is refused.
            api: ecs-service    #! two-bases-in-strategy
            web -> a: uses base=1 weight=1
            web -> b: uses base=2 weight=1
            api -> a: uses base=1 weight=1
            api -> b: uses base=1
            api -> c: uses base=1",
        );
    }

    #[test]
    fn silent_with_one_and_none() {
        check(
            &TRAP,
            "
            a: capacity-provider type=FARGATE_SPOT
            b: capacity-provider type=FARGATE
            web: ecs-service
            api: ecs-service
            web -> a: uses weight=1
            web -> b: uses base=2 weight=1
            api -> a: uses weight=1
            api -> b: uses base=0 weight=1",
        );
    }
}
