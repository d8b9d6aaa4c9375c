//! One role as task role and execution role of a task definition (`tip-two-roles-2`), where permissions are
//! to be kept apart (needs `least-privilege`).

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind, Value};

use crate::finding::{Detection, Fix};
use crate::terms::{Area, Domain, Need, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::traps::permissions::{drawn, list};
use crate::world::{Edge, Node, World, fetch_action, iam};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "one-role-for-everything",
    area: Area::Roles,
    severity: Severity::Major,
    domain: Domain::Secure,
    facts: &["tip-two-roles-2", "tip-two-roles", "mnemo-tere"],
    needs: &[Need::LeastPrivilege],
    detect,
};

const LAUNCH: &str = "AmazonECSTaskExecutionRolePolicy";

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let graph = world.graph();
    let running = graph
        .of_kind(ComponentKind::TaskDefinition)
        .iter()
        .filter(|task| !graph.inc(**task, LinkKind::Runs).is_empty());
    running
        .filter_map(|task| {
            let execution = iam::role(graph, *task, "executionRoleArn")?;
            let app = iam::role(graph, *task, "taskRoleArn")?;
            (execution.to == app.to).then(|| detection(world, *task, execution, app))
        })
        .collect()
}

fn detection<'d>(world: &World<'d>, task: Node<'d>, execution: Edge<'d>, app: Edge<'d>) -> Detection {
    let role = app.to;
    Detection::new()
        .pin(task)
        .pin(role)
        .pin_link(execution.link)
        .pin_link(app.link)
        .on(execution.link, true, step("starts-with-role").name("task", task).name("role", role))
        .on(app.link, false, step("code-has-role-too").name("role", role))
        .name("task", task)
        .name("role", role)
        .fix(fix(world, task, execution))
}

/// A new execution role takes what launching needs; the code keeps the rest.
fn fix<'d>(world: &World<'d>, task: Node<'d>, execution: Edge<'d>) -> Fix {
    let graph = world.graph();
    let role = execution.to;
    let mut fix = FixBuilder::new(world);
    let policies = [(prop::MANAGED_POLICIES, list(&[LAUNCH]))];
    let launch = fix.add(ComponentKind::IamRole, &format!("{}-execution-role", task.id), &[], &policies);
    fix.unlink(execution.link);
    fix.link(LinkKind::Role, &task.id, &launch).with(prop::AS, "executionRoleArn");
    let mut secrets = world.launch_secrets(task).map(|edge| edge.to).collect::<Vec<_>>();
    secrets.dedup();
    for secret in secrets {
        let mut moved = drawn(graph, role, &[fetch_action(secret)], secret);
        let by_code = graph
            .inc(secret, LinkKind::Calls)
            .iter()
            .any(|call| world.workload(call.from).is_some_and(|workload| workload.task == Some(task)));
        if let Some(key) = world.key_of(secret) {
            moved.extend(drawn(graph, role, &["kms:Decrypt"], key));
        }
        for edge in moved {
            let actions = Value::from(edge.link.list(prop::ACTIONS).to_vec());
            fix.link(LinkKind::Grants, &launch, &edge.to.id).with(prop::ACTIONS, actions);
            // What code or another task definition uses stays with the old role.
            if !by_code && graph.inc(role, LinkKind::Role).len() == 2 && edge.to == secret {
                fix.unlink(edge.link);
            }
        }
    }
    let kept = role
        .list(prop::MANAGED_POLICIES)
        .iter()
        .filter(|one| one.as_text() != Some(LAUNCH))
        .cloned()
        .collect::<Vec<_>>();
    if graph.inc(role, LinkKind::Role).len() == 2 && kept.len() < role.list(prop::MANAGED_POLICIES).len() {
        if kept.is_empty() {
            fix.reset(role, prop::MANAGED_POLICIES)
        } else {
            fix.set(role, prop::MANAGED_POLICIES, kept)
        };
    }
    fix.done("split-roles")
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_on_the_same_role_in_both_places() {
        check(
            &TRAP,
            "
            #! needs least-privilege
            #! fixes split-roles
            web: ecs-service launchType=FARGATE
            task: task-definition    #! one-role-for-everything: `both` is both task role and execution role of `task`, so the code may do all that starting needs, and starting all that the code needs.
            both: iam-role managedPolicies=[\"AmazonECSTaskExecutionRolePolicy\",\"AmazonSQSFullAccess\"]
            key: kms-key
            password: secret
            uploads: s3-bucket
            key -> password: encrypts
            web -> task: runs
            task -> both: role as=executionRoleArn
            task -> both: role as=taskRoleArn
            task -> password: secret as=valueFrom
            both -> password: grants actions=[\"secretsmanager:GetSecretValue\"]
            both -> key: grants actions=[\"kms:Decrypt\"]
            both -> uploads: grants actions=[\"s3:GetObject\"]",
        );
    }

    #[test]
    fn silent_for_two_roles_one_role_or_where_nothing_demands_it() {
        for (needs, places) in [
            ("least-privilege", "task -> exec: role as=executionRoleArn\ntask -> app: role as=taskRoleArn"),
            ("least-privilege", "task -> exec: role as=executionRoleArn"),
            // Equal roles of different task definitions are another matter.
            ("least-privilege", "task -> exec: role as=executionRoleArn\nother -> exec: role as=taskRoleArn"),
            ("production", "task -> exec: role as=executionRoleArn\ntask -> exec: role as=taskRoleArn"),
        ] {
            check(
                &TRAP,
                &format!(
                    "#! needs {needs}
web: ecs-service launchType=FARGATE
api: ecs-service launchType=FARGATE
task: task-definition
other: task-definition
exec: iam-role
app: iam-role
web -> task: runs
api -> other: runs
{places}"
                ),
            );
        }
    }
}
