//! A worker that is to wait for messages for ever, started by RunTask: when its host is retired, nothing starts
//! it again (`pat-serverless-containers`; needs `production`).

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind, Value};

use crate::finding::{Detection, Fix};
use crate::terms::{Area, Domain, Need, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Edge, Node, Workload, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "worker-as-standalone-task",
    area: Area::Orchestration,
    severity: Severity::Major,
    domain: Domain::Resilient,
    facts: &["pat-serverless-containers"],
    needs: &[Need::Production],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let by_run_task = world.workloads().iter().filter(|one| one.node.kind == ComponentKind::StandaloneTask);
    by_run_task.filter_map(|one| Some(detection(world, one, waits_for(world, one)?))).collect()
}

/// The queue that it takes messages from; none for a task that does its job and ends.
fn waits_for<'d>(world: &World<'d>, workload: &Workload<'d>) -> Option<Edge<'d>> {
    let containers = workload.task?.component().list(prop::CONTAINERS);
    let ends = containers.first().and_then(|one| one.field(prop::MAY_END)) == Some(&Value::Bool(true));
    let mut calls = world.graph().out(workload.node, LinkKind::Calls).iter().copied();
    calls.find(|call| call.to.kind == ComponentKind::SqsQueue).filter(|_| !ends)
}

fn detection<'d>(world: &World<'d>, workload: &Workload<'d>, call: Edge<'d>) -> Detection {
    let node = workload.node;
    Detection::new()
        .pin(node)
        .pin(call.to)
        .on(call.link, true, step("waits-for-messages").name("task", node).name("queue", call.to))
        .at(node, false, step("started-once").name("task", node))
        .name("task", node)
        .name("queue", call.to)
        .fix(service(world, workload))
}

/// A service in its place: as many tasks, in the same subnets, with the same links.
fn service<'d>(world: &World<'d>, workload: &Workload<'d>) -> Fix {
    let node = workload.node;
    let mut fix = FixBuilder::new(world);
    let mut props = vec![(prop::DESIRED_COUNT, Value::from(i64::from(workload.tasks())))];
    for prop in
        [prop::LAUNCH_TYPE, prop::ASSIGN_PUBLIC_IP, prop::PLATFORM_VERSION, prop::ENABLE_EXECUTE_COMMAND]
    {
        props.extend(node.component().props.get(prop.as_str()).map(|value| (prop, value.clone())));
    }
    let stem = format!("{}-service", node.id);
    let service = fix.add(ComponentKind::EcsService, &stem, &node.containers, &props);
    for edge in world.graph().edges().iter().filter(|edge| edge.from == node || edge.to == node) {
        let end = |of: Node<'d>| if of == node { service.clone() } else { of.id.clone() };
        let (from, to) = (end(edge.from), end(edge.to));
        fix.link(edge.kind, &from, &to).alike(edge.link);
    }
    fix.remove(node).done("service")
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    fn board(needs: &str, kind: &str, container: &str, mark: &str) -> String {
        format!(
            "
            #! needs {needs}
            #! fixes service
            vpc: vpc
              group: security-group
              app: subnet
                work: {kind} launchType=FARGATE    {mark}
            task: task-definition containers=[{{\"name\":\"app\"{container}}}]
            jobs: sqs-queue
            work -> task: runs
            work -> jobs: calls actions=[\"sqs:ReceiveMessage\"]
            group -> work: guards"
        )
    }

    #[test]
    fn fires_on_workers_that_wait() {
        check(
            &TRAP,
            &board(
                "production",
                "standalone-task count=3",
                "",
                "#! worker-as-standalone-task: `work` waits for messages of `jobs` for ever, and was started once: when it stops, nothing replaces it.",
            ),
        );
    }

    #[test]
    fn silent_for_services_for_tasks_that_end_and_out_of_production() {
        check(&TRAP, &board("production", "ecs-service", "", ""));
        check(&TRAP, &board("production", "standalone-task", ",\"mayEnd\":true", ""));
        check(&TRAP, &board("elastic", "standalone-task", "", ""));
    }
}
