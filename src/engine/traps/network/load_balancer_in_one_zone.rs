//! A load balancer enabled in fewer than two Availability Zones (`mis-three-tier-layout`).
//!
//! AWS refuses to create an Application Load Balancer with subnets in a single zone.

use trapwise_model::ComponentKind;
use trapwise_model::catalogue::prop;

use crate::finding::{Detection, Fix};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::{FixBuilder, phrases};
use crate::world::{Node, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "load-balancer-in-one-zone",
    area: Area::Network,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["mis-three-tier-layout", "trap-zone-not-on-load-balancer"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let balancers = scene.world.graph().of_kind(ComponentKind::LoadBalancer).iter().copied();
    balancers
        .filter(|balancer| balancer.is(prop::TYPE, "application") && !balancer.containers.is_empty())
        .filter(|balancer| scene.world.zones(*balancer).len() < 2)
        .map(|balancer| {
            let zone = phrases(scene.world.zones(balancer));
            Detection::new()
                .pin(balancer)
                .at(balancer, false, step("one-zone-only").name("balancer", balancer).words("zone", &zone))
                .name("balancer", balancer)
                .words("zone", &zone)
                .fixes(extend(scene.world, balancer))
        })
        .collect()
}

/// Places the component also in a subnet of the same tier and exposure in another zone.
fn extend<'d>(world: &'d World<'d>, node: Node<'d>) -> Option<Fix> {
    let home = world.graph().containers(node).next()?;
    let zones = world.zones(node);
    let mut subnets = world.graph().of_kind(ComponentKind::Subnet).iter().copied();
    let sibling = subnets.find(|subnet| {
        world.network().vpc(*subnet) == world.network().vpc(home)
            && subnet.text(prop::TIER) == home.text(prop::TIER)
            && world.network().exposure(*subnet) == world.network().exposure(home)
            && subnet.text(prop::AVAILABILITY_ZONE).is_some_and(|zone| !zones.contains(zone))
    })?;
    let mut places = node.containers.clone();
    places.push(sibling.id.clone());
    Some(FixBuilder::new(world).place(node, places).done("extend"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_in_one_zone_however_many_subnets() {
        check(
            &TRAP,
            "
            #! fixes extend
            vpc: vpc
              a: subnet tier=public
                alb: load-balancer + a2    #! load-balancer-in-one-zone: `alb` is enabled in zone a only: an Application Load Balancer needs subnets in two zones or more and is refused.
              a2: subnet tier=public
              b: subnet tier=public availabilityZone=b",
        );
    }

    #[test]
    fn offers_no_fix_without_a_sibling_subnet() {
        check(
            &TRAP,
            "
            vpc: vpc
              a: subnet tier=public
                alb: load-balancer scheme=internal    #! load-balancer-in-one-zone
              b: subnet tier=app availabilityZone=b",
        );
    }

    #[test]
    fn silent_in_two_zones_unplaced_and_for_network_load_balancers() {
        check(
            &TRAP,
            "
            vpc: vpc
              a: subnet
                alb: load-balancer + b
                nlb: load-balancer type=network
              b: subnet availabilityZone=b
            idle: load-balancer",
        );
    }
}
