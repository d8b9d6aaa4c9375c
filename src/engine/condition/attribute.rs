//! The values of derived properties: `@name` in conditions.

use trapwise_documents::condition::Attribute;
use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, SortedSet, Value};

use crate::world::{Exposure, Node, World};

/// The value of a derived property for a component, if components of its kind have it.
#[must_use]
pub fn attribute_value<'d>(attribute: Attribute, world: &World<'d>, node: Node<'d>) -> Option<Value> {
    if !attribute.applies_to(node.kind) {
        return None;
    }
    let number = |number: u32| Some(Value::Int(i64::from(number)));
    let workload = world.workload(node);
    match attribute {
        Attribute::Exposure => Some(Value::from(exposure(world, node)?.name())),
        Attribute::Addressing => {
            let kinds =
                places(world, node).into_iter().filter_map(|one| one.component().text(prop::ADDRESSING));
            let kinds: SortedSet<_> = kinds.collect();
            Some(Value::List(kinds.iter().map(|kind| Value::from(*kind)).collect()))
        }
        Attribute::Zones => number(count(world.zones(node).len())),
        Attribute::Instances => match workload {
            Some(workload) => number(workload.hosts.iter().map(|host| instances(*host)).sum()),
            None => number(instances(node)),
        },
        Attribute::Tasks => number(workload?.tasks()),
        Attribute::RunningTasksMin => number(world.deployment_range(workload?).least),
        Attribute::RunningTasksMax => number(world.deployment_range(workload?).most),
        Attribute::Compute => {
            let names = workload?.compute.iter().map(|compute| Value::from(compute.name()));
            Some(Value::List(names.collect()))
        }
        Attribute::NetworkMode => Some(Value::from(workload?.network_mode.name())),
        Attribute::SpotTasks => number(world.spot_tasks(workload?)),
        Attribute::OnDemandTasks => {
            let workload = workload?;
            number(workload.tasks().saturating_sub(world.spot_tasks(workload)))
        }
        Attribute::OnDemandShare => number(world.on_demand_share(workload?)?),
        Attribute::FirstPlacement => workload?.first_placement().map(Value::from),
        Attribute::ScalingLayers => {
            let layers = world.scaling_layers(workload?);
            number(u32::from(layers.tasks) + u32::from(layers.instances))
        }
    }
}

/// The exposure of a subnet, or of the most open one that a component's interfaces stand in.
fn exposure<'d>(world: &World<'d>, node: Node<'d>) -> Option<Exposure> {
    if node.kind == ComponentKind::Subnet {
        return Some(world.network().exposure(node));
    }
    // INVARIANT: declared from the most open to the most closed.
    places(world, node).into_iter().map(|subnet| world.network().exposure(subnet)).min()
}

/// The subnets that a component's interfaces stand in.
fn places<'d>(world: &World<'d>, node: Node<'d>) -> Vec<Node<'d>> {
    let interfaces = world.interfaces(node);
    let places = interfaces.iter().flat_map(|interface| world.graph().containers(*interface));
    places.filter(|place| place.kind == ComponentKind::Subnet).collect()
}

/// How many instances a group is to have, or 1 for a server.
fn instances(host: Node<'_>) -> u32 {
    if host.kind != ComponentKind::AutoScalingGroup {
        return 1;
    }
    let size = host.int(prop::DESIRED_CAPACITY).or_else(|| host.int(prop::MIN_SIZE));
    size.and_then(|size| u32::try_from(size).ok()).unwrap_or(0)
}

fn count(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::{Compute, NetworkMode};
    use trapwise_documents::condition::AttributeType::{ListOf, OneOf};

    #[test]
    fn derived_names_are_those_that_conditions_may_compare_with() {
        assert_eq!(Attribute::Exposure.ty(), OneOf(Exposure::NAMES));
        assert_eq!(Attribute::NetworkMode.ty(), OneOf(NetworkMode::NAMES));
        assert_eq!(Attribute::Compute.ty(), ListOf(Compute::NAMES));
    }
}
