//! Clients on the internet that are sent to an internal load balancer: its name resolves to private addresses.

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind};

use super::launch;
use crate::finding::{Detection, Fix};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Edge, Hop, Node, What, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "internal-load-balancer-for-internet",
    area: Area::Network,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["mis-three-tier-layout", "mis-nat-inbound"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let balancers = world.graph().of_kind(ComponentKind::LoadBalancer).iter();
    balancers
        .filter(|balancer| balancer.is(prop::SCHEME, "internal"))
        .filter_map(|balancer| {
            let sends = world.graph().inc(*balancer, LinkKind::Sends).iter();
            let sends = sends.copied().find(|edge| edge.from.kind == ComponentKind::Users)?;
            Some(detection(world, *balancer, sends))
        })
        .collect()
}

fn detection<'d>(world: &World<'d>, balancer: Node<'d>, sends: Edge<'d>) -> Detection {
    let users = sends.from;
    let address = Hop { what: What::PublicAddress(balancer), at: Some(balancer), link: None, ok: false };
    Detection::new()
        .pin(balancer)
        .pin(users)
        .pin_link(sends.link)
        .on(sends.link, true, step("clients-connect").name("users", users).name("balancer", balancer))
        .step(address.step())
        .name("balancer", balancer)
        .name("users", users)
        .fixes(fix(world, balancer))
}

/// Public addresses, and public subnets to have them in.
fn fix<'d>(world: &World<'d>, balancer: Node<'d>) -> Option<Fix> {
    let mut fix = FixBuilder::new(world);
    fix.set(balancer, prop::SCHEME, "internet-facing");
    if world.graph().containers(balancer).any(|home| !launch::is_public(world, home)) {
        let vpc = world.network().vpc(balancer);
        let public = launch::one_in_each_zone(world, vpc, &|subnet| launch::is_public(world, subnet));
        if public.is_empty() {
            return None;
        }
        fix.place(balancer, public);
    }
    Some(fix.done("make-internet-facing"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_in_public_and_in_private_subnets() {
        for home in ["pub-a", "app-a"] {
            let text = "
            #! fixes make-internet-facing
            users: users
            vpc: vpc
              igw: internet-gateway
              pub-a: subnet tier=public
              app-a: subnet
            alb: load-balancer scheme=internal    #! internal-load-balancer-for-internet
            users -> alb: sends port=443
            pub-a -> igw: routes";
            let home = format!("{home}: subnet");
            let inside = format!(
                "{home}\n                alb: load-balancer scheme=internal    #! internal-load-balancer-for-internet: `users` connect to `alb`, which is internal: its name resolves to private addresses, and they time out."
            );
            let text = text
                .replace("            alb: load-balancer scheme=internal    #! internal-load-balancer-for-internet\n", "")
                .replace(&format!("{home}\n"), &format!("{inside}\n"))
                .replace(&format!("{home} tier=public"), &inside.replacen("subnet", "subnet tier=public", 1));
            check(&TRAP, &text);
        }
    }

    #[test]
    fn silent_for_callers_within_and_for_public_balancers() {
        check(
            &TRAP,
            "
            users: users
            office: on-premises
            vpc: vpc
              pub: subnet tier=public
                front: load-balancer
              app: subnet
                web: ecs-service launchType=FARGATE
                inner: load-balancer scheme=internal
            users -> front: sends
            office -> inner: sends
            web -> inner: calls via=load-balancer",
        );
    }
}
