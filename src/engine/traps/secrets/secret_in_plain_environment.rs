//! A secret's value written into the task definition (`tip-secrets-field`, `pat-secret-injection`).
//!
//! Whoever may describe the task definition reads it, and every revision keeps it.

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind, Props};

use crate::finding::{Detection, Fix, Step};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::traps::permissions::grant;
use crate::world::{Edge, Node, World, fetch_action, iam};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "secret-in-plain-environment",
    area: Area::Secrets,
    severity: Severity::Critical,
    domain: Domain::Secure,
    facts: &["tip-secrets-field", "feat-secrets", "pat-secret-injection"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let tasks = world.graph().of_kind(ComponentKind::TaskDefinition).iter();
    let values = tasks.map(|task| world.graph().out(*task, LinkKind::Secret));
    let by_secret = values.flat_map(|values| values.chunk_by(|a, b| a.to == b.to));
    by_secret
        .filter_map(|values| {
            let plain = values.iter().copied().filter(is_plain).collect::<Vec<_>>();
            let first = plain.first()?;
            is_confidential(first.to).then(|| detection(world, first.from, first.to, &plain, values))
        })
        .collect()
}

fn is_plain(edge: &Edge<'_>) -> bool {
    edge.link.is(prop::AS, "environment")
}

/// Parameters of type String are plain text wherever they stand.
fn is_confidential(source: Node<'_>) -> bool {
    source.kind == ComponentKind::Secret || source.is(prop::TYPE, "SecureString")
}

fn detection<'d>(
    world: &World<'d>,
    task: Node<'d>,
    secret: Node<'d>,
    plain: &[Edge<'d>],
    values: &[Edge<'d>],
) -> Detection {
    let steps = plain.iter().map(|edge| {
        Step::on(edge.link, false, step("value-readable").name("secret", secret).name("task", task))
    });
    Detection::new()
        .pin(task)
        .pin(secret)
        .pin_links(plain)
        .steps(steps)
        .name("task", task)
        .name("secret", secret)
        .fix(fix(world, task, secret, values))
}

/// References instead of values, with the execution role allowed to resolve them if there is one.
fn fix<'d>(world: &World<'d>, task: Node<'d>, secret: Node<'d>, values: &[Edge<'d>]) -> Fix {
    let graph = world.graph();
    let mut fix = FixBuilder::new(world);
    for edge in values.iter().filter(|edge| is_plain(edge)) {
        // The same variable may have its reference already; then the value just goes.
        let referenced = values.iter().any(|other| !is_plain(other) && rest(other) == rest(edge));
        if referenced {
            fix.unlink(edge.link);
        } else {
            fix.set_link(edge.link, prop::AS, "valueFrom");
        }
    }
    if let Some(role) = iam::role(graph, task, "executionRoleArn").map(|edge| edge.to) {
        let action = fetch_action(secret);
        if iam::grant(graph, role, action, secret).is_none() {
            grant(&mut fix, graph, role, &[action], secret);
        }
    }
    fix.done("use-value-from")
}

/// What a link says beside the way the value gets in.
fn rest(edge: &Edge<'_>) -> Props {
    let mut props = edge.link.props.clone();
    props.remove(prop::AS.as_str());
    props
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;
    use crate::world::{World, iam};

    #[test]
    fn fires_on_secrets_and_secure_strings() {
        check(
            &TRAP,
            "
            #! fixes use-value-from
            task: task-definition    #! secret-in-plain-environment: `task` carries the value of `password` in plain text, readable to everyone who may describe task definitions.
            other: task-definition    #! secret-in-plain-environment
            exec: iam-role
            password: secret
            setting: ssm-parameter type=SecureString
            task -> exec: role as=executionRoleArn
            task -> password: secret as=environment variable=DB_PASSWORD
            task -> password: secret as=environment variable=ADMIN_PASSWORD
            other -> setting: secret as=environment",
        );
    }

    #[test]
    fn fires_beside_a_reference_to_the_same_secret() {
        check(
            &TRAP,
            "
            task: task-definition    #! secret-in-plain-environment
            password: secret
            task -> password: secret as=environment variable=DB_PASSWORD
            task -> password: secret as=valueFrom variable=DB_PASSWORD",
        );
    }

    #[test]
    fn the_reference_can_be_resolved() {
        let fixture = trapwise_model::fixture::parse(
            "
            task: task-definition
            exec: iam-role
            setting: ssm-parameter type=SecureString
            task -> exec: role as=executionRoleArn
            task -> setting: secret as=environment",
        )
        .unwrap();
        let world = World::new(&fixture.design);
        let found = TRAP.find(&crate::traps::Scene { world: &world, needs: &[] });
        let mut mended = fixture.design.clone();
        mended.apply_all(&found[0].fixes[0].edits).unwrap();
        let world = World::new(&mended);
        let node = |id| world.graph().node(id).unwrap();
        assert!(iam::grant(world.graph(), node("exec"), "ssm:GetParameters", node("setting")).is_some());
        assert_eq!(world.launch_secrets(node("task")).count(), 1);
    }

    #[test]
    fn silent_on_references_and_plain_parameters() {
        check(
            &TRAP,
            "
            task: task-definition
            password: secret
            setting: ssm-parameter type=SecureString
            level: ssm-parameter type=String
            region: ssm-parameter
            task -> password: secret as=valueFrom
            task -> setting: secret as=valueFrom
            task -> level: secret as=environment
            task -> region: secret as=environment",
        );
    }

    #[test]
    fn silent_on_code_that_fetches_for_itself() {
        check(
            &TRAP,
            "
            web: ecs-service
            task: task-definition
            password: secret
            web -> task: runs
            web -> password: calls",
        );
    }
}
