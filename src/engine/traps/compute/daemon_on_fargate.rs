//! A daemon service on Fargate, which has no hosts to run one task on each (`trap-daemon-on-fargate`).

use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Node, World};
use trapwise_model::catalogue::prop;

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "daemon-on-fargate",
    area: Area::Compute,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["trap-daemon-on-fargate", "mnemo-fang"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let on_fargate = scene.world.workloads().iter().filter(|one| one.on_fargate()).map(|one| one.node);
    let daemons = on_fargate.filter(|node| node.is(prop::SCHEDULING_STRATEGY, "DAEMON"));
    daemons.map(|node| detection(scene.world, node)).collect()
}

fn detection<'d>(world: &World<'d>, service: Node<'d>) -> Detection {
    Detection::new()
        .pin(service)
        .at(service, false, step("one-for-each-instance").name("service", service))
        .name("service", service)
        .fix(FixBuilder::new(world).reset(service, prop::SCHEDULING_STRATEGY).done("replica"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_on_every_kind_of_fargate() {
        check(
            &TRAP,
            "
            #! fixes replica
            spot: capacity-provider type=FARGATE_SPOT
            agent: ecs-service launchType=FARGATE schedulingStrategy=DAEMON    #! daemon-on-fargate: `agent` wants one task on each host, and runs on Fargate, which has no hosts to count: it is refused.
            other: ecs-service schedulingStrategy=DAEMON    #! daemon-on-fargate
            other -> spot: uses weight=1",
        );
    }

    #[test]
    fn silent_on_hosts_and_for_replicas() {
        check(
            &TRAP,
            "
            own: capacity-provider type=EC2_AUTOSCALING
            a: ecs-service launchType=EC2 schedulingStrategy=DAEMON
            b: ecs-service launchType=EXTERNAL schedulingStrategy=DAEMON
            c: ecs-service schedulingStrategy=DAEMON
            d: ecs-service launchType=FARGATE schedulingStrategy=REPLICA
            c -> own: uses weight=1",
        );
    }
}
