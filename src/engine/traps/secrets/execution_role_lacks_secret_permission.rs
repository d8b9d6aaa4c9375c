//! A secret that ECS is to fetch at launch with a role that may not (`trap-secret-permission-on-task-role`).
//!
//! The usual form has the permission on the task role. Without any execution role `execution-role-missing`
//! speaks; decrypting with a customer managed key is a matter of its own.

use trapwise_documents::message::Message;
use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind};

use crate::finding::{Detection, Fix, Step};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::{FixBuilder, name};
use crate::traps::permissions::{Uses, drawn, grant, move_grants, permission};
use crate::world::{Edge, Hop, Node, What, World, fetch_action, iam};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "execution-role-lacks-secret-permission",
    area: Area::Secrets,
    severity: Severity::Critical,
    domain: Domain::Secure,
    facts: &["trap-secret-permission-on-task-role", "pat-secret-injection", "tip-two-roles"],
    needs: &[],
    detect,
};

const DECRYPT: &str = "kms:Decrypt";

/// A reference that cannot be resolved.
struct Unresolved<'a, 'd> {
    /// The references of one task definition to one secret; at least one.
    references: &'a [Edge<'d>],
    /// The execution role's place.
    execution: Edge<'d>,
    /// The task role, if it may fetch what the execution role may not.
    holder: Option<Node<'d>>,
}

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let graph = world.graph();
    let mut found = Vec::new();
    let mut uses = None;
    for task in graph.of_kind(ComponentKind::TaskDefinition) {
        let Some(execution) = iam::role(graph, *task, "executionRoleArn") else { continue };
        if graph.inc(*task, LinkKind::Runs).is_empty() {
            continue;
        }
        let references = world.launch_secrets(*task).collect::<Vec<_>>();
        for references in references.chunk_by(|a, b| a.to == b.to) {
            let Some(secret) = references.first().map(|edge| edge.to) else { continue };
            let fetches = |role: Node<'_>| iam::grant(graph, role, fetch_action(secret), secret).is_some();
            if fetches(execution.to) {
                continue;
            }
            let task_role = iam::role(graph, *task, "taskRoleArn").map(|edge| edge.to);
            let holder = task_role.filter(|role| fetches(*role));
            let uses = uses.get_or_insert_with(|| Uses::new(world));
            found.push(Unresolved { references, execution, holder }.detection(world, uses, *task, secret));
        }
    }
    found
}

impl<'d> Unresolved<'_, 'd> {
    fn detection(&self, world: &World<'d>, uses: &Uses<'d>, task: Node<'d>, secret: Node<'d>) -> Detection {
        let role = self.execution.to;
        Detection::new()
            .pin(task)
            .pin(secret)
            .pin(role)
            .pin_links(self.references)
            .pin_link(self.execution.link)
            .steps(self.evidence(world, task, secret))
            .name("task", task)
            .name("secret", secret)
            .words("action", fetch_action(secret))
            .name("role", role)
            .arg("holder", self.holder.map(name).unwrap_or_default())
            .fix(self.fix(world, uses, secret))
    }

    /// The permission goes where it is needed, and with it the one to decrypt, so that tasks start.
    fn fix(&self, world: &World<'d>, uses: &Uses<'d>, secret: Node<'d>) -> Fix {
        let graph = world.graph();
        let role = self.execution.to;
        let mut fix = FixBuilder::new(world);
        let moved = self.movable(world, uses, secret);
        let key = world.key_of(secret).filter(|key| iam::grant(graph, role, DECRYPT, *key).is_none());
        let Some((holder, grants)) = moved else {
            grant(&mut fix, graph, role, &[fetch_action(secret)], secret);
            if let Some(key) = key {
                grant(&mut fix, graph, role, &[DECRYPT], key);
            }
            return fix.done("grant-execution-role");
        };
        move_grants(&mut fix, &grants, &role.id);
        if let Some(key) = key {
            let decrypts = drawn(graph, holder, &[DECRYPT], key);
            // A managed policy may cover anything else that the key encrypts.
            let mut grants = graph.out(holder, LinkKind::Grants).iter().map(|edge| edge.to);
            let used = !holder.list(prop::MANAGED_POLICIES).is_empty()
                || grants.any(|other| other != secret && world.key_of(other) == Some(key));
            if used || decrypts.is_empty() {
                grant(&mut fix, graph, role, &[DECRYPT], key)
            } else {
                move_grants(&mut fix, &decrypts, &role.id)
            };
        }
        fix.done("move-grant")
    }

    /// The task role and what it need not hold: drawn for this secret, and no code uses it.
    fn movable(
        &self,
        world: &World<'d>,
        uses: &Uses<'d>,
        secret: Node<'d>,
    ) -> Option<(Node<'d>, Vec<Edge<'d>>)> {
        let graph = world.graph();
        let holder = self.holder?;
        let grants = drawn(graph, holder, &[fetch_action(secret)], secret);
        let needed = uses.serves_code(holder, secret) || !uses.only_as(holder, "taskRoleArn");
        let movable = !grants.is_empty() && !needed;
        movable.then_some((holder, grants))
    }

    fn evidence(&self, world: &World<'d>, task: Node<'d>, secret: Node<'d>) -> Vec<Step> {
        let role = self.execution.to;
        let action = fetch_action(secret);
        let mut steps = self
            .references
            .iter()
            .map(|edge| {
                Step::on(
                    edge.link,
                    true,
                    Message::new("evidence.secret-at-launch").name("task", task).name("secret", secret),
                )
            })
            .collect::<Vec<_>>();
        let has_role = What::HasRole(task, "executionRoleArn");
        let link = Some(self.execution.link);
        steps.push(Hop { what: has_role, at: Some(task), link, ok: true }.step());
        steps.push(permission(role, action, secret, false));
        if let Some(holder) = self.holder {
            let mut allowed = Step::at(holder, false, step("allowed-to-task-role").name("holder", holder));
            let grants = drawn(world.graph(), holder, &[action], secret);
            allowed.link = grants.first().map(|edge| edge.link.id.clone());
            steps.push(allowed);
        }
        steps
    }
}

#[cfg(test)]
mod tests {
    use trapwise_model::LinkKind;

    use super::{Scene, TRAP, World};
    use crate::traps::testing::check;

    #[test]
    fn fires_when_only_the_task_role_may_fetch() {
        check(
            &TRAP,
            "
            #! fixes move-grant
            web: ecs-service launchType=FARGATE
            task: task-definition    #! execution-role-lacks-secret-permission: `task` references `password` at launch, but its execution role `exec` does not allow secretsmanager:GetSecretValue: no task starts.
            exec: iam-role managedPolicies=[\"AmazonECSTaskExecutionRolePolicy\"]
            app: iam-role
            password: secret
            web -> task: runs
            task -> password: secret as=valueFrom container=app
            task -> password: secret as=valueFrom container=sidecar
            task -> exec: role as=executionRoleArn
            task -> app: role as=taskRoleArn
            app -> password: grants actions=[\"secretsmanager:GetSecretValue\"]",
        );
    }

    #[test]
    fn what_the_application_needs_stays_with_it() {
        for kept in [
            "app -> password: grants actions=[\"secretsmanager:*\"]
            web -> password: calls",
            "app -> password: grants actions=[\"secretsmanager:*\"]
            other -> app: role as=executionRoleArn",
            "",
        ] {
            let policy = if kept.is_empty() { "SecretsManagerReadWrite" } else { "AmazonS3ReadOnlyAccess" };
            check(
                &TRAP,
                &format!(
                    "
            #! fixes grant-execution-role
            web: ecs-service launchType=EC2
            task: task-definition    #! execution-role-lacks-secret-permission
            other: task-definition
            exec: iam-role
            app: iam-role managedPolicies=[\"{policy}\"]
            password: secret
            web -> task: runs
            task -> password: secret as=valueFrom
            task -> exec: role as=executionRoleArn
            task -> app: role as=taskRoleArn
            {kept}"
                ),
            );
        }
    }

    #[test]
    fn the_permission_to_decrypt_goes_along() {
        for (more, kept) in [("", 0), ("app -> pictures: grants actions=[\"s3:GetObject\"]", 1)] {
            let fixture = trapwise_model::fixture::parse(&format!(
                "
            web: ecs-service launchType=FARGATE
            task: task-definition
            exec: iam-role
            app: iam-role
            key: kms-key
            password: secret
            pictures: s3-bucket
            key -> password: encrypts
            key -> pictures: encrypts
            web -> task: runs
            task -> password: secret as=valueFrom
            task -> exec: role as=executionRoleArn
            task -> app: role as=taskRoleArn
            app -> password: grants actions=[\"secretsmanager:GetSecretValue\"]
            app -> key: grants actions=[\"kms:Decrypt\"]
            {more}"
            ))
            .unwrap();
            let world = World::new(&fixture.design);
            let found = TRAP.find(&Scene { world: &world, needs: &[] });
            let mut mended = fixture.design.clone();
            mended.apply_all(&found[0].fixes[0].edits).unwrap();
            let world = World::new(&mended);
            let node = |id| world.graph().node(id).unwrap();
            assert_eq!(world.graph().between(node("exec"), LinkKind::Grants, node("key")).len(), 1);
            assert_eq!(world.graph().between(node("app"), LinkKind::Grants, node("key")).len(), kept);
        }
    }

    #[test]
    fn fires_on_the_wrong_action_or_the_wrong_secret() {
        check(
            &TRAP,
            "
            #! fixes grant-execution-role
            nightly: eventbridge-rule
            task: task-definition    #! execution-role-lacks-secret-permission execution-role-lacks-secret-permission
            exec: iam-role
            password: secret
            other: secret
            setting: ssm-parameter
            nightly -> task: runs
            task -> password: secret as=valueFrom
            task -> setting: secret as=valueFrom
            task -> exec: role as=executionRoleArn
            exec -> other: grants actions=[\"secretsmanager:GetSecretValue\"]
            exec -> setting: grants actions=[\"ssm:GetParameter\"]",
        );
    }

    #[test]
    fn silent_when_the_execution_role_may_fetch() {
        // By a wildcard or a managed policy, one role in both places; decrypting is another trap's.
        check(
            &TRAP,
            "
            web: ecs-service launchType=FARGATE
            api: ecs-service launchType=FARGATE
            task: task-definition
            other: task-definition
            both: iam-role
            exec: iam-role managedPolicies=[\"SecretsManagerReadWrite\"]
            key: kms-key
            password: secret
            setting: ssm-parameter type=SecureString
            key -> password: encrypts
            key -> setting: encrypts
            web -> task: runs
            api -> other: runs
            task -> setting: secret as=valueFrom
            task -> both: role as=executionRoleArn
            task -> both: role as=taskRoleArn
            both -> setting: grants actions=[\"ssm:Get*\"]
            other -> password: secret as=valueFrom
            other -> exec: role as=executionRoleArn",
        );
    }

    #[test]
    fn silent_without_a_reference_or_an_execution_role() {
        check(
            &TRAP,
            "
            web: ecs-service launchType=FARGATE
            api: ecs-service launchType=FARGATE
            task: task-definition
            plain: task-definition
            idle: task-definition
            exec: iam-role
            password: secret
            web -> task: runs
            api -> plain: runs
            api -> password: calls
            task -> password: secret as=valueFrom
            plain -> password: secret as=environment
            plain -> exec: role as=executionRoleArn
            idle -> password: secret as=valueFrom
            idle -> exec: role as=executionRoleArn",
        );
    }
}
