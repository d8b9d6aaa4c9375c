//! Spot instances that are taken back before their tasks are told (`feat-ec2-spot`): neither managed draining
//! nor the agent's own setting drains them.

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind};

use crate::finding::{Detection, Step};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Node, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "spot-host-not-drained",
    area: Area::Compute,
    severity: Severity::Major,
    domain: Domain::Resilient,
    facts: &["feat-ec2-spot", "tip-fargate-spot-2min"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let groups = world.graph().of_kind(ComponentKind::AutoScalingGroup).iter().copied();
    let lost = groups.filter(|group| group.is(prop::MARKET, "spot") && !is_drained(world, *group));
    lost.filter_map(|group| {
        let services = world.workloads().iter().filter(|one| one.hosts.contains(&group));
        let services = services.map(|one| one.node).collect::<Vec<_>>();
        (!services.is_empty()).then(|| detection(world, group, &services))
    })
    .collect()
}

/// By the agent of each host, or by ECS for a capacity provider.
fn is_drained<'d>(world: &World<'d>, group: Node<'d>) -> bool {
    let mut providers = world.graph().out(group, LinkKind::Backs).iter();
    group.flag(prop::SPOT_INSTANCE_DRAINING)
        || providers.any(|edge| edge.to.is(prop::MANAGED_DRAINING, "ENABLED"))
}

fn detection<'d>(world: &World<'d>, group: Node<'d>, services: &[Node<'d>]) -> Detection {
    let provider = world.graph().target(group, LinkKind::Backs);
    let mut fix = FixBuilder::new(world);
    match provider {
        Some(provider) => fix.set(provider, prop::MANAGED_DRAINING, "ENABLED"),
        None => fix.set(group, prop::SPOT_INSTANCE_DRAINING, true),
    };
    let on_spot =
        |service: &Node<'d>| Step::at(*service, true, step("runs-on-spot").name("service", service));
    let mut steps = services.iter().map(on_spot).collect::<Vec<_>>();
    steps.push(Step::at(group, false, step("nothing-drains-hosts").name("group", group)));
    Detection::new()
        .pin(group)
        .pin_all(services)
        .steps(steps)
        .name("hosts", group)
        .names("services", services)
        .fix(fix.done("drain"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    fn board(hosts: &str, rest: &str) -> String {
        format!(
            "
            #! fixes drain
            cluster: ecs-cluster
            hosts: auto-scaling-group {hosts}
            own: capacity-provider type=EC2_AUTOSCALING
            off: capacity-provider type=EC2_AUTOSCALING managedDraining=DISABLED
            work: ecs-service
            hosts -> cluster: in-cluster
            work -> cluster: in-cluster
            {rest}"
        )
    }

    #[test]
    fn fires_where_nothing_drains() {
        let mark = "market=spot #! spot-host-not-drained: `hosts` has Spot instances that nothing drains: tasks of `work` end with their host, without a signal.";
        check(&TRAP, &board(mark, ""));
        check(&TRAP, &board(mark, "hosts -> off: backs\n work -> off: uses weight=1"));
    }

    #[test]
    fn silent_where_something_does_or_nothing_is_taken_back() {
        check(&TRAP, &board("market=spot spotInstanceDraining=true", ""));
        check(&TRAP, &board("market=spot", "hosts -> own: backs\n work -> own: uses weight=1"));
        check(&TRAP, &board("", ""));
        // No task runs there.
        check(&TRAP, "hosts: auto-scaling-group market=spot");
    }
}
