//! Subnets of services that reach AWS through interface endpoints of another Availability Zone, where the
//! service has to survive the loss of a zone (needs `survives-zone-loss`; `network-endpoint-per-zone`).

use trapwise_model::{SortedMap, SortedSet};

use super::launch::ways_of_services;
use crate::finding::{Detection, Fix, Step};
use crate::terms::{Area, Domain, Need, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::{FixBuilder, phrases};
use crate::world::{Node, Way, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "endpoints-in-one-zone",
    area: Area::Network,
    severity: Severity::Major,
    domain: Domain::Resilient,
    facts: &["network-endpoint-per-zone"],
    needs: &[Need::SurvivesZoneLoss],
    detect,
};

/// Endpoints that stand in the same zones, and subnets of other zones that depend on them.
type Foreign<'d> = (SortedSet<Node<'d>>, SortedSet<Node<'d>>);

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let foreign = foreign(scene.world);
    foreign.iter().map(|((_, zones), found)| detection(scene.world, zones, found)).collect()
}

/// By VPC and by the zones that the endpoints stand in.
fn foreign<'d>(world: &World<'d>) -> SortedMap<(Node<'d>, String), Foreign<'d>> {
    let mut foreign: SortedMap<_, Foreign<'d>> = SortedMap::new();
    for (subnet, way) in ways_of_services(world) {
        let Way::Interface(endpoint) = way else { continue };
        let (zones, vpc) = (world.zones(endpoint), world.network().vpc(subnet));
        if let Some(vpc) = vpc.filter(|_| zones.is_disjoint(&world.zones(subnet))) {
            let (endpoints, subnets) = foreign.entry((vpc, phrases(zones))).or_default();
            endpoints.insert(endpoint);
            subnets.insert(subnet);
        }
    }
    foreign
}

fn detection<'d>(world: &World<'d>, zones: &str, (endpoints, subnets): &Foreign<'d>) -> Detection {
    let at = |endpoint: &Node<'d>| {
        Step::at(*endpoint, true, step("stands-in-zone").name("endpoint", endpoint).words("zone", zones))
    };
    let of = |subnet: &Node<'d>| Step::at(*subnet, false, step("no-other-way").name("subnet", subnet));
    Detection::new()
        .pin_all(endpoints)
        .pin_all(subnets)
        .steps(endpoints.iter().map(at).chain(subnets.iter().map(of)))
        .names("endpoints", endpoints)
        .words("zone", zones)
        .names("subnets", subnets)
        .fixes([in_each_zone(world, endpoints, subnets)])
}

/// Places each endpoint in a subnet of each of these zones as well.
fn in_each_zone<'d>(
    world: &World<'d>,
    endpoints: &SortedSet<Node<'d>>,
    subnets: &SortedSet<Node<'d>>,
) -> Fix {
    let mut further: Vec<Node<'d>> = Vec::new();
    for subnet in subnets {
        if further.iter().all(|other| world.zones(*other) != world.zones(*subnet)) {
            further.push(*subnet);
        }
    }
    let mut fix = FixBuilder::new(world);
    for endpoint in endpoints {
        let own = endpoint.containers.iter().cloned();
        fix.place(*endpoint, own.chain(further.iter().map(|subnet| subnet.id.clone())).collect());
    }
    fix.done("in-each-zone")
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    fn board(needs: &str, service: &str, api: &str, dkr: &str) -> String {
        format!(
            "
            #! needs {needs}
            #! fixes in-each-zone
            vpc: vpc
              s3: vpc-endpoint service=s3
              app-b: subnet availabilityZone=b
              app-a: subnet
                web: ecs-service launchType=FARGATE desiredCount=2 {service}
                api: vpc-endpoint service=ecr.api vpcEndpointType=Interface {api}
                dkr: vpc-endpoint service=ecr.dkr vpcEndpointType=Interface {dkr}
            task: task-definition
            repo: ecr-repository
            web -> task: runs
            task -> repo: image
            app-a -> s3: routes
            app-b -> s3: routes"
        )
    }

    #[test]
    fn fires_once_for_the_endpoints_that_a_zone_depends_on() {
        let (needs, both) = ("survives-zone-loss", "+ app-b");
        check(
            &TRAP,
            &board(
                needs,
                both,
                "#! endpoints-in-one-zone: `app-b` reach AWS services through `api`, `dkr` alone, which stand in zone a: with that zone they are gone.",
                "",
            ),
        );
        check(&TRAP, &board(needs, both, "+ app-b", "#! endpoints-in-one-zone"));
    }

    #[test]
    fn silent_where_no_zone_has_to_be_survived_or_none_depends_on_another() {
        check(&TRAP, &board("production", "+ app-b", "", ""));
        check(&TRAP, &board("survives-zone-loss", "", "", ""));
        check(&TRAP, &board("survives-zone-loss", "+ app-b", "+ app-b", "+ app-b"));
    }

    #[test]
    fn silent_where_nobody_needs_the_endpoint_to_start() {
        check(
            &TRAP,
            "
            #! needs survives-zone-loss
            vpc: vpc
              igw: internet-gateway
              public-a: subnet tier=public
                nat-a: nat-gateway
              public-b: subnet availabilityZone=b tier=public
                nat-b: nat-gateway
              app-b: subnet availabilityZone=b
              app-a: subnet
                web: ecs-service launchType=FARGATE desiredCount=2 + app-b
                queue: vpc-endpoint service=sqs vpcEndpointType=Interface
            task: task-definition
            repo: ecr-repository
            web -> task: runs
            task -> repo: image
            public-a -> igw: routes
            public-b -> igw: routes
            app-a -> nat-a: routes
            app-b -> nat-b: routes",
        );
    }
}
