//! Hosts whose role does not let the ECS agent register them (`role-container-instance`; that of
//! container instances and that of ECS Anywhere): the cluster stays empty.
//!
//! Hosts without any role drawn are left alone: a board need not show it.

use trapwise_model::{ComponentKind, LinkKind};

use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Edge, World, iam};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "instance-role-lacks-agent-policy",
    area: Area::Roles,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["role-container-instance"],
    needs: &[],
    detect,
};

const AGENT: (&str, &str) = ("AmazonEC2ContainerServiceforEC2Role", "ecs:RegisterContainerInstance");
const SSM: (&str, &str) = ("AmazonSSMManagedInstanceCore", "ssm:UpdateInstanceInformation");

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let graph = world.graph();
    let groups = graph.of_kind(ComponentKind::AutoScalingGroup).iter();
    // Only those that are to be capacity of a cluster; others are no business of ECS.
    let groups = groups.filter(|group| {
        !graph.out(**group, LinkKind::InCluster).is_empty() || !graph.out(**group, LinkKind::Backs).is_empty()
    });
    let servers = graph.of_kind(ComponentKind::ExternalInstance).iter();
    groups
        .map(|group| (*group, &[AGENT][..]))
        .chain(servers.map(|server| (*server, &[AGENT, SSM][..])))
        .filter_map(|(host, wanted)| {
            let profile = iam::role(graph, host, "instanceProfile")?;
            let lacks = |(_, action): &&(&str, &str)| iam::everywhere(profile.to, action).is_none();
            let policies = wanted.iter().filter(lacks).map(|(policy, _)| *policy).collect::<Vec<_>>();
            (!policies.is_empty()).then(|| detection(world, profile, &policies))
        })
        .collect()
}

fn detection<'d>(world: &World<'d>, profile: Edge<'d>, policies: &[&'static str]) -> Detection {
    let (host, role) = (profile.from, profile.to);
    Detection::new()
        .pin(host)
        .pin(role)
        .pin_link(profile.link)
        .on(profile.link, true, step("runs-with-role").name("hosts", host).name("role", role))
        .at(role, false, step("agent-may-not-register").name("role", role))
        .name("hosts", host)
        .name("role", role)
        .codes("policy", policies.iter().copied())
        .fix(FixBuilder::new(world).attach(role, policies).done("attach-policy"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_on_instances_and_on_servers_of_ones_own() {
        for (host, policies) in [
            ("auto-scaling-group", ""),
            ("auto-scaling-group", "managedPolicies=[\"AmazonECSTaskExecutionRolePolicy\"]"),
            ("external-instance", "managedPolicies=[\"AmazonSSMManagedInstanceCore\"]"),
            ("external-instance", "managedPolicies=[\"AmazonEC2ContainerServiceforEC2Role\"]"),
        ] {
            check(
                &TRAP,
                &format!(
                    "
            #! fixes attach-policy
            host: {host}    #! instance-role-lacks-agent-policy
            role: iam-role {policies}
            cluster: ecs-cluster
            host -> role: role as=instanceProfile
            host -> cluster: in-cluster"
                ),
            );
        }
    }

    #[test]
    fn silent_with_the_policies_without_a_role_and_outside_clusters() {
        check(
            &TRAP,
            "
            hosts: auto-scaling-group
            bare: auto-scaling-group
            other: auto-scaling-group
            server: external-instance
            agent: iam-role wildcardActions=[\"ecs:*\"]
            app: iam-role
            anywhere: iam-role managedPolicies=[\"AmazonEC2ContainerServiceforEC2Role\",\"AmazonSSMManagedInstanceCore\"]
            cluster: ecs-cluster
            hosts -> agent: role as=instanceProfile
            other -> app: role as=instanceProfile
            server -> anywhere: role as=instanceProfile
            hosts -> cluster: in-cluster
            bare -> cluster: in-cluster
            server -> cluster: in-cluster",
        );
    }

    #[test]
    fn says_what_is_wrong() {
        check(
            &TRAP,
            "
            host: auto-scaling-group    #! instance-role-lacks-agent-policy: `host` run with `role`, which lacks `AmazonEC2ContainerServiceforEC2Role`: the ECS agent cannot register them, and they never join the cluster.
            role: iam-role
            cluster: ecs-cluster
            host -> role: role as=instanceProfile
            host -> cluster: in-cluster",
        );
    }
}
