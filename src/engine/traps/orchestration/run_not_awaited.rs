//! A state machine that starts a job and goes on at once, where the next step needs what the job makes
//! (needs `waits-for-job`).

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind};

use crate::finding::Detection;
use crate::terms::{Area, Domain, Need, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Edge, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "run-not-awaited",
    area: Area::Orchestration,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["pat-lambda-hybrid"],
    needs: &[Need::WaitsForJob],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let machines = world.graph().of_kind(ComponentKind::StepFunctions).iter();
    let hasty = machines.filter(|machine| machine.is(prop::INTEGRATION, "request-response"));
    hasty
        .filter_map(|machine| Some(detection(world, *world.graph().out(*machine, LinkKind::Runs).first()?)))
        .collect()
}

fn detection<'d>(world: &World<'d>, runs: Edge<'d>) -> Detection {
    let (machine, task) = (runs.from, runs.to);
    Detection::new()
        .pin(machine)
        .pin(task)
        .pin_link(runs.link)
        .on(runs.link, true, step("starts-task").name("machine", machine).name("task", task))
        .at(machine, false, step("goes-on-at-once"))
        .name("machine", machine)
        .name("task", task)
        .fix(FixBuilder::new(world).set(machine, prop::INTEGRATION, "sync").done("wait"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    const TASK: &str = "task: task-definition\n flow -> task: runs";

    #[test]
    fn fires_where_the_next_step_needs_the_job() {
        check(
            &TRAP,
            &format!(
                "#! needs waits-for-job\n#! fixes wait\nflow: step-functions    #! run-not-awaited: `flow` starts `task` and goes on at once: the next step finds nothing that the task has made.\n{TASK}"
            ),
        );
    }

    #[test]
    fn silent_where_it_waits_or_need_not() {
        for integration in ["sync", "waitForTaskToken"] {
            let flow = format!("flow: step-functions integration={integration}");
            check(&TRAP, &format!("#! needs waits-for-job\n{flow}\n{TASK}"));
        }
        // Started and forgotten on purpose, and a machine that runs no task.
        check(&TRAP, &format!("flow: step-functions\n{TASK}"));
        check(&TRAP, "#! needs waits-for-job\nflow: step-functions");
    }
}
