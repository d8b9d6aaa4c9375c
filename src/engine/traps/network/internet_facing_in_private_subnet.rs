//! An internet-facing load balancer in a subnet without a route to an internet gateway
//! (`mis-three-tier-layout`): it has public addresses, but clients cannot reach it.

use trapwise_model::ComponentKind;
use trapwise_model::catalogue::prop;

use super::launch;
use crate::finding::{Detection, Fix};
use crate::terms::{Area, Domain, Need, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::fix::FixBuilder;
use crate::world::{Hop, Node, What};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "internet-facing-in-private-subnet",
    area: Area::Network,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["mis-three-tier-layout"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let balancers = world.graph().of_kind(ComponentKind::LoadBalancer).iter().copied();
    balancers
        .filter(|balancer| balancer.is(prop::SCHEME, "internet-facing"))
        .filter_map(|balancer| {
            let homes = world.graph().containers(balancer).collect::<Vec<_>>();
            let closed =
                homes.iter().copied().filter(|home| !launch::is_public(world, *home)).collect::<Vec<_>>();
            if closed.is_empty() {
                return None;
            }
            let steps = homes.iter().map(|home| {
                let ok = launch::is_public(world, *home);
                Hop { what: What::InternetRoute(*home), at: Some(*home), link: None, ok }.step()
            });
            Some(
                Detection::new()
                    .pin(balancer)
                    .pin_all(&closed)
                    .steps(steps)
                    .name("balancer", balancer)
                    .names("subnet", &closed)
                    .fixes(fixes(scene, balancer)),
            )
        })
        .collect()
}

fn fixes<'d>(scene: &Scene<'d>, balancer: Node<'d>) -> Vec<Fix> {
    let world = scene.world;
    let vpc = world.network().vpc(balancer);
    let public = launch::one_in_each_zone(world, vpc, &|subnet| launch::is_public(world, subnet));
    let mut fixes = Vec::new();
    if !public.is_empty() {
        fixes.push(FixBuilder::new(world).place(balancer, public).done("move-public"));
    }
    if !scene.needs(Need::InternetFacing) {
        fixes.push(FixBuilder::new(world).set(balancer, prop::SCHEME, "internal").done("make-internal"));
    }
    fixes
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_in_private_and_in_mixed_subnets() {
        check(
            &TRAP,
            "
            #! fixes move-public make-internal
            vpc: vpc
              igw: internet-gateway
              pub-a: subnet tier=public
              pub-b: subnet tier=public availabilityZone=b
                alb: load-balancer + app-a    #! internet-facing-in-private-subnet: `alb` is internet-facing, but no route leads from `app-a` to an internet gateway: clients time out.
              app-a: subnet
            pub-a -> igw: routes
            pub-b -> igw: routes",
        );
    }

    #[test]
    fn internal_is_no_fix_where_clients_are_on_the_internet() {
        check(
            &TRAP,
            "
            #! needs internet-facing
            #! fixes move-public
            vpc: vpc
              igw: internet-gateway
              pub: subnet tier=public
              app: subnet
                alb: load-balancer    #! internet-facing-in-private-subnet
            pub -> igw: routes",
        );
    }

    #[test]
    fn silent_when_public_or_internal_or_unplaced() {
        check(
            &TRAP,
            "
            vpc: vpc
              igw: internet-gateway
              pub: subnet tier=public
                alb: load-balancer
              app: subnet
                inner: load-balancer scheme=internal
            idle: load-balancer
            pub -> igw: routes",
        );
    }
}
