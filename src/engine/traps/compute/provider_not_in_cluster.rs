//! A strategy with a capacity provider that the cluster does not have (`feat-capacity-providers`).

use trapwise_model::LinkKind;

use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Edge, Node, Workload, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "provider-not-in-cluster",
    area: Area::Compute,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["feat-capacity-providers"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let mut found = Vec::new();
    for workload in world.workloads() {
        let Some(cluster) = workload.cluster else { continue };
        for entry in &workload.strategy {
            if world.graph().between(entry.to, LinkKind::Provides, cluster).is_empty() {
                found.push(detection(world, workload, *entry, cluster));
            }
        }
    }
    found
}

fn detection<'d>(
    world: &World<'d>,
    workload: &Workload<'d>,
    entry: Edge<'d>,
    cluster: Node<'d>,
) -> Detection {
    let (node, provider) = (workload.node, entry.to);
    Detection::new()
        .pin(node)
        .pin(provider)
        .pin(cluster)
        .pin_link(entry.link)
        .on(
            entry.link,
            true,
            step("strategy-names-provider").name("service", node).name("provider", provider),
        )
        .at(cluster, false, step("not-in-cluster").name("cluster", cluster))
        .name("service", node)
        .name("provider", provider)
        .name("cluster", cluster)
        .fix(FixBuilder::new(world).link(LinkKind::Provides, &provider.id, &cluster.id).done("associate"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_for_each_provider_that_the_cluster_lacks() {
        check(
            &TRAP,
            "
            #! fixes associate
            cluster: ecs-cluster
            other: ecs-cluster
            spot: capacity-provider type=FARGATE_SPOT
            hosts: capacity-provider type=EC2_AUTOSCALING
            web: ecs-service    #! provider-not-in-cluster: The strategy of `web` names `hosts`, which is not associated with `cluster`: it is refused.
            jobs: standalone-task    #! provider-not-in-cluster provider-not-in-cluster
            web -> cluster: in-cluster
            jobs -> other: in-cluster
            spot -> cluster: provides
            web -> spot: uses weight=1
            web -> hosts: uses weight=1
            jobs -> spot: uses weight=1
            jobs -> hosts: uses weight=1",
        );
    }

    #[test]
    fn fires_on_a_default_strategy() {
        check(
            &TRAP,
            "
            cluster: ecs-cluster
            spot: capacity-provider type=FARGATE_SPOT
            web: ecs-service    #! provider-not-in-cluster
            web -> cluster: in-cluster
            cluster -> spot: uses weight=1",
        );
    }

    #[test]
    fn silent_with_what_the_cluster_has_without_a_strategy_and_without_a_cluster() {
        check(
            &TRAP,
            "
            cluster: ecs-cluster
            spot: capacity-provider type=FARGATE_SPOT
            unused: capacity-provider type=FARGATE
            web: ecs-service
            api: ecs-service launchType=FARGATE
            loose: ecs-service
            web -> cluster: in-cluster
            api -> cluster: in-cluster
            spot -> cluster: provides
            web -> spot: uses weight=1
            loose -> unused: uses weight=1",
        );
    }
}
