//! A log driver that is told to create its group with a role that may not (`trap-missing-log-group`):
//! the managed policy for execution roles opens streams, and creates no groups.

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind, SortedSet};

use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::traps::permissions::{grant, permission};
use crate::world::{CREATE_LOG_GROUP, Edge, Node, World, iam};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "create-log-group-not-permitted",
    area: Area::Observability,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["trap-missing-log-group"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let graph = world.graph();
    let absent = graph.of_kind(ComponentKind::LogGroup).iter().filter(|group| !group.flag(prop::CREATED));
    let logs = absent
        .flat_map(|group| graph.inc(*group, LinkKind::Logs))
        .filter(|logs| logs.link.is(prop::DRIVER, "awslogs") && logs.link.flag(prop::CREATE_GROUP));
    logs.flat_map(|logs| {
        let runners = world.runners(logs.from);
        let roles: SortedSet<_> =
            runners.flat_map(|one| world.launch_roles(one, &[CREATE_LOG_GROUP], logs.to)).collect();
        let refused =
            roles.into_iter().filter(|role| iam::grant(graph, *role, CREATE_LOG_GROUP, logs.to).is_none());
        refused.map(|role| detection(world, *logs, role)).collect::<Vec<_>>()
    })
    .collect()
}

fn detection<'d>(world: &World<'d>, logs: Edge<'d>, role: Node<'d>) -> Detection {
    let (task, group) = (logs.from, logs.to);
    Detection::new()
        .pin(task)
        .pin(group)
        .pin(role)
        .pin_link(logs.link)
        .on(logs.link, true, step("driver-creates-group").name("task", task).name("group", group))
        .step(permission(role, CREATE_LOG_GROUP, group, false))
        .name("task", task)
        .name("group", group)
        .name("role", role)
        .fix(
            grant(&mut FixBuilder::new(world), world.graph(), role, &[CREATE_LOG_GROUP], group)
                .done("grant-create"),
        )
        .fix(FixBuilder::new(world).set(group, prop::CREATED, true).done("create-group"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    const BOARD: &str = "
            web: ecs-service launchType=FARGATE
            exec: iam-role managedPolicies=[\"AmazonECSTaskExecutionRolePolicy\"]
            web -> task: runs
            task -> exec: role as=executionRoleArn
            task -> lines: logs createGroup=true";

    #[test]
    fn fires_with_the_managed_policy_alone() {
        check(
            &TRAP,
            &format!(
                "
            #! fixes grant-create create-group
            task: task-definition    #! create-log-group-not-permitted: The log driver of `task` is to create `lines`, but `exec` does not allow `logs:CreateLogGroup`: the task does not start.
            lines: log-group created=false{BOARD}"
            ),
        );
    }

    #[test]
    fn silent_with_the_permission_or_a_group_that_is_there() {
        for (lines, more) in [
            ("created=false", "exec -> lines: grants actions=[\"logs:CreateLogGroup\"]"),
            ("created=false", "exec -> lines: grants actions=[\"logs:*\"]"),
            ("", ""),
        ] {
            check(
                &TRAP,
                &format!(
                    "
            task: task-definition
            lines: log-group {lines}{BOARD}
            {more}"
                ),
            );
        }
    }
}
