//! A volume for each task, and no infrastructure role with which ECS may create it
//! (`storage-infrastructure-role`).

use trapwise_model::{ComponentKind, LinkKind};

use crate::finding::{Detection, Fix};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::traps::infrastructure::{self, Duty};
use crate::world::{Edge, Node, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "ebs-without-infrastructure-role",
    area: Area::State,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["storage-infrastructure-role", "tip-efs-not-ebs"],
    needs: &[],
    detect,
};

/// ECS manages the volumes.
const VOLUMES: Duty =
    Duty { policy: "AmazonECSInfrastructureRolePolicyForVolumes", action: "ec2:CreateVolume" };

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let graph = world.graph();
    let mut found = Vec::new();
    for volume in graph.of_kind(ComponentKind::EbsVolume) {
        for mount in graph.inc(*volume, LinkKind::Mounts) {
            let denied = world.runners(mount.from).filter(|one| !VOLUMES.is_allowed_for(graph, one.node));
            found.extend(denied.map(|workload| detection(world, *mount, workload.node)));
        }
    }
    found
}

fn detection<'d>(world: &World<'d>, mount: Edge<'d>, user: Node<'d>) -> Detection {
    let (graph, volume) = (world.graph(), mount.to);
    Detection::new()
        .pin(user)
        .pin(volume)
        .pin_link(mount.link)
        .on(mount.link, true, step("volume-for-each-task").name("service", user).name("volume", volume))
        .step(infrastructure::refusal(graph, user, step("manage-volumes")))
        .name("service", user)
        .name("volume", volume)
        .fix(fix(world, user))
}

/// The role that is there for it, if any, else a new one.
fn fix<'d>(world: &World<'d>, user: Node<'d>) -> Fix {
    let graph = world.graph();
    let mut roles = graph.of_kind(ComponentKind::IamRole).iter().copied();
    let free = roles.find(|role| VOLUMES.is_allowed_by(*role) && infrastructure::is_reserved(graph, *role));
    let key = if infrastructure::role(graph, user).is_some() { "attach-policy" } else { "add-role" };
    VOLUMES.allow(&mut FixBuilder::new(world), graph, user, free, "volumes-role").done(key)
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
            job: {kind} launchType=FARGATE    #! ebs-without-infrastructure-role: `job` wants a `disk` for each task, but has no infrastructure role that lets ECS create it: no task starts.{BOARD}
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
