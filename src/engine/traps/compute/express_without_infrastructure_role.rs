//! A service in Express Mode and no role by which ECS may set up what belongs to it (`compute-express-mode`).

use trapwise_model::ComponentKind;
use trapwise_model::catalogue::prop;

use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::traps::infrastructure::{self, Duty};
use crate::world::{Node, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "express-without-infrastructure-role",
    area: Area::Compute,
    severity: Severity::Critical,
    domain: Domain::Secure,
    facts: &["compute-express-mode", "mis-fargate-autoscales"],
    needs: &[],
    detect,
};

/// ECS sets up what belongs to the service.
const EXPRESS: Duty = Duty {
    policy: "AmazonECSInfrastructureRoleforExpressGatewayServices",
    action: "elasticloadbalancing:CreateLoadBalancer",
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let services = world.graph().of_kind(ComponentKind::EcsService).iter().copied();
    let express = services.filter(|service| service.flag(prop::EXPRESS_MODE));
    let denied = express.filter(|service| !EXPRESS.is_allowed_for(world.graph(), *service));
    denied.map(|service| detection(world, service)).collect()
}

fn detection<'d>(world: &World<'d>, service: Node<'d>) -> Detection {
    let (graph, mut fix) = (world.graph(), FixBuilder::new(world));
    EXPRESS.allow(&mut fix, graph, service, None, "infrastructure-role");
    Detection::new()
        .pin(service)
        .at(service, true, step("ecs-sets-up").name("service", service))
        .step(infrastructure::refusal(graph, service, step("do-so")))
        .name("service", service)
        .fix(fix.done("add-role"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_without_a_role_or_with_one_for_something_else() {
        for role in [
            "",
            "own: iam-role managedPolicies=[\"AmazonECSInfrastructureRolePolicyForLoadBalancers\"]
            web -> own: role as=infrastructureRole",
        ] {
            check(
                &TRAP,
                &format!(
                    "
                    #! fixes add-role
                    web: ecs-service expressMode=true    #! express-without-infrastructure-role: `web` is to be set up by Express Mode, and ECS has no role to do it with: nothing is created.
                    {role}"
                ),
            );
        }
    }

    #[test]
    fn silent_with_the_policy_and_on_other_services() {
        check(
            &TRAP,
            "
            web: ecs-service expressMode=true
            api: ecs-service
            own: iam-role managedPolicies=[\"AmazonECSInfrastructureRoleforExpressGatewayServices\"]
            web -> own: role as=infrastructureRole",
        );
    }
}
