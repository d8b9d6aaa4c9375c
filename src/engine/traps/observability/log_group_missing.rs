//! Logs to a group that is not there, with a driver that is not told to create it (`trap-missing-log-group`).

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind};

use crate::finding::{Detection, Fix};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::traps::permissions::grant;
use crate::world::{CREATE_LOG_GROUP, Edge, World, iam};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "log-group-missing",
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
    let logs = absent.flat_map(|group| graph.inc(*group, LinkKind::Logs));
    logs.filter(|logs| {
        logs.link.is(prop::DRIVER, "awslogs")
            && !logs.link.flag(prop::CREATE_GROUP)
            && !graph.inc(logs.from, LinkKind::Runs).is_empty()
    })
    .map(|logs| detection(world, *logs))
    .collect()
}

fn detection<'d>(world: &World<'d>, logs: Edge<'d>) -> Detection {
    let (task, group) = (logs.from, logs.to);
    Detection::new()
        .pin(task)
        .pin(group)
        .pin_link(logs.link)
        .at(group, false, step("group-not-there").name("group", group))
        .on(logs.link, false, step("driver-does-not-create").name("task", task))
        .name("task", task)
        .name("group", group)
        .fix(FixBuilder::new(world).set(group, prop::CREATED, true).done("create-group"))
        .fix(let_driver_create(world, logs))
}

/// The option of the driver, and the permission that it needs.
fn let_driver_create<'d>(world: &World<'d>, logs: Edge<'d>) -> Fix {
    let graph = world.graph();
    let mut fix = FixBuilder::new(world);
    fix.set_link(logs.link, prop::CREATE_GROUP, true);
    let role = iam::role(graph, logs.from, "executionRoleArn").map(|edge| edge.to);
    if let Some(role) = role.filter(|role| iam::grant(graph, *role, CREATE_LOG_GROUP, logs.to).is_none()) {
        grant(&mut fix, graph, role, &[CREATE_LOG_GROUP], logs.to);
    }
    fix.done("let-driver-create")
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_for_each_task_that_logs_there() {
        check(
            &TRAP,
            "
            #! fixes create-group let-driver-create
            web: ecs-service launchType=FARGATE
            api: ecs-service launchType=EC2
            task: task-definition    #! log-group-missing: `task` logs to `lines`, which does not exist, and its log driver is not told to create it: the task does not start.
            other: task-definition    #! log-group-missing
            exec: iam-role managedPolicies=[\"AmazonECSTaskExecutionRolePolicy\"]
            lines: log-group created=false
            web -> task: runs
            api -> other: runs
            task -> exec: role as=executionRoleArn
            task -> lines: logs
            other -> lines: logs",
        );
    }

    #[test]
    fn silent_when_it_is_there_created_or_not_awslogs() {
        check(
            &TRAP,
            "
            web: ecs-service launchType=FARGATE
            api: ecs-service launchType=FARGATE
            job: ecs-service launchType=FARGATE
            task: task-definition
            creating: task-definition
            routed: task-definition
            idle: task-definition
            lines: log-group
            absent: log-group created=false
            web -> task: runs
            api -> creating: runs
            job -> routed: runs
            task -> lines: logs
            creating -> absent: logs createGroup=true
            routed -> absent: logs driver=awsfirelens
            idle -> absent: logs",
        );
    }
}
