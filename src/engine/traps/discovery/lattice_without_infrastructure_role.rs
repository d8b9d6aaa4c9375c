//! A service called through VPC Lattice whose tasks ECS may not register there (`discovery-lattice`).

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind};

use super::names::LATTICE;
use crate::finding::{Detection, Step};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::traps::infrastructure;
use crate::world::{Edge, Node, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "lattice-without-infrastructure-role",
    area: Area::Discovery,
    severity: Severity::Critical,
    domain: Domain::Secure,
    facts: &["discovery-lattice"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let services = world.graph().of_kind(ComponentKind::EcsService).iter();
    services
        .filter_map(|service| {
            let calls = world.graph().inc(*service, LinkKind::Calls).iter().copied();
            let calls = calls.filter(|call| call.link.is(prop::VIA, "lattice")).collect::<Vec<_>>();
            let denied = !calls.is_empty() && !LATTICE.is_allowed_for(world.graph(), *service);
            denied.then(|| detection(world, *service, &calls))
        })
        .collect()
}

fn detection<'d>(world: &World<'d>, service: Node<'d>, calls: &[Edge<'d>]) -> Detection {
    let called = |call: &Edge<'d>| {
        Step::on(
            call.link,
            true,
            step("calls-through-lattice").name("caller", call.from).name("service", service),
        )
    };
    let (graph, mut fix) = (world.graph(), FixBuilder::new(world));
    LATTICE.allow(&mut fix, graph, service, None, "infrastructure-role");
    Detection::new()
        .pin(service)
        .pin_links(calls)
        .steps(calls.iter().map(called))
        .step(infrastructure::refusal(graph, service, step("register-targets")))
        .name("service", service)
        .fix(fix.done("let-register"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_once_without_a_role_or_with_one_for_something_else() {
        for role in [
            "",
            "own: iam-role managedPolicies=[\"AmazonECSInfrastructureRolePolicyForVolumes\"]
            risk -> own: role as=infrastructureRole",
        ] {
            check(
                &TRAP,
                &format!(
                    "
                    #! fixes let-register
                    risk: ecs-service    #! lattice-without-infrastructure-role: `risk` is called through VPC Lattice, and ECS may not register its tasks there: callers find no targets.
                    quotes: ecs-service
                    mail: lambda-function
                    quotes -> risk: calls via=lattice
                    mail -> risk: calls via=lattice
                    {role}"
                ),
            );
        }
    }

    #[test]
    fn silent_with_the_policy_and_by_other_ways() {
        check(
            &TRAP,
            "
            risk: ecs-service
            other: ecs-service
            quotes: ecs-service
            own: iam-role managedPolicies=[\"AmazonECSInfrastructureRolePolicyForVpcLattice\"]
            risk -> own: role as=infrastructureRole
            quotes -> risk: calls via=lattice
            quotes -> other: calls via=service-connect",
        );
    }
}
