//! Native blue/green behind a load balancer without a role by which ECS may move the traffic
//! (`feat-blue-green-codedeploy`): an infrastructure role that trusts ECS.

use super::release::{LISTENERS, Release, allow_listeners, forwards, services};
use crate::finding::{Detection, Step};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::{FixBuilder, name};
use crate::traps::infrastructure;
use crate::world::{Edge, Node, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "blue-green-without-infrastructure-role",
    area: Area::Delivery,
    severity: Severity::Critical,
    domain: Domain::Secure,
    facts: &["feat-blue-green-codedeploy", "tip-bg-answer-is-codedeploy"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let shifting = services(world).filter(|(_, release)| *release == Release::Shifting);
    shifting
        .filter_map(|(service, _)| {
            let forward = forwards(world, service.node).first()?;
            let denied = !LISTENERS.is_allowed_for(world.graph(), service.node);
            denied.then(|| detection(world, *forward))
        })
        .collect()
}

fn detection<'d>(world: &World<'d>, forward: Edge<'d>) -> Detection {
    let (balancer, service): (Node<'d>, Node<'d>) = (forward.from, forward.to);
    let role = infrastructure::role(world.graph(), service);
    let last = match role {
        None => Step::at(service, false, step("no-infrastructure-role").name("service", service)),
        Some(edge) => Step::on(edge.link, false, step("role-may-not-change-rules").name("role", edge.to)),
    };
    let key = if role.is_some() { "attach-policy" } else { "add-role" };
    Detection::new()
        .pin(service)
        .pin(balancer)
        .pin_links(&role)
        .at(balancer, true, step("ecs-moves-traffic").name("balancer", balancer))
        .step(last)
        .name("service", service)
        .name("balancer", balancer)
        .arg("role", role.map(|edge| name(edge.to)).unwrap_or_default())
        .fix(allow_listeners(&mut FixBuilder::new(world), world, service).done(key))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_without_a_role_or_with_one_that_may_not() {
        check(
            &TRAP,
            "
            #! fixes add-role
            alb: load-balancer
            web: ecs-service deploymentStrategy=BLUE_GREEN    #! blue-green-without-infrastructure-role: ECS is to move the traffic of `alb` for `web`, but no infrastructure role allows it: deployments fail.
            alb -> web: forwards",
        );
        check(
            &TRAP,
            "
            #! fixes attach-policy
            alb: load-balancer
            web: ecs-service deploymentStrategy=LINEAR    #! blue-green-without-infrastructure-role
            volumes: iam-role managedPolicies=[\"AmazonECSInfrastructureRolePolicyForVolumes\"]
            web -> volumes: role as=infrastructureRole
            alb -> web: forwards",
        );
    }

    #[test]
    fn silent_with_the_role_and_where_nothing_is_moved() {
        check(
            &TRAP,
            "
            alb: load-balancer
            web: ecs-service deploymentStrategy=BLUE_GREEN
            listeners: iam-role managedPolicies=[\"AmazonECSInfrastructureRolePolicyForLoadBalancers\"]
            headless: ecs-service deploymentStrategy=BLUE_GREEN
            rolling: ecs-service
            old: ecs-service deploymentController=CODE_DEPLOY
            web -> listeners: role as=infrastructureRole
            alb -> web: forwards
            alb -> rolling: forwards
            alb -> old: forwards",
        );
    }
}
