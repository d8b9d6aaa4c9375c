//! A load balancer that cannot reach IPv6-only tasks: it has IPv4 addresses only, or its target group takes
//! only these (`feat-ipv6`).

use trapwise_model::LinkKind;
use trapwise_model::catalogue::prop;

use super::ipv6;
use crate::finding::{Detection, Fix, Step};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Edge, Node, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "ipv4-target-group-for-ipv6",
    area: Area::Network,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["feat-ipv6"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let mut found = Vec::new();
    for (workload, subnets) in ipv6::workloads(world) {
        let forwards = world.graph().inc(workload.node, LinkKind::Forwards).iter().copied();
        let unfit = forwards.filter(|forward| !(takes_ipv6(*forward) && is_dual_stack(forward.from)));
        found.extend(unfit.map(|forward| detection(world, forward, &subnets)));
    }
    found
}

fn takes_ipv6(forward: Edge<'_>) -> bool {
    forward.link.is(prop::IP_ADDRESS_TYPE, "ipv6")
}

fn is_dual_stack(balancer: Node<'_>) -> bool {
    balancer.is(prop::IP_ADDRESS_TYPE, "dualstack")
}

fn detection<'d>(world: &World<'d>, forward: Edge<'d>, subnets: &[Node<'d>]) -> Detection {
    let (balancer, service) = (forward.from, forward.to);
    let dual = is_dual_stack(balancer);
    let has = if dual { step("has-ipv4-and-ipv6") } else { step("has-ipv4-only") };
    let taken = if takes_ipv6(forward) { "IPv6" } else { "IPv4" };
    Detection::new()
        .pin(balancer)
        .pin(service)
        .pin_link(forward.link)
        .steps(
            [
                Step::at(balancer, dual, has.name("balancer", balancer)),
                Step::on(
                    forward.link,
                    takes_ipv6(forward),
                    step("target-group-takes").name("service", service).words("taken", taken),
                ),
            ]
            .into_iter()
            .chain(ipv6::steps(subnets)),
        )
        .name("balancer", balancer)
        .name("service", service)
        .names("subnet", subnets)
        .fix(both(world, forward))
}

/// Whichever of the two is missing.
fn both<'d>(world: &World<'d>, forward: Edge<'d>) -> Fix {
    let mut fix = FixBuilder::new(world);
    if !is_dual_stack(forward.from) {
        fix.set(forward.from, prop::IP_ADDRESS_TYPE, "dualstack");
    }
    if !takes_ipv6(forward) {
        fix.set_link(forward.link, prop::IP_ADDRESS_TYPE, "ipv6");
    }
    fix.done("dual-stack")
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    fn board(addressing: &str, balancer: &str, forward: &str) -> String {
        format!(
            "
            #! fixes dual-stack
            vpc: vpc
              front: subnet addressing=dual-stack
                alb: load-balancer {balancer}
              app: subnet addressing={addressing}
                web: ecs-service launchType=FARGATE
            alb -> web: forwards targetType=ip {forward}"
        )
    }

    #[test]
    fn fires_when_either_end_has_no_ipv6() {
        let mark = "#! ipv4-target-group-for-ipv6: `alb` cannot reach the tasks of `web` in `app`: IPv6-only tasks take a dual-stack load balancer and an IPv6 target group.";
        check(&TRAP, &board("ipv6", mark, ""));
        check(&TRAP, &board("ipv6", mark, "ipAddressType=ipv6"));
        check(&TRAP, &board("ipv6", &format!("ipAddressType=dualstack {mark}"), ""));
    }

    #[test]
    fn silent_where_both_have_it_or_tasks_have_ipv4() {
        check(&TRAP, &board("ipv6", "ipAddressType=dualstack", "ipAddressType=ipv6"));
        check(&TRAP, &board("dual-stack", "ipAddressType=dualstack", ""));
        check(&TRAP, &board("ipv4", "", ""));
    }
}
