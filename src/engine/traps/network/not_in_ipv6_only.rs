//! IPv6-only tasks with what needs IPv4: Windows, Fargate before platform version 1.4.0, ECS Exec
//! (`feat-ipv6`, `feat-ecs-exec`).

use super::ipv6;
use crate::finding::{Detection, Fix, Step};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Node, Workload, World};
use trapwise_model::catalogue::prop;

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "not-in-ipv6-only",
    area: Area::Network,
    severity: Severity::Major,
    domain: Domain::Resilient,
    facts: &["feat-ipv6", "feat-ecs-exec"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let mut found = Vec::new();
    for (workload, subnets) in ipv6::workloads(world) {
        for (what, step, fix) in reasons(world, workload) {
            found.push(detection(workload.node, &subnets, what, step, fix));
        }
    }
    found
}

/// What does not go there: its name, where it is seen, what helps.
fn reasons<'d>(world: &World<'d>, workload: &Workload<'d>) -> Vec<(&'static str, Step, Option<Fix>)> {
    let service = workload.node;
    let mut found = Vec::new();
    if service.flag(prop::ENABLE_EXECUTE_COMMAND) {
        let asks = Step::at(service, false, step("asks-for-exec").name("service", service));
        let fix = FixBuilder::new(world).reset(service, prop::ENABLE_EXECUTE_COMMAND).done("no-exec");
        found.push(("ECS Exec", asks, Some(fix)));
    }
    if workload.on_fargate() && service.is(prop::PLATFORM_VERSION, "1.3.0") {
        let asks = Step::at(service, false, step("asks-for-old-platform").name("service", service));
        let fix = FixBuilder::new(world).reset(service, prop::PLATFORM_VERSION).done("latest-platform");
        found.push(("Fargate platform version 1.3.0", asks, Some(fix)));
    }
    let windows = |task: &Node<'d>| {
        task.text(prop::OPERATING_SYSTEM_FAMILY).is_some_and(|family| family.starts_with("WINDOWS"))
    };
    if let Some(task) = workload.task.filter(windows) {
        found.push((
            "Windows",
            Step::at(task, false, step("containers-for-windows").name("task", task)),
            None,
        ));
    }
    found
}

fn detection(
    service: Node<'_>,
    subnets: &[Node<'_>],
    what: &'static str,
    step: Step,
    fix: Option<Fix>,
) -> Detection {
    let mut steps = ipv6::steps(subnets);
    steps.push(step);
    Detection::new()
        .pin(service)
        .pin_all(subnets)
        .steps(steps)
        .name("service", service)
        .names("subnet", subnets)
        .words("what", what)
        .fixes(fix)
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    fn board(addressing: &str, service: &str, task: &str) -> String {
        format!(
            "
            vpc: vpc
              app: subnet addressing={addressing}
                web: ecs-service launchType=FARGATE {service}
            task: task-definition {task}
            web -> task: runs"
        )
    }

    #[test]
    fn fires_on_each_of_them() {
        let mark = "#! not-in-ipv6-only";
        for (fixes, service, task) in [
            ("no-exec", "enableExecuteCommand=true", ""),
            ("latest-platform", "platformVersion=1.3.0", ""),
            ("", "", "operatingSystemFamily=WINDOWS_SERVER_2022_CORE"),
        ] {
            let text = board("ipv6", &format!("{service} {mark}"), task);
            check(&TRAP, &format!("#! fixes {fixes}\n{text}"));
        }
    }

    #[test]
    fn silent_with_ipv4_addresses_and_for_what_goes() {
        let service = "enableExecuteCommand=true platformVersion=1.3.0";
        check(&TRAP, &board("ipv4", service, ""));
        check(&TRAP, &board("dual-stack", service, ""));
        check(&TRAP, &board("ipv6", "platformVersion=1.4.0", ""));
    }

    #[test]
    fn says_what_is_wrong() {
        check(
            &TRAP,
            "
            vpc: vpc
              app: subnet addressing=ipv6
                web: ecs-service launchType=FARGATE platformVersion=1.3.0 #! not-in-ipv6-only: `web` stands in `app`, where tasks have IPv6 addresses only, and Fargate platform version 1.3.0 does not work there.
            task: task-definition
            web -> task: runs",
        );
    }
}
