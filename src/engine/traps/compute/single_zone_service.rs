//! A service that is lost with one Availability Zone, where it has to survive that (needs `survives-zone-loss`).
//!
//! Two things are needed: places in two zones, and two tasks to put there.

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, SortedMap, SortedSet};

use crate::finding::{Detection, Fix, Step};
use crate::terms::{Area, Domain, Need, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Compute, Exposure, NetworkMode, Node, Workload, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "single-zone-service",
    area: Area::Compute,
    severity: Severity::Major,
    domain: Domain::Resilient,
    facts: &["mis-three-tier-layout", "tip-placement"],
    needs: &[Need::SurvivesZoneLoss],
    detect,
};

/// Subnets that can stand in for each other: of one VPC and tier, with the same routes to the internet.
type Siblings<'d> = SortedMap<(Node<'d>, &'d str, Exposure), Vec<Node<'d>>>;

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let services = world.workloads().iter().filter(|one| one.node.kind == ComponentKind::EcsService);
    let lost = services
        .map(|service| (service, world.task_zones(service)))
        .filter(|(service, zones)| !zones.is_empty() && (zones.len() < 2 || !enough_tasks(service)))
        .collect::<Vec<_>>();
    if lost.is_empty() {
        return Vec::new();
    }
    let siblings = siblings(world);
    lost.iter().map(|(service, zones)| detection(world, service, zones, &siblings)).collect()
}

/// Daemons are as many as there are hosts.
fn enough_tasks(service: &Workload<'_>) -> bool {
    service.node.is(prop::SCHEDULING_STRATEGY, "DAEMON") || service.least_tasks() > 1
}

fn siblings<'d>(world: &World<'d>) -> Siblings<'d> {
    let mut siblings = Siblings::new();
    for subnet in world.graph().of_kind(ComponentKind::Subnet) {
        if let Some(kin) = kin(world, *subnet) {
            siblings.entry(kin).or_default().push(*subnet);
        }
    }
    siblings
}

fn kin<'d>(world: &World<'d>, subnet: Node<'d>) -> Option<(Node<'d>, &'d str, Exposure)> {
    let vpc = world.network().vpc(subnet)?;
    Some((vpc, subnet.component().text(prop::TIER)?, world.network().exposure(subnet)))
}

fn detection<'d>(
    world: &World<'d>,
    service: &Workload<'d>,
    zones: &SortedSet<&'d str>,
    siblings: &Siblings<'d>,
) -> Detection {
    let zone = zones.iter().copied().collect::<Vec<_>>().join(" or ");
    Detection::new()
        .pin(service.node)
        .steps(evidence(service, zones, &zone))
        .name("service", service.node)
        .words("zone", &zone)
        .fixes(fix(world, service, zones, siblings))
}

fn evidence(service: &Workload<'_>, zones: &SortedSet<&str>, zone: &str) -> Vec<Step> {
    let node = service.node;
    let spread = zones.len() > 1;
    let places = if spread {
        step("zones-to-run-in").arg("zones", zones.len())
    } else {
        step("zone-to-run-in").words("zone", zone)
    };
    let mut steps = vec![Step::at(node, spread, places.name("service", node))];
    if !enough_tasks(service) {
        let tasks = service.least_tasks();
        steps.push(Step::at(node, false, step("may-be-down-to").name("service", node).arg("tasks", tasks)));
    }
    steps
}

/// Whatever is missing, all of it at once.
fn fix<'d>(
    world: &World<'d>,
    service: &Workload<'d>,
    zones: &SortedSet<&'d str>,
    siblings: &Siblings<'d>,
) -> Option<Fix> {
    let mut fix = FixBuilder::new(world);
    let mut key = "two-tasks";
    if zones.len() < 2 {
        key = "extend";
        for (part, subnet) in extension(world, service, zones, siblings)? {
            let mut containers = part.containers.clone();
            containers.push(subnet.id.clone());
            fix.place(part, containers);
        }
    }
    if !enough_tasks(service) {
        let node = service.node;
        for prop in [prop::DESIRED_COUNT, prop::MIN_CAPACITY, prop::MAX_CAPACITY] {
            // Bounds of scaling that were never set stay so; the count has a default.
            if node.int(prop).is_some_and(|count| count < 2) {
                fix.set(node, prop, 2_i64);
            }
        }
    }
    Some(fix.done(key))
}

/// What to place in which subnet to reach one more zone: the service, its hosts, or both.
fn extension<'d>(
    world: &World<'d>,
    service: &Workload<'d>,
    zones: &SortedSet<&'d str>,
    siblings: &Siblings<'d>,
) -> Option<Vec<(Node<'d>, Node<'d>)>> {
    let own = std::slice::from_ref(&service.node);
    let groups: &[&[Node<'d>]] = match service.network_mode {
        NetworkMode::Awsvpc if service.compute == [Compute::Ec2] => &[own, &service.hosts],
        NetworkMode::Awsvpc => &[own],
        _ if service.hosts.is_empty() => &[own],
        _ => &[&service.hosts],
    };
    let subnets = |part: Node<'d>| {
        let home = world.graph().containers(part).next();
        let kin = home.and_then(|home| kin(world, home)).and_then(|kin| siblings.get(&kin));
        kin.map_or(&[][..], Vec::as_slice)
    };
    let zone_of = |subnet: &Node<'d>| subnet.component().text(prop::AVAILABILITY_ZONE);
    let mut wanted = groups
        .iter()
        .flat_map(|group| group.iter())
        .flat_map(|part| subnets(*part))
        .filter_map(zone_of)
        .collect::<Vec<_>>();
    wanted.sort();
    wanted.dedup();
    wanted.retain(|zone| !zones.contains(zone));
    wanted.into_iter().find_map(|zone| {
        let mut places = Vec::new();
        for group in groups.iter().filter(|group| group.iter().any(|part| !world.zones(*part).is_empty())) {
            if group
                .iter()
                .any(|part| world.graph().containers(*part).any(|home| zone_of(&home) == Some(zone)))
            {
                continue;
            }
            places.push(group.iter().find_map(|part| {
                let subnet = subnets(*part).iter().find(|subnet| zone_of(subnet) == Some(zone))?;
                Some((*part, *subnet))
            })?);
        }
        Some(places)
    })
}

#[cfg(test)]
mod tests {
    use trapwise_model::fixture;

    use super::TRAP;
    use crate::terms::Need;
    use crate::trap::Scene;
    use crate::traps::testing::check;
    use crate::world::World;

    /// Two tiers over two zones, and what else stands in `app-a`.
    fn board(fixes: &str, in_app_a: &str, rest: &str) -> String {
        format!(
            "
            #! needs survives-zone-loss
            #! fixes {fixes}
            vpc: vpc
              internet: internet-gateway
              public-b: subnet availabilityZone=b
              data-b: subnet availabilityZone=b tier=data
              app-a2: subnet availabilityZone=a
              app-b: subnet availabilityZone=b
              app-a: subnet availabilityZone=a
                {in_app_a}
            public-b -> internet: routes
            {rest}"
        )
    }

    #[test]
    fn fires_on_one_zone_or_one_task() {
        for (fixes, service) in [
            ("extend", "web: ecs-service launchType=FARGATE desiredCount=2"),
            ("extend", "web: ecs-service launchType=FARGATE desiredCount=4 + app-a2"),
            ("extend", "web: ecs-service launchType=FARGATE minCapacity=2"),
            ("extend", "web: ecs-service launchType=FARGATE"),
            ("two-tasks", "web: ecs-service launchType=FARGATE + app-b"),
            ("two-tasks", "web: ecs-service launchType=FARGATE desiredCount=1 maxCapacity=1 + app-b"),
            ("two-tasks", "web: ecs-service launchType=FARGATE desiredCount=4 minCapacity=1 + app-b"),
        ] {
            check(&TRAP, &board(fixes, &format!("{service}    #! single-zone-service"), ""));
        }
    }

    #[test]
    fn a_service_is_extended_to_the_like_of_its_subnet() {
        let text = board("extend", "web: ecs-service launchType=FARGATE desiredCount=2", "");
        let fixture = fixture::parse(&text).unwrap();
        let world = World::new(&fixture.design);
        let found = TRAP.find(&Scene { world: &world, needs: &[Need::SurvivesZoneLoss] });
        let mut mended = fixture.design.clone();
        mended.apply_all(&found[0].fixes[0].edits).unwrap();
        let web = mended.component("web").unwrap();
        // Not the public subnet, nor the one for data.
        assert_eq!(web.containers.iter().map(|id| id.as_str()).collect::<Vec<_>>(), ["app-a", "app-b"]);
    }

    #[test]
    fn without_a_fix_where_there_is_no_other_zone() {
        let text = "
            vpc: vpc
              app-a: subnet
                web: ecs-service desiredCount=3 launchType=FARGATE
              app-b: subnet availabilityZone=b tier=data";
        let fixture = fixture::parse(text).unwrap();
        let world = World::new(&fixture.design);
        let found = TRAP.find(&Scene { world: &world, needs: &[Need::SurvivesZoneLoss] });
        assert_eq!(found.len(), 1);
        assert!(found[0].fixes.is_empty());
    }

    #[test]
    fn fires_on_the_zones_of_hosts() {
        let links = "
            task: task-definition networkMode=MODE
            cluster: ecs-cluster
            hosts -> cluster: in-cluster
            web -> cluster: in-cluster
            web -> task: runs";
        // In bridge mode tasks are where the hosts are, in awsvpc mode they also need a host in the zone.
        for (mode, service, host) in [
            ("bridge", "", ""),
            ("host", "", ""),
            ("awsvpc", "+ app-b", ""),
            ("awsvpc", "", "+ app-b"),
            ("awsvpc", "", ""),
        ] {
            let web = format!(
                "web: ecs-service launchType=EC2 desiredCount=2 {service}    #! single-zone-service: `web` is to go on when a zone fails, but all of it is in zone a and goes down with it."
            );
            let in_app_a = format!("hosts: auto-scaling-group {host}\n                {web}");
            check(&TRAP, &board("extend", &in_app_a, &links.replace("MODE", mode)));
        }
        for (mode, service) in [("bridge", ""), ("awsvpc", "+ app-b")] {
            let web = format!("web: ecs-service launchType=EC2 desiredCount=2 {service}");
            let in_app_a = format!("hosts: auto-scaling-group + app-b\n                {web}");
            check(&TRAP, &board("", &in_app_a, &links.replace("MODE", mode)));
        }
    }

    #[test]
    fn silent_when_two_tasks_stand_in_two_zones() {
        for service in [
            "web: ecs-service launchType=FARGATE desiredCount=2 + app-b",
            "web: ecs-service launchType=FARGATE minCapacity=2 maxCapacity=6 + app-b",
            "web: ecs-service launchType=EC2 schedulingStrategy=DAEMON + app-b",
        ] {
            check(&TRAP, &board("", service, ""));
        }
    }

    #[test]
    fn silent_without_a_place_or_the_need() {
        check(
            &TRAP,
            &board(
                "",
                "batch: standalone-task launchType=FARGATE",
                "
            web: ecs-service launchType=FARGATE
            site: on-premises
              server: external-instance
            cluster: ecs-cluster
            edge: ecs-service launchType=EXTERNAL
            server -> cluster: in-cluster
            edge -> cluster: in-cluster",
            ),
        );
        check(
            &TRAP,
            "
            #! needs elastic production
            vpc: vpc
              app-a: subnet
                web: ecs-service launchType=FARGATE",
        );
    }
}
