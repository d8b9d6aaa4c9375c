//! A target group of type `instance` in front of tasks in awsvpc mode (`trap-instance-target-for-awsvpc`).
//!
//! Such tasks have addresses of their own, so only targets of type `ip` can be registered; AWS refuses to
//! create the service.

use trapwise_model::LinkKind;
use trapwise_model::catalogue::prop;

use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::fix::FixBuilder;
use crate::world::{Edge, Hop, NetworkMode, What};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "instance-target-with-awsvpc",
    area: Area::Network,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["trap-instance-target-for-awsvpc", "pat-alb-register", "tip-awsvpc-only"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let workloads = scene.world.workloads().iter();
    let awsvpc =
        workloads.filter(|workload| workload.network_mode == NetworkMode::Awsvpc && workload.task.is_some());
    let forwards = awsvpc.flat_map(|workload| scene.world.graph().inc(workload.node, LinkKind::Forwards));
    forwards
        .filter(|forward| !forward.link.is(prop::TARGET_TYPE, "ip"))
        .map(|forward| detection(scene, *forward))
        .collect()
}

fn detection(scene: &Scene<'_>, forward: Edge<'_>) -> Detection {
    let hop = Hop {
        what: What::TargetType { balancer: forward.from, service: forward.to, set: "instance" },
        at: None,
        link: Some(forward.link),
        ok: false,
    };
    Detection::new()
        .pin(forward.to)
        .pin(forward.from)
        .pin_link(forward.link)
        .step(hop.step())
        .name("service", forward.to)
        .name("balancer", forward.from)
        .words("mode", "awsvpc")
        .fix(FixBuilder::new(scene.world).set_link(forward.link, prop::TARGET_TYPE, "ip").done("use-ip"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_on_fargate_and_on_explicit_awsvpc() {
        check(
            &TRAP,
            "
            #! fixes use-ip
            alb: load-balancer
            web: ecs-service launchType=FARGATE    #! instance-target-with-awsvpc: `alb` registers `web` by instance, but its tasks use `awsvpc` and have to be registered by address: the service is refused.
            task: task-definition
            web -> task: runs
            alb -> web: forwards targetPort=8080",
        );
        check(
            &TRAP,
            "
            alb: load-balancer
            web: ecs-service launchType=EC2    #! instance-target-with-awsvpc
            task: task-definition networkMode=awsvpc
            web -> task: runs
            alb -> web: forwards targetType=instance",
        );
    }

    #[test]
    fn silent_on_ip_targets_and_on_bridge_mode() {
        check(
            &TRAP,
            "
            alb: load-balancer
            web: ecs-service launchType=FARGATE
            api: ecs-service launchType=EC2
            task: task-definition networkMode=awsvpc
            bridge: task-definition networkMode=bridge
            web -> task: runs
            api -> bridge: runs
            alb -> web: forwards targetType=ip
            alb -> api: forwards targetType=instance listenerPort=80",
        );
    }
}
