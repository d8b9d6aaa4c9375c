//! A database that admits container instances, because its caller's tasks have no group of their own
//! (`mnemo-awsvpc-bridge`), while other services run on them too (needs `isolated-data`).

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind, SortedMap, SortedSet};

use crate::finding::{Detection, Fix, Step};
use crate::terms::{Area, Domain, Need, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Edge, NetworkMode, Node, Workload, World, security};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "database-open-to-shared-hosts",
    area: Area::Network,
    severity: Severity::Major,
    domain: Domain::Secure,
    facts: &["mnemo-awsvpc-bridge", "pat-awsvpc"],
    needs: &[Need::IsolatedData],
    detect,
};

/// The tenants of each group of hosts whose packets leave by the hosts' own interfaces.
type Tenants<'d> = SortedMap<Node<'d>, SortedSet<Node<'d>>>;

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let graph = world.graph();
    let mut tenants = Tenants::new();
    for workload in world.workloads().iter().filter(|one| by_host(one)) {
        for host in &workload.hosts {
            tenants.entry(*host).or_default().insert(workload.node);
        }
    }
    let databases = graph.of_kind(ComponentKind::RdsDatabase).iter();
    let databases = databases.chain(graph.of_kind(ComponentKind::Elasticache));
    let calls = databases.flat_map(|database| graph.inc(*database, LinkKind::Calls));
    calls.filter_map(|call| shared(world, *call, &tenants)).collect()
}

/// Whether its tasks use the interfaces of their hosts.
fn by_host(workload: &Workload<'_>) -> bool {
    matches!(workload.network_mode, NetworkMode::Bridge | NetworkMode::Host)
}

fn shared<'d>(world: &World<'d>, call: Edge<'d>, tenants: &Tenants<'d>) -> Option<Detection> {
    let graph = world.graph();
    let workload = world.workload(call.from).filter(|one| by_host(one))?;
    let port = call.link.int(prop::PORT).and_then(|port| u16::try_from(port).ok());
    let port = port.or_else(|| world.usual_port(call.to))?;
    workload.hosts.iter().find_map(|host| {
        let calls_too = |tenant: &Node<'d>| !graph.between(*tenant, LinkKind::Calls, call.to).is_empty();
        let others =
            tenants.get(host)?.iter().copied().filter(|tenant| !calls_too(tenant)).collect::<Vec<_>>();
        let rule = match security::ingress(graph, world.network(), *host, call.to, port) {
            security::Admission::Rule(rule) => rule,
            _ => return None,
        };
        (!others.is_empty()).then(|| detection(world, call, workload, *host, rule, &others))
    })
}

fn detection<'d>(
    world: &World<'d>,
    call: Edge<'d>,
    workload: &Workload<'d>,
    host: Node<'d>,
    rule: Edge<'d>,
    others: &[Node<'d>],
) -> Detection {
    let (caller, database) = (call.from, call.to);
    let mut evidence = vec![
        Step::at(caller, true, step("leaves-by-host").name("caller", caller).name("host", host)),
        Step::on(
            rule.link,
            true,
            step("admits-hosts").name("database", database).name("admitted", rule.from),
        ),
    ];
    evidence.extend(
        others.iter().map(|other| {
            Step::at(*other, false, step("others-get-in").name("other", other).name("host", host))
        }),
    );
    Detection::new()
        .pin(database)
        .pin(caller)
        .pin(host)
        .pin_link(rule.link)
        .steps(evidence)
        .name("database", database)
        .name("service", caller)
        .name("hosts", host)
        .names("others", others)
        .fixes(fix(world, workload, host, rule))
}

/// Interfaces and a group of the tasks' own; the database admits that group instead of the hosts'.
fn fix<'d>(world: &World<'d>, workload: &Workload<'d>, host: Node<'d>, rule: Edge<'d>) -> Option<Fix> {
    let graph = world.graph();
    let (task, service) = (workload.task?, workload.node);
    let vpc = world.network().vpc(host)?;
    let mut fix = FixBuilder::new(world);
    let group = fix.add(
        ComponentKind::SecurityGroup,
        &format!("{}-sg", service.id),
        std::slice::from_ref(&vpc.id),
        &[],
    );
    fix.set(task, prop::NETWORK_MODE, "awsvpc").link(LinkKind::Guards, &group, &service.id);
    if service.containers.is_empty() {
        fix.place(service, host.containers.clone());
    }
    fix.unlink(rule.link).link(LinkKind::Allows, &group, &rule.to.id).alike(rule.link);
    for forward in graph.inc(service, LinkKind::Forwards) {
        fix.set_link(forward.link, prop::TARGET_TYPE, "ip");
        let port = world.target_port(*forward).map(i64::from)?;
        for balancer in graph.inc(forward.from, LinkKind::Guards) {
            fix.link(LinkKind::Allows, &balancer.from.id, &group)
                .with(prop::DIRECTION, "ingress")
                .with(prop::PROTOCOL, "tcp")
                .with(prop::FROM_PORT, port);
        }
    }
    Some(fix.done("use-awsvpc"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    const BOARD: &str = "
            vpc: vpc
              app: subnet
                hosts: auto-scaling-group
              data: subnet tier=data
                db: rds-database    MARK
              host-sg: security-group
              db-sg: security-group
            cluster: ecs-cluster
            ledger: ecs-service launchType=EC2
            blog: ecs-service launchType=EC2
            ledger-task: task-definition networkMode=LEDGER
            blog-task: task-definition
            hosts -> cluster: in-cluster
            ledger -> cluster: in-cluster
            blog -> cluster: in-cluster
            ledger -> ledger-task: runs
            blog -> blog-task: runs
            ledger -> db: calls
            host-sg -> hosts: guards
            db-sg -> db: guards
            host-sg -> db-sg: allows direction=ingress protocol=tcp fromPort=5432";

    #[test]
    fn fires_in_bridge_and_in_host_mode() {
        for mode in ["bridge", "host"] {
            let text = BOARD.replace("MARK", "#! database-open-to-shared-hosts: `db` admits `hosts` for `ledger`, and so for `blog` on the same hosts.").replace("LEDGER", mode);
            check(
                &TRAP,
                &format!("            #! needs isolated-data\n            #! fixes use-awsvpc{text}"),
            );
        }
    }

    #[test]
    fn silent_with_interfaces_of_their_own_alone_or_together() {
        let need = "            #! needs isolated-data";
        let text = BOARD.replace("MARK", "");
        let bridge = text.replace("LEDGER", "bridge");
        check(&TRAP, &format!("{need}{}", text.replace("LEDGER", "awsvpc")));
        check(&TRAP, &format!("{need}{}", bridge.replace("            blog -> cluster: in-cluster\n", "")));
        check(&TRAP, &format!("{need}{bridge}\n            blog -> db: calls"));
        check(&TRAP, &bridge);
    }
}
