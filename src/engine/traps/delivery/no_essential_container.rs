//! A task definition in which no container is essential (`trap-essential-sidecar`): one too many was made
//! optional, and the task definition is refused.

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, Value};

use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Node, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "no-essential-container",
    area: Area::Delivery,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["trap-essential-sidecar"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let tasks = world.graph().of_kind(ComponentKind::TaskDefinition);
    tasks.iter().filter(|task| none_is_essential(**task)).map(|task| detection(world, *task)).collect()
}

fn none_is_essential(task: Node<'_>) -> bool {
    let containers = task.component().list(prop::CONTAINERS);
    let optional = |one: &Value| one.field(prop::ESSENTIAL).and_then(Value::as_bool) == Some(false);
    !containers.is_empty() && containers.iter().all(optional)
}

fn detection<'d>(world: &World<'d>, task: Node<'d>) -> Detection {
    let mut containers = task.component().list(prop::CONTAINERS).to_vec();
    let first = match containers.first_mut() {
        Some(Value::Record(fields)) => {
            // Back to the default, which is true.
            fields.remove(prop::ESSENTIAL.as_str());
            fields.get(prop::NAME.as_str()).and_then(Value::as_text).unwrap_or("app").to_owned()
        }
        _ => "app".to_owned(),
    };
    Detection::new()
        .pin(task)
        .at(task, false, step("no-container-essential").name("task", task))
        .name("task", task)
        .code("application", &first)
        .fix(FixBuilder::new(world).set(task, prop::CONTAINERS, containers).done("make-essential"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_where_every_container_is_optional() {
        check(
            &TRAP,
            r#"
            #! fixes make-essential
            one: task-definition containers=[{"name":"app","essential":false}]    #! no-essential-container: No container of `one` is essential, not even `app`: the task definition is refused.
            two: task-definition containers=[{"name":"app","essential":false},{"name":"agent","essential":false}]    #! no-essential-container"#,
        );
    }

    #[test]
    fn silent_where_one_is_essential_by_word_or_by_default() {
        check(
            &TRAP,
            r#"
            one: task-definition containers=[{"name":"app"},{"name":"agent","essential":false}]
            two: task-definition containers=[{"name":"agent","essential":false},{"name":"app","essential":true}]
            bare: task-definition
            empty: task-definition containers=[]"#,
        );
    }
}
