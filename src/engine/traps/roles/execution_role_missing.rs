//! Something for ECS to do before the application runs, and no role to do it with (`tip-two-roles`).
//!
//! On Fargate images in ECR, `awslogs` and secrets need the task execution role. Instances pull and log with
//! their own role; secrets need the execution role everywhere.

use trapwise_documents::message::{Arg, Message};
use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind};

use crate::finding::{Detection, Fix, Step};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::traps::permissions::{Uses, grant, lacking, list, no_role};
use crate::world::{AWSLOGS, ECR_PULL, Edge, Graph, Node, World, fetch_action, iam};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "execution-role-missing",
    area: Area::Roles,
    severity: Severity::Critical,
    domain: Domain::Secure,
    facts: &["tip-two-roles", "pat-ecr-execution-role", "pat-secret-injection"],
    needs: &[],
    detect,
};

/// What ECS does at launch with one link of the task definition.
struct Duty<'d> {
    edge: Edge<'d>,
    /// The actions it needs on the link's end.
    actions: Vec<&'static str>,
    /// Whether AWS managed policies for launching cover them.
    usual: bool,
}

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let graph = world.graph();
    let lacking = graph
        .of_kind(ComponentKind::TaskDefinition)
        .iter()
        .filter(|task| iam::role(graph, **task, "executionRoleArn").is_none())
        .map(|task| (*task, duties(world, *task)))
        .filter(|(_, duties)| !duties.is_empty())
        .collect::<Vec<_>>();
    if lacking.is_empty() {
        return Vec::new();
    }
    // Managed policies allow the same on every repository and log group: the first role will do for any task.
    let uses = Uses::new(world);
    let launcher = uses
        .managed_roles("executionRoleArn")
        .find(|role| ECR_PULL.iter().chain(AWSLOGS).all(|action| iam::managed(*role, action).is_some()));
    lacking.iter().map(|(task, duties)| detection(world, *task, duties, &uses, launcher)).collect()
}

fn duties<'d>(world: &World<'d>, task: Node<'d>) -> Vec<Duty<'d>> {
    let graph = world.graph();
    let mut duties = Vec::new();
    if graph.inc(task, LinkKind::Runs).is_empty() {
        return duties;
    }
    if world.runners(task).any(|workload| workload.on_fargate()) {
        let images = graph.out(task, LinkKind::Image).iter();
        let images = images.filter(|edge| edge.to.kind == ComponentKind::EcrRepository);
        duties.extend(images.map(|edge| Duty { edge: *edge, actions: ECR_PULL.to_vec(), usual: true }));
        duties.extend(world.awslogs(task).map(|edge| Duty { edge, actions: AWSLOGS.to_vec(), usual: true }));
    }
    let secrets = world.launch_secrets(task);
    duties.extend(secrets.map(|edge| Duty { edge, actions: vec![fetch_action(edge.to)], usual: false }));
    duties.dedup_by_key(|duty| duty.edge.to);
    duties
}

impl<'d> Duty<'d> {
    /// What it is for, as a phrase.
    fn why(&self) -> Arg {
        let phrase = match self.edge.link.kind {
            LinkKind::Image => step("the-image"),
            LinkKind::Logs => step("the-logs"),
            _ => step("the-value"),
        };
        phrase.name("where", self.edge.to).into()
    }

    fn step(&self) -> Step {
        let Edge { link, from, to, .. } = self.edge;
        let message = match link.kind {
            LinkKind::Image => Message::new("evidence.pulls-image").name("repository", to),
            LinkKind::Logs => Message::new("evidence.logs-through-awslogs").name("group", to),
            _ => Message::new("evidence.secret-at-launch").name("secret", to),
        };
        Step::on(link, true, message.name("task", from))
    }

    /// What the role lacks for it.
    fn lacked(&self, graph: &Graph<'d>, role: Node<'d>) -> Vec<&'static str> {
        lacking(graph, Some(role), self.actions.iter().copied(), self.edge.to)
    }
}

fn detection<'d>(
    world: &World<'d>,
    task: Node<'d>,
    duties: &[Duty<'d>],
    uses: &Uses<'d>,
    launcher: Option<Node<'d>>,
) -> Detection {
    let mut evidence = duties.iter().map(Duty::step).collect::<Vec<_>>();
    evidence.push(no_role(task, "executionRoleArn"));
    Detection::new()
        .pin(task)
        .pin_links(duties.iter().map(|duty| &duty.edge))
        .steps(evidence)
        .name("task", task)
        .arg("why", Arg::List(duties.iter().map(Duty::why).collect()))
        .fix(fix(world, task, duties, uses, launcher))
}

/// Attaches the role that fits best, or a new one; either may then fetch the secrets too.
fn fix<'d>(
    world: &World<'d>,
    task: Node<'d>,
    duties: &[Duty<'d>],
    uses: &Uses<'d>,
    launcher: Option<Node<'d>>,
) -> Fix {
    let graph = world.graph();
    let drawn = |wanted: fn(&Duty<'d>) -> bool| {
        let duties = || duties.iter().filter(move |duty| wanted(duty));
        let roles = duties().flat_map(|duty| graph.inc(duty.edge.to, LinkKind::Grants)).map(|edge| edge.from);
        let mut fitting = roles.filter(|role| {
            uses.free_for(*role, "executionRoleArn")
                && duties().all(|duty| duty.lacked(graph, *role).is_empty())
        });
        fitting.next()
    };
    let role = drawn(|_| true).or(launcher).or_else(|| drawn(|duty| duty.usual));
    let mut fix = FixBuilder::new(world);
    if let Some(role) = role {
        fix.link(LinkKind::Role, &task.id, &role.id).with(prop::AS, "executionRoleArn");
        for duty in duties {
            let lacked = duty.lacked(graph, role);
            if !lacked.is_empty() {
                grant(&mut fix, graph, role, &lacked, duty.edge.to);
            }
        }
    } else {
        let policies = list(&["AmazonECSTaskExecutionRolePolicy"]);
        let stem = format!("{}-execution-role", task.id);
        let id = fix.add_role(task, "executionRoleArn", &stem, &[(prop::MANAGED_POLICIES, policies)]);
        for duty in duties.iter().filter(|duty| !duty.usual) {
            fix.link(LinkKind::Grants, &id, &duty.edge.to.id).with(prop::ACTIONS, list(&duty.actions));
        }
    }
    fix.done("use-role")
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_on_fargate_for_each_reason() {
        for (kind, link) in [
            ("ecr-repository", "image"),
            ("log-group", "logs"),
            ("secret", "secret as=valueFrom"),
            ("ssm-parameter", "secret as=valueFrom"),
        ] {
            for capacity in ["FARGATE", "FARGATE_SPOT"] {
                check(
                    &TRAP,
                    &format!(
                        "
                    #! fixes use-role
                    spare: capacity-provider type={capacity}
                    web: ecs-service
                    api: ecs-service launchType=FARGATE
                    task: task-definition    #! execution-role-missing
                    app: iam-role
                    thing: {kind}
                    web -> spare: uses weight=1
                    web -> task: runs
                    api -> task: runs
                    task -> app: role as=taskRoleArn
                    task -> thing: {link}"
                    ),
                );
            }
        }
    }

    #[test]
    fn fires_on_instances_for_secrets_only() {
        // The task role may pull and fetch, but it is the application's.
        for launch_type in ["EC2", "EXTERNAL"] {
            check(
                &TRAP,
                &format!(
                    "
                #! fixes use-role
                web: ecs-service launchType={launch_type}
                api: ecs-service launchType={launch_type}
                task: task-definition    #! execution-role-missing: `task` has no task execution role, and ECS needs one for the value of `key`: no task starts.
                other: task-definition
                app: iam-role managedPolicies=[\"AdministratorAccess\"]
                image: ecr-repository
                lines: log-group
                key: secret
                web -> task: runs
                api -> other: runs
                task -> app: role as=taskRoleArn
                task -> key: secret as=valueFrom
                other -> image: image
                other -> lines: logs"
                ),
            );
        }
    }

    #[test]
    fn fires_whoever_runs_the_task() {
        check(
            &TRAP,
            "
            nightly: eventbridge-rule
            task: task-definition    #! execution-role-missing
            key: secret
            nightly -> task: runs
            task -> key: secret as=valueFrom",
        );
    }

    #[test]
    fn a_role_that_fits_is_attached() {
        let fixture = trapwise_model::fixture::parse(
            "
            web: ecs-service launchType=FARGATE
            task: task-definition
            app: iam-role managedPolicies=[\"AmazonECSTaskExecutionRolePolicy\"]
            busy: iam-role managedPolicies=[\"AmazonECSTaskExecutionRolePolicy\"]
            exec: iam-role managedPolicies=[\"AmazonECSTaskExecutionRolePolicy\"]
            image: ecr-repository
            key: secret
            hosts: auto-scaling-group
            web -> task: runs
            hosts -> busy: role as=instanceProfile
            task -> image: image
            task -> key: secret as=valueFrom
            task -> app: role as=taskRoleArn",
        )
        .unwrap();
        let world = crate::world::World::new(&fixture.design);
        let found = TRAP.find(&crate::traps::Scene { world: &world, needs: &[] });
        let mut mended = fixture.design.clone();
        mended.apply_all(&found[0].fixes[0].edits).unwrap();
        let world = crate::world::World::new(&mended);
        let graph = world.graph();
        let role = super::iam::role(graph, graph.node("task").unwrap(), "executionRoleArn").unwrap().to;
        assert_eq!(role.id.as_str(), "exec");
        let action = "secretsmanager:GetSecretValue";
        assert!(super::iam::grant(graph, role, action, graph.node("key").unwrap()).is_some());
    }

    #[test]
    fn silent_when_there_is_one_or_nothing_to_do_with_it() {
        // A public image, logs by FireLens, a plain value and an unused definition need none; what the
        // role that is there lacks is another trap.
        check(
            &TRAP,
            "
            web: ecs-service launchType=FARGATE
            api: ecs-service launchType=FARGATE
            task: task-definition
            other: task-definition
            idle: task-definition
            exec: iam-role
            hub: external-registry
            image: ecr-repository
            lines: log-group
            key: secret
            web -> task: runs
            api -> other: runs
            task -> hub: image
            task -> lines: logs driver=awsfirelens
            task -> key: secret as=environment
            other -> image: image
            other -> key: secret as=valueFrom
            other -> exec: role as=executionRoleArn
            idle -> image: image
            idle -> key: secret as=valueFrom",
        );
    }

    #[test]
    fn silent_on_managed_instances_without_secrets() {
        check(
            &TRAP,
            "
            managed: capacity-provider type=MANAGED_INSTANCES
            web: ecs-service
            task: task-definition
            image: ecr-repository
            lines: log-group
            web -> managed: uses weight=1
            web -> task: runs
            task -> image: image
            task -> lines: logs",
        );
    }
}
