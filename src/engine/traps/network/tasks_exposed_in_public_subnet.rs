//! Tasks with public addresses in public subnets where the scenario wants them private
//! (`mis-sg-vs-private-subnet`).

use super::launch;
use super::public_subnet_without_public_ip::private_subnets;
use crate::finding::{Detection, Fix};
use crate::terms::{Area, Domain, Need, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::fix::FixBuilder;
use crate::world::{Hop, Node, What, Workload};
use trapwise_model::catalogue::prop;

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "tasks-exposed-in-public-subnet",
    area: Area::Network,
    severity: Severity::Major,
    domain: Domain::Secure,
    facts: &["mis-sg-vs-private-subnet", "mis-three-tier-layout"],
    needs: &[Need::PrivateTasks],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    scene.world.workloads().iter().filter_map(|workload| exposed(scene, workload)).collect()
}

fn exposed<'d>(scene: &Scene<'d>, workload: &Workload<'d>) -> Option<Detection> {
    let world = scene.world;
    let interfaces = workload.interfaces().iter().copied();
    let addressed = interfaces.filter(|interface| world.has_public_address(workload, *interface));
    let public: Vec<Node<'d>> = addressed
        .flat_map(|interface| world.graph().containers(interface))
        .filter(|subnet| launch::is_public(world, *subnet))
        .collect::<Vec<_>>();
    if public.is_empty() {
        return None;
    }
    // A design shows the failing step as blocked; here the steps are those of an intruder, and the one
    // to change is the address.
    let node = workload.node;
    let mut evidence = public
        .iter()
        .map(|subnet| {
            Hop { what: What::InternetRoute(*subnet), at: Some(*subnet), link: None, ok: true }.step()
        })
        .collect::<Vec<_>>();
    let mut address = Hop { what: What::PublicAddress(node), at: Some(node), link: None, ok: true }.step();
    address.ok = false;
    evidence.push(address);
    Some(
        Detection::new()
            .pin(node)
            .pin_all(&public)
            .steps(evidence)
            .name("service", node)
            .names("subnet", &public)
            .fixes(fixes(scene, workload)),
    )
}

fn fixes<'d>(scene: &Scene<'d>, workload: &Workload<'d>) -> Vec<Fix> {
    let mut fixes = Vec::new();
    let private = private_subnets(scene.world, workload.node);
    if !private.is_empty() && workload.interfaces().contains(&workload.node) {
        let places = private.iter().map(|subnet| subnet.id.clone()).collect();
        let mut fix = FixBuilder::new(scene.world);
        fix.place(workload.node, places).set(workload.node, prop::ASSIGN_PUBLIC_IP, "DISABLED");
        fixes.push(fix.done("move-private"));
    }
    fixes
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    const BOARD: &str = "
            vpc: vpc
              igw: internet-gateway
              pub: subnet tier=public
                nat: nat-gateway
                web: ecs-service launchType=FARGATE assignPublicIp=ENABLED
              app: subnet
            task: task-definition
            web -> task: runs
            pub -> igw: routes
            app -> nat: routes";

    #[test]
    fn fires_where_tasks_must_be_private() {
        let marked = BOARD
            .replace("assignPublicIp=ENABLED", "assignPublicIp=ENABLED #! tasks-exposed-in-public-subnet: `web` runs in the public tier (`pub`) with public addresses, though its tasks are to stay private.");
        check(&TRAP, &format!("#! needs private-tasks\n#! fixes move-private\n{marked}"));
    }

    #[test]
    fn silent_where_nothing_asks_for_private_tasks() {
        check(&TRAP, BOARD);
    }

    #[test]
    fn silent_without_address_or_outside_public_subnets() {
        let hidden = BOARD.replace("assignPublicIp=ENABLED", "assignPublicIp=DISABLED");
        check(&TRAP, &format!("#! needs private-tasks\n{hidden}"));
        check(
            &TRAP,
            "
            #! needs private-tasks
            vpc: vpc
              app: subnet
                web: ecs-service launchType=FARGATE assignPublicIp=ENABLED
            task: task-definition
            web -> task: runs",
        );
    }
}
