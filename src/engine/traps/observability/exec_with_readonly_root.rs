//! ECS Exec for containers whose root file system is read-only (`trap-exec-with-readonly-root`): the agent
//! that carries the session cannot start in them.

use trapwise_documents::message::Message;
use trapwise_model::Value;
use trapwise_model::catalogue::{PropId, prop};

use crate::finding::{Detection, Fix};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Node, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "exec-with-readonly-root",
    area: Area::Observability,
    severity: Severity::Major,
    domain: Domain::Resilient,
    facts: &["trap-exec-with-readonly-root", "feat-ecs-exec"],
    needs: &[],
    detect,
};

const READ_ONLY: PropId = prop::READONLY_ROOT_FILESYSTEM;

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let with_exec =
        world.workloads().iter().filter(|workload| workload.node.flag(prop::ENABLE_EXECUTE_COMMAND));
    with_exec
        .filter_map(|workload| {
            let task = workload.task?;
            let closed = task
                .component()
                .list(prop::CONTAINERS)
                .iter()
                .filter(|one| is_closed(one))
                .collect::<Vec<_>>();
            (!closed.is_empty()).then(|| detection(world, workload.node, task, &closed))
        })
        .collect()
}

fn is_closed(container: &Value) -> bool {
    container.field(READ_ONLY).and_then(Value::as_bool) == Some(true)
}

fn detection<'d>(world: &World<'d>, service: Node<'d>, task: Node<'d>, closed: &[&Value]) -> Detection {
    let containers = || closed.iter().filter_map(|container| container.field(prop::NAME)?.as_text());
    Detection::new()
        .pin(service)
        .pin(task)
        .at(service, true, Message::new("evidence.exec-enabled").name("service", service))
        .at(task, false, step("root-read-only").codes("containers", containers()))
        .name("service", service)
        .name("task", task)
        .codes("container", containers())
        .fix(writable(world, task))
        .fix(FixBuilder::new(world).reset(service, prop::ENABLE_EXECUTE_COMMAND).done("no-exec"))
}

fn writable<'d>(world: &World<'d>, task: Node<'d>) -> Fix {
    let opened = task.component().list(prop::CONTAINERS).iter().map(|container| match container {
        Value::Record(fields) => {
            let mut fields = fields.clone();
            fields.remove(READ_ONLY.as_str());
            Value::Record(fields)
        }
        other => other.clone(),
    });
    FixBuilder::new(world).set(task, prop::CONTAINERS, opened.collect::<Vec<_>>()).done("writable-root")
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_when_any_container_is_read_only() {
        check(
            &TRAP,
            "
            #! fixes writable-root no-exec
            web: ecs-service enableExecuteCommand=true    #! exec-with-readonly-root: ECS Exec is enabled for `web`, but the root file system of `app` is read-only: the agent of the session cannot start.
            job: standalone-task enableExecuteCommand=true    #! exec-with-readonly-root
            task: task-definition containers=[{\"name\":\"app\",\"readonlyRootFilesystem\":true},{\"name\":\"log\"}]
            web -> task: runs
            job -> task: runs",
        );
    }

    #[test]
    fn silent_without_exec_or_with_writable_roots() {
        check(
            &TRAP,
            "
            web: ecs-service
            api: ecs-service enableExecuteCommand=true
            task: task-definition containers=[{\"name\":\"app\",\"readonlyRootFilesystem\":true}]
            open: task-definition containers=[{\"name\":\"app\",\"readonlyRootFilesystem\":false}]
            web -> task: runs
            api -> open: runs",
        );
    }
}
