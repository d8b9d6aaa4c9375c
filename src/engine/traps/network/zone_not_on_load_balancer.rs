//! Tasks in an Availability Zone that their Application Load Balancer has not enabled
//! (`trap-zone-not-on-load-balancer`).

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind, SortedSet};

use crate::finding::{Detection, Fix};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Node, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "zone-not-on-load-balancer",
    area: Area::Network,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["trap-zone-not-on-load-balancer"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let mut pairs: SortedSet<(Node<'_>, Node<'_>)> = SortedSet::new();
    for workload in world.workloads() {
        let forwards = world.graph().inc(workload.node, LinkKind::Forwards).iter();
        let by_http = forwards.filter(|edge| edge.from.is(prop::TYPE, "application"));
        pairs.extend(by_http.map(|edge| (edge.from, workload.node)));
    }
    pairs.iter().filter_map(|(balancer, service)| detection(world, *balancer, *service)).collect()
}

fn detection<'d>(world: &World<'d>, balancer: Node<'d>, service: Node<'d>) -> Option<Detection> {
    let enabled = world.zones(balancer);
    // One in a single zone is not even created, which is another matter.
    if enabled.len() < 2 {
        return None;
    }
    let zones = world.zones(service);
    let dark: SortedSet<_> = zones.iter().copied().filter(|zone| !enabled.contains(zone)).collect();
    if dark.is_empty() {
        return None;
    }
    Some(
        Detection::new()
            .pin(service)
            .pin(balancer)
            .at(
                service,
                true,
                step("tasks-in-zone").name("service", service).codes("zone", dark.iter().copied()),
            )
            .at(
                balancer,
                false,
                step("zone-not-enabled").name("balancer", balancer).codes("zone", dark.iter().copied()),
            )
            .name("service", service)
            .name("balancer", balancer)
            .codes("zone", dark.iter().copied())
            .fixes(extend(world, balancer, &dark).into_iter().chain(retreat(world, service, &dark))),
    )
}

/// Enables the zones, each in a subnet like those the load balancer stands in.
fn extend<'d>(world: &World<'d>, balancer: Node<'d>, dark: &SortedSet<&'d str>) -> Option<Fix> {
    let home = world.graph().containers(balancer).next()?;
    let mut places = balancer.containers.clone();
    for zone in dark {
        let mut subnets = world.graph().of_kind(ComponentKind::Subnet).iter();
        let alike = subnets.find(|subnet| {
            subnet.component().text(prop::AVAILABILITY_ZONE) == Some(*zone)
                && subnet.text(prop::TIER) == home.text(prop::TIER)
                && world.network().vpc(**subnet) == world.network().vpc(home)
                && world.network().exposure(**subnet) == world.network().exposure(home)
        })?;
        places.push(alike.id.clone());
    }
    Some(FixBuilder::new(world).place(balancer, places).done("extend"))
}

/// Takes the service out of the zones, where two others are left to it.
fn retreat<'d>(world: &World<'d>, service: Node<'d>, dark: &SortedSet<&'d str>) -> Option<Fix> {
    let zone = |subnet: &Node<'d>| subnet.component().text(prop::AVAILABILITY_ZONE);
    let lit = world
        .graph()
        .containers(service)
        .filter(|subnet| zone(subnet).is_some_and(|zone| !dark.contains(&zone)))
        .collect::<Vec<_>>();
    let zones: SortedSet<_> = lit.iter().filter_map(zone).collect();
    let places = lit.iter().map(|subnet| subnet.id.clone()).collect();
    (zones.len() > 1).then(|| FixBuilder::new(world).place(service, places).done("retreat"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    fn board(balancer: &str, service: &str) -> String {
        format!(
            "
            vpc: vpc
              igw: internet-gateway
              public-b: subnet availabilityZone=b tier=public
              public-c: subnet availabilityZone=c tier=public
              app-b: subnet availabilityZone=b
              app-c: subnet availabilityZone=c
              public-a: subnet tier=public
                alb: load-balancer {balancer}
              app-a: subnet
                web: ecs-service launchType=FARGATE {service}
            public-a -> igw: routes
            public-b -> igw: routes
            public-c -> igw: routes
            alb -> web: forwards targetType=ip"
        )
    }

    #[test]
    fn fires_where_tasks_run_beyond_the_load_balancer() {
        let text = board(
            "+ public-b",
            "+ app-b app-c    #! zone-not-on-load-balancer: `web` runs tasks in zone `c`, which `alb` has not enabled: they never become healthy.",
        );
        check(&TRAP, &format!("#! fixes extend retreat\n{text}"));
    }

    #[test]
    fn silent_within_its_zones_and_where_it_has_one_only() {
        check(&TRAP, &board("+ public-b", "+ app-b"));
        check(&TRAP, &board("+ public-b public-c", "+ app-c"));
        check(&TRAP, &board("", "+ app-b"));
        check(&TRAP, &board("type=network + public-b", "+ app-c"));
    }
}
