//! A hop that the design intends and that no security-group rule admits (`pat-alb-sg-direction`).

use super::groups::{evidence, pinned};
use super::launch::{self, gaps_by_workload};
use crate::finding::{Detection, Fix};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::fix::{FixBuilder, name};
use crate::world::{Fault, Gap, HTTPS, Node, Workload, World, security};
use trapwise_documents::message::Message;
use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "security-group-chain-broken",
    area: Area::Network,
    severity: Severity::Critical,
    domain: Domain::Secure,
    facts: &["pat-alb-sg-direction", "mis-three-tier-layout"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let faults = scene.world.security_faults().iter().filter(|fault| fault.reversed.is_none());
    faults
        .map(|fault| {
            pinned(fault)
                .pin_links(&fault.connection.link)
                .steps(evidence(scene.world, fault))
                .fixes(allow(scene.world, fault))
        })
        .chain(shut_in(scene.world))
        .collect()
}

/// Workloads that a way out is there for, and whose groups let no HTTPS out to where registries are.
fn shut_in<'d>(world: &'d World<'d>) -> impl Iterator<Item = Detection> + use<'d> {
    let found = gaps_by_workload(world, &|gap| *gap == Gap::Filtered(None)).into_iter();
    found.map(|(node, subnets)| {
        let interfaces = world.workload(node).map(Workload::launch_interfaces).unwrap_or_default();
        let groups: Vec<_> =
            interfaces.iter().flat_map(|interface| security::groups(world.graph(), *interface)).collect();
        let registry = launch::registry(world, node);
        Detection::new()
            .pin(node)
            .pin_all(&groups)
            .steps(launch::steps(world, node, &subnets))
            .name("from", node)
            .arg("to", registry.map_or_else(|| Message::new("world.internet").into(), name))
            .arg("port", HTTPS)
            .names("group", &groups)
            .fixes(let_out(world, &groups))
    })
}

/// A rule that lets HTTPS out to everywhere, in every group that has outbound rules.
fn let_out<'d>(world: &World<'d>, groups: &[Node<'d>]) -> Option<Fix> {
    let everywhere = world.graph().of_kind(ComponentKind::Users).first()?;
    let shut = groups.iter().filter(|group| security::has_egress_rules(world.graph(), **group));
    let mut fix = FixBuilder::new(world);
    for group in shut {
        fix.link(LinkKind::Allows, &everywhere.id, &group.id)
            .with(prop::DIRECTION, "egress")
            .with(prop::FROM_PORT, i64::from(HTTPS));
    }
    Some(fix.done("allow"))
}

/// One rule that admits the connection: inbound from the caller, or outbound to the callee.
fn allow<'d>(world: &'d World<'d>, fault: &Fault<'d>) -> Option<Fix> {
    let port = i64::from(fault.connection.port);
    let caller = fault.callers.first().copied().unwrap_or(fault.connection.from);
    let mut fix = FixBuilder::new(world);
    if fault.outbound {
        let callee = fault.callees.first().copied().or_else(|| world.network().vpc(fault.connection.to))?;
        fix.link(LinkKind::Allows, &callee.id, &caller.id)
            .with(prop::DIRECTION, "egress")
            .with(prop::FROM_PORT, port);
    }
    // Where outbound is closed, inbound may be as well; the fix has to be enough on its own.
    let inbound_closed = !security::ingress(
        world.graph(),
        world.network(),
        fault.connection.from,
        fault.connection.to,
        fault.connection.port,
    )
    .ok();
    if !fault.outbound || inbound_closed {
        let group = fault.callees.first()?;
        // A caller without a group of its own can only be named by its VPC's addresses.
        let peer = if LinkKind::Allows.spec().ends(caller.kind, group.kind).is_some() {
            caller
        } else {
            world.network().vpc(fault.connection.from)?
        };
        fix.link(LinkKind::Allows, &peer.id, &group.id)
            .with(prop::DIRECTION, "ingress")
            .with(prop::FROM_PORT, port);
    }
    Some(fix.done("allow"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_where_the_tasks_group_does_not_admit_the_load_balancer() {
        check(
            &TRAP,
            "
            #! fixes allow
            users: users
            vpc: vpc
              a: subnet
                alb: load-balancer
                web: ecs-service launchType=FARGATE    #! security-group-chain-broken
              alb-sg: security-group
              web-sg: security-group
            task: task-definition containers=[{\"name\":\"app\",\"containerPort\":8080}]
            web -> task: runs
            users -> alb: sends
            alb -> web: forwards targetType=ip
            alb-sg -> alb: guards
            web-sg -> web: guards
            users -> alb-sg: allows
            alb-sg -> web-sg: allows fromPort=80",
        );
    }

    #[test]
    fn fires_where_an_endpoint_that_answers_is_shut_beside_a_nat_gateway() {
        let board = |dns: &str, mark: &str| {
            format!(
                "
            vpc: vpc
              igw: internet-gateway
              pub: subnet tier=public
                nat: nat-gateway
              app: subnet
                web: ecs-service launchType=FARGATE
                dkr: vpc-endpoint service=ecr.dkr vpcEndpointType=Interface {dns}    {mark}
              web-sg: security-group
              dkr-sg: security-group
            task: task-definition
            repo: ecr-repository
            pub -> igw: routes
            app -> nat: routes
            web -> task: runs
            task -> repo: image
            web-sg -> web: guards
            dkr-sg -> dkr: guards"
            )
        };
        // Under its usual name the registry is the endpoint now, whatever the route table says.
        check(&TRAP, &format!("\n            #! fixes allow{}", board("", "#! security-group-chain-broken")));
        check(&TRAP, &board("privateDnsEnabled=false", ""));
    }

    #[test]
    fn fires_where_outbound_rules_forget_the_tasks() {
        check(
            &TRAP,
            "
            #! fixes allow
            users: users
            vpc: vpc
              a: subnet
                web: ecs-service launchType=FARGATE
                db: rds-database    #! security-group-chain-broken
              web-sg: security-group
              db-sg: security-group
            task: task-definition
            web -> task: runs
            web -> db: calls
            web-sg -> web: guards
            db-sg -> db: guards
            users -> web-sg: allows direction=egress fromPort=443
            web-sg -> db-sg: allows fromPort=5432",
        );
    }

    #[test]
    fn silent_for_calls_through_lattice_which_no_callers_group_makes() {
        let board = |via: &str, flag: &str| {
            format!(
                "
            vpc: vpc
              a: subnet
                web: ecs-service launchType=FARGATE
                api: ecs-service launchType=FARGATE    {flag}
              web-sg: security-group
              api-sg: security-group
            task: task-definition containers=[{{\"name\":\"app\",\"containerPort\":8080}}]
            web -> task: runs
            api -> task: runs
            web -> api: calls via={via}
            web-sg -> web: guards
            api-sg -> api: guards"
            )
        };
        check(&TRAP, &board("direct", "#! security-group-chain-broken"));
        check(&TRAP, &board("lattice", ""));
    }

    #[test]
    fn fires_where_outbound_rules_forget_the_registry() {
        let board = |rule: &str, flag: &str| {
            format!(
                "
            users: users
            vpc: vpc
              igw: internet-gateway
              pub: subnet tier=public
                nat: nat-gateway
              app: subnet
                web: ecs-service launchType=FARGATE    {flag}
                db: rds-database
              web-sg: security-group
              db-sg: security-group
            task: task-definition
            repo: ecr-repository
            pub -> igw: routes
            app -> nat: routes
            web -> task: runs
            task -> repo: image
            web-sg -> web: guards
            db-sg -> db: guards
            web-sg -> db-sg: allows fromPort=5432
            db-sg -> web-sg: allows direction=egress fromPort=5432
            {rule}"
            )
        };
        check(&TRAP, &format!("#! fixes allow{}", board("", "#! security-group-chain-broken")));
        check(&TRAP, &board("users -> web-sg: allows direction=egress fromPort=443", ""));
    }

    #[test]
    fn fires_where_a_range_covers_one_of_the_callers_subnets() {
        let board = |both: &str, flag: &str| {
            format!(
                "
            vpc: vpc
              a: subnet
                web: ecs-service launchType=FARGATE + b
                db: rds-database    {flag}
              b: subnet availabilityZone=b
              db-sg: security-group
            task: task-definition
            web -> task: runs
            web -> db: calls
            db-sg -> db: guards
            a -> db-sg: allows fromPort=5432
            {both}"
            )
        };
        check(&TRAP, &board("", "#! security-group-chain-broken"));
        check(&TRAP, &board("b -> db-sg: allows fromPort=5432", ""));
    }

    // `users` as an outbound peer stands for every address, so 5432 has to be closed to it as well.
    #[test]
    fn fires_for_clients_that_the_load_balancer_does_not_admit() {
        check(
            &TRAP,
            "
            users: users
            vpc: vpc
              a: subnet
                alb: load-balancer    #! security-group-chain-broken: `users` cannot reach `alb` on port 443: `alb-sg` does not let it through.
              alb-sg: security-group
            users -> alb: sends port=443
            alb-sg -> alb: guards
            users -> alb-sg: allows fromPort=80",
        );
    }

    #[test]
    fn fires_for_an_endpoint_that_keeps_its_callers_out() {
        check(
            &TRAP,
            "
            vpc: vpc
              a: subnet
                web: ecs-service launchType=FARGATE
                logs-ep: vpc-endpoint service=logs vpcEndpointType=Interface    #! security-group-chain-broken
              web-sg: security-group
              ep-sg: security-group
            task: task-definition
            lines: log-group
            web -> task: runs
            task -> lines: logs
            web-sg -> web: guards
            ep-sg -> logs-ep: guards",
        );
    }

    #[test]
    fn silent_on_a_whole_chain_by_group_by_range_and_by_default() {
        check(
            &TRAP,
            "
            users: users
            vpc: vpc
              a: subnet
                alb: load-balancer
                web: ecs-service launchType=FARGATE
                db: rds-database engine=mysql
                cache: elasticache
                store: efs-file-system
              alb-sg: security-group
              web-sg: security-group
              db-sg: security-group
              cache-sg: security-group
              store-sg: security-group
            task: task-definition containers=[{\"name\":\"app\",\"containerPort\":8080}]
            web -> task: runs
            task -> store: mounts
            users -> alb: sends
            alb -> web: forwards targetType=ip
            web -> db: calls
            web -> cache: calls
            alb-sg -> alb: guards
            web-sg -> web: guards
            db-sg -> db: guards
            cache-sg -> cache: guards
            store-sg -> store: guards
            users -> alb-sg: allows
            alb-sg -> web-sg: allows fromPort=8000 toPort=9000
            web-sg -> db-sg: allows fromPort=3306
            vpc -> cache-sg: allows fromPort=6379
            a -> store-sg: allows protocol=all",
        );
    }

    #[test]
    fn reversed_rules_are_another_trap() {
        check(
            &TRAP,
            "
            vpc: vpc
              a: subnet
                web: ecs-service launchType=FARGATE
                db: rds-database
              web-sg: security-group
              db-sg: security-group
            task: task-definition
            web -> task: runs
            web -> db: calls
            web-sg -> web: guards
            db-sg -> db: guards
            db-sg -> web-sg: allows fromPort=5432",
        );
    }
}
