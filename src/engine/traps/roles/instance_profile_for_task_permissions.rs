//! Tasks on EC2 that call AWS with the role of their hosts (`mis-instance-role`, `feat-task-role`).
//!
//! It works, and gives every task on those hosts the same permissions.

use trapwise_documents::message::Message;
use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind, SortedMap};

use crate::finding::{Detection, Fix, Step};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::{FixBuilder, name};
use crate::traps::permissions::{Access, Uses, accesses, drawn, host_role, list, no_role};
use crate::world::{Edge, Node, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "instance-profile-for-task-permissions",
    area: Area::Roles,
    severity: Severity::Major,
    domain: Domain::Secure,
    facts: &["mis-instance-role", "feat-task-role", "pat-task-role-endpoint"],
    needs: &[],
    detect,
};

/// An access that gets by with the hosts' role.
struct Borrowed<'d> {
    access: Access<'d>,
    /// How a host has that role.
    lender: Edge<'d>,
}

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let mut borrowed = Vec::new();
    for task in world.graph().of_kind(ComponentKind::TaskDefinition) {
        for access in accesses(world, *task, &|workload, call| host_role(world, workload, call).is_some()) {
            let mut lenders =
                access.calls.iter().filter_map(|call| host_role(world, world.workload(call.from)?, *call));
            if let Some(lender) = lenders.next() {
                borrowed.push(Borrowed { access, lender });
            }
        }
    }
    if borrowed.is_empty() {
        return Vec::new();
    }
    let uses = Uses::new(world);
    // How many task definitions depend on the hosts' permission on each resource.
    let mut dependants: SortedMap<Node<'_>, usize> = SortedMap::new();
    for one in &borrowed {
        *dependants.entry(one.access.resource).or_default() += 1;
    }
    let of_one_task = borrowed.chunk_by(|a, b| a.access.task == b.access.task);
    of_one_task
        .flat_map(|chunk| {
            let fix = fix(world, chunk, &uses, &dependants);
            chunk.iter().map(move |one| one.detection(vec![fix.clone()]))
        })
        .collect()
}

impl Borrowed<'_> {
    fn detection(&self, fixes: Vec<Fix>) -> Detection {
        let Self { access: Access { task, resource, calls }, lender } = self;
        let mut evidence = calls
            .iter()
            .map(|call| {
                Step::on(
                    call.link,
                    true,
                    Message::new("evidence.calls").name("caller", call.from).name("resource", resource),
                )
            })
            .collect::<Vec<_>>();
        evidence.push(no_role(*task, "taskRoleArn"));
        evidence.push(Step::on(
            lender.link,
            false,
            step("every-task-on-hosts").name("hosts", lender.from).name("role", lender.to),
        ));
        Detection::new()
            .pin(*task)
            .pin(*resource)
            .pin(lender.to)
            .pin_links(calls)
            .pin_link(lender.link)
            .steps(evidence)
            .arg("service", self.access.caller().map(name).unwrap_or_default())
            .name("task", *task)
            .name("resource", *resource)
            .name("role", lender.to)
            .fixes(fixes)
    }
}

/// A task role for everything the task borrows, because once it has one it borrows nothing; the hosts
/// lose what no other task gets by with.
fn fix<'d>(
    world: &World<'d>,
    of_task: &[Borrowed<'d>],
    uses: &Uses<'d>,
    dependants: &SortedMap<Node<'d>, usize>,
) -> Fix {
    let graph = world.graph();
    let mut fix = FixBuilder::new(world);
    let Some(first) = of_task.first() else { return fix.done("use-task-role") };
    let task = first.access.task;
    let id = fix.add_role(task, "taskRoleArn", &format!("{}-role", task.id), &[]);
    for Borrowed { access, lender } in of_task {
        let wanted = access.missing(graph, None);
        fix.link(LinkKind::Grants, &id, &access.resource.id).with(prop::ACTIONS, list(&wanted));
        let alone = dependants.get(&access.resource) == Some(&1);
        if alone && uses.only_as(lender.to, "instanceProfile") {
            let grants = drawn(graph, lender.to, &wanted, access.resource);
            for edge in grants {
                fix.unlink(edge.link);
            }
        }
    }
    fix.done("use-task-role")
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    const HOSTS: &str = "
        cluster: ecs-cluster
        hosts: auto-scaling-group
        host-role: iam-role trust=[\"ec2.amazonaws.com\"]
        uploads: s3-bucket
        hosts -> cluster: in-cluster
        hosts -> host-role: role as=instanceProfile
        host-role -> uploads: grants actions=[\"s3:GetObject\"]";

    #[test]
    fn fires_once_for_each_task_and_resource() {
        check(
            &TRAP,
            &format!(
                "
        #! fixes use-task-role
        {HOSTS}
        web: ecs-service launchType=EC2
        worker: ecs-service
        task: task-definition    #! instance-profile-for-task-permissions: `web` reaches `uploads` only through `host-role`, the instance profile that every task on the host shares.
        web -> cluster: in-cluster
        worker -> cluster: in-cluster
        web -> task: runs
        worker -> task: runs
        web -> uploads: calls actions=[\"s3:GetObject\"]
        worker -> uploads: calls"
            ),
        );
        // Each of two tasks can be mended without breaking the other.
        check(
            &TRAP,
            &format!(
                "
        {HOSTS}
        jobs: sqs-queue
        host-role -> jobs: grants actions=[\"sqs:*\"]
        web: ecs-service launchType=EC2
        worker: ecs-service launchType=EC2
        task: task-definition    #! instance-profile-for-task-permissions
        work: task-definition    #! instance-profile-for-task-permissions instance-profile-for-task-permissions
        web -> cluster: in-cluster
        worker -> cluster: in-cluster
        web -> task: runs
        worker -> work: runs
        web -> uploads: calls actions=[\"s3:GetObject\"]
        worker -> uploads: calls actions=[\"s3:GetObject\"]
        worker -> jobs: calls"
            ),
        );
    }

    #[test]
    fn fires_behind_a_capacity_provider_and_a_managed_policy() {
        check(
            &TRAP,
            "
            hosts: auto-scaling-group
            provider: capacity-provider type=EC2_AUTOSCALING
            host-role: iam-role managedPolicies=[\"AmazonS3FullAccess\"]
            uploads: s3-bucket
            batch: standalone-task
            task: task-definition    #! instance-profile-for-task-permissions
            hosts -> provider: backs
            hosts -> host-role: role as=instanceProfile
            batch -> provider: uses weight=1
            batch -> task: runs
            batch -> uploads: calls actions=[\"s3:PutObject\"]",
        );
    }

    #[test]
    fn silent_with_a_task_role_or_without_the_permission() {
        // The hosts' own needs (registering, pulling) are no task's permission.
        for (role, calls) in [
            ("task -> app: role as=taskRoleArn", "[\"s3:GetObject\"]"),
            ("app -> uploads: grants actions=[\"s3:PutObject\"]", "[\"s3:PutObject\"]"),
        ] {
            check(
                &TRAP,
                &format!(
                    "
        {HOSTS}
        web: ecs-service launchType=EC2
        task: task-definition
        app: iam-role
        image: ecr-repository
        host-role -> image: grants actions=[\"ecr:*\"]
        web -> cluster: in-cluster
        web -> task: runs
        task -> image: image
        {role}
        web -> uploads: calls actions={calls}"
                ),
            );
        }
    }

    #[test]
    fn silent_where_tasks_cannot_borrow_the_role() {
        // On Fargate there is no such role, hosts may block it, and one host of two is not enough:
        // these calls fail, which is another trap.
        check(
            &TRAP,
            &format!(
                "
        {HOSTS}
        bare: auto-scaling-group
        closed: auto-scaling-group blockInstanceMetadata=true
        spot: capacity-provider type=FARGATE_SPOT
        mixed: capacity-provider type=EC2_AUTOSCALING
        plain: capacity-provider type=EC2_AUTOSCALING
        shut: capacity-provider type=EC2_AUTOSCALING
        hosts -> mixed: backs
        bare -> plain: backs
        closed -> shut: backs
        closed -> host-role: role as=instanceProfile
        web: ecs-service launchType=FARGATE
        api: ecs-service
        worker: ecs-service
        batch: ecs-service
        task: task-definition
        web -> task: runs
        api -> task: runs
        worker -> task: runs
        batch -> task: runs
        web -> cluster: in-cluster
        api -> mixed: uses weight=1
        api -> spot: uses weight=1
        worker -> mixed: uses weight=1
        worker -> plain: uses weight=1
        batch -> shut: uses weight=1
        web -> uploads: calls actions=[\"s3:GetObject\"]
        api -> uploads: calls actions=[\"s3:GetObject\"]
        worker -> uploads: calls actions=[\"s3:GetObject\"]
        batch -> uploads: calls actions=[\"s3:GetObject\"]"
            ),
        );
    }
}
