//! A NAT gateway where private resources must have no way to the internet (needs `no-nat`).

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind, SortedSet};

use super::launch;
use crate::finding::{Detection, Fix, Step};
use crate::terms::{Area, Domain, Need, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Edge, INTERNET, Node, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "nat-where-forbidden",
    area: Area::Network,
    severity: Severity::Major,
    domain: Domain::Secure,
    facts: &["mis-nat-inbound", "trap-endpoints-without-s3-gateway"],
    needs: &[Need::NoNat],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let gateways = world.graph().of_kind(ComponentKind::NatGateway).iter();
    gateways
        .filter(|gateway| !gateway.is(prop::CONNECTIVITY_TYPE, "private"))
        .filter_map(|gateway| {
            let routes = world.graph().inc(*gateway, LinkKind::Routes);
            (!routes.is_empty()).then(|| detection(world, *gateway, routes))
        })
        .collect()
}

fn detection<'d>(world: &World<'d>, gateway: Node<'d>, routes: &[Edge<'d>]) -> Detection {
    let subnets = routes.iter().map(|edge| edge.from).collect::<Vec<_>>();
    let evidence = routes.iter().map(|edge| {
        Step::on(
            edge.link,
            false,
            step("sends-to-gateway").name("subnet", edge.from).name("gateway", gateway),
        )
    });
    Detection::new()
        .pin(gateway)
        .pin_all(&subnets)
        .pin_links(routes)
        .steps(evidence)
        .name("gateway", gateway)
        .names("subnet", &subnets)
        .fixes(fix(world, gateway, &subnets))
}

/// Endpoints for what the tasks in these subnets need, instead of the gateway; none where they need the internet.
fn fix<'d>(world: &World<'d>, gateway: Node<'d>, subnets: &[Node<'d>]) -> Option<Fix> {
    let graph = world.graph();
    let vpc = world.network().vpc(*subnets.first()?)?;
    let mut services = SortedSet::new();
    let mut first = None;
    for subnet in subnets {
        for child in graph.children(*subnet) {
            let Some(workload) = world.workload(*child) else { continue };
            first = first.or(Some(workload.node));
            services.extend(world.launch_needs(workload));
            services.extend(workload.node.flag(prop::ENABLE_EXECUTE_COMMAND).then_some("ssmmessages"));
            for call in graph.out(workload.node, LinkKind::Calls) {
                services.extend(service(call.to.kind)?);
            }
        }
    }
    if services.contains(INTERNET) {
        return None;
    }
    let services = services.into_iter().collect::<Vec<_>>();
    let mut fix = FixBuilder::new(world);
    fix.remove(gateway);
    if let Some(workload) = first {
        launch::add_endpoints(world, &mut fix, vpc, workload, subnets, &services);
    }
    Some(fix.done("use-endpoints"))
}

/// The endpoint service behind which code finds such a resource; some things need none, others have none here.
fn service(kind: ComponentKind) -> Option<Option<&'static str>> {
    match kind {
        ComponentKind::S3Bucket => Some(Some("s3")),
        ComponentKind::SqsQueue => Some(Some("sqs")),
        ComponentKind::SnsTopic => Some(Some("sns")),
        ComponentKind::Secret => Some(Some("secretsmanager")),
        ComponentKind::SsmParameter => Some(Some("ssm")),
        ComponentKind::StepFunctions => Some(Some("states")),
        ComponentKind::DynamodbTable | ComponentKind::LambdaFunction | ComponentKind::OnPremises => None,
        _ => Some(None),
    }
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    const BOARD: &str = "
            vpc: vpc
              igw: internet-gateway
              pub: subnet tier=public
                nat: nat-gateway MARK
              app: subnet
                web: ecs-service launchType=FARGATE
            task: task-definition
            repo: ecr-repository
            hub: external-registry
            jobs: sqs-queue
            web -> task: runs
            web -> jobs: calls
            task -> REGISTRY: image
            pub -> igw: routes";

    #[test]
    fn fires_on_each_gateway_in_use() {
        let text = BOARD.replace("MARK", "   #! nat-where-forbidden: `nat` gives `app` a way to the internet, which the scenario rules out.");
        let note = "            #! needs no-nat";
        let text = format!("{note}{text}\n            app -> nat: routes");
        check(&TRAP, &format!("            #! fixes use-endpoints\n{}", text.replace("REGISTRY", "repo")));
        // What comes from the internet has no endpoint: there is no fix to offer.
        check(&TRAP, &text.replace("REGISTRY", "hub"));
    }

    #[test]
    fn silent_when_unused_private_or_allowed() {
        let text = BOARD.replace("REGISTRY", "repo");
        check(&TRAP, &format!("            #! needs no-nat{}", text.replace("MARK", "")));
        let routed = format!("{text}\n            app -> nat: routes");
        check(&TRAP, &format!("            #! needs private-tasks{}", routed.replace("MARK", "")));
        let private = routed.replace("MARK", "connectivityType=private");
        check(&TRAP, &format!("            #! needs no-nat{private}"));
    }
}
