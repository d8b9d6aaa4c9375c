//! A Fargate task in a public subnet without a public address: the internet gateway is there, but
//! packets without a public address do not pass it (`mis-sg-vs-private-subnet`).

use trapwise_model::ComponentKind;
use trapwise_model::catalogue::prop;

use super::launch;
use crate::finding::{Detection, Fix};
use crate::terms::{Area, Domain, Need, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::fix::FixBuilder;
use crate::world::{Exposure, Gap, Node, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "public-subnet-without-public-ip",
    area: Area::Network,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["mis-sg-vs-private-subnet", "trap-ec2-awsvpc-in-public-subnet"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    launch::gaps_by_workload(scene.world, &|gap| *gap == Gap::NoPublicAddress)
        .into_iter()
        .map(|(workload, subnets)| {
            launch::detection(scene.world, workload, &subnets)
                .names("subnet", &subnets)
                .fixes(fixes(scene, workload))
        })
        .collect()
}

fn fixes<'d>(scene: &Scene<'d>, workload: Node<'d>) -> Vec<Fix> {
    let mut fixes = Vec::new();
    let on_fargate = scene.world.workload(workload).is_some_and(|workload| workload.on_fargate());
    if on_fargate && !scene.needs(Need::PrivateTasks) {
        fixes.push(
            FixBuilder::new(scene.world)
                .set(workload, prop::ASSIGN_PUBLIC_IP, "ENABLED")
                .done("assign-public-ip"),
        );
    }
    let private = private_subnets(scene.world, workload);
    if !private.is_empty() {
        let places = private.iter().map(|subnet| subnet.id.clone()).collect();
        fixes.push(FixBuilder::new(scene.world).place(workload, places).done("move-private"));
    }
    fixes
}

/// Subnets of the workload's VPC that have a NAT route: one for each zone it stands in now.
pub(super) fn private_subnets<'d>(world: &World<'d>, workload: Node<'d>) -> Vec<Node<'d>> {
    let vpc = world.network().vpc(workload);
    let zones = world.zones(workload);
    let subnets = world.graph().of_kind(ComponentKind::Subnet).iter().copied();
    let private = subnets
        .filter(|subnet| vpc.is_some() && world.network().vpc(*subnet) == vpc)
        .filter(|subnet| world.network().exposure(*subnet) == Exposure::Private)
        .collect::<Vec<_>>();
    let in_zone = |zone: &&str| {
        private.iter().copied().find(|subnet| subnet.component().text(prop::AVAILABILITY_ZONE) == Some(*zone))
    };
    let chosen = zones.iter().filter_map(in_zone).collect::<Vec<_>>();
    if chosen.is_empty() { private } else { chosen }
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_in_a_public_subnet() {
        check(
            &TRAP,
            "
            #! fixes assign-public-ip move-private
            vpc: vpc
              igw: internet-gateway
              pub: subnet tier=public
                nat: nat-gateway
                web: ecs-service launchType=FARGATE    #! public-subnet-without-public-ip: `web` stands in the public tier (`pub`), but its tasks get no public address, and without one the internet gateway carries nothing for them.
              app: subnet
            task: task-definition
            repo: ecr-repository
            web -> task: runs
            task -> repo: image
            pub -> igw: routes
            app -> nat: routes",
        );
    }

    #[test]
    fn a_public_address_is_no_fix_where_tasks_must_be_private() {
        check(
            &TRAP,
            "
            #! needs private-tasks
            #! fixes move-private
            vpc: vpc
              igw: internet-gateway
              pub: subnet tier=public
                nat: nat-gateway
                web: ecs-service launchType=FARGATE    #! public-subnet-without-public-ip
              app: subnet
            task: task-definition
            hub: external-registry
            web -> task: runs
            task -> hub: image
            pub -> igw: routes
            app -> nat: routes",
        );
    }

    #[test]
    fn silent_with_an_address_with_endpoints_and_on_hosts() {
        check(
            &TRAP,
            "
            vpc: vpc
              igw: internet-gateway
              pub: subnet tier=public
                web: ecs-service launchType=FARGATE assignPublicIp=ENABLED
                hosts: auto-scaling-group
                api: ecs-service launchType=EC2
            cluster: ecs-cluster
            task: task-definition
            repo: ecr-repository
            web -> task: runs
            api -> task: runs
            api -> cluster: in-cluster
            hosts -> cluster: in-cluster
            task -> repo: image
            pub -> igw: routes",
        );
    }
}
