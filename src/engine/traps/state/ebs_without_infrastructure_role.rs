//! A volume for each task, and no infrastructure role with which ECS may create it
//! (`storage-infrastructure-role`).

use trapwise_model::{ComponentKind, LinkKind, Value};

use crate::finding::{Detection, Fix};
use crate::terms::{Area, Domain, Severity};
use crate::traps::fix::FixBuilder;
use crate::traps::permissions::list;
use crate::traps::{Scene, Trap, evidence};
use crate::world::{Edge, Hop, Node, What, World, iam};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "ebs-without-infrastructure-role",
    area: Area::State,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["storage-infrastructure-role", "tip-efs-not-ebs"],
    needs: &[],
    detect,
};

const PLACE: &str = "infrastructureRole";
const POLICY: &str = "AmazonECSInfrastructureRolePolicyForVolumes";

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let graph = world.graph();
    let mut found = Vec::new();
    for volume in graph.of_kind(ComponentKind::EbsVolume) {
        for mount in graph.inc(*volume, LinkKind::Mounts) {
            for workload in world.runners(mount.from) {
                let role = iam::role(graph, workload.node, PLACE).map(|edge| edge.to);
                if !role.is_some_and(manages_volumes) {
                    found.push((*mount, workload.node, role));
                }
            }
        }
    }
    if found.is_empty() {
        return Vec::new();
    }
    let mut roles = graph.of_kind(ComponentKind::IamRole).iter().copied();
    let free = roles.find(|role| {
        manages_volumes(*role)
            && graph.inc(*role, LinkKind::Role).iter().all(|edge| edge.link.is("as", PLACE))
    });
    found.into_iter().map(|(mount, user, role)| detection(world, mount, user, role, free)).collect()
}

/// By the policy made for it, or by EC2 permissions of one's own.
fn manages_volumes(role: Node<'_>) -> bool {
    let has = |prop: &str, wanted: &dyn Fn(&str) -> bool| {
        role.list(prop).iter().filter_map(Value::as_text).any(wanted)
    };
    has("managedPolicies", &|policy| policy == POLICY || policy == "AdministratorAccess")
        || has("wildcardActions", &|pattern| iam::matches(pattern, "ec2:CreateVolume"))
}

fn detection<'d>(
    world: &World<'d>,
    mount: Edge<'d>,
    user: Node<'d>,
    role: Option<Node<'d>>,
    free: Option<Node<'d>>,
) -> Detection {
    let volume = mount.to;
    let mut evidence = vec![evidence::on(
        mount.link,
        true,
        format!("each task of `{}` gets a new `{}`", user.id, volume.id),
    )];
    evidence.push(match role {
        Some(role) => evidence::at(role, false, format!("`{}` does not let ECS manage volumes", role.id)),
        None => Hop { what: What::HasRole(user, PLACE), at: Some(user), link: None, ok: false }.step(),
    });
    Detection::new()
        .pin(user)
        .pin(volume)
        .pin_link(mount.link)
        .steps(evidence)
        .name("service", user)
        .name("volume", volume)
        .fix(fix(world, user, role, free))
}

/// The role that is there for it, if any (`free`), else a new one.
fn fix<'d>(world: &World<'d>, user: Node<'d>, role: Option<Node<'d>>, free: Option<Node<'d>>) -> Fix {
    let mut fix = FixBuilder::new(world);
    if let Some(role) = role {
        let mut policies = role.list("managedPolicies").to_vec();
        policies.push(Value::from(POLICY));
        return fix.set(role, "managedPolicies", policies).done("attach-policy");
    }
    let id = match free {
        Some(role) => role.id.clone(),
        None => {
            let policies = [("managedPolicies", list(&[POLICY]))];
            fix.add(ComponentKind::IamRole, "volumes-role", &[], &policies)
        }
    };
    fix.link(LinkKind::Role, &user.id, &id).with("as", PLACE).done("add-role")
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    const BOARD: &str = "
            task: task-definition
            disk: ebs-volume
            task -> disk: mounts
            job -> task: runs";

    #[test]
    fn fires_without_the_role_or_with_another() {
        for (fix, more) in [
            ("add-role", ""),
            ("add-role", "spare: iam-role managedPolicies=[\"AmazonECSInfrastructureRolePolicyForVolumes\"]"),
            ("add-role", "app: iam-role\n            task -> app: role as=taskRoleArn"),
            (
                "attach-policy",
                "infra: iam-role managedPolicies=[\"AmazonECSInfrastructureRolePolicyForLoadBalancers\"]
            job -> infra: role as=infrastructureRole",
            ),
        ] {
            for kind in ["ecs-service", "standalone-task"] {
                check(
                    &TRAP,
                    &format!(
                        "
            #! fixes {fix}
            job: {kind} launchType=FARGATE    #! ebs-without-infrastructure-role{BOARD}
            {more}"
                    ),
                );
            }
        }
    }

    #[test]
    fn silent_with_the_role_and_for_files() {
        check(
            &TRAP,
            &format!(
                "
            job: ecs-service launchType=FARGATE
            web: ecs-service launchType=FARGATE
            plain: task-definition
            files: efs-file-system
            infra: iam-role managedPolicies=[\"AmazonECSInfrastructureRolePolicyForVolumes\"]
            web -> plain: runs
            plain -> files: mounts
            job -> infra: role as=infrastructureRole{BOARD}"
            ),
        );
    }
}
