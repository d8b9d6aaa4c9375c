//! ECS Exec for tasks that have no way to `ssmmessages` (`feat-ecs-exec`): the agent opens the channel from
//! within the task.
//!
//! Subnets without any way out at all are other traps' business: there no task starts.

use super::launch;
use crate::finding::{Detection, Step};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::world::{Gap, Node, Workload, World};
use trapwise_documents::message::Message;
use trapwise_model::catalogue::prop;

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "exec-without-path",
    area: Area::Network,
    severity: Severity::Major,
    domain: Domain::Resilient,
    facts: &["feat-ecs-exec"],
    needs: &[],
    detect,
};

const CHANNEL: &str = "ssmmessages";

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let with_exec =
        world.workloads().iter().filter(|workload| workload.node.flag(prop::ENABLE_EXECUTE_COMMAND));
    with_exec
        .filter_map(|workload| {
            let ways = world.ways(workload, workload.interfaces(), CHANNEL);
            let cut_off = |subnet: &Node<'_>| {
                world.gaps_of(workload).any(|gap| {
                    gap.subnet == *subnet
                        && matches!(gap.gap, Gap::NoWay | Gap::NoPublicAddress | Gap::Filtered(None))
                })
            };
            let blocked = ways.iter().filter(|hop| !hop.ok).filter_map(|hop| hop.at);
            let blocked = blocked.filter(|subnet| !cut_off(subnet)).collect::<Vec<_>>();
            (!blocked.is_empty()).then(|| detection(world, workload, &blocked))
        })
        .collect()
}

fn detection<'d>(world: &'d World<'d>, workload: &Workload<'d>, subnets: &[Node<'d>]) -> Detection {
    let service = workload.node;
    let mut evidence =
        vec![Step::at(service, true, Message::new("evidence.exec-enabled").name("service", service))];
    let ways = world.ways(workload, workload.interfaces(), CHANNEL);
    evidence.extend(ways.iter().map(crate::world::Hop::step));
    let fix = launch::endpoints_fix(world, service, subnets, &[CHANNEL], "add-endpoint");
    Detection::new()
        .pin(service)
        .pin_all(subnets)
        .steps(evidence)
        .name("service", service)
        .names("subnet", subnets)
        .fixes(fix)
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    const BOARD: &str = "
            vpc: vpc
              app: subnet
                api-ep: vpc-endpoint service=ecr.api vpcEndpointType=Interface
                dkr-ep: vpc-endpoint service=ecr.dkr vpcEndpointType=Interface
                MORE
              s3: vpc-endpoint service=s3
            task: task-definition
            repo: ecr-repository
            web -> task: runs
            task -> repo: image
            app -> s3: routes";

    #[test]
    fn fires_where_images_come_through_endpoints() {
        let web = "web: ecs-service launchType=FARGATE enableExecuteCommand=true    #! exec-without-path: ECS Exec is enabled for `web`, but from `app` nothing leads to `ssmmessages`: no session opens.";
        check(&TRAP, &format!("            #! fixes add-endpoint{}", BOARD.replace("MORE", web)));
    }

    #[test]
    fn silent_with_the_endpoint_with_nat_without_exec_or_where_nothing_starts() {
        let web = "web: ecs-service launchType=FARGATE enableExecuteCommand=true";
        let endpoint = format!(
            "{web}
                ssm-ep: vpc-endpoint service=ssmmessages vpcEndpointType=Interface"
        );
        check(&TRAP, &BOARD.replace("MORE", &endpoint));
        check(&TRAP, &BOARD.replace("MORE", "web: ecs-service launchType=FARGATE"));
        check(
            &TRAP,
            &format!(
                "
            vpc: vpc
              igw: internet-gateway
              pub: subnet tier=public
                nat: nat-gateway
              app: subnet
                {web}
              closed: subnet
                api: ecs-service launchType=FARGATE enableExecuteCommand=true
            task: task-definition
            repo: ecr-repository
            api -> task: runs
            task -> repo: image
            app -> nat: routes
            pub -> igw: routes"
            ),
        );
    }
}
