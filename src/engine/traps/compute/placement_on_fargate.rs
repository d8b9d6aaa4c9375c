//! Placement strategies and constraints on Fargate, where AWS places tasks (`tip-fargate-limits`).

use crate::finding::{Detection, Step};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Node, World};
use trapwise_model::catalogue::{PropId, prop};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "placement-on-fargate",
    area: Area::Compute,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["tip-fargate-limits", "feat-placement-strategies", "mnemo-fang"],
    needs: &[],
    detect,
};

const SETTINGS: [PropId; 2] = [prop::PLACEMENT_STRATEGY, prop::PLACEMENT_CONSTRAINTS];

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let on_fargate = scene.world.workloads().iter().filter(|one| one.on_fargate()).map(|one| one.node);
    let found = on_fargate.filter_map(|node| {
        let set = SETTINGS.into_iter().filter(|prop| !node.list(*prop).is_empty()).collect::<Vec<_>>();
        (!set.is_empty()).then(|| detection(scene.world, node, &set))
    });
    found.collect()
}

fn detection<'d>(world: &World<'d>, service: Node<'d>, set: &[PropId]) -> Detection {
    let mut fix = FixBuilder::new(world);
    for prop in set {
        fix.reset(service, *prop);
    }
    let seen = |prop: &PropId| {
        let says = step("has-setting").name("service", service).code("setting", prop.as_str());
        Step::at(service, false, says)
    };
    Detection::new()
        .pin(service)
        .steps(set.iter().map(seen))
        .name("service", service)
        .codes("settings", set.iter().map(|prop| prop.as_str()))
        .fix(fix.done("leave-to-aws"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_on_strategies_and_constraints() {
        check(
            &TRAP,
            "
            #! fixes leave-to-aws
            web: ecs-service launchType=FARGATE placementStrategy=[{\"type\":\"random\"}]    #! placement-on-fargate: `web` runs on Fargate and has placement settings (`placementStrategy`), with which Fargate refuses it.
            job: standalone-task launchType=FARGATE placementConstraints=[{\"type\":\"distinctInstance\"}]    #! placement-on-fargate",
        );
    }

    #[test]
    fn silent_on_instances_and_with_empty_lists() {
        check(
            &TRAP,
            "
            web: ecs-service launchType=EC2 placementStrategy=[{\"type\":\"random\"}]
            api: ecs-service launchType=FARGATE placementStrategy=[]
            job: standalone-task launchType=FARGATE",
        );
    }
}
