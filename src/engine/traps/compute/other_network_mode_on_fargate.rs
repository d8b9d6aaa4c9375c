//! Tasks on Fargate in another network mode than awsvpc, the only one there (`tip-awsvpc-only`).
//!
//! A mode that nobody has set is left to ECS: the console takes awsvpc.

use trapwise_model::Value;
use trapwise_model::catalogue::prop;

use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Node, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "other-network-mode-on-fargate",
    area: Area::Compute,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["tip-awsvpc-only"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let on_fargate = scene.world.workloads().iter().filter(|one| one.on_fargate());
    let found = on_fargate.filter_map(|one| {
        let task = one.task?;
        let mode = task.component().props.get(prop::NETWORK_MODE.as_str()).and_then(Value::as_text)?;
        (mode != "awsvpc").then(|| detection(scene.world, one.node, task, mode))
    });
    found.collect()
}

fn detection<'d>(world: &World<'d>, service: Node<'d>, task: Node<'d>, mode: &str) -> Detection {
    Detection::new()
        .pin(task)
        .pin(service)
        .at(
            task,
            false,
            step("mode-on-fargate").name("task", task).words("mode", mode).name("service", service),
        )
        .name("service", service)
        .name("task", task)
        .code("mode", mode)
        .fix(FixBuilder::new(world).set(task, prop::NETWORK_MODE, "awsvpc").done("use-awsvpc"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_on_every_other_mode() {
        for mode in ["bridge", "host", "none"] {
            let board = "
            #! fixes use-awsvpc
            web: ecs-service launchType=FARGATE
            task: task-definition networkMode=MODE    #! other-network-mode-on-fargate
            web -> task: runs";
            check(&TRAP, &board.replace("MODE", mode));
        }
    }

    #[test]
    fn silent_on_awsvpc_on_none_set_and_on_instances() {
        check(
            &TRAP,
            "
            web: ecs-service launchType=FARGATE
            api: ecs-service launchType=FARGATE
            old: ecs-service launchType=EC2
            right: task-definition networkMode=awsvpc
            unset: task-definition
            shared: task-definition networkMode=bridge
            web -> right: runs
            api -> unset: runs
            old -> shared: runs",
        );
    }

    #[test]
    fn says_what_is_wrong() {
        check(
            &TRAP,
            "
            web: ecs-service launchType=FARGATE
            task: task-definition networkMode=host    #! other-network-mode-on-fargate: `task` has the network mode `host`, which Fargate does not have: the tasks of `web` are refused.
            web -> task: runs",
        );
    }
}
