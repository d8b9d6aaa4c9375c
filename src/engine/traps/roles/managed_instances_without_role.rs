//! Managed Instances that nobody may launch: their capacity provider has no infrastructure role for it
//! (`storage-infrastructure-role`).

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind};

use crate::finding::{Detection, Fix};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::traps::infrastructure::{self, Duty};
use crate::world::{Node, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "managed-instances-without-role",
    area: Area::Roles,
    severity: Severity::Critical,
    domain: Domain::Secure,
    facts: &["storage-infrastructure-role", "tip-match-launch-type"],
    needs: &[],
    detect,
};

/// ECS launches the instances.
const INSTANCES: Duty =
    Duty { policy: "AmazonECSInfrastructureRolePolicyForManagedInstances", action: "ec2:RunInstances" };

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let providers = world.graph().of_kind(ComponentKind::CapacityProvider).iter().copied();
    providers
        .filter(|provider| provider.is(prop::TYPE, "MANAGED_INSTANCES"))
        .filter(|provider| !world.graph().inc(*provider, LinkKind::Uses).is_empty())
        .filter(|provider| !INSTANCES.is_allowed_for(world.graph(), *provider))
        .map(|provider| detection(world, provider))
        .collect()
}

fn detection<'d>(world: &World<'d>, provider: Node<'d>) -> Detection {
    let graph = world.graph();
    Detection::new()
        .pin(provider)
        .pin_all(&infrastructure::role(graph, provider).map(|edge| edge.to))
        .at(provider, true, step("ecs-launches-instances").name("provider", provider))
        .step(infrastructure::refusal(graph, provider, step("launch-instances")))
        .name("provider", provider)
        .fix(fix(world, provider))
}

/// The policy for the role that is there; else a role that has it already; else a new one.
fn fix<'d>(world: &World<'d>, provider: Node<'d>) -> Fix {
    let graph = world.graph();
    let mut roles = graph.of_kind(ComponentKind::IamRole).iter().copied();
    let free = roles.find(|role| INSTANCES.is_allowed_by(*role));
    let key = if infrastructure::role(graph, provider).is_some() { "attach-policy" } else { "add-role" };
    INSTANCES.allow(&mut FixBuilder::new(world), graph, provider, free, "infrastructure-role").done(key)
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    fn board(kind: &str, policy: &str, rest: &str) -> String {
        format!(
            "
            web: ecs-service
            own: capacity-provider type={kind}
            role: iam-role managedPolicies=[\"{policy}\"]
            {rest}"
        )
    }

    const USES: &str = "web -> own: uses weight=1";
    const RIGHT: &str = "AmazonECSInfrastructureRolePolicyForManagedInstances";
    const WRONG: &str = "AmazonECSInfrastructureRolePolicyForVolumes";

    #[test]
    fn fires_without_the_role_or_with_another() {
        let kind = "MANAGED_INSTANCES #! managed-instances-without-role: ECS is to launch the instances of `own`, and no role lets it: tasks wait for hosts that never come.";
        let role = format!("{USES}\n own -> role: role as=infrastructureRole");
        for (fixes, policy, rest) in
            [("add-role", WRONG, USES), ("add-role", RIGHT, USES), ("attach-policy", WRONG, &*role)]
        {
            check(&TRAP, &format!("#! fixes {fixes}\n{}", board(kind, policy, rest)));
        }
    }

    #[test]
    fn silent_with_the_role_unused_and_elsewhere() {
        let role = format!("{USES}\n own -> role: role as=infrastructureRole");
        check(&TRAP, &board("MANAGED_INSTANCES", RIGHT, &role));
        check(&TRAP, &board("MANAGED_INSTANCES", WRONG, ""));
        check(&TRAP, &board("FARGATE", WRONG, USES));
    }
}
