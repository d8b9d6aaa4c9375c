//! What the traps of scaling share. Not a trap.

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind, Value};

use crate::finding::Fix;
use crate::traps::fix::FixBuilder;
use crate::world::{Node, Workload, World};

/// CPU in percent that the policy of the fix keeps a service at.
const TARGET_CPU: i64 = 60;

/// How far the fix lets a service grow whose bounds are the same, as a multiple of what it may not fall below.
const ROOM: i64 = 4;

/// A target tracking policy for the service, and room between its bounds where there is none.
pub(super) fn add_policy<'d>(world: &World<'d>, service: Node<'d>) -> Fix {
    let mut fix = FixBuilder::new(world);
    if world.workload(service).is_some_and(|workload| !workload.has_room()) {
        let floor = service.int(prop::MIN_CAPACITY).unwrap_or(1).max(1);
        fix.set(service, prop::MAX_CAPACITY, floor * ROOM);
        if !world.graph().inc(service, LinkKind::Scales).is_empty() {
            return fix.done("raise-ceiling");
        }
    }
    let props = [
        (prop::POLICY_TYPE, "TargetTrackingScaling".into()),
        (prop::METRIC, "ECSServiceAverageCPUUtilization".into()),
        (prop::TARGET_VALUE, Value::from(TARGET_CPU)),
    ];
    let id = fix.add(ComponentKind::ScalingPolicy, &format!("{}-scaling", service.id), &[], &props);
    fix.link(LinkKind::Scales, &id, &service.id).done("add-policy")
}

/// Whether a service runs one task on each host, whatever the load.
pub(super) fn is_daemon(service: Node<'_>) -> bool {
    service.is(prop::SCHEDULING_STRATEGY, "DAEMON")
}

/// The provider whose managed scaling sizes the group, when the workload's tasks are not started through any:
/// by the launch type EC2, or by the default where there is neither launch type nor strategy.
pub(super) fn passed_by<'d>(world: &World<'d>, workload: &Workload<'d>, group: Node<'d>) -> Option<Node<'d>> {
    if !workload.strategy.is_empty() {
        return None;
    }
    world.graph().target(group, LinkKind::Backs).filter(is_managed)
}

/// Whether it is a provider that sizes its group.
pub(super) fn is_managed(provider: &Node<'_>) -> bool {
    provider.is(prop::TYPE, "EC2_AUTOSCALING") && provider.is(prop::MANAGED_SCALING, "ENABLED")
}
