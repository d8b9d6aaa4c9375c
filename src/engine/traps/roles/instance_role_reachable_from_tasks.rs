//! Container instances whose metadata, and so whose role, every task on them can reach, where tasks are to
//! be kept apart (`feat-task-role`, `mis-instance-role`; needs `least-privilege`).
//!
//! Hosts of a single task definition whose role has only what the agent needs are left alone. So are hosts
//! on whose role a task still lives: `instance-profile-for-task-permissions` speaks of those.

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind, SortedMap, SortedSet, Value};

use crate::finding::{Detection, Step};
use crate::terms::{Area, Domain, Need, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::traps::permissions::host_role;
use crate::world::{Edge, Graph, Node, World, iam};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "instance-role-reachable-from-tasks",
    area: Area::Roles,
    severity: Severity::Major,
    domain: Domain::Secure,
    facts: &["feat-task-role", "mis-instance-role", "pat-task-role-endpoint"],
    needs: &[Need::LeastPrivilege],
    detect,
};

/// Policies for the agents on the host.
const AGENTS: &[&str] = &["AmazonEC2ContainerServiceforEC2Role", "AmazonSSMManagedInstanceCore"];

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let graph = world.graph();
    // The task definitions on each group of hosts, and the groups whose role a task lives on.
    let mut tenants: SortedMap<Node<'_>, SortedSet<Node<'_>>> = SortedMap::new();
    let mut lenders = SortedSet::new();
    for workload in world.workloads() {
        let borrows = || {
            graph
                .out(workload.node, LinkKind::Calls)
                .iter()
                .any(|call| host_role(world, workload, *call).is_some())
        };
        let hosts = workload.hosts.iter().filter(|host| host.kind == ComponentKind::AutoScalingGroup);
        for host in hosts {
            tenants.entry(*host).or_default().extend(workload.task);
        }
        if borrows() {
            lenders.extend(workload.hosts.iter().copied());
        }
    }
    tenants
        .into_iter()
        .filter(|(host, _)| !host.flag(prop::BLOCK_INSTANCE_METADATA) && !lenders.contains(host))
        .filter_map(|(host, tasks)| {
            let profile = iam::role(graph, host, "instanceProfile")?;
            (tasks.len() > 1 || has_more_than_agents_need(graph, profile.to))
                .then(|| detection(world, profile, &tasks))
        })
        .collect()
}

fn has_more_than_agents_need(graph: &Graph<'_>, role: Node<'_>) -> bool {
    let mut policies = role.list(prop::MANAGED_POLICIES).iter().filter_map(Value::as_text);
    policies.any(|policy| !AGENTS.contains(&policy)) || !graph.out(role, LinkKind::Grants).is_empty()
}

fn detection<'d>(world: &World<'d>, profile: Edge<'d>, tasks: &SortedSet<Node<'d>>) -> Detection {
    let (hosts, role) = (profile.from, profile.to);
    let mut evidence = tasks
        .iter()
        .map(|task| Step::at(*task, true, step("tasks-run-on-hosts").name("task", task).name("hosts", hosts)))
        .collect::<Vec<_>>();
    evidence.push(Step::on(
        profile.link,
        false,
        step("hosts-answer").name("hosts", hosts).name("role", role),
    ));
    Detection::new()
        .pin(hosts)
        .pin(role)
        .pin_link(profile.link)
        .steps(evidence)
        .name("hosts", hosts)
        .name("role", role)
        .fix(FixBuilder::new(world).set(hosts, prop::BLOCK_INSTANCE_METADATA, true).done("block"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    const BOARD: &str = "
            cluster: ecs-cluster
            web: ecs-service launchType=EC2
            api: ecs-service launchType=EC2
            task: task-definition
            other: task-definition
            agent: iam-role managedPolicies=[\"AmazonEC2ContainerServiceforEC2Role\"]
            uploads: s3-bucket
            hosts -> cluster: in-cluster
            hosts -> agent: role as=instanceProfile
            web -> cluster: in-cluster
            api -> cluster: in-cluster
            web -> task: runs
            api -> SECOND: runs";

    #[test]
    fn fires_on_shared_hosts_and_on_rich_ones() {
        let hosts = "
            #! needs least-privilege
            #! fixes block
            hosts: auto-scaling-group    #! instance-role-reachable-from-tasks: Every task on `hosts` can ask the instance metadata for the credentials of `agent`.";
        check(&TRAP, &format!("{hosts}{}", BOARD.replace("SECOND", "other")));
        let rich = "agent -> uploads: grants actions=[\"s3:GetObject\"]";
        check(&TRAP, &format!("{hosts}{}\n            {rich}", BOARD.replace("SECOND", "task")));
    }

    #[test]
    fn silent_when_blocked_alone_borrowed_or_not_asked_for() {
        let need = "            #! needs least-privilege";
        let shared = BOARD.replace("SECOND", "other");
        let hosts = "            hosts: auto-scaling-group";
        check(&TRAP, &format!("{need}\n{hosts} blockInstanceMetadata=true{shared}"));
        check(&TRAP, &format!("{need}\n{hosts}{}", BOARD.replace("SECOND", "task")));
        check(&TRAP, &format!("{hosts}{shared}"));
        // A task without a role of its own lives on the hosts' role: another trap's business.
        let borrowed = "agent -> uploads: grants actions=[\"s3:GetObject\"]
            web -> uploads: calls actions=[\"s3:GetObject\"]";
        check(&TRAP, &format!("{need}\n{hosts}{shared}\n            {borrowed}"));
    }
}
