//! Code that calls an AWS API its task role does not allow (`trap-app-permission-on-execution-role`).
//!
//! The SDK in the containers uses the task role alone, whatever the execution role may do. Calls that get
//! through with the role of EC2 hosts are another trap: `instance-profile-for-task-permissions`.

use trapwise_documents::message::Message;
use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind, SortedMap};

use crate::finding::{Detection, Fix, Step};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::{FixBuilder, name};
use crate::traps::permissions::{
    Access, Uses, accesses, drawn, grant, host_role, list, move_grants, permission,
};
use crate::world::{Edge, Graph, Hop, Node, What, World, iam};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "task-role-lacks-app-permission",
    area: Area::Roles,
    severity: Severity::Critical,
    domain: Domain::Secure,
    facts: &["trap-app-permission-on-execution-role", "tip-two-roles", "feat-task-role"],
    needs: &[],
    detect,
};

/// What is known of roles, for all findings together.
struct Roles<'d> {
    uses: Uses<'d>,
    /// By resource, the roles that tasks may have and that could allow something on it; those nobody has
    /// yet come first.
    spare: SortedMap<Node<'d>, Vec<Node<'d>>>,
}

impl<'d> Roles<'d> {
    fn spare(&mut self, graph: &Graph<'d>, resource: Node<'d>) -> &[Node<'d>] {
        let uses = &self.uses;
        self.spare.entry(resource).or_insert_with(|| {
            let drawn = graph.inc(resource, LinkKind::Grants).iter().map(|edge| edge.from);
            let drawn = drawn.filter(|role| uses.free_for(*role, "taskRoleArn"));
            let mut roles = drawn.chain(uses.managed_roles("taskRoleArn")).collect::<Vec<_>>();
            roles.sort_by_key(|role| !uses.is_unused(*role));
            roles
        })
    }
}

/// An access that is refused, and the roles that matter for it.
struct Refused<'d> {
    access: Access<'d>,
    /// What the task role lacks.
    missing: Vec<&'d str>,
    /// The task role, if there is one.
    role: Option<Edge<'d>>,
    /// The execution role, if it allows what the task role does not.
    holder: Option<Edge<'d>>,
}

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let graph = world.graph();
    let mut refused = Vec::new();
    for task in graph.of_kind(ComponentKind::TaskDefinition) {
        let role = iam::role(graph, *task, "taskRoleArn");
        for access in accesses(world, *task, &|workload, call| host_role(world, workload, call).is_none()) {
            let missing = access.missing(graph, role.map(|edge| edge.to));
            if missing.is_empty() {
                continue;
            }
            let holder = iam::role(graph, *task, "executionRoleArn").filter(|edge| {
                let lacks = access.missing(graph, Some(edge.to));
                missing.iter().all(|action| !lacks.contains(action))
            });
            refused.push(Refused { access, missing, role, holder });
        }
    }
    if refused.is_empty() {
        return Vec::new();
    }
    let mut roles = Roles { uses: Uses::new(world), spare: SortedMap::new() };
    refused.iter().map(|one| one.detection(world, &mut roles)).collect()
}

impl<'d> Refused<'d> {
    fn detection(&self, world: &World<'d>, roles: &mut Roles<'d>) -> Detection {
        let Access { task, resource, ref calls } = self.access;
        let pinned = self.holder.or(self.role).map(|edge| edge.to);
        let (fix, attached) = self.fix(world, roles);
        let role = attached.or(pinned);
        Detection::new()
            .pin(task)
            .pin(resource)
            .pin_all(&pinned)
            .pin_links(calls)
            .pin_links(&self.holder.or(self.role))
            .steps(self.evidence(world))
            .name("task", task)
            .arg("service", self.access.caller().map(name).unwrap_or_default())
            .name("resource", resource)
            .codes("actions", self.missing.iter().copied())
            .arg("role", role.map(name).unwrap_or_default())
            .fix(fix)
    }

    /// What mends it, and the role that it attaches, if it does.
    fn fix(&self, world: &World<'d>, roles: &mut Roles<'d>) -> (Fix, Option<Node<'d>>) {
        let Access { task, resource, .. } = self.access;
        if let Some(grants) = self.movable(world, &roles.uses) {
            let (mut fix, role) = self.task_role(world);
            return (move_grants(&mut fix, &grants, &role).done("move-grant"), None);
        }
        if let Some(role) = self.role {
            let mut fix = FixBuilder::new(world);
            grant(&mut fix, world.graph(), role.to, &self.missing, resource);
            return (fix.done("grant-task-role"), None);
        }
        let graph = world.graph();
        let mut spare = roles.spare(graph, resource).iter().copied();
        if let Some(spare) = spare.find(|role| self.access.missing(graph, Some(*role)).is_empty()) {
            let mut fix = FixBuilder::new(world);
            fix.link(LinkKind::Role, &task.id, &spare.id).with(prop::AS, "taskRoleArn");
            return (fix.done("attach-task-role"), Some(spare));
        }
        let (mut fix, role) = self.task_role(world);
        (
            fix.link(LinkKind::Grants, &role, &resource.id)
                .with(prop::ACTIONS, list(&self.missing))
                .done("grant-task-role"),
            None,
        )
    }

    /// What the execution role need not hold: drawn for this access, and nobody needs it at launch.
    fn movable(&self, world: &World<'d>, uses: &Uses<'d>) -> Option<Vec<Edge<'d>>> {
        let graph = world.graph();
        let holder = self.holder?.to;
        let resource = self.access.resource;
        let mut named = self.access.named().filter(|action| self.missing.contains(action));
        let all_drawn = named
            .all(|action| matches!(iam::grant(graph, holder, action, resource), Some(iam::Grant::Link(_))));
        let grants = drawn(graph, holder, &self.missing, resource);
        let needed = uses.fetches_at_launch(holder, resource) || !uses.only_as(holder, "executionRoleArn");
        let movable = all_drawn && !needed;
        (movable && !grants.is_empty()).then_some(grants)
    }

    /// The task role to give permissions to: the one there is, else a new one.
    fn task_role(&self, world: &World<'d>) -> (FixBuilder<'d>, trapwise_model::ComponentId) {
        let mut fix = FixBuilder::new(world);
        if let Some(role) = self.role {
            return (fix, role.to.id.clone());
        }
        let task = self.access.task;
        let id = fix.add_role(task, "taskRoleArn", &format!("{}-role", task.id), &[]);
        (fix, id)
    }

    fn evidence(&self, world: &World<'d>) -> Vec<Step> {
        let Access { task, resource, ref calls } = self.access;
        let mut steps = calls
            .iter()
            .map(|call| {
                Step::on(
                    call.link,
                    true,
                    Message::new("evidence.calls").name("caller", call.from).name("resource", resource),
                )
            })
            .collect::<Vec<_>>();
        let has_role = What::HasRole(task, "taskRoleArn");
        let link = self.role.map(|edge| edge.link);
        steps.push(Hop { what: has_role, at: Some(task), link, ok: self.role.is_some() }.step());
        if let Some(role) = self.role.map(|edge| edge.to) {
            steps.extend(self.missing.iter().map(|action| permission(role, action, resource, false)));
        }
        if let Some(holder) = self.holder.map(|edge| edge.to) {
            let grants = drawn(world.graph(), holder, &self.missing, resource);
            let mut allowed =
                Step::at(holder, false, step("allowed-to-execution-role").name("holder", holder));
            allowed.link = grants.first().map(|edge| edge.link.id.clone());
            steps.push(allowed);
        }
        steps
    }
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_when_only_the_execution_role_has_it() {
        check(
            &TRAP,
            "
            #! fixes move-grant
            web: ecs-service launchType=FARGATE
            task: task-definition    #! task-role-lacks-app-permission: The code of `web` calls `uploads`, but the task role of `task` does not allow `s3:GetObject`: the calls are refused.
            exec: iam-role
            app: iam-role
            uploads: s3-bucket
            web -> task: runs
            web -> uploads: calls actions=[\"s3:GetObject\"]
            task -> exec: role as=executionRoleArn
            task -> app: role as=taskRoleArn
            exec -> uploads: grants actions=[\"s3:*\"]",
        );
        // Without a task role the permission moves to a new one.
        check(
            &TRAP,
            "
            #! fixes move-grant
            web: ecs-service launchType=FARGATE
            task: task-definition    #! task-role-lacks-app-permission
            exec: iam-role
            uploads: s3-bucket
            web -> task: runs
            web -> uploads: calls
            task -> exec: role as=executionRoleArn
            exec -> uploads: grants actions=[\"s3:PutObject\"]",
        );
        // What the task role has already does not matter.
        check(
            &TRAP,
            "
            #! fixes move-grant
            web: ecs-service launchType=FARGATE
            task: task-definition    #! task-role-lacks-app-permission
            exec: iam-role
            app: iam-role
            uploads: s3-bucket
            web -> task: runs
            web -> uploads: calls actions=[\"s3:GetObject\",\"s3:PutObject\"]
            task -> exec: role as=executionRoleArn
            task -> app: role as=taskRoleArn
            app -> uploads: grants actions=[\"s3:GetObject\"]
            exec -> uploads: grants actions=[\"s3:PutObject\"]",
        );
    }

    #[test]
    fn what_the_launch_needs_or_others_use_is_not_moved_away() {
        check(
            &TRAP,
            "
            #! fixes grant-task-role
            web: ecs-service launchType=FARGATE
            task: task-definition    #! task-role-lacks-app-permission
            exec: iam-role
            app: iam-role
            key: secret
            web -> task: runs
            web -> key: calls actions=[\"secretsmanager:GetSecretValue\"]
            task -> key: secret as=valueFrom
            task -> exec: role as=executionRoleArn
            task -> app: role as=taskRoleArn
            exec -> key: grants actions=[\"secretsmanager:GetSecretValue\"]",
        );
        check(
            &TRAP,
            "
            #! fixes grant-task-role
            web: ecs-service launchType=FARGATE
            api: ecs-service launchType=FARGATE
            task: task-definition    #! task-role-lacks-app-permission
            other: task-definition
            both: iam-role
            app: iam-role
            orders: dynamodb-table
            web -> task: runs
            api -> other: runs
            web -> orders: calls actions=[\"dynamodb:GetItem\"]
            api -> orders: calls actions=[\"dynamodb:GetItem\"]
            task -> both: role as=executionRoleArn
            task -> app: role as=taskRoleArn
            other -> both: role as=taskRoleArn
            both -> orders: grants actions=[\"dynamodb:GetItem\"]",
        );
    }

    #[test]
    fn fires_without_a_task_role() {
        // The role that holds it stays with the launch when that needs it too.
        check(
            &TRAP,
            "
            #! fixes attach-task-role
            web: ecs-service launchType=FARGATE
            task: task-definition    #! task-role-lacks-app-permission
            exec: iam-role
            app: iam-role
            key: secret
            web -> task: runs
            web -> key: calls actions=[\"secretsmanager:GetSecretValue\"]
            task -> key: secret as=valueFrom
            task -> exec: role as=executionRoleArn
            exec -> key: grants actions=[\"secretsmanager:GetSecretValue\"]
            app -> key: grants actions=[\"secretsmanager:GetSecretValue\"]",
        );
        check(
            &TRAP,
            "
            #! fixes attach-task-role
            web: ecs-service launchType=FARGATE
            task: task-definition    #! task-role-lacks-app-permission
            exec: iam-role managedPolicies=[\"AmazonECSTaskExecutionRolePolicy\"]
            app: iam-role
            uploads: s3-bucket
            web -> task: runs
            web -> uploads: calls actions=[\"s3:PutObject\"]
            task -> exec: role as=executionRoleArn
            app -> uploads: grants actions=[\"s3:PutObject\"]",
        );
        // Neither the role of hosts nor one that trusts others can be attached.
        check(
            &TRAP,
            "
            #! fixes grant-task-role
            batch: standalone-task launchType=FARGATE
            task: task-definition    #! task-role-lacks-app-permission
            hosts: auto-scaling-group
            host-role: iam-role managedPolicies=[\"AmazonSQSFullAccess\"]
            function-role: iam-role trust=[\"lambda.amazonaws.com\"]
            jobs: sqs-queue
            batch -> task: runs
            batch -> jobs: calls
            hosts -> host-role: role as=instanceProfile
            function-role -> jobs: grants actions=[\"sqs:*\"]",
        );
        check(
            &TRAP,
            "
            #! fixes attach-task-role
            web: ecs-service launchType=FARGATE
            task: task-definition    #! task-role-lacks-app-permission
            objects: iam-role managedPolicies=[\"AmazonS3FullAccess\"]
            uploads: s3-bucket
            web -> task: runs
            web -> uploads: calls actions=[\"s3:PutObject\"]",
        );
    }

    #[test]
    fn fires_on_one_missing_action_and_once_for_many_callers() {
        check(
            &TRAP,
            "
            #! fixes grant-task-role
            web: ecs-service launchType=FARGATE
            worker: ecs-service launchType=FARGATE
            task: task-definition    #! task-role-lacks-app-permission
            app: iam-role
            uploads: s3-bucket
            web -> task: runs
            worker -> task: runs
            web -> uploads: calls actions=[\"s3:GetObject\"]
            worker -> uploads: calls actions=[\"s3:GetObject\",\"s3:PutObject\"]
            task -> app: role as=taskRoleArn
            app -> uploads: grants actions=[\"s3:Get*\"]",
        );
        // A permission on another bucket is none on this one; each resource is a finding of its own.
        check(
            &TRAP,
            "
            web: ecs-service launchType=FARGATE
            task: task-definition    #! task-role-lacks-app-permission task-role-lacks-app-permission
            app: iam-role
            uploads: s3-bucket
            archive: s3-bucket
            invoices: s3-bucket
            web -> task: runs
            web -> uploads: calls actions=[\"s3:GetObject\"]
            web -> archive: calls
            web -> invoices: calls
            task -> app: role as=taskRoleArn
            app -> invoices: grants actions=[\"s3:GetObject\"]",
        );
    }

    #[test]
    fn fires_on_ec2_when_the_hosts_keep_their_role_to_themselves() {
        for hosts in ["blockInstanceMetadata=true", "market=spot"] {
            let mark = if hosts.starts_with("block") { "#! task-role-lacks-app-permission" } else { "" };
            check(
                &TRAP,
                &format!(
                    "
                    cluster: ecs-cluster
                    hosts: auto-scaling-group {hosts}
                    web: ecs-service launchType=EC2
                    task: task-definition    {mark}
                    host-role: iam-role
                    uploads: s3-bucket
                    hosts -> cluster: in-cluster
                    web -> cluster: in-cluster
                    web -> task: runs
                    web -> uploads: calls actions=[\"s3:GetObject\"]
                    hosts -> host-role: role as=instanceProfile
                    host-role -> uploads: grants actions=[\"s3:GetObject\"]"
                ),
            );
        }
    }

    #[test]
    fn silent_when_the_task_role_allows_it() {
        // By wildcard, managed policy, any usual action, and one role in both places; a database call
        // needs no permission, and a call nobody runs a task for is no call of this task.
        check(
            &TRAP,
            "
            web: ecs-service launchType=FARGATE
            api: ecs-service launchType=FARGATE
            idle: ecs-service launchType=FARGATE
            task: task-definition
            other: task-definition
            app: iam-role managedPolicies=[\"AmazonS3ReadOnlyAccess\"]
            both: iam-role
            uploads: s3-bucket
            orders: dynamodb-table
            jobs: sqs-queue
            db: rds-database
            web -> task: runs
            web -> uploads: calls actions=[\"s3:GetObject\"]
            web -> orders: calls actions=[\"dynamodb:getitem\"]
            web -> db: calls
            task -> app: role as=taskRoleArn
            app -> orders: grants actions=[\"dynamodb:Get*\"]
            api -> other: runs
            api -> jobs: calls
            idle -> jobs: calls
            other -> both: role as=taskRoleArn
            other -> both: role as=executionRoleArn
            both -> jobs: grants actions=[\"sqs:SendMessage\"]",
        );
    }
}
