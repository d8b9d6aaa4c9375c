//! Subnets that reach the internet through a NAT gateway of another Availability Zone, where the service has
//! to survive the loss of a zone (needs `survives-zone-loss`; `network-nat-per-zone`).

use trapwise_model::{LinkKind, SortedMap, SortedSet};

use super::launch::{nat_gateway, ways_of_services};
use crate::finding::{Detection, Fix, Step};
use crate::terms::{Area, Domain, Need, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::{FixBuilder, phrases};
use crate::world::{Node, Way, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "nat-in-one-zone",
    area: Area::Network,
    severity: Severity::Major,
    domain: Domain::Resilient,
    facts: &["network-nat-per-zone"],
    needs: &[Need::SurvivesZoneLoss],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    foreign(scene.world).iter().map(|(nat, subnets)| detection(scene.world, *nat, subnets)).collect()
}

/// Which subnets of services depend on which NAT gateway of another zone.
fn foreign<'d>(world: &World<'d>) -> SortedMap<Node<'d>, SortedSet<Node<'d>>> {
    let mut foreign: SortedMap<_, SortedSet<_>> = SortedMap::new();
    for (subnet, way) in ways_of_services(world) {
        let Way::Nat(nat) = way else { continue };
        let zones = world.zones(nat);
        // A regional one is in no subnet, and not in a single zone.
        if !zones.is_empty() && zones.is_disjoint(&world.zones(subnet)) {
            foreign.entry(nat).or_default().insert(subnet);
        }
    }
    foreign
}

fn detection<'d>(world: &World<'d>, nat: Node<'d>, subnets: &SortedSet<Node<'d>>) -> Detection {
    let zone = phrases(world.zones(nat));
    let mut steps = vec![Step::at(nat, true, step("stands-in-zone").name("nat", nat).words("zone", &zone))];
    steps.extend(
        subnets.iter().map(|subnet| Step::at(*subnet, false, step("no-other-way").name("subnet", subnet))),
    );
    Detection::new()
        .pin(nat)
        .pin_all(subnets)
        .steps(steps)
        .name("nat", nat)
        .words("zone", &zone)
        .names("subnets", subnets)
        .fixes(per_zone(world, nat, subnets))
}

/// Routes each subnet to a NAT gateway of its own zone: one that is there, else a new one in a public subnet.
fn per_zone<'d>(world: &World<'d>, nat: Node<'d>, subnets: &SortedSet<Node<'d>>) -> Option<Fix> {
    let mut fix = FixBuilder::new(world);
    let mut made = Vec::new();
    for subnet in subnets {
        let own = nat_gateway(world, &mut fix, &mut made, *subnet, true)?;
        for route in world.graph().between(*subnet, LinkKind::Routes, nat) {
            fix.unlink(route.link);
        }
        fix.link(LinkKind::Routes, &subnet.id, &own);
    }
    Some(fix.done("per-zone"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    fn board(needs: &str, nat: &str, service: &str, routes: &str) -> String {
        format!(
            "
            #! needs {needs}
            #! fixes per-zone
            vpc: vpc
              igw: internet-gateway
              public-b: subnet availabilityZone=b tier=public
              public-a: subnet tier=public
                nat: nat-gateway {nat}
              app-b: subnet availabilityZone=b
              app-a: subnet
                web: ecs-service launchType=FARGATE desiredCount=2 {service}
            task: task-definition
            repo: ecr-repository
            web -> task: runs
            task -> repo: image
            public-a -> igw: routes
            public-b -> igw: routes
            app-a -> nat: routes
            {routes}"
        )
    }

    #[test]
    fn fires_where_a_zone_depends_on_the_gateway_of_another() {
        let mark = "#! nat-in-one-zone";
        let needs = "survives-zone-loss";
        check(&TRAP, &board(needs, mark, "+ app-b", "app-b -> nat: routes"));
        check(
            &TRAP,
            "
            #! needs survives-zone-loss
            #! fixes per-zone
            vpc: vpc
              igw: internet-gateway
              public-a: subnet
                nat-a: nat-gateway    #! nat-in-one-zone: `app-b` reach the internet through `nat-a` alone, which stands in zone a and goes down with it.
              public-b: subnet availabilityZone=b
                nat-b: nat-gateway
              app-b: subnet availabilityZone=b
                web: ecs-service launchType=FARGATE
            task: task-definition
            repo: ecr-repository
            web -> task: runs
            task -> repo: image
            public-a -> igw: routes
            public-b -> igw: routes
            app-b -> nat-a: routes",
        );
    }

    #[test]
    fn silent_where_no_zone_has_to_be_survived_or_none_depends_on_it() {
        let routes = "app-b -> nat: routes";
        check(&TRAP, &board("production", "", "+ app-b", routes));
        check(&TRAP, &board("survives-zone-loss", "", "", ""));
        // Nobody in zone b uses the route.
        check(&TRAP, &board("survives-zone-loss", "", "", routes));
    }

    #[test]
    fn silent_for_a_regional_gateway() {
        check(
            &TRAP,
            "
            #! needs survives-zone-loss
            vpc: vpc
              igw: internet-gateway
              nat: nat-gateway availabilityMode=regional
              app-b: subnet availabilityZone=b
              app-a: subnet
                web: ecs-service launchType=FARGATE desiredCount=2 + app-b
            task: task-definition
            repo: ecr-repository
            web -> task: runs
            task -> repo: image
            app-a -> nat: routes
            app-b -> nat: routes",
        );
    }
}
