//! An image in ECR that no role may pull (`pat-ecr-execution-role`).
//!
//! Where no role acts at launch at all, `execution-role-missing` says so.

use trapwise_documents::message::Message;
use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind, SortedSet};

use crate::finding::{Detection, Fix, Step};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::traps::permissions::{grant, lacking, permission};
use crate::world::{AWSLOGS, ECR_PULL, Edge, Hop, Node, What, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "image-pull-not-permitted",
    area: Area::Roles,
    severity: Severity::Critical,
    domain: Domain::Secure,
    facts: &["pat-ecr-execution-role", "tip-two-roles"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let graph = world.graph();
    let mut found = Vec::new();
    for task in graph.of_kind(ComponentKind::TaskDefinition) {
        let images = graph.out(*task, LinkKind::Image);
        let mut images =
            images.iter().filter(|image| image.to.kind == ComponentKind::EcrRepository).collect::<Vec<_>>();
        // Two containers from one repository are one pull to permit.
        images.dedup_by_key(|image| image.to);
        if images.is_empty() {
            continue;
        }
        for image in images {
            let roles = SortedSet::from_iter(
                world.runners(*task).flat_map(|workload| world.launch_roles(workload, ECR_PULL, image.to)),
            );
            for role in &roles {
                let missing = lacking(graph, Some(*role), ECR_PULL.iter().copied(), image.to);
                if !missing.is_empty() {
                    found.push(detection(world, *image, *role, &missing));
                }
            }
        }
    }
    found
}

fn detection<'d>(world: &World<'d>, image: Edge<'d>, role: Node<'d>, missing: &[&'static str]) -> Detection {
    let (task, repository) = (image.from, image.to);
    let attached = world.graph().between(task, LinkKind::Role, role);
    let execution = attached.iter().find(|edge| edge.link.is(prop::AS, "executionRoleArn"));
    let mut evidence = vec![Step::on(
        image.link,
        true,
        Message::new("evidence.pulls-image").name("task", task).name("repository", repository),
    )];
    evidence.push(match execution {
        Some(edge) => {
            let what = What::HasRole(task, "executionRoleArn");
            Hop { what, at: Some(task), link: Some(edge.link), ok: true }.step()
        }
        None => Step::at(role, true, step("hosts-pull-with-role").name("task", task).name("role", role)),
    });
    let pull = |action: &&'static str| permission(role, action, repository, !missing.contains(action));
    evidence.extend(ECR_PULL.iter().map(pull));
    // The policy made for whoever pulls: the task's execution role, or the hosts' own.
    let policy = if execution.is_some() {
        "AmazonECSTaskExecutionRolePolicy"
    } else {
        "AmazonEC2ContainerServiceforEC2Role"
    };
    Detection::new()
        .pin(task)
        .pin(repository)
        .pin(role)
        .pin_link(image.link)
        .pin_links(execution)
        .steps(evidence)
        .name("task", task)
        .name("repository", repository)
        .name("role", role)
        .codes("actions", missing.iter().copied())
        .words("policy", policy)
        .fix(FixBuilder::new(world).attach(role, &[policy]).done("attach-managed-policy"))
        .fix(by_hand(world, task, role, missing, repository))
}

/// The pull, and what else the task needs of the role before it runs: else it would stop one step later.
fn by_hand<'d>(
    world: &World<'d>,
    task: Node<'d>,
    role: Node<'d>,
    missing: &[&'static str],
    repository: Node<'d>,
) -> Fix {
    let mut fix = FixBuilder::new(world);
    grant(&mut fix, world.graph(), role, missing, repository);
    let mut groups = world.awslogs(task).map(|logs| logs.to).collect::<Vec<_>>();
    groups.dedup();
    for group in groups {
        let unlogged = lacking(world.graph(), Some(role), AWSLOGS.iter().copied(), group);
        if !unlogged.is_empty() {
            grant(&mut fix, world.graph(), role, &unlogged, group);
        }
    }
    fix.done("grant-pull")
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn silent_where_the_hosts_may_pull_though_the_execution_role_may_not() {
        check(
            &TRAP,
            "
            web: ecs-service launchType=EC2
            cluster: ecs-cluster
            hosts: auto-scaling-group
            profile: iam-role managedPolicies=[\"AmazonEC2ContainerServiceforEC2Role\"]
            exec: iam-role
            task: task-definition
            image: ecr-repository
            web -> task: runs
            web -> cluster: in-cluster
            hosts -> cluster: in-cluster
            hosts -> profile: role as=instanceProfile
            task -> exec: role as=executionRoleArn
            task -> image: image",
        );
    }

    #[test]
    fn fires_on_each_way_to_miss_it() {
        // Nothing at all; the two actions often quoted; everything, but on another repository; everything,
        // but for the application.
        for grants in [
            "",
            "exec -> image: grants actions=[\"ecr:GetAuthorizationToken\",\"ecr:BatchGetImage\"]",
            "exec -> other: grants actions=[\"ecr:*\"]",
            "app -> image: grants actions=[\"ecr:*\"]",
        ] {
            check(
                &TRAP,
                &format!(
                    "
                #! fixes attach-managed-policy grant-pull
                web: ecs-service launchType=FARGATE
                api: ecs-service launchType=FARGATE
                task: task-definition    #! image-pull-not-permitted
                exec: iam-role
                app: iam-role managedPolicies=[\"AmazonECSTaskExecutionRolePolicy\"]
                image: ecr-repository
                other: ecr-repository
                web -> task: runs
                api -> task: runs
                task -> image: image container=app
                task -> image: image container=sidecar
                task -> exec: role as=executionRoleArn
                task -> app: role as=taskRoleArn
                {grants}"
                ),
            );
        }
    }

    #[test]
    fn fires_for_the_role_of_hosts() {
        check(
            &TRAP,
            "
            #! fixes attach-managed-policy grant-pull
            cluster: ecs-cluster
            hosts: auto-scaling-group
            more: auto-scaling-group
            host-role: iam-role managedPolicies=[\"AmazonSSMManagedInstanceCore\"]
            full-role: iam-role managedPolicies=[\"AmazonEC2ContainerServiceforEC2Role\"]
            web: ecs-service launchType=EC2
            task: task-definition    #! image-pull-not-permitted: `host-role` is to pull `image` for `task`, but does not allow `ecr:GetAuthorizationToken`, `ecr:BatchCheckLayerAvailability`, `ecr:GetDownloadUrlForLayer`, `ecr:BatchGetImage`: no task starts.
            image: ecr-repository
            hosts -> cluster: in-cluster
            more -> cluster: in-cluster
            web -> cluster: in-cluster
            hosts -> host-role: role as=instanceProfile
            more -> full-role: role as=instanceProfile
            web -> task: runs
            task -> image: image",
        );
    }

    #[test]
    fn silent_when_the_role_may_pull() {
        for (policies, grants) in [
            ("[\"AmazonECSTaskExecutionRolePolicy\"]", ""),
            ("[\"AdministratorAccess\"]", ""),
            ("[]", "exec -> image: grants actions=[\"ecr:*\"]"),
            (
                "[]",
                "exec -> image: grants actions=[\"ecr:Get*\",\"ecr:BatchGetImage\"]
                exec -> image: grants actions=[\"ecr:BatchCheckLayerAvailability\"]",
            ),
        ] {
            check(
                &TRAP,
                &format!(
                    "
                web: ecs-service launchType=FARGATE
                task: task-definition
                exec: iam-role managedPolicies={policies}
                image: ecr-repository
                web -> task: runs
                task -> image: image
                task -> exec: role as=executionRoleArn
                {grants}"
                ),
            );
        }
    }

    #[test]
    fn silent_where_no_role_pulls_from_ecr() {
        // A public image needs no permission, a missing role is another trap, and what nobody runs is
        // never pulled.
        check(
            &TRAP,
            "
            web: ecs-service launchType=FARGATE
            api: ecs-service launchType=FARGATE
            task: task-definition
            bare: task-definition
            idle: task-definition
            exec: iam-role
            hub: external-registry
            image: ecr-repository
            web -> task: runs
            api -> bare: runs
            task -> exec: role as=executionRoleArn
            idle -> exec: role as=executionRoleArn
            task -> hub: image
            bare -> image: image
            idle -> image: image",
        );
    }
}
