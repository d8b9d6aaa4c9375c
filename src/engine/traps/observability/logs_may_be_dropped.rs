//! Logs sent in non-blocking mode, where no line may be lost (`logs-mode-default`; needs `complete-logs`).
//!
//! Containers that are not essential are left alone: their lines are not what the task is there for.

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind, Value};

use crate::finding::Detection;
use crate::terms::{Area, Domain, Need, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Edge, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "logs-may-be-dropped",
    area: Area::Observability,
    severity: Severity::Major,
    domain: Domain::Resilient,
    facts: &["logs-mode-default"],
    needs: &[Need::CompleteLogs],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let graph = world.graph();
    let tasks = graph.of_kind(ComponentKind::TaskDefinition).iter();
    let running = tasks.filter(|task| !graph.inc(**task, LinkKind::Runs).is_empty());
    running
        .flat_map(|task| world.awslogs(*task))
        .filter(|logs| !logs.link.is(prop::MODE, "blocking") && is_essential(*logs))
        .map(|logs| detection(world, logs))
        .collect()
}

/// Whether the container that writes these lines is essential, which it is unless told otherwise.
fn is_essential(logs: Edge<'_>) -> bool {
    let containers = logs.from.component().list(prop::CONTAINERS);
    let name = logs.link.text(prop::CONTAINER);
    let writer = match name {
        Some(_) => containers.iter().find(|one| one.field(prop::NAME).and_then(Value::as_text) == name),
        None => containers.first(),
    };
    writer.and_then(|container| container.field(prop::ESSENTIAL)?.as_bool()) != Some(false)
}

fn detection<'d>(world: &World<'d>, logs: Edge<'d>) -> Detection {
    let (task, group) = (logs.from, logs.to);
    Detection::new()
        .pin(task)
        .pin(group)
        .pin_link(logs.link)
        .on(logs.link, true, step("sends-lines").name("task", task).name("group", group))
        .on(logs.link, false, step("non-blocking-mode"))
        .name("task", task)
        .name("group", group)
        .fix(FixBuilder::new(world).set_link(logs.link, prop::MODE, "blocking").done("block"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    const BOARD: &str = "
            web: ecs-service launchType=FARGATE
            lines: log-group
            web -> task: runs
            task -> lines: logs ";

    #[test]
    fn fires_on_the_default_and_when_said() {
        for (containers, mode) in [
            ("", ""),
            ("", "mode=non-blocking"),
            ("containers=[{\"name\":\"app\"},{\"name\":\"agent\",\"essential\":false}]", "container=app"),
        ] {
            check(
                &TRAP,
                &format!(
                    "
            #! needs complete-logs
            #! fixes block
            task: task-definition {containers}    #! logs-may-be-dropped: `task` sends logs to `lines` in `non-blocking` mode: lines beyond the buffer are dropped.{BOARD}{mode}"
                ),
            );
        }
    }

    #[test]
    fn silent_when_blocking_unessential_or_not_asked_for() {
        for (need, containers, mode) in [
            ("complete-logs", "", "mode=blocking"),
            ("complete-logs", "containers=[{\"name\":\"agent\",\"essential\":false}]", ""),
            ("complete-logs", "", "driver=awsfirelens"),
            ("production", "", ""),
        ] {
            check(
                &TRAP,
                &format!(
                    "
            #! needs {need}
            task: task-definition {containers}{BOARD}{mode}"
                ),
            );
        }
    }
}
