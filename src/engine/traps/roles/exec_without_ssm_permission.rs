//! ECS Exec switched on for tasks whose task role may not open its channels (`feat-ecs-exec`).

use trapwise_documents::message::Message;
use trapwise_model::Value;
use trapwise_model::catalogue::prop;

use crate::finding::{Detection, Fix, Step};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::traps::permissions::{list, no_role};
use crate::world::{Node, Workload, World, iam};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "exec-without-ssm-permission",
    area: Area::Roles,
    severity: Severity::Major,
    domain: Domain::Secure,
    facts: &["feat-ecs-exec", "tip-two-roles"],
    needs: &[],
    detect,
};

/// What the agent inside the container does.
const CHANNELS: &[&str] = &[
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
];

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let graph = world.graph();
    let with_exec =
        world.workloads().iter().filter(|workload| workload.node.flag(prop::ENABLE_EXECUTE_COMMAND));
    with_exec
        .filter_map(|workload| {
            let task = workload.task?;
            let role = iam::role(graph, task, "taskRoleArn").map(|edge| edge.to);
            let missing = lacked(role);
            (!missing.is_empty()).then(|| detection(world, workload, task, role, &missing))
        })
        .collect()
}

fn lacked(role: Option<Node<'_>>) -> Vec<&'static str> {
    let allowed = |action: &str| role.is_some_and(|role| iam::everywhere(role, action).is_some());
    CHANNELS.iter().copied().filter(|action| !allowed(action)).collect()
}

fn detection<'d>(
    world: &World<'d>,
    workload: &Workload<'d>,
    task: Node<'d>,
    role: Option<Node<'d>>,
    missing: &[&'static str],
) -> Detection {
    let service = workload.node;
    let mut evidence =
        vec![Step::at(service, true, Message::new("evidence.exec-enabled").name("service", service))];
    evidence.push(match role {
        Some(role) => Step::at(
            role,
            false,
            step("role-does-not-allow").name("role", role).codes("actions", missing.iter().copied()),
        ),
        None => no_role(task, "taskRoleArn"),
    });
    let execution = iam::role(world.graph(), task, "executionRoleArn").map(|edge| edge.to);
    if let Some(holder) = execution.filter(|holder| Some(*holder) != role && lacked(Some(*holder)).is_empty())
    {
        evidence.push(Step::at(holder, false, step("allowed-to-execution-role").name("holder", holder)));
    }
    Detection::new()
        .pin(service)
        .pin(task)
        .pin_all(&role)
        .steps(evidence)
        .name("service", service)
        .name("task", task)
        .codes("actions", missing.iter().copied())
        .fix(fix(world, task, role, missing))
}

fn fix<'d>(world: &World<'d>, task: Node<'d>, role: Option<Node<'d>>, missing: &[&str]) -> Fix {
    let mut fix = FixBuilder::new(world);
    if let Some(role) = role {
        let mut actions = role.list(prop::WILDCARD_ACTIONS).to_vec();
        actions.extend(missing.iter().map(|action| Value::from(*action)));
        return fix.set(role, prop::WILDCARD_ACTIONS, actions).done("grant-task-role");
    }
    let props = [(prop::WILDCARD_ACTIONS, list(missing))];
    fix.add_role(task, "taskRoleArn", &format!("{}-role", task.id), &props);
    fix.done("add-task-role")
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    const CHANNELS: &str = "\"ssmmessages:CreateControlChannel\",\"ssmmessages:CreateDataChannel\",\"ssmmessages:OpenControlChannel\",\"ssmmessages:OpenDataChannel\"";

    #[test]
    fn fires_without_a_role_with_half_and_on_the_execution_role() {
        for (fix, roles) in [
            ("add-task-role", String::new()),
            ("grant-task-role", "app: iam-role\n            task -> app: role as=taskRoleArn".to_owned()),
            (
                "grant-task-role",
                "app: iam-role wildcardActions=[\"ssmmessages:Create*\"]
            task -> app: role as=taskRoleArn"
                    .to_owned(),
            ),
            (
                "add-task-role",
                format!(
                    "exec: iam-role wildcardActions=[{CHANNELS}]\n            task -> exec: role as=executionRoleArn"
                ),
            ),
        ] {
            check(
                &TRAP,
                &format!(
                    "
            #! fixes {fix}
            web: ecs-service enableExecuteCommand=true    #! exec-without-ssm-permission
            task: task-definition
            web -> task: runs
            {roles}"
                ),
            );
        }
    }

    #[test]
    fn silent_with_the_permission_or_without_exec() {
        for (exec, role) in [
            ("true", format!("wildcardActions=[{CHANNELS}]")),
            ("true", "wildcardActions=[\"ssmmessages:*\"]".to_owned()),
            ("true", "managedPolicies=[\"AmazonSSMManagedInstanceCore\"]".to_owned()),
            ("false", String::new()),
        ] {
            check(
                &TRAP,
                &format!(
                    "
            web: ecs-service enableExecuteCommand={exec}
            task: task-definition
            app: iam-role {role}
            web -> task: runs
            task -> app: role as=taskRoleArn"
                ),
            );
        }
    }

    #[test]
    fn says_what_is_wrong() {
        check(
            &TRAP,
            "
            web: ecs-service enableExecuteCommand=true    #! exec-without-ssm-permission: ECS Exec is enabled for `web`, but the task role of `task` lacks `ssmmessages:CreateControlChannel`, `ssmmessages:CreateDataChannel`, `ssmmessages:OpenControlChannel`, `ssmmessages:OpenDataChannel`: no session opens.
            task: task-definition
            web -> task: runs",
        );
    }
}
