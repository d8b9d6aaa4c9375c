//! A secret that ECS injects at launch and that the task role may read as well, though no code asks for it
//! (needs `least-privilege`).
//!
//! What managed policies allow is `broad-managed-policy`'s business, one role in both places
//! `one-role-for-everything`'s.

use trapwise_model::ComponentKind;

use crate::finding::{Detection, Step};
use crate::terms::{Area, Domain, Need, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::traps::permissions::{Uses, drawn};
use crate::world::{Edge, Node, World, fetch_action, iam};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "secret-also-readable-by-code",
    area: Area::Secrets,
    severity: Severity::Major,
    domain: Domain::Secure,
    facts: &["tip-two-roles", "pat-secret-injection"],
    needs: &[Need::LeastPrivilege],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let graph = world.graph();
    let mut found = Vec::new();
    let mut uses = None;
    for task in graph.of_kind(ComponentKind::TaskDefinition) {
        let execution = iam::role(graph, *task, "executionRoleArn").map(|edge| edge.to);
        let Some(app) = iam::role(graph, *task, "taskRoleArn") else { continue };
        if execution == Some(app.to) {
            continue;
        }
        let references = world.launch_secrets(*task).collect::<Vec<_>>();
        for reference in references.chunk_by(|a, b| a.to == b.to).filter_map(<[_]>::first) {
            let secret = reference.to;
            let action = fetch_action(secret);
            let injected = execution.is_some_and(|role| iam::grant(graph, role, action, secret).is_some());
            let grants = drawn(graph, app.to, &[action], secret);
            let uses = uses.get_or_insert_with(|| Uses::new(world));
            let used = uses.serves_code(app.to, secret) || uses.fetches_at_launch(app.to, secret);
            if injected && !grants.is_empty() && !used {
                found.push(detection(world, *task, app, *reference, &grants));
            }
        }
    }
    found
}

fn detection<'d>(
    world: &World<'d>,
    task: Node<'d>,
    app: Edge<'d>,
    reference: Edge<'d>,
    grants: &[Edge<'d>],
) -> Detection {
    let secret = reference.to;
    let mut evidence = vec![Step::on(
        reference.link,
        true,
        step("ecs-puts-value").name("secret", secret).name("task", task),
    )];
    evidence.extend(grants.iter().map(|edge| {
        Step::on(edge.link, false, step("lets-code-fetch").name("role", app.to).name("secret", secret))
    }));
    let mut fix = FixBuilder::new(world);
    for edge in grants {
        fix.unlink(edge.link);
    }
    Detection::new()
        .pin(task)
        .pin(secret)
        .pin(app.to)
        .pin_link(reference.link)
        .pin_links(grants)
        .steps(evidence)
        .name("task", task)
        .name("secret", secret)
        .name("role", app.to)
        .fix(fix.done("revoke"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    const BOARD: &str = "
            web: ecs-service launchType=FARGATE
            exec: iam-role
            password: secret
            web -> task: runs
            task -> password: secret as=valueFrom
            task -> exec: role as=executionRoleArn
            exec -> password: grants actions=[\"secretsmanager:GetSecretValue\"]";

    #[test]
    fn fires_on_a_permission_to_be_on_the_safe_side() {
        for action in ["secretsmanager:GetSecretValue", "secretsmanager:*"] {
            check(
                &TRAP,
                &format!(
                    "
            #! needs least-privilege
            #! fixes revoke
            task: task-definition    #! secret-also-readable-by-code: ECS hands `password` to `task` at launch; `app` lets the code fetch it as well, and no code does.
            app: iam-role
            {BOARD}
            task -> app: role as=taskRoleArn
            app -> password: grants actions=[\"{action}\"]"
                ),
            );
        }
    }

    #[test]
    fn silent_where_code_reads_it_or_nobody_minds() {
        let granted = "task -> app: role as=taskRoleArn
            app -> password: grants actions=[\"secretsmanager:GetSecretValue\"]";
        for (needs, more) in [
            ("least-privilege", format!("{granted}\n            web -> password: calls")),
            ("production", granted.to_owned()),
            ("least-privilege", "task -> exec: role as=taskRoleArn".to_owned()),
            ("least-privilege", "task -> app: role as=taskRoleArn".to_owned()),
            // Another task definition launches with that role.
            (
                "least-privilege",
                format!(
                    "{granted}
            other: task-definition
            other -> app: role as=executionRoleArn
            other -> password: secret as=valueFrom"
                ),
            ),
        ] {
            check(
                &TRAP,
                &format!(
                    "
            #! needs {needs}
            task: task-definition
            app: iam-role
            {BOARD}
            {more}"
                ),
            );
        }
    }
}
