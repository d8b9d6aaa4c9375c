//! Logs through FireLens with a task role that may not write them (`tip-two-roles`): the log router is a
//! container of the task, and sends with the task's own role.

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind};

use crate::finding::{Detection, Fix, Step};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::traps::permissions::{denials, grant, lacking, list};
use crate::world::{AWSLOGS, Compute, Edge, Node, World, iam};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "firelens-destination-not-on-task-role",
    area: Area::Observability,
    severity: Severity::Critical,
    domain: Domain::Secure,
    facts: &["role-firelens", "tip-two-roles"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let graph = world.graph();
    let tasks = graph.of_kind(ComponentKind::TaskDefinition).iter();
    let running = tasks.filter(|task| !graph.inc(**task, LinkKind::Runs).is_empty());
    let mut found = Vec::new();
    for task in running {
        let logs = graph.out(*task, LinkKind::Logs).iter();
        let mut routed =
            logs.filter(|logs| logs.link.is(prop::DRIVER, "awsfirelens")).copied().collect::<Vec<_>>();
        routed.dedup_by_key(|logs| logs.to);
        for logs in routed {
            let role = iam::role(graph, *task, "taskRoleArn").map(|edge| edge.to);
            let missing = lacked(world, role, logs.to);
            let borrowed = role.is_none() && hosts_lend(world, *task, logs.to);
            if !missing.is_empty() && !borrowed {
                found.push(detection(world, logs, role, &missing));
            }
        }
    }
    found
}

/// Whether every host of the task answers it with an instance role that may write, without any task role.
fn hosts_lend<'d>(world: &World<'d>, task: Node<'d>, group: Node<'d>) -> bool {
    let lends = |host: &Node<'d>| {
        let profile = iam::role(world.graph(), *host, "instanceProfile");
        !host.flag(prop::BLOCK_INSTANCE_METADATA)
            && profile.is_some_and(|edge| lacked(world, Some(edge.to), group).is_empty())
    };
    world.runners(task).all(|workload| {
        workload.compute == [Compute::Ec2] && !workload.hosts.is_empty() && workload.hosts.iter().all(lends)
    })
}

fn lacked<'d>(world: &World<'d>, role: Option<Node<'d>>, group: Node<'d>) -> Vec<&'static str> {
    lacking(world.graph(), role, AWSLOGS.iter().copied(), group)
}

fn detection<'d>(
    world: &World<'d>,
    logs: Edge<'d>,
    role: Option<Node<'d>>,
    missing: &[&'static str],
) -> Detection {
    let (task, group) = (logs.from, logs.to);
    Detection::new()
        .pin(task)
        .pin(group)
        .pin_all(&role)
        .pin_link(logs.link)
        .steps(steps(world, logs, role, missing))
        .name("task", task)
        .name("group", group)
        .codes("actions", missing.iter().copied())
        .fix(fix(world, logs, role, missing))
}

fn steps<'d>(
    world: &World<'d>,
    logs: Edge<'d>,
    role: Option<Node<'d>>,
    missing: &[&'static str],
) -> Vec<Step> {
    let (task, group) = (logs.from, logs.to);
    let sends = step("router-sends").name("task", task).name("group", group);
    let mut steps = vec![Step::on(logs.link, true, sends)];
    steps.extend(denials(task, "taskRoleArn", role, missing, group));
    let execution = iam::role(world.graph(), task, "executionRoleArn").map(|edge| edge.to);
    if let Some(holder) = execution.filter(|holder| lacked(world, Some(*holder), group).is_empty()) {
        steps.push(Step::at(holder, false, step("allowed-to-execution-role").name("holder", holder)));
    }
    steps
}

fn fix<'d>(world: &World<'d>, logs: Edge<'d>, role: Option<Node<'d>>, missing: &[&str]) -> Fix {
    let mut fix = FixBuilder::new(world);
    match role {
        Some(role) => grant(&mut fix, world.graph(), role, missing, logs.to),
        None => {
            let stem = format!("{}-role", logs.from.id);
            let id = fix.add_role(logs.from, "taskRoleArn", &stem, &[]);
            fix.link(LinkKind::Grants, &id, &logs.to.id).with(prop::ACTIONS, list(missing))
        }
    };
    fix.done("grant-task-role")
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    const BOARD: &str = "
            web: ecs-service launchType=FARGATE
            exec: iam-role managedPolicies=[\"AmazonECSTaskExecutionRolePolicy\"]
            lines: log-group
            web -> task: runs
            task -> exec: role as=executionRoleArn
            task -> lines: logs driver=DRIVER";

    #[test]
    fn fires_when_only_the_execution_role_may() {
        for role in ["", "app: iam-role\n            task -> app: role as=taskRoleArn"] {
            check(
                &TRAP,
                &format!(
                    "
            #! fixes grant-task-role
            task: task-definition    #! firelens-destination-not-on-task-role: A log router in `task` sends to `lines`, and the task role lacks `logs:CreateLogStream`, `logs:PutLogEvents`: the group stays empty.{}
            {role}",
                    BOARD.replace("DRIVER", "awsfirelens")
                ),
            );
        }
    }

    #[test]
    fn silent_with_the_permission_and_for_awslogs() {
        let task = "            task: task-definition";
        check(&TRAP, &format!("{task}{}", BOARD.replace("DRIVER", "awslogs")));
        let granted = "app: iam-role
            task -> app: role as=taskRoleArn
            app -> lines: grants actions=[\"logs:*\"]";
        check(&TRAP, &format!("{task}{}\n            {granted}", BOARD.replace("DRIVER", "awsfirelens")));
    }

    #[test]
    fn on_ec2_the_hosts_role_stands_in_for_a_missing_task_role() {
        let board = |profile: &str, flag: &str| {
            format!(
                "
            web: ecs-service launchType=EC2
            task: task-definition networkMode=bridge    {flag}
            hosts: auto-scaling-group
            cluster: ecs-cluster
            profile: iam-role managedPolicies=[{profile}]
            lines: log-group
            web -> task: runs
            web -> cluster: in-cluster
            hosts -> cluster: in-cluster
            hosts -> profile: role as=instanceProfile
            task -> lines: logs driver=awsfirelens"
            )
        };
        check(&TRAP, &board("\"AmazonEC2ContainerServiceforEC2Role\"", ""));
        check(&TRAP, &board("", "#! firelens-destination-not-on-task-role"));
    }
}
