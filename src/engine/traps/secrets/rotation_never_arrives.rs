//! A rotated secret that tasks read once, at launch, where running tasks have to follow the rotation
//! (`tip-secrets-field`; needs `rotation`).
//!
//! It arrives when the code fetches it, or when something starts a new deployment after a rotation.

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind, Value};

use crate::finding::{Detection, Fix};
use crate::terms::{Area, Domain, Need, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::traps::permissions::{grant, list};
use crate::world::{Edge, Node, World, iam};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "rotation-never-arrives",
    area: Area::Secrets,
    severity: Severity::Major,
    domain: Domain::Resilient,
    facts: &["tip-secrets-field", "pat-secret-injection"],
    needs: &[Need::Rotation],
    detect,
};

const FETCH: &str = "secretsmanager:GetSecretValue";

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let graph = world.graph();
    let rotated = graph.of_kind(ComponentKind::Secret).iter().filter(|secret| secret.flag(prop::ROTATION));
    let references = rotated.flat_map(|secret| graph.inc(*secret, LinkKind::Secret));
    let mut found: Vec<Detection> = Vec::new();
    for reference in references.filter(|edge| edge.link.is(prop::AS, "valueFrom")) {
        for workload in world.runners(reference.from) {
            // Tasks that are started for one job read the value of the day.
            let stays = workload.node.kind == ComponentKind::EcsService;
            let fetches = !graph.between(workload.node, LinkKind::Calls, reference.to).is_empty();
            if stays && !fetches && !is_redeployed(world, workload.node) {
                found.push(detection(world, workload.node, *reference));
            }
        }
    }
    // Several containers that read it are one mistake.
    found.dedup_by(|a, b| a.components == b.components);
    found.into_iter().collect()
}

/// Whether somebody other than a person may start a new deployment of the service.
fn is_redeployed<'d>(world: &World<'d>, service: Node<'d>) -> bool {
    let graph = world.graph();
    graph.inc(service, LinkKind::Grants).iter().any(|grants| {
        let mut actions = grants.link.list(prop::ACTIONS).iter().filter_map(Value::as_text);
        actions.any(|pattern| iam::matches(pattern, "ecs:UpdateService"))
            && graph.inc(grants.from, LinkKind::Role).iter().any(|role| {
                role.link.is(prop::AS, "serviceRole") && !graph.inc(role.from, LinkKind::Sends).is_empty()
            })
    })
}

fn detection<'d>(world: &World<'d>, service: Node<'d>, reference: Edge<'d>) -> Detection {
    let (task, secret) = (reference.from, reference.to);
    Detection::new()
        .pin(service)
        .pin(secret)
        .pin(task)
        .pin_link(reference.link)
        .at(secret, true, step("gets-new-value").name("secret", secret))
        .on(reference.link, false, step("tasks-keep-value").name("service", service))
        .name("service", service)
        .name("secret", secret)
        .name("task", task)
        .fix(fix(world, service, task, secret))
}

/// The code fetches the value itself, with the task role.
fn fix<'d>(world: &World<'d>, service: Node<'d>, task: Node<'d>, secret: Node<'d>) -> Fix {
    let graph = world.graph();
    let mut fix = FixBuilder::new(world);
    for reference in graph.between(task, LinkKind::Secret, secret) {
        if reference.link.is(prop::AS, "valueFrom") {
            fix.unlink(reference.link);
        }
    }
    fix.link(LinkKind::Calls, &service.id, &secret.id).with(prop::ACTIONS, list(&[FETCH]));
    let key = world.key_of(secret);
    match iam::role(graph, task, "taskRoleArn").map(|edge| edge.to) {
        Some(role) => {
            if iam::grant(graph, role, FETCH, secret).is_none() {
                grant(&mut fix, graph, role, &[FETCH], secret);
            }
            if let Some(key) = key.filter(|key| iam::grant(graph, role, "kms:Decrypt", *key).is_none()) {
                grant(&mut fix, graph, role, &["kms:Decrypt"], key);
            }
        }
        None => {
            let role = fix.add_role(task, "taskRoleArn", &format!("{}-role", task.id), &[]);
            fix.link(LinkKind::Grants, &role, &secret.id).with(prop::ACTIONS, list(&[FETCH]));
            if let Some(key) = key {
                fix.link(LinkKind::Grants, &role, &key.id).with(prop::ACTIONS, list(&["kms:Decrypt"]));
            }
        }
    }
    fix.done("fetch-in-code")
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    const BOARD: &str = "
            task: task-definition
            key: kms-key
            password: secret ROTATION
            key -> password: encrypts
            web -> task: runs
            task -> password: secret as=valueFrom container=a
            task -> password: secret as=valueFrom container=b";

    #[test]
    fn fires_on_a_value_of_the_moment() {
        for role in ["", "app: iam-role\n            task -> app: role as=taskRoleArn"] {
            check(
                &TRAP,
                &format!(
                    "
            #! needs rotation
            #! fixes fetch-in-code
            web: ecs-service launchType=FARGATE    #! rotation-never-arrives: `password` is rotated, but tasks of `web` keep the value that they were started with.{}
            {role}",
                    BOARD.replace("ROTATION", "rotation=true")
                ),
            );
        }
    }

    #[test]
    fn silent_where_it_arrives_or_nothing_changes() {
        let rotated = BOARD.replace("ROTATION", "rotation=true");
        let redeployed = "
            rotated: eventbridge-rule
            redeploy: lambda-function
            deployer: iam-role
            rotated -> redeploy: sends
            redeploy -> deployer: role as=serviceRole
            deployer -> web: grants actions=[\"ecs:UpdateService\"]";
        let need = "            #! needs rotation\n";
        let web = "            web: ecs-service launchType=FARGATE";
        check(&TRAP, &format!("{need}{web}{rotated}\n            web -> password: calls"));
        check(&TRAP, &format!("{need}{web}{rotated}{redeployed}"));
        check(&TRAP, &format!("{need}{web}{}", BOARD.replace("ROTATION", "")));
        check(&TRAP, &format!("{web}{rotated}"));
        check(&TRAP, &format!("{need}            web: standalone-task launchType=FARGATE{rotated}"));
    }
}
