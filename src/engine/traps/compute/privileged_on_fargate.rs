//! Containers with root's rights on the host, on Fargate (`tip-fargate-limits`).

use trapwise_model::Value;
use trapwise_model::catalogue::prop;

use crate::finding::{Detection, Fix};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Node, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "privileged-on-fargate",
    area: Area::Compute,
    severity: Severity::Critical,
    domain: Domain::Secure,
    facts: &["tip-fargate-limits", "mnemo-fang"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let on_fargate = scene.world.workloads().iter().filter(|one| one.on_fargate());
    let tasks = on_fargate.filter_map(|one| Some((one.node, one.task?)));
    let found = tasks.filter(|(_, task)| task.component().list(prop::CONTAINERS).iter().any(is_privileged));
    found.map(|(service, task)| detection(scene.world, service, task)).collect()
}

fn is_privileged(container: &Value) -> bool {
    container.field(prop::PRIVILEGED).and_then(Value::as_bool) == Some(true)
}

fn detection<'d>(world: &World<'d>, service: Node<'d>, task: Node<'d>) -> Detection {
    Detection::new()
        .pin(service)
        .pin(task)
        .at(service, true, step("shared-hosts").name("service", service))
        .at(task, false, step("wants-root").name("task", task))
        .name("service", service)
        .name("task", task)
        .fix(without(world, task))
}

fn without<'d>(world: &World<'d>, task: Node<'d>) -> Fix {
    let plain = |container: &Value| match container {
        Value::Record(fields) => {
            let kept = fields.iter().filter(|(field, _)| field.as_str() != prop::PRIVILEGED.as_str());
            Value::Record(kept.map(|(field, value)| (field.clone(), value.clone())).collect())
        }
        other => other.clone(),
    };
    let containers = task.component().list(prop::CONTAINERS).iter().map(plain).collect();
    FixBuilder::new(world).set(task, prop::CONTAINERS, Value::List(containers)).done("unprivileged")
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    const TASKS: &str = "
            #! fixes unprivileged
            root: task-definition containers=[{\"name\":\"app\"},{\"name\":\"probe\",\"privileged\":true}]
            plain: task-definition containers=[{\"name\":\"app\",\"privileged\":false}]";

    #[test]
    fn fires_on_one_such_container() {
        check(
            &TRAP,
            &format!(
                "{TASKS}\n web: ecs-service launchType=FARGATE    #! privileged-on-fargate: A container of `root` is privileged, and `web` runs on Fargate, which refuses it.\n web -> root: runs"
            ),
        );
    }

    #[test]
    fn silent_on_instances_and_without_it() {
        check(
            &TRAP,
            &format!(
                "{TASKS}
            web: ecs-service launchType=FARGATE
            host: ecs-service launchType=EC2
            web -> plain: runs
            host -> root: runs"
            ),
        );
    }
}
