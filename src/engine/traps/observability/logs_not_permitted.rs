//! Logs through `awslogs` with a role that may not write them (`pat-ecr-execution-role`).
//!
//! Where that role may not pull the task's image either, `image-pull-not-permitted` speaks: the task does
//! not get as far as logging, and the policy that mends the one mends the other.

use trapwise_documents::message::Message;
use trapwise_model::{ComponentKind, LinkKind, SortedSet};

use crate::finding::{Detection, Step};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::fix::FixBuilder;
use crate::traps::permissions::{grant, lacking, permission};
use crate::world::{AWSLOGS, ECR_PULL, Edge, Node, World, iam};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "logs-not-permitted",
    area: Area::Observability,
    severity: Severity::Critical,
    domain: Domain::Secure,
    facts: &["pat-ecr-execution-role", "tip-two-roles", "mnemo-tere"],
    needs: &[],
    detect,
};

const POLICY: &str = "AmazonECSTaskExecutionRolePolicy";

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let graph = world.graph();
    let mut found = Vec::new();
    for task in graph.of_kind(ComponentKind::TaskDefinition) {
        let mut groups = SortedSet::new();
        for logs in world.awslogs(*task).filter(|logs| groups.insert(logs.to)) {
            let roles: SortedSet<_> = world
                .runners(*task)
                .flat_map(|workload| world.launch_roles(workload, AWSLOGS, logs.to))
                .collect();
            for role in roles {
                let missing = lacking(graph, Some(role), AWSLOGS.iter().copied(), logs.to);
                if !missing.is_empty() && may_pull(world, *task, role) {
                    found.push(detection(world, logs, role, &missing));
                }
            }
        }
    }
    found
}

fn may_pull<'d>(world: &World<'d>, task: Node<'d>, role: Node<'d>) -> bool {
    let images = world.graph().out(task, LinkKind::Image).iter();
    let mut repositories = images.filter(|image| image.to.kind == ComponentKind::EcrRepository);
    repositories
        .all(|image| lacking(world.graph(), Some(role), ECR_PULL.iter().copied(), image.to).is_empty())
}

fn detection<'d>(world: &World<'d>, logs: Edge<'d>, role: Node<'d>, missing: &[&'static str]) -> Detection {
    let (task, group) = (logs.from, logs.to);
    let mut evidence = vec![Step::on(
        logs.link,
        true,
        Message::new("evidence.logs-through-awslogs").name("task", task).name("group", group),
    )];
    evidence.extend(AWSLOGS.iter().map(|action| permission(role, action, group, !missing.contains(action))));
    let execution = iam::role(world.graph(), task, "executionRoleArn").is_some_and(|edge| edge.to == role);
    let mut fixes =
        vec![grant(&mut FixBuilder::new(world), world.graph(), role, missing, group).done("grant-logs")];
    if execution {
        fixes.push(FixBuilder::new(world).attach(role, &[POLICY]).done("attach-managed-policy"));
    }
    Detection::new()
        .pin(task)
        .pin(group)
        .pin(role)
        .pin_link(logs.link)
        .steps(evidence)
        .name("task", task)
        .name("group", group)
        .name("role", role)
        .codes("actions", missing.iter().copied())
        .fixes(fixes)
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    const BOARD: &str = "
            web: ecs-service launchType=FARGATE
            app: iam-role
            lines: log-group
            web -> task: runs
            task -> lines: logs container=a
            task -> lines: logs container=b
            task -> exec: role as=executionRoleArn
            task -> app: role as=taskRoleArn";

    #[test]
    fn fires_where_streams_cannot_be_opened_or_written() {
        for more in [
            // Written by hand for pulling only; on the wrong role; the wrong half.
            "repo: ecr-repository
            task -> repo: image
            exec -> repo: grants actions=[\"ecr:*\"]",
            "hub: external-registry
            task -> hub: image
            app -> lines: grants actions=[\"logs:*\"]",
            "exec -> lines: grants actions=[\"logs:PutLogEvents\"]",
        ] {
            check(
                &TRAP,
                &format!(
                    "
            #! fixes grant-logs attach-managed-policy
            task: task-definition    #! logs-not-permitted
            exec: iam-role{BOARD}
            {more}"
                ),
            );
        }
    }

    #[test]
    fn silent_with_the_permission_or_where_the_pull_fails_first() {
        for (exec, more) in [
            ("managedPolicies=[\"AmazonECSTaskExecutionRolePolicy\"]", ""),
            ("", "exec -> lines: grants actions=[\"logs:*\"]"),
            ("", "repo: ecr-repository\n            task -> repo: image"),
        ] {
            check(
                &TRAP,
                &format!(
                    "
            task: task-definition
            exec: iam-role {exec}{BOARD}
            {more}"
                ),
            );
        }
        // FireLens sends with the task role; hosts log with their own role.
        check(
            &TRAP,
            "
            web: ecs-service launchType=FARGATE
            task: task-definition
            exec: iam-role
            lines: log-group
            web -> task: runs
            task -> lines: logs driver=awsfirelens
            task -> exec: role as=executionRoleArn",
        );
    }

    #[test]
    fn says_what_is_wrong() {
        check(
            &TRAP,
            &format!(
                "
            task: task-definition    #! logs-not-permitted: `task` logs to `lines` through `awslogs`, but `exec` does not allow `logs:CreateLogStream`: the task does not start.
            exec: iam-role
            {BOARD}
            exec -> lines: grants actions=[\"logs:PutLogEvents\"]"
            ),
        );
    }
}
