//! Tasks in a subnet from which nothing leads to the registry: no NAT gateway, no endpoint
//! (`pat-ecr-execution-role`).

use trapwise_documents::message::{Arg, Message};
use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind, Value};

use super::launch::{self, gaps_by_workload, nat_gateway};
use crate::finding::{Detection, Fix};
use crate::terms::{Area, Domain, Need, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::{FixBuilder, name};
use crate::world::{Gap, INTERNET, Node, World, is_ipv6_only};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "private-pull-without-egress",
    area: Area::Network,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["mis-three-tier-layout", "trap-endpoints-without-s3-gateway"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    gaps_by_workload(scene.world, &|gap| *gap == Gap::NoWay)
        .into_iter()
        .map(|(workload, subnets)| {
            let (failing, target) = first_failure(scene.world, workload);
            launch::detection(scene.world, workload, &subnets)
                .names("subnet", &subnets)
                .arg("step", failing)
                .arg("target", target)
                .fixes(fixes(scene, workload, &subnets))
        })
        .collect()
}

/// The first step of the launch that fails without any way out, and what it cannot reach: images are pulled
/// before secrets are fetched and logs are sent.
fn first_failure<'d>(world: &World<'d>, workload: Node<'d>) -> (Message, Arg) {
    if let Some(registry) = launch::registry(world, workload) {
        return (step("pull-image"), name(registry));
    }
    let task = world.workload(workload).and_then(|one| one.task);
    let secrets: Vec<_> = task.into_iter().flat_map(|task| world.launch_secrets(task)).collect();
    if !secrets.is_empty() {
        return (step("fetch-secrets"), Arg::names(secrets.iter().map(|edge| edge.to)));
    }
    let logs: Vec<_> = task.into_iter().flat_map(|task| world.awslogs(task)).collect();
    (step("send-logs"), Arg::names(logs.iter().map(|edge| edge.to)))
}

fn fixes<'d>(scene: &Scene<'d>, workload: Node<'d>, subnets: &[Node<'d>]) -> Vec<Fix> {
    let needs =
        scene.world.workload(workload).map(|workload| scene.world.launch_needs(workload)).unwrap_or_default();
    let mut fixes = Vec::new();
    if subnets.iter().any(|subnet| is_ipv6_only(*subnet)) {
        fixes.extend(route_egress_only(scene.world, subnets));
        return fixes;
    }
    if !scene.needs(Need::NoNat) {
        fixes.extend(route_nat(scene, subnets));
    }
    if !needs.contains(&INTERNET) {
        fixes.extend(launch::endpoints_fix(scene.world, workload, subnets, &needs, "add-endpoints"));
    }
    fixes
}

/// Routes each subnet to a NAT gateway: one of its own zone; else, where a zone may be lost, a new one there;
/// else any of the VPC, or a new one.
fn route_nat<'d>(scene: &Scene<'d>, subnets: &[Node<'d>]) -> Option<Fix> {
    let world = scene.world;
    let per_zone = scene.needs(Need::SurvivesZoneLoss);
    let mut fix = FixBuilder::new(world);
    let mut made = Vec::new();
    for subnet in subnets {
        let nat = nat_gateway(world, &mut fix, &mut made, *subnet, per_zone)?;
        fix.link(LinkKind::Routes, &subnet.id, &nat);
    }
    Some(fix.done("route-nat"))
}

/// Routes the subnets to the VPC's egress-only internet gateway, or to a new one; none where some of them have
/// no IPv6 address.
fn route_egress_only<'d>(world: &World<'d>, subnets: &[Node<'d>]) -> Option<Fix> {
    let vpc =
        world.network().vpc(*subnets.first()?).filter(|_| subnets.iter().all(|one| is_ipv6_only(*one)))?;
    let there = world.graph().children(vpc).iter().find(|child| child.flag(prop::EGRESS_ONLY));
    let mut fix = FixBuilder::new(world);
    let gateway = there.map(|gateway| gateway.id.clone()).unwrap_or_else(|| {
        let props = [(prop::EGRESS_ONLY, Value::from(true))];
        fix.add(ComponentKind::InternetGateway, "egress-only", std::slice::from_ref(&vpc.id), &props)
    });
    for subnet in subnets {
        fix.link(LinkKind::Routes, &subnet.id, &gateway);
    }
    Some(fix.done("egress-only"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::trap::Scene;
    use crate::traps::testing::check;
    use crate::world::World;
    use trapwise_documents::message::Ids;
    use trapwise_model::fixture;

    #[test]
    fn servers_of_ones_own_have_their_own_way_out() {
        for (site, mark) in [
            ("", ""),
            (
                "outboundInternet=false",
                "#! private-pull-without-egress: `labels` cannot pull its image: nothing leads from `depot` to `repo`.",
            ),
        ] {
            check(
                &TRAP,
                &format!(
                    "
            depot: on-premises {site}
              server: external-instance
            cluster: ecs-cluster
            labels: ecs-service launchType=EXTERNAL   {mark}
            task: task-definition
            repo: ecr-repository
            server -> cluster: in-cluster
            labels -> cluster: in-cluster
            labels -> task: runs
            task -> repo: image"
                ),
            );
        }
    }

    #[test]
    fn ipv6_leaves_by_an_egress_only_gateway() {
        let board = |route: &str, mark: &str| {
            format!(
                "
            #! fixes egress-only
            vpc: vpc
              igw: internet-gateway
              out: internet-gateway egressOnly=true
              pub: subnet tier=public
                nat: nat-gateway
              app: subnet addressing=ipv6
                web: ecs-service launchType=FARGATE    {mark}
            task: task-definition
            repo: ecr-repository
            web -> task: runs
            task -> repo: image dualStackUri=true
            pub -> igw: routes
            {route}"
            )
        };
        check(&TRAP, &board("app -> out: routes", ""));
        check(&TRAP, &board("", "#! private-pull-without-egress"));
        check(&TRAP, &board("app -> nat: routes", "#! private-pull-without-egress"));
    }

    #[test]
    fn fires_where_nothing_leads_out() {
        check(
            &TRAP,
            "
            #! fixes route-nat add-endpoints
            vpc: vpc
              igw: internet-gateway
              pub: subnet tier=public
              app: subnet
                web: ecs-service launchType=FARGATE    #! private-pull-without-egress: `web` cannot pull its image: nothing leads from `app` to `repo`.
            task: task-definition
            repo: ecr-repository
            web -> task: runs
            task -> repo: image
            pub -> igw: routes",
        );
    }

    #[test]
    fn names_the_need_that_fails() {
        let message = |parts: &str| {
            let text = format!(
                "vpc: vpc\n  app: subnet\n    web: ecs-service launchType=FARGATE\ntask: task-definition\n\
                 web -> task: runs\n{parts}"
            );
            let design = fixture::parse(&text).unwrap().design;
            let world = World::new(&design);
            let found = TRAP.find(&Scene { world: &world, needs: &[] });
            crate::texts::embedded().message(TRAP.id, found[0].components.first(), &found[0].args, &Ids)
        };
        assert_eq!(
            message("lines: log-group\ntask -> lines: logs"),
            "`web` cannot send its logs: nothing leads from `app` to `lines`."
        );
        assert_eq!(
            message("key: secret\nlines: log-group\ntask -> lines: logs\ntask -> key: secret as=valueFrom"),
            "`web` cannot fetch its secrets: nothing leads from `app` to `key`."
        );
        assert_eq!(
            message("repo: ecr-repository\nlines: log-group\ntask -> lines: logs\ntask -> repo: image"),
            "`web` cannot pull its image: nothing leads from `app` to `repo`."
        );
    }

    #[test]
    fn fires_when_the_nat_gateway_itself_has_no_way_out() {
        check(
            &TRAP,
            "
            vpc: vpc
              app: subnet
                nat: nat-gateway
                web: ecs-service launchType=FARGATE    #! private-pull-without-egress
            task: task-definition
            repo: ecr-repository
            web -> task: runs
            task -> repo: image
            app -> nat: routes",
        );
    }

    #[test]
    fn endpoints_do_not_reach_an_external_registry() {
        check(
            &TRAP,
            "
            #! needs no-nat
            vpc: vpc
              app: subnet
                web: ecs-service launchType=FARGATE    #! private-pull-without-egress
                dkr: vpc-endpoint service=ecr.dkr vpcEndpointType=Interface
            task: task-definition
            hub: external-registry
            web -> task: runs
            task -> hub: image",
        );
    }

    #[test]
    fn silent_with_nat_with_endpoints_and_without_images() {
        check(
            &TRAP,
            "
            vpc: vpc
              igw: internet-gateway
              pub: subnet tier=public
                nat: nat-gateway
              app: subnet
                web: ecs-service launchType=FARGATE
              lone: subnet
                idle: ecs-service launchType=FARGATE
            task: task-definition
            empty: task-definition
            repo: ecr-repository
            web -> task: runs
            idle -> empty: runs
            task -> repo: image
            pub -> igw: routes
            app -> nat: routes",
        );
    }

    #[test]
    fn on_ec2_the_host_pulls() {
        check(
            &TRAP,
            "
            vpc: vpc
              igw: internet-gateway
              pub: subnet tier=public
                hosts: auto-scaling-group
              app: subnet
                web: ecs-service launchType=EC2
            cluster: ecs-cluster
            task: task-definition networkMode=awsvpc
            repo: ecr-repository
            web -> task: runs
            web -> cluster: in-cluster
            hosts -> cluster: in-cluster
            task -> repo: image
            pub -> igw: routes",
        );
    }
}
