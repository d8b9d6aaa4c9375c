//! A helper container that may end, and takes the whole task with it (`trap-essential-sidecar`).
//!
//! The first container is the application: when that ends, so does the task, and rightly.

use trapwise_model::catalogue::{PropId, prop};
use trapwise_model::{ComponentKind, Value};

use crate::finding::{Detection, Step};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Node, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "essential-sidecar",
    area: Area::Delivery,
    severity: Severity::Major,
    domain: Domain::Resilient,
    facts: &["trap-essential-sidecar"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let tasks = world.graph().of_kind(ComponentKind::TaskDefinition);
    tasks.iter().filter_map(|task| detection(world, *task)).collect()
}

fn takes_the_task_with_it(container: &Value) -> bool {
    let flag = |field, usual| container.field(field).and_then(Value::as_bool).unwrap_or(usual);
    flag(prop::MAY_END, false) && flag(prop::ESSENTIAL, true) && !flag(prop::RESTART_POLICY, false)
}

fn detection<'d>(world: &World<'d>, task: Node<'d>) -> Option<Detection> {
    let (application, helpers) = task.component().list(prop::CONTAINERS).split_first()?;
    let culprits = helpers.iter().filter(|one| takes_the_task_with_it(one)).map(called).collect::<Vec<_>>();
    if culprits.is_empty() {
        return None;
    }
    let application_name = called(application);
    let evidence = culprits.iter().flat_map(|sidecar| {
        [
            Step::at(
                task,
                true,
                step("sidecar-may-end").code("sidecar", sidecar).code("application", application_name),
            ),
            Step::at(task, false, step("task-stops-with-it").code("sidecar", sidecar)),
        ]
    });
    let with = |field: PropId, value: bool, key: &'static str| {
        let mended = helpers.iter().map(|helper| match helper {
            Value::Record(fields) if takes_the_task_with_it(helper) => {
                let mut fields = fields.clone();
                fields.insert(field.into(), Value::Bool(value));
                Value::Record(fields)
            }
            other => other.clone(),
        });
        let containers = std::iter::once(application.clone()).chain(mended).collect::<Vec<_>>();
        FixBuilder::new(world).set(task, prop::CONTAINERS, containers).done(key)
    };
    Some(
        Detection::new()
            .pin(task)
            .steps(evidence)
            .name("task", task)
            .codes("sidecar", culprits.iter().copied())
            .code("application", application_name)
            .fix(with(prop::ESSENTIAL, false, "not-essential"))
            .fix(with(prop::RESTART_POLICY, true, "restart")),
    )
}

/// A container's name in a message.
fn called(container: &Value) -> &str {
    container.field(prop::NAME).and_then(Value::as_text).unwrap_or("app")
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_on_helpers_that_may_end() {
        check(
            &TRAP,
            r#"
            #! fixes not-essential restart
            task: task-definition containers=[{"name":"app"},{"name":"warmer","mayEnd":true}]    #! essential-sidecar: Helpers of `task` may end, and `app` stops with them, because they are essential: `warmer`.
            both: task-definition containers=[{"name":"app"},{"name":"one","mayEnd":true,"essential":true},{"name":"two","mayEnd":true}]    #! essential-sidecar"#,
        );
    }

    #[test]
    fn silent_where_the_task_goes_on_or_rightly_stops() {
        // A proxy that everything goes through is rightly essential; so is the application itself.
        check(
            &TRAP,
            r#"
            one: task-definition containers=[{"name":"app"},{"name":"warmer","mayEnd":true,"essential":false}]
            two: task-definition containers=[{"name":"app"},{"name":"agent","mayEnd":true,"restartPolicy":true}]
            proxy: task-definition containers=[{"name":"app"},{"name":"envoy"}]
            job: task-definition containers=[{"name":"app","mayEnd":true}]
            bare: task-definition"#,
        );
    }
}
