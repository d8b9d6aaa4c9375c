//! Service Connect where it does not go: Windows, host mode, and callers that are no services
//! (`feat-service-connect`). CodeDeploy and external instances are traps of their own.

use trapwise_documents::message::Message;
use trapwise_model::ComponentKind;
use trapwise_model::catalogue::prop;

use super::names::{calls, connects, name_by_dns};
use crate::finding::{Detection, Fix};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Edge, NetworkMode, Workload, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "service-connect-not-supported",
    area: Area::Discovery,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["feat-service-connect", "feat-cloud-map"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let graph = world.graph();
    let mut found = Vec::new();
    for workload in world.workloads() {
        if let Some(why) = unfit(workload) {
            let connects = connects(graph, workload.node);
            found.extend(connects.map(|edge| detection(edge, why.clone(), Vec::new())));
        }
    }
    let no_services = [
        (ComponentKind::StandaloneTask, step("standalone-task")),
        (ComponentKind::LambdaFunction, step("function")),
        (ComponentKind::KubernetesWorkload, step("kubernetes-workload")),
    ];
    for (kind, why) in no_services {
        for caller in graph.of_kind(kind) {
            let calls = calls(graph, *caller, "service-connect");
            found.extend(calls.map(|call| detection(call, why.clone(), vec![by_name(world, call)])));
        }
    }
    found
}

/// Why its tasks get no proxy.
fn unfit(workload: &Workload<'_>) -> Option<Message> {
    let family = workload.task?.component().text(prop::OPERATING_SYSTEM_FAMILY);
    if family.is_some_and(|family| family.starts_with("WINDOWS")) {
        Some(step("windows-tasks"))
    } else if workload.network_mode == NetworkMode::Host {
        Some(step("host-mode"))
    } else {
        None
    }
}

fn detection(edge: Edge<'_>, why: Message, fixes: Vec<Fix>) -> Detection {
    let (who, to) = (edge.from, edge.to);
    Detection::new()
        .pin(who)
        .pin_link(edge.link)
        .on(edge.link, true, step("reaches-for").name("who", who).name("callee", to))
        .at(who, false, step("gets-no-proxy").name("who", who).arg("why", why.clone()))
        .name("who", who)
        .name("callee", to)
        .arg("why", why)
        .fixes(fixes)
}

fn by_name<'d>(world: &World<'d>, call: Edge<'d>) -> Fix {
    let mut fix = FixBuilder::new(world);
    fix.set_link(call.link, prop::VIA, "cloud-map");
    name_by_dns(&mut fix, world, call.to).done("by-name")
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_for_callers_that_are_no_services() {
        for kind in ["standalone-task", "lambda-function", "kubernetes-workload"] {
            for names in ["", "names: cloud-map-namespace\n api -> names: registers as=client-server"] {
                check(
                    &TRAP,
                    &format!(
                        "
                        #! fixes by-name
                        api: ecs-service
                        nightly: {kind}    #! service-connect-not-supported
                        nightly -> api: calls via=service-connect
                        {names}"
                    ),
                );
            }
        }
    }

    #[test]
    fn fires_for_windows_and_host_mode() {
        for task in ["networkMode=host", "operatingSystemFamily=WINDOWS_SERVER_2022_CORE"] {
            check(
                &TRAP,
                &format!(
                    "
                    task: task-definition {task}
                    api: ecs-service    #! service-connect-not-supported
                    names: cloud-map-namespace
                    api -> task: runs
                    api -> names: registers as=client-server"
                ),
            );
        }
    }

    #[test]
    fn silent_for_services_and_for_other_ways() {
        check(
            &TRAP,
            "
            task: task-definition networkMode=bridge
            other: task-definition networkMode=host
            web: ecs-service
            api: ecs-service
            old: ecs-service
            nightly: standalone-task
            names: cloud-map-namespace
            web -> task: runs
            old -> other: runs
            web -> names: registers as=client
            api -> names: registers as=client-server
            old -> names: registers as=discovery
            web -> api: calls via=service-connect
            nightly -> api: calls via=cloud-map",
        );
    }

    #[test]
    fn says_what_is_wrong() {
        check(
            &TRAP,
            "
            api: ecs-service
            nightly: standalone-task    #! service-connect-not-supported: `nightly` reaches for `api` by Service Connect, but it is a standalone task, which no service created: no proxy stands beside it.
            nightly -> api: calls via=service-connect",
        );
    }
}
