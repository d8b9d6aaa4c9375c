//! Hosts that do not admit the load balancer on the ports Docker chooses (`trap-instance-sg-misses-dynamic-ports`).

use trapwise_documents::message::Message;
use trapwise_model::LinkKind;

use super::dynamic_ports::{admit, shut_host};
use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::{FixBuilder, name};
use crate::world::{DYNAMIC_PORTS, Edge, HostPort, Node, World, security};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "instance-sg-misses-dynamic-ports",
    area: Area::Network,
    severity: Severity::Critical,
    domain: Domain::Secure,
    facts: &["trap-instance-sg-misses-dynamic-ports", "pat-alb-register", "mnemo-awsvpc-bridge"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let dynamic = world.workloads().iter().filter(|one| one.host_port() == Some(HostPort::Dynamic));
    let forwards = dynamic.flat_map(|one| world.graph().inc(one.node, LinkKind::Forwards));
    forwards.filter_map(|forward| Some(detection(world, forward, shut_host(world, forward)?))).collect()
}

fn detection<'d>(world: &World<'d>, forward: &Edge<'d>, host: Node<'d>) -> Detection {
    let (balancer, service) = (forward.from, forward.to);
    let (first, last) = DYNAMIC_PORTS;
    let group = security::groups(world.graph(), host).next();
    Detection::new()
        .pin(service)
        .pin(host)
        .pin(balancer)
        .pin_link(forward.link)
        .on(forward.link, true, step("port-from-docker").name("service", service))
        .at(
            group.unwrap_or(host),
            false,
            step("ports-not-admitted")
                .name("hosts", host)
                .name("balancer", balancer)
                .arg("first", first)
                .arg("last", last),
        )
        .name("service", service)
        .name("balancer", balancer)
        .name("hosts", host)
        .arg("group", group.map_or_else(|| Message::new("evidence.default-group").into(), name))
        .fixes(admit(world, &mut FixBuilder::new(world), forward, host).map(|fix| fix.done("allow-range")))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    fn board(mode: &str, port: &str, mark: &str, rule: &str) -> String {
        format!(
            "
            #! fixes allow-range
            vpc: vpc
              a: subnet
                alb: load-balancer
                hosts: auto-scaling-group
              alb-sg: security-group
              host-sg: security-group
            cluster: ecs-cluster
            web: ecs-service launchType=EC2 {mark}
            task: task-definition {mode} containers=[{{\"name\":\"app\",\"containerPort\":8080{port}}}]
            alb-sg -> alb: guards
            host-sg -> hosts: guards
            hosts -> cluster: in-cluster
            web -> cluster: in-cluster
            web -> task: runs
            alb -> web: forwards targetType=instance
            alb-sg -> host-sg: allows {rule}"
        )
    }

    #[test]
    fn fires_where_part_of_the_range_is_shut() {
        for rule in ["fromPort=8080", "fromPort=32768 toPort=61000", "fromPort=49153 toPort=65535"] {
            for (mode, port) in [("", ""), ("networkMode=bridge", ",\"hostPort\":0")] {
                check(
                    &TRAP,
                    &board(
                        mode,
                        port,
                        "   #! instance-sg-misses-dynamic-ports: `web` listens on dynamic host ports, but `host-sg` does not admit `alb` on 32768 to 65535: its targets stay unhealthy.",
                        rule,
                    ),
                );
            }
        }
    }

    #[test]
    fn silent_with_the_range_a_fixed_port_and_in_other_modes() {
        for (mode, port, rule) in [
            ("", "", "fromPort=32768 toPort=65535"),
            ("", "", "protocol=all"),
            ("", "", "fromPort=1024 toPort=65535"),
            ("", ",\"hostPort\":8080", "fromPort=8080"),
            ("networkMode=host", "", "fromPort=8080"),
            ("networkMode=awsvpc", "", "fromPort=8080"),
        ] {
            check(&TRAP, &board(mode, port, "", rule));
        }
    }
}
