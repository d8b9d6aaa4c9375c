//! A load balancer in front of tasks on servers of one's own (`feat-ecs-anywhere`, `tip-ecs-anywhere`).

use trapwise_model::LinkKind;

use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::traps::fix::FixBuilder;
use crate::traps::{Scene, Trap};
use crate::world::{Compute, Edge, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "load-balancer-on-external",
    area: Area::Compute,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["feat-ecs-anywhere", "tip-ecs-anywhere"],
    needs: &[],
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
    Detection::new()
        .pin(service)
        .pin(balancer)
        .pin_link(forward.link)
        .at(service, true, format!("`{}` runs on external instances", service.id))
        .on(forward.link, false, format!("`{}` cannot register them", balancer.id))
        .name("service", service)
        .name("balancer", balancer)
        .fix(FixBuilder::new(world).unlink(forward.link).done("drop-balancer"))
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
            till: ecs-service launchType=EXTERNAL    #! load-balancer-on-external: `alb` is to forward to `till`, whose tasks run on external instances: the service is refused.
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
