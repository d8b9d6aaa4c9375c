//! A container that is killed before its work is safe: `stopTimeout` is shorter than what the program needs
//! after SIGTERM (`tip-fargate-spot-2min`).

use trapwise_model::catalogue::{PropId, prop};
use trapwise_model::{ComponentKind, Value};

use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Node, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "stopped-before-handover",
    area: Area::Delivery,
    severity: Severity::Major,
    domain: Domain::Resilient,
    facts: &["tip-fargate-spot-2min"],
    needs: &[],
    detect,
};

/// The default between SIGTERM and SIGKILL, and the most there is, in seconds.
const USUAL: i64 = 30;
const MOST: i64 = 120;

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let tasks = world.graph().of_kind(ComponentKind::TaskDefinition).iter().copied();
    let run = tasks.filter(|task| world.runners(*task).next().is_some());
    run.filter_map(|task| detection(world, task)).collect()
}

fn seconds(container: &Value, field: PropId) -> Option<i64> {
    container.field(field).and_then(Value::as_int)
}

fn needs_more(container: &Value) -> bool {
    seconds(container, prop::HANDOVER_SECONDS) > Some(seconds(container, prop::STOP_TIMEOUT).unwrap_or(USUAL))
}

fn detection<'d>(world: &World<'d>, task: Node<'d>) -> Option<Detection> {
    let containers = task.component().list(prop::CONTAINERS);
    let hasty = containers.iter().find(|one| needs_more(one))?;
    let called = hasty.field(prop::NAME).and_then(Value::as_text).unwrap_or("app");
    let needed = seconds(hasty, prop::HANDOVER_SECONDS).unwrap_or_default();
    let given = seconds(hasty, prop::STOP_TIMEOUT).unwrap_or(USUAL);
    let mended = containers.iter().map(|container| match container {
        Value::Record(fields) if needs_more(container) => {
            let mut fields = fields.clone();
            let needed = seconds(container, prop::HANDOVER_SECONDS).unwrap_or(USUAL);
            fields.insert(prop::STOP_TIMEOUT.into(), Value::Int(needed.min(MOST)));
            Value::Record(fields)
        }
        other => other.clone(),
    });
    let mended = mended.collect::<Vec<_>>();
    let fix = FixBuilder::new(world).set(task, prop::CONTAINERS, mended).done("longer-stop-timeout");
    Some(
        Detection::new()
            .pin(task)
            .at(task, true, step("time-after-sigterm").code("container", called).arg("needed", needed))
            .at(task, false, step("killed-after").arg("given", given))
            .name("task", task)
            .code("container", called)
            .arg("needed", needed)
            .arg("given", given)
            // Nothing can be given beyond the most.
            .fixes(Some(fix).filter(|_| needed <= MOST)),
    )
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    fn board(container: &str, mark: &str) -> String {
        format!(
            "
            work: ecs-service
            task: task-definition containers=[{{\"name\":\"app\"{container}}}]   {mark}
            idle: task-definition containers=[{{\"name\":\"app\",\"handoverSeconds\":90}}]
            work -> task: runs"
        )
    }

    #[test]
    fn fires_where_the_time_is_too_short() {
        let mark = "#! stopped-before-handover";
        for container in [",\"handoverSeconds\":90", ",\"handoverSeconds\":90,\"stopTimeout\":60"] {
            check(&TRAP, &format!("#! fixes longer-stop-timeout\n{}", board(container, mark)));
        }
        check(&TRAP, &board(",\"handoverSeconds\":300,\"stopTimeout\":120", mark));
    }

    #[test]
    fn silent_where_it_suffices_or_nobody_said() {
        for container in [
            "",
            ",\"handoverSeconds\":30",
            ",\"handoverSeconds\":90,\"stopTimeout\":90",
            ",\"stopTimeout\":2",
        ] {
            check(&TRAP, &board(container, ""));
        }
    }

    #[test]
    fn says_what_is_wrong() {
        check(
            &TRAP,
            "
            work: ecs-service
            task: task-definition containers=[{\"name\":\"app\",\"handoverSeconds\":90}]   #! stopped-before-handover: `app` of `task` needs 90 s after SIGTERM, and is killed after 30 s: what it has not saved is lost.
            idle: task-definition containers=[{\"name\":\"app\",\"handoverSeconds\":90}]
            work -> task: runs",
        );
    }
}
