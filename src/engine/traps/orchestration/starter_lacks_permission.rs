//! What starts tasks or moves events by a role that does not allow it (`pat-lambda-hybrid`).
//!
//! Handing over the task's roles is a trap of its own, `pass-role-missing`.

use trapwise_documents::message::Message;
use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind, SortedSet};

use crate::finding::{Detection, Fix, Step};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::{FixBuilder, name};
use crate::traps::permissions::{grant, lacking, list};
use crate::world::{Node, World, iam};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "starter-lacks-permission",
    area: Area::Orchestration,
    severity: Severity::Critical,
    domain: Domain::Secure,
    facts: &["trap-no-pass-role", "pat-lambda-hybrid"],
    needs: &[],
    detect,
};

const RUN_TASK: &[&str] = &["ecs:RunTask"];
/// What a pipe does with the queue it reads.
const READ_QUEUE: &[&str] = &["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];

const STARTERS: &[ComponentKind] = &[
    ComponentKind::StepFunctions,
    ComponentKind::EventbridgeRule,
    ComponentKind::EventbridgePipe,
    ComponentKind::LambdaFunction,
];

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let starters = STARTERS.iter().flat_map(|kind| world.graph().of_kind(*kind));
    starters.filter_map(|starter| detection(world, *starter)).collect()
}

/// What the starter does with its role, and where.
fn uses<'d>(world: &World<'d>, starter: Node<'d>) -> Vec<(&'static [&'static str], Node<'d>)> {
    let graph = world.graph();
    let mut uses: Vec<(&'static [&'static str], Node<'d>)> =
        graph.out(starter, LinkKind::Runs).iter().map(|edge| (RUN_TASK, edge.to)).collect::<Vec<_>>();
    // Rules invoke what allows them by a policy of its own, and what a function sends its code asks for.
    let by_role = matches!(starter.kind, ComponentKind::StepFunctions | ComponentKind::EventbridgePipe);
    if by_role {
        uses.extend(graph.out(starter, LinkKind::Sends).iter().filter_map(|edge| {
            let actions: &'static [&'static str] = match edge.to.kind {
                ComponentKind::LambdaFunction => &["lambda:InvokeFunction"],
                ComponentKind::StepFunctions => &["states:StartExecution"],
                ComponentKind::SqsQueue => &["sqs:SendMessage"],
                ComponentKind::SnsTopic => &["sns:Publish"],
                _ => return None,
            };
            Some((actions, edge.to))
        }));
    }
    if starter.kind == ComponentKind::EventbridgePipe {
        let sources = graph.inc(starter, LinkKind::Sends).iter().map(|edge| edge.from);
        uses.extend(
            sources.filter(|from| from.kind == ComponentKind::SqsQueue).map(|from| (READ_QUEUE, from)),
        );
    }
    uses
}

fn detection<'d>(world: &World<'d>, starter: Node<'d>) -> Option<Detection> {
    let graph = world.graph();
    let role = iam::role(graph, starter, "serviceRole").map(|edge| edge.to);
    let mut missing: Vec<(Vec<&'static str>, Node<'d>)> = Vec::new();
    for (actions, on) in uses(world, starter) {
        let lacked = lacking(graph, role, actions.iter().copied(), on);
        if !lacked.is_empty() {
            missing.push((lacked, on));
        }
    }
    if missing.is_empty() {
        return None;
    }
    let evidence = missing.iter().map(|(actions, on)| {
        let actions = actions.iter().copied();
        Step::at(
            starter,
            false,
            step("may-not").name("starter", starter).codes("actions", actions).name("on", on),
        )
    });
    let actions = SortedSet::from_iter(missing.iter().flat_map(|(actions, _)| actions.iter().copied()));
    Some(
        Detection::new()
            .pin(starter)
            .pin_all(&role)
            .pin_all(&SortedSet::from_iter(missing.iter().map(|(_, on)| *on)))
            .steps(evidence)
            .name("starter", starter)
            .arg("role", role.map_or_else(|| Message::new("evidence.no-role").into(), name))
            .codes("actions", actions)
            .fix(fix(world, starter, role, &missing)),
    )
}

fn fix<'d>(
    world: &World<'d>,
    starter: Node<'d>,
    role: Option<Node<'d>>,
    missing: &[(Vec<&'static str>, Node<'d>)],
) -> Fix {
    let mut fix = FixBuilder::new(world);
    if let Some(role) = role {
        for (actions, on) in missing {
            grant(&mut fix, world.graph(), role, actions, *on);
        }
        return fix.done("grant");
    }
    let own = fix.add_role(starter, "serviceRole", "starter-role", &[]);
    for (actions, on) in missing {
        fix.link(LinkKind::Grants, &own, &on.id).with(prop::ACTIONS, list(actions));
    }
    fix.done("grant")
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_for_everyone_who_starts_tasks() {
        for kind in ["step-functions", "eventbridge-rule", "eventbridge-pipe", "lambda-function"] {
            for role in
                ["", "starter -> own: role as=serviceRole\n own -> task: grants actions=[\"ecs:StopTask\"]"]
            {
                check(
                    &TRAP,
                    &format!(
                        "
                        #! fixes grant
                        task: task-definition
                        own: iam-role
                        starter: {kind}    #! starter-lacks-permission
                        starter -> task: runs
                        {role}"
                    ),
                );
            }
        }
    }

    #[test]
    fn fires_on_each_end_of_a_pipe() {
        for actions in ["sqs:ReceiveMessage\",\"sqs:GetQueueAttributes", "sqs:SendMessage"] {
            check(
                &TRAP,
                &format!(
                    "
                    jobs: sqs-queue
                    flow: step-functions
                    own: iam-role
                    pipe: eventbridge-pipe    #! starter-lacks-permission
                    jobs -> pipe: sends
                    pipe -> flow: sends
                    pipe -> own: role as=serviceRole
                    own -> flow: grants actions=[\"states:StartExecution\"]
                    own -> jobs: grants actions=[\"{actions}\"]"
                ),
            );
        }
        check(
            &TRAP,
            "
            work: lambda-function
            own: iam-role
            flow: step-functions    #! starter-lacks-permission: `flow` acts with `own` and lacks `lambda:InvokeFunction`: its calls are refused before any task exists.
            flow -> work: sends
            flow -> own: role as=serviceRole",
        );
    }

    #[test]
    fn silent_where_the_role_allows_it() {
        for task in
            ["own -> task: grants actions=[\"ecs:RunTask\"]", "own -> task: grants actions=[\"ecs:*\"]"]
        {
            check(
                &TRAP,
                &format!(
                    "
                    jobs: sqs-queue
                    task: task-definition
                    own: iam-role
                    pipe: eventbridge-pipe
                    jobs -> pipe: sends
                    pipe -> task: runs
                    pipe -> own: role as=serviceRole
                    own -> jobs: grants actions=[\"sqs:*\"]
                    {task}"
                ),
            );
        }
    }

    #[test]
    fn silent_where_no_role_is_needed() {
        // A rule invokes by the function's own policy; a queue is read by an event source mapping.
        check(
            &TRAP,
            "
            jobs: sqs-queue
            work: lambda-function
            nightly: eventbridge-rule
            nightly -> work: sends
            jobs -> work: sends",
        );
    }
}
