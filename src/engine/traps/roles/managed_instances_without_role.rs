//! Managed Instances that nobody may launch: their capacity provider has no infrastructure role for it
//! (`storage-infrastructure-role`).

use trapwise_model::{ComponentKind, LinkKind, Value};

use crate::finding::{Detection, Fix};
use crate::terms::{Area, Domain, Severity};
use crate::traps::fix::FixBuilder;
use crate::traps::permissions::list;
use crate::traps::{Scene, Trap, evidence};
use crate::world::{Hop, Node, What, World, iam};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "managed-instances-without-role",
    area: Area::Roles,
    severity: Severity::Critical,
    domain: Domain::Secure,
    facts: &["storage-infrastructure-role", "tip-match-launch-type"],
    needs: &[],
    detect,
};

const PLACE: &str = "infrastructureRole";
const POLICY: &str = "AmazonECSInfrastructureRolePolicyForManagedInstances";

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let providers = world.graph().of_kind(ComponentKind::CapacityProvider).iter().copied();
    providers
        .filter(|provider| provider.is("type", "MANAGED_INSTANCES"))
        .filter(|provider| !world.graph().inc(*provider, LinkKind::Uses).is_empty())
        .filter_map(|provider| {
            let role = iam::role(world.graph(), provider, PLACE).map(|edge| edge.to);
            (!role.is_some_and(may_launch)).then(|| detection(world, provider, role))
        })
        .collect()
}

/// By the policy made for it, or by EC2 permissions of one's own.
fn may_launch(role: Node<'_>) -> bool {
    let has = |prop: &str, wanted: &dyn Fn(&str) -> bool| {
        role.list(prop).iter().filter_map(Value::as_text).any(wanted)
    };
    has("managedPolicies", &|policy| policy == POLICY || policy == "AdministratorAccess")
        || has("wildcardActions", &|pattern| iam::matches(pattern, "ec2:RunInstances"))
}

fn detection<'d>(world: &World<'d>, provider: Node<'d>, role: Option<Node<'d>>) -> Detection {
    let blocked = match role {
        Some(role) => evidence::at(role, false, format!("`{}` does not let ECS launch instances", role.id)),
        None => {
            Hop { what: What::HasRole(provider, PLACE), at: Some(provider), link: None, ok: false }.step()
        }
    };
    Detection::new()
        .pin(provider)
        .pin_all(&role)
        .at(provider, true, format!("ECS is to launch the instances of `{}`", provider.id))
        .step(blocked)
        .name("provider", provider)
        .fix(fix(world, provider, role))
}

/// The policy for the role that is there; else a role that has it already; else a new one.
fn fix<'d>(world: &World<'d>, provider: Node<'d>, role: Option<Node<'d>>) -> Fix {
    let mut fix = FixBuilder::new(world);
    if let Some(role) = role {
        let mut policies = role.list("managedPolicies").to_vec();
        policies.push(Value::from(POLICY));
        return fix.set(role, "managedPolicies", policies).done("attach-policy");
    }
    let mut roles = world.graph().of_kind(ComponentKind::IamRole).iter();
    let id = match roles.find(|role| may_launch(**role)) {
        Some(role) => role.id.clone(),
        None => {
            let policies = [("managedPolicies", list(&[POLICY]))];
            fix.add(ComponentKind::IamRole, "infrastructure-role", &[], &policies)
        }
    };
    fix.link(LinkKind::Role, &provider.id, &id).with("as", PLACE).done("add-role")
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
