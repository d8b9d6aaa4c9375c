//! Kubernetes is to be kept, and the containers are run by ECS instead (`mis-ecs-eks-interchangeable`).

use trapwise_model::{ComponentKind, LinkKind};

use crate::finding::{Detection, Fix, Step};
use crate::terms::{Area, Domain, Need, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Node, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "kubernetes-on-ecs",
    area: Area::Orchestration,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["mis-ecs-eks-interchangeable", "pat-ecs-vs-eks", "intro-not-kubernetes"],
    needs: &[Need::KeepKubernetes],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let graph = world.graph();
    let kept = graph.of_kind(ComponentKind::KubernetesWorkload).iter().copied();
    let homeless = kept.filter(|one| graph.out(*one, LinkKind::RunsOn).is_empty()).collect::<Vec<_>>();
    if homeless.is_empty() {
        return Vec::new();
    }
    world.workloads().iter().map(|one| detection(world, one.node, &homeless)).collect()
}

fn detection<'d>(world: &World<'d>, service: Node<'d>, homeless: &[Node<'d>]) -> Detection {
    let mut evidence = vec![Step::at(service, true, step("runs-task-definition").name("service", service))];
    evidence.extend(
        homeless.iter().map(|one| Step::at(*one, false, step("no-cluster-takes-it").name("workload", one))),
    );
    Detection::new()
        .pin(service)
        .pin_all(homeless)
        .steps(evidence)
        .name("service", service)
        .names("workload", homeless)
        .fix(on_eks(world, service, homeless))
}

/// Gives the workloads a Kubernetes cluster: the one there is, or one where the service stands, behind the
/// same groups.
fn on_eks<'d>(world: &World<'d>, service: Node<'d>, homeless: &[Node<'d>]) -> Fix {
    let mut fix = FixBuilder::new(world);
    let cluster = match world.graph().of_kind(ComponentKind::EksCluster).first() {
        Some(cluster) => cluster.id.clone(),
        None => {
            let cluster =
                fix.add(ComponentKind::EksCluster, "kubernetes", &service.component().containers, &[]);
            for guard in world.graph().inc(service, LinkKind::Guards) {
                fix.link(LinkKind::Guards, &guard.from.id, &cluster);
            }
            cluster
        }
    };
    for workload in homeless {
        fix.link(LinkKind::RunsOn, &workload.id, &cluster);
    }
    fix.done("run-on-eks")
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_where_manifests_have_no_cluster() {
        for cluster in ["", "eks: eks-cluster"] {
            check(
                &TRAP,
                &format!(
                    "
                    #! needs keep-kubernetes
                    #! fixes run-on-eks
                    charts: kubernetes-workload
                    web: ecs-service    #! kubernetes-on-ecs: `charts` is to stay as it is, and `web` runs containers with ECS, which takes no manifests.
                    {cluster}"
                ),
            );
        }
    }

    #[test]
    fn silent_where_kubernetes_runs_or_may_go() {
        // Both side by side, each with what it can run.
        check(
            &TRAP,
            "
            #! needs keep-kubernetes
            charts: kubernetes-workload
            eks: eks-cluster
            web: ecs-service
            charts -> eks: runs-on",
        );
        check(
            &TRAP,
            "
            #! needs least-operations
            charts: kubernetes-workload
            web: ecs-service",
        );
    }
}
