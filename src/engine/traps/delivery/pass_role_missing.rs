//! Whoever starts or registers tasks without being allowed to hand their roles over (`trap-no-pass-role`).
//!
//! A starter without any role is not judged here.

use trapwise_model::{ComponentKind, LinkKind, SortedSet};

use crate::finding::{Detection, Step};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::traps::permissions::grant;
use crate::world::{Edge, Node, World, iam};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "pass-role-missing",
    area: Area::Delivery,
    severity: Severity::Critical,
    domain: Domain::Secure,
    facts: &["trap-no-pass-role", "pat-lambda-hybrid"],
    needs: &[],
    detect,
};

const PASS_ROLE: &str = "iam:PassRole";

/// What starts tasks or registers task definitions with a role of its own.
const STARTERS: &[ComponentKind] = &[
    ComponentKind::Codepipeline,
    ComponentKind::CodedeployDeploymentGroup,
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

fn detection<'d>(world: &World<'d>, starter: Node<'d>) -> Option<Detection> {
    let graph = world.graph();
    let own = iam::role(graph, starter, "serviceRole")?;
    let tasks = SortedSet::from_iter(tasks(world, starter));
    let handed = SortedSet::from_iter(
        tasks.iter().flat_map(|task| graph.out(*task, LinkKind::Role)).map(|edge: &Edge<'d>| edge.to),
    );
    let may = |role: &Node<'d>| iam::grant(graph, own.to, PASS_ROLE, *role).is_some();
    let missing = handed.iter().copied().filter(|role| !may(role)).collect::<Vec<_>>();
    if missing.is_empty() {
        return None;
    }
    let mut evidence =
        vec![Step::on(own.link, true, step("acts-as").name("starter", starter).name("role", own.to))];
    evidence.extend(handed.iter().map(|role| {
        let says = if may(role) { step("may-hand-over") } else { step("may-not-hand-over") };
        Step::at(own.to, may(role), says.name("role", own.to).name("handed", role))
    }));
    let mut fix = FixBuilder::new(world);
    for role in &missing {
        grant(&mut fix, graph, own.to, &[PASS_ROLE], *role);
    }
    Some(
        Detection::new()
            .pin(starter)
            .pin(own.to)
            .pin_all(&missing)
            .pin_link(own.link)
            .steps(evidence)
            .name("starter", starter)
            .name("role", own.to)
            .names("tasks", &tasks)
            .names("missing", &missing)
            // A role cannot be given a permission on itself here: the starter needs one of its own.
            .fixes(if missing.contains(&own.to) { Vec::new() } else { vec![fix.done("grant-pass-role")] }),
    )
}

/// The task definitions that it starts, or registers for services that it deploys.
fn tasks<'d>(world: &World<'d>, starter: Node<'d>) -> Vec<Node<'d>> {
    let graph = world.graph();
    let mut tasks = graph.out(starter, LinkKind::Runs).iter().map(|edge| edge.to).collect::<Vec<_>>();
    let deployed = graph.out(starter, LinkKind::Deploys).iter().flat_map(|edge| {
        // A pipeline that deploys by CodeDeploy registers the task definition itself.
        let by_group = graph.out(edge.to, LinkKind::Deploys).iter().map(|edge| edge.to);
        std::iter::once(edge.to).chain(by_group)
    });
    tasks.extend(deployed.filter_map(|service| graph.target(service, LinkKind::Runs)));
    tasks
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    fn board(starter: &str, links: &str) -> String {
        format!(
            "
            web: ecs-service
            task: task-definition
            exec: iam-role
            app: iam-role
            own: iam-role
            starter: {starter}
            web -> task: runs
            task -> exec: role as=executionRoleArn
            task -> app: role as=taskRoleArn
            starter -> own: role as=serviceRole
            {links}"
        )
    }

    #[test]
    fn fires_for_everyone_who_starts_or_registers() {
        let both =
            "own -> app: grants actions=[\"iam:GetRole\"]\n own -> task: grants actions=[\"iam:PassRole\"]";
        for (kind, link) in [
            ("codepipeline", "starter -> web: deploys"),
            ("step-functions", "starter -> task: runs"),
            ("eventbridge-rule", "starter -> task: runs"),
            ("eventbridge-pipe", "starter -> task: runs"),
            ("lambda-function", "starter -> task: runs"),
            ("codedeploy-deployment-group", "starter -> web: deploys"),
        ] {
            let starter = format!(
                "{kind}    #! pass-role-missing: `starter` starts or registers `task` as `own`, which may not hand over `app`, `exec`: the call is refused."
            );
            check(
                &TRAP,
                &format!("#! fixes grant-pass-role\n{}", board(&starter, &format!("{link}\n {both}"))),
            );
        }
    }

    #[test]
    fn fires_on_one_of_two_roles_and_through_a_deployment_group() {
        let starter = "codepipeline    #! pass-role-missing";
        check(
            &TRAP,
            &board(
                starter,
                "starter -> web: deploys
            own -> exec: grants actions=[\"iam:PassRole\"]",
            ),
        );
        check(
            &TRAP,
            &board(
                starter,
                "group: codedeploy-deployment-group
            starter -> group: deploys
            group -> web: deploys",
            ),
        );
    }

    #[test]
    fn silent_where_roles_may_be_handed_over() {
        for grants in [
            "own -> exec: grants actions=[\"iam:PassRole\"]\n own -> app: grants actions=[\"iam:*\"]",
            "own -> exec: grants actions=[\"iam:pass*\"]\n own -> app: grants actions=[\"*\"]",
        ] {
            check(&TRAP, &board("codepipeline", &format!("starter -> web: deploys\n {grants}")));
        }
        check(
            &TRAP,
            "
            web: ecs-service deploymentController=CODE_DEPLOY
            task: task-definition
            exec: iam-role
            own: iam-role managedPolicies=[\"AWSCodeDeployRoleForECS\"]
            group: codedeploy-deployment-group
            web -> task: runs
            task -> exec: role as=executionRoleArn
            group -> own: role as=serviceRole
            group -> web: deploys",
        );
    }

    #[test]
    fn silent_where_nothing_is_handed_over() {
        // Nothing started, a task without roles, and a starter that has no role at all.
        check(&TRAP, &board("codepipeline", ""));
        check(
            &TRAP,
            "
            task: task-definition
            other: task-definition
            exec: iam-role
            own: iam-role
            one: step-functions
            two: eventbridge-rule
            one -> own: role as=serviceRole
            one -> task: runs
            two -> other: runs
            other -> exec: role as=executionRoleArn",
        );
    }
}
