//! How a service gets its releases: what the traps of delivery share. Not a trap.

use trapwise_documents::message::Message;
use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind, SortedSet};

use crate::finding::Detection;
use crate::traps::fix::FixBuilder;
use crate::traps::infrastructure::Duty;
use crate::world::{Edge, Node, Workload, World};

/// Who replaces the tasks of a service, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Release {
    /// ECS, some tasks at a time.
    Rolling,
    /// ECS, a complete second set: `BLUE_GREEN`, `LINEAR` or `CANARY`.
    Shifting,
    /// CodeDeploy, a complete second set.
    CodeDeploy,
    /// A controller of one's own.
    External,
}

/// How this service gets its releases.
pub(super) fn release(service: &Workload<'_>) -> Release {
    match service.node.text(prop::DEPLOYMENT_CONTROLLER) {
        Some("CODE_DEPLOY") => Release::CodeDeploy,
        Some("EXTERNAL") => Release::External,
        _ if service.node.is(prop::DEPLOYMENT_STRATEGY, "ROLLING") => Release::Rolling,
        _ => Release::Shifting,
    }
}

/// Every service, with how it gets its releases.
pub(super) fn services<'a, 'd>(
    world: &'a World<'d>,
) -> impl Iterator<Item = (&'a Workload<'d>, Release)> + use<'a, 'd> {
    let services = world.workloads().iter().filter(|one| one.node.kind == ComponentKind::EcsService);
    services.map(|service| (service, release(service)))
}

/// The services with a wanted number of tasks that ECS replaces some at a time.
pub(super) fn rolling<'a, 'd>(world: &'a World<'d>) -> impl Iterator<Item = &'a Workload<'d>> + use<'a, 'd> {
    let rolling = services(world).filter(|(_, release)| *release == Release::Rolling);
    let replicas = rolling.filter(|(service, _)| !service.node.is(prop::SCHEDULING_STRATEGY, "DAEMON"));
    replicas.map(|(service, _)| service)
}

/// The links by which load balancers forward to a service.
pub(super) fn forwards<'a, 'd>(world: &'a World<'d>, service: Node<'d>) -> &'a [Edge<'d>] {
    world.graph().inc(service, LinkKind::Forwards)
}

/// How many target groups those links make: one for each name, one for all production listeners without a
/// name, and one for each other link without.
pub(super) fn target_groups(forwards: &[Edge<'_>]) -> usize {
    let group = |edge: &Edge<'_>| match (edge.link.text(prop::TARGET_GROUP), edge.link.text(prop::LISTENER)) {
        (Some(name), _) => format!("={name}"),
        (None, Some("production")) => String::new(),
        (None, _) => edge.link.id.to_string(),
    };
    SortedSet::from_iter(forwards.iter().map(group)).len()
}

/// The deployment groups of CodeDeploy that deploy a service.
pub(super) fn deployment_groups<'d>(world: &World<'d>, service: Node<'d>) -> Vec<Edge<'d>> {
    let deploys = world.graph().inc(service, LinkKind::Deploys).iter().copied();
    deploys.filter(|edge| edge.from.kind == ComponentKind::CodedeployDeploymentGroup).collect()
}

/// ECS moves traffic between target groups.
pub(super) const LISTENERS: Duty = Duty {
    policy: "AmazonECSInfrastructureRolePolicyForLoadBalancers",
    action: "elasticloadbalancing:ModifyRule",
};

/// Lets ECS move the traffic of a service.
pub(super) fn allow_listeners<'f, 'd>(
    fix: &'f mut FixBuilder<'d>,
    world: &World<'d>,
    service: Node<'d>,
) -> &'f mut FixBuilder<'d> {
    LISTENERS.allow(fix, world.graph(), service, None, &format!("{}-listeners", service.id))
}

/// One more target group beside that of a production listener.
pub(super) fn add_target_group<'f, 'd>(
    fix: &'f mut FixBuilder<'d>,
    world: &World<'d>,
    service: Node<'d>,
) -> &'f mut FixBuilder<'d> {
    let Some(forward) = forwards(world, service).first() else { return fix };
    let name = if forward.link.is(prop::TARGET_GROUP, "green") { "blue" } else { "green" };
    fix.link(LinkKind::Forwards, &forward.from.id, &service.id);
    let kept = [prop::LISTENER_PORT, prop::TARGET_PORT, prop::TARGET_TYPE, prop::HEALTH_CHECK_PATH];
    for prop in kept {
        if let Some(value) = forward.link.props.get(prop.as_str()) {
            fix.with(prop, value.clone());
        }
    }
    fix.with(prop::LISTENER, "none").with(prop::TARGET_GROUP, name)
}

/// The services whose controller is not ECS's own.
pub(super) fn of_other_controllers<'a, 'd>(
    world: &'a World<'d>,
) -> impl Iterator<Item = &'a Workload<'d>> + use<'a, 'd> {
    let others =
        services(world).filter(|(_, release)| matches!(release, Release::CodeDeploy | Release::External));
    others.map(|(service, _)| service)
}

/// Something at a service of another controller that ECS does under its own only: where it is drawn, what
/// is to happen there, and under which key the text names what it leads to.
pub(super) fn for_ecs_controller<'d>(
    world: &World<'d>,
    service: Node<'d>,
    drawn: Edge<'d>,
    says: Message,
    key: &'static str,
) -> Detection {
    let controller = service.component().text(prop::DEPLOYMENT_CONTROLLER).unwrap_or_default();
    Detection::new()
        .pin(service)
        .pin(drawn.to)
        .pin_all((drawn.from.id != service.id).then_some(&drawn.from))
        .pin_link(drawn.link)
        .on(drawn.link, true, says)
        .at(service, false, Message::new("evidence.controller-is-not-ecs").words("controller", controller))
        .name("service", service)
        .name(key, drawn.to)
        .words("controller", controller)
        .fix(go_native(world, service, "BLUE_GREEN").done("use-native"))
}

/// Lets ECS itself shift traffic by that strategy, with all that this needs, and without CodeDeploy.
pub(super) fn go_native<'d>(world: &World<'d>, service: Node<'d>, strategy: &'static str) -> FixBuilder<'d> {
    let mut fix = FixBuilder::new(world);
    fix.set(service, prop::DEPLOYMENT_STRATEGY, strategy);
    if !service.is(prop::DEPLOYMENT_CONTROLLER, "ECS") {
        fix.reset(service, prop::DEPLOYMENT_CONTROLLER);
    }
    for group in deployment_groups(world, service) {
        fix.unlink(group.link);
    }
    // What counts failed starts of rolling deployments has no say here.
    if service.flag(prop::DEPLOYMENT_CIRCUIT_BREAKER) {
        fix.reset(service, prop::DEPLOYMENT_CIRCUIT_BREAKER);
    }
    let balanced = forwards(world, service);
    if balanced.is_empty() {
        return fix;
    }
    if target_groups(balanced) < 2 {
        add_target_group(&mut fix, world, service);
    }
    if !LISTENERS.is_allowed_for(world.graph(), service) {
        allow_listeners(&mut fix, world, service);
    }
    fix
}

/// The alarms that are part of deployments, of a service or of a deployment group.
pub(super) fn alarms<'a, 'd>(
    world: &'a World<'d>,
    owner: Node<'d>,
) -> impl Iterator<Item = Node<'d>> + use<'a, 'd> {
    world.graph().inc(owner, LinkKind::Triggers).iter().map(|edge| edge.from)
}
