//! Names in namespaces and service networks: who has one, and giving one.

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind, Value};

use crate::traps::fix::FixBuilder;
use crate::traps::infrastructure::Duty;
use crate::world::{Edge, Graph, NetworkMode, Node, World};

/// What calls others.
const CALLERS: &[ComponentKind] = &[
    ComponentKind::EcsService,
    ComponentKind::StandaloneTask,
    ComponentKind::LambdaFunction,
    ComponentKind::KubernetesWorkload,
];

/// All that may call another.
pub(super) fn callers<'a, 'd>(graph: &'a Graph<'d>) -> impl Iterator<Item = Node<'d>> + use<'a, 'd> {
    CALLERS.iter().flat_map(|kind| graph.of_kind(*kind)).copied()
}

/// The calls of a component to services by way of `via`.
pub(super) fn calls<'a, 'd>(
    graph: &'a Graph<'d>,
    caller: Node<'d>,
    via: &'static str,
) -> impl Iterator<Item = Edge<'d>> + use<'a, 'd> {
    let calls = graph.out(caller, LinkKind::Calls).iter().copied();
    calls.filter(move |call| call.to.kind == ComponentKind::EcsService && call.link.is(prop::VIA, via))
}

/// The registrations of a service for Service Connect.
pub(super) fn connects<'a, 'd>(
    graph: &'a Graph<'d>,
    service: Node<'d>,
) -> impl Iterator<Item = Edge<'d>> + use<'a, 'd> {
    let registers = graph.out(service, LinkKind::Registers).iter().copied();
    registers.filter(|edge| !edge.link.is(prop::AS, "discovery"))
}

/// Whether it can be called through Service Connect, not only call.
pub(super) fn serves(connect: Edge<'_>) -> bool {
    connect.link.is(prop::AS, "client-server")
}

/// The registration of a service for service discovery, if it has one.
pub(super) fn discovery<'d>(graph: &Graph<'d>, service: Node<'d>) -> Option<Edge<'d>> {
    let mut registers = graph.out(service, LinkKind::Registers).iter().copied();
    registers.find(|edge| edge.link.is(prop::AS, "discovery"))
}

/// Whether names of the namespace are found by DNS.
pub(super) fn by_dns(namespace: Node<'_>) -> bool {
    namespace.is(prop::TYPE, "DNS_PRIVATE")
}

/// Takes caller and callee into one namespace of Service Connect.
pub(super) fn connect<'f, 'd>(
    fix: &'f mut FixBuilder<'d>,
    world: &World<'d>,
    call: Edge<'d>,
) -> &'f mut FixBuilder<'d> {
    let graph = world.graph();
    let (caller, callee) = (call.from, call.to);
    let joined = connects(graph, callee).chain(connects(graph, caller)).map(|edge| edge.to).next();
    let namespace = match joined.or_else(|| graph.of_kind(ComponentKind::CloudMapNamespace).first().copied())
    {
        Some(namespace) => namespace.id.clone(),
        None => fix.add(ComponentKind::CloudMapNamespace, "names", &[], &[(prop::TYPE, "HTTP".into())]),
    };
    for (service, part) in [(caller, "client"), (callee, "client-server")] {
        let there = connects(graph, service).find(|edge| edge.to.id == namespace);
        match there {
            None => {
                fix.link(LinkKind::Registers, &service.id, &namespace).with(prop::AS, part);
            }
            Some(edge) if service == callee && !serves(edge) => {
                fix.set_link(edge.link, prop::AS, part);
            }
            Some(_) => {}
        }
    }
    fix
}

/// Gives a service a name that DNS finds.
pub(super) fn name_by_dns<'f, 'd>(
    fix: &'f mut FixBuilder<'d>,
    world: &World<'d>,
    service: Node<'d>,
) -> &'f mut FixBuilder<'d> {
    let graph = world.graph();
    if let Some(edge) = discovery(graph, service) {
        if by_dns(edge.to) {
            return fix;
        }
        // A service has one registry.
        fix.unlink(edge.link);
    }
    let private = graph.of_kind(ComponentKind::CloudMapNamespace).iter().find(|one| by_dns(**one));
    let namespace = match private {
        Some(namespace) => namespace.id.clone(),
        None => fix.add(ComponentKind::CloudMapNamespace, "names", &[], &[]),
    };
    let awsvpc = world.workload(service).is_some_and(|one| one.network_mode == NetworkMode::Awsvpc);
    let record: Value = if awsvpc { "A" } else { "SRV" }.into();
    fix.link(LinkKind::Registers, &service.id, &namespace)
        .with(prop::AS, "discovery")
        .with(prop::RECORD_TYPE, record)
}

/// ECS registers the tasks of a service with VPC Lattice.
pub(super) const LATTICE: Duty =
    Duty { policy: "AmazonECSInfrastructureRolePolicyForVpcLattice", action: "vpc-lattice:RegisterTargets" };
