//! How a service gets its releases: what the traps of delivery share. Not a trap.

use trapwise_model::ComponentKind;

use crate::world::{Workload, World};

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
    match service.node.text("deploymentController") {
        Some("CODE_DEPLOY") => Release::CodeDeploy,
        Some("EXTERNAL") => Release::External,
        _ if service.node.text("deploymentStrategy") == Some("ROLLING") => Release::Rolling,
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
    let replicas = rolling.filter(|(service, _)| service.node.text("schedulingStrategy") != Some("DAEMON"));
    replicas.map(|(service, _)| service)
}
