//! A slow application behind a load balancer whose health checks count too soon
//! (`trap-grace-period-zero`).

use trapwise_model::catalogue::prop;
use trapwise_model::{LinkKind, Value};

use super::release::services;
use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Node, Workload, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "grace-period-zero",
    area: Area::Delivery,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["trap-grace-period-zero"],
    needs: &[],
    detect,
};

/// How long, in seconds, a load balancer's usual health check takes to give a target up: two checks that
/// fail, 30 seconds apart.
const USUAL_PATIENCE: i64 = 60;
/// What a grace period is rounded up to, in seconds.
const STEP: i64 = 30;

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    services(world)
        .filter_map(|(service, _)| {
            let task = service.task?;
            let forward = world.graph().inc(service.node, LinkKind::Forwards).first()?;
            let startup = startup(task)?;
            let grace = service.node.int(prop::HEALTH_CHECK_GRACE_PERIOD_SECONDS).unwrap_or(0);
            (startup > grace.max(USUAL_PATIENCE))
                .then(|| detection(world, service, task, forward.from, startup, grace))
        })
        .collect()
}

/// How long the slowest container that the task depends on takes to answer, in seconds.
fn startup(task: Node<'_>) -> Option<i64> {
    let containers = task.component().list(prop::CONTAINERS).iter();
    containers.filter_map(|one| one.field(prop::STARTUP_SECONDS).and_then(Value::as_int)).max()
}

fn detection<'d>(
    world: &World<'d>,
    service: &Workload<'d>,
    task: Node<'d>,
    balancer: Node<'d>,
    startup: i64,
    grace: i64,
) -> Detection {
    let node = service.node;
    let enough = (startup / STEP + 1) * STEP;
    Detection::new()
        .pin(node)
        .pin(task)
        .pin(balancer)
        .at(task, true, step("time-to-answer").name("task", task).arg("startup", startup))
        .at(balancer, true, step("asks-at-once").name("balancer", balancer))
        .at(node, false, step("ignores-failed-checks").name("service", node).arg("grace", grace))
        .name("service", node)
        .name("balancer", balancer)
        .arg("startup", startup)
        .arg("grace", grace)
        .arg("enough", enough)
        .fix(
            FixBuilder::new(world)
                .set(node, prop::HEALTH_CHECK_GRACE_PERIOD_SECONDS, enough)
                .done("raise-grace"),
        )
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    fn board(service: &str, containers: &str) -> String {
        format!(
            "
            #! fixes raise-grace
            alb: load-balancer
            web: ecs-service {service}
            task: task-definition containers={containers}
            web -> task: runs
            alb -> web: forwards"
        )
    }

    #[test]
    fn fires_where_checks_count_before_the_application_answers() {
        let mark = "    #! grace-period-zero";
        let slow = r#"[{"name":"app","startupSeconds":120}]"#;
        check(&TRAP, &board(mark, slow));
        check(&TRAP, &board(&format!("healthCheckGracePeriodSeconds=90{mark}"), slow));
        // The slowest container decides; two failed checks are over after 60 s.
        let two = r#"[{"name":"app"},{"name":"proxy","startupSeconds":61}]"#;
        check(&TRAP, &board(mark, two));
        check(&TRAP, &board(&format!("deploymentController=CODE_DEPLOY{mark}"), slow));
    }

    #[test]
    fn silent_on_quick_starts_and_long_enough_grace() {
        let slow = r#"[{"name":"app","startupSeconds":120}]"#;
        check(&TRAP, &board("healthCheckGracePeriodSeconds=120", slow));
        check(&TRAP, &board("", r#"[{"name":"app","startupSeconds":45}]"#));
        check(&TRAP, &board("", r#"[{"name":"app"}]"#));
        check(&TRAP, &board("", "[]"));
    }

    #[test]
    fn silent_where_no_load_balancer_asks() {
        check(
            &TRAP,
            r#"
            worker: ecs-service
            batch: standalone-task
            task: task-definition containers=[{"name":"app","startupSeconds":300}]
            worker -> task: runs
            batch -> task: runs"#,
        );
    }

    #[test]
    fn says_what_is_wrong() {
        check(
            &TRAP,
            "
            alb: load-balancer
            web: ecs-service     #! grace-period-zero: `web` takes 120 s to answer, but failed checks of `alb` are ignored for 0 s only: its tasks are stopped while they start.
            task: task-definition containers=[{\"name\":\"app\",\"startupSeconds\":120}]
            web -> task: runs
            alb -> web: forwards",
        );
    }
}
