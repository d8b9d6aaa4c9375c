//! A load balancer in front of tasks on servers of one's own (`feat-ecs-anywhere`, `tip-ecs-anywhere`).

use trapwise_model::{LinkKind, SortedMap};

use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::traps::fix::{FixBuilder, name};
use crate::traps::{Scene, Trap, evidence};
use crate::world::{Compute, Edge, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "load-balancer-on-external",
    area: Area::Compute,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["feat-ecs-anywhere", "tip-ecs-anywhere"],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let external = world.workloads().iter().filter(|one| one.compute.contains(&Compute::External));
    let forwards = external.flat_map(|one| world.graph().inc(one.node, LinkKind::Forwards));
    forwards.map(|forward| detection(world, forward)).collect()
}

fn detection<'d>(world: &World<'d>, forward: &Edge<'d>) -> Detection {
    let (balancer, service) = (forward.from, forward.to);
    Detection {
        components: vec![service.id.clone(), balancer.id.clone()],
        links: vec![forward.link.id.clone()],
        evidence: vec![
            evidence::at(service, true, format!("`{}` runs on external instances", service.id)),
            evidence::on(forward.link, false, format!("`{}` cannot register them", balancer.id)),
        ],
        args: SortedMap::from([("service", name(service)), ("balancer", name(balancer))]),
        fixes: vec![FixBuilder::new(world).unlink(forward.link).done("drop-balancer")],
    }
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_on_external_instances() {
        check(
            &TRAP,
            "
            #! fixes drop-balancer
            alb: load-balancer
            till: ecs-service launchType=EXTERNAL    #! load-balancer-on-external
            alb -> till: forwards targetType=ip",
        );
    }

    #[test]
    fn silent_elsewhere_and_without_one() {
        check(
            &TRAP,
            "
            alb: load-balancer
            till: ecs-service launchType=EXTERNAL
            web: ecs-service launchType=EC2
            api: ecs-service launchType=FARGATE
            alb -> web: forwards targetType=instance
            alb -> api: forwards targetType=ip
            till -> alb: calls",
        );
    }
}
