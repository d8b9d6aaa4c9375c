//! EC2 tasks in awsvpc mode in a public subnet, which call something outside the VPC: they get no public
//! address, and the internet gateway is of no use to them (`trap-ec2-awsvpc-in-public-subnet`).

use trapwise_model::LinkKind;

use super::launch;
use super::public_subnet_without_public_ip::private_subnets;
use crate::finding::{Detection, Step};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Compute, Edge, Hop, NetworkMode, Node, Way, What, Workload, World, regional_service};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "ec2-awsvpc-in-public-subnet",
    area: Area::Network,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["trap-ec2-awsvpc-in-public-subnet", "mis-sg-vs-private-subnet"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let on_ec2 = scene
        .world
        .workloads()
        .iter()
        .filter(|one| one.compute == [Compute::Ec2] && one.network_mode == NetworkMode::Awsvpc);
    on_ec2.filter_map(|one| detection(scene.world, one)).collect()
}

fn detection<'d>(world: &World<'d>, workload: &Workload<'d>) -> Option<Detection> {
    let node = workload.node;
    let public = world.graph().containers(node).filter(|subnet| launch::is_public(world, *subnet));
    let public = public.collect::<Vec<_>>();
    let unreached = |call: &&Edge<'d>| {
        regional_service(call.to.kind).is_some_and(|service| {
            public.iter().any(|subnet| world.way(node, *subnet, false, service) == Way::None)
        })
    };
    let call = world.graph().out(node, LinkKind::Calls).iter().find(unreached)?;
    let private = private_subnets(world, node);
    let places = private.iter().map(|subnet| subnet.id.clone()).collect();
    let fix = (!private.is_empty()).then(|| FixBuilder::new(world).place(node, places).done("move-private"));
    let route = |subnet: &Node<'d>| {
        Hop { what: What::InternetRoute(*subnet), at: Some(*subnet), link: None, ok: true }.step()
    };
    let mut steps = public.iter().map(route).collect::<Vec<_>>();
    steps.push(Step::at(node, false, step("no-public-address").name("service", node)));
    Some(
        Detection::new()
            .pin(node)
            .pin_all(&public)
            .steps(steps)
            .name("service", node)
            .name("called", call.to)
            .names("subnet", &public)
            .fixes(fix),
    )
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    fn board(service: &str, mode: &str, rest: &str) -> String {
        format!(
            "
            vpc: vpc
              igw: internet-gateway
              out: vpc-endpoint service=s3 vpcEndpointType=Gateway
              app: subnet
              pub: subnet tier=public
                nat: nat-gateway
                hosts: auto-scaling-group
                web: ecs-service {service}
            cluster: ecs-cluster
            task: task-definition networkMode={mode}
            files: s3-bucket
            hosts -> cluster: in-cluster
            web -> cluster: in-cluster
            web -> task: runs
            pub -> igw: routes
            app -> nat: routes
            {rest}"
        )
    }

    const CALLS: &str = "web -> files: calls";

    #[test]
    fn fires_where_the_task_calls_out() {
        let mark = "#! ec2-awsvpc-in-public-subnet: `web` calls `files` from `pub`: EC2 tasks in awsvpc mode get no public address there, and nothing else leads out.";
        for service in ["launchType=EC2", "launchType=EC2 assignPublicIp=ENABLED"] {
            let text = board(&format!("{service} {mark}"), "awsvpc", CALLS);
            check(&TRAP, &format!("#! fixes move-private\n{text}"));
        }
    }

    #[test]
    fn silent_where_something_carries_it_or_nothing_is_called() {
        check(&TRAP, &board("launchType=EC2", "awsvpc", ""));
        check(&TRAP, &board("launchType=EC2", "bridge", CALLS));
        check(&TRAP, &board("launchType=FARGATE", "awsvpc", CALLS));
        check(&TRAP, &board("launchType=EC2", "awsvpc", &format!("{CALLS}\n pub -> out: routes")));
    }
}
