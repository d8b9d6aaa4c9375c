//! Kubernetes where nobody asked for it and the least operations decide (`tip-kubernetes-means-eks`).

use trapwise_model::{ComponentKind, LinkKind, SortedMap};

use crate::finding::Detection;
use crate::terms::{Area, Domain, Need, Severity};
use crate::traps::fix::name;
use crate::traps::{Scene, Trap, evidence};
use crate::world::Edge;

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "kubernetes-by-reflex",
    area: Area::Orchestration,
    severity: Severity::Minor,
    domain: Domain::CostOptimised,
    facts: &["tip-kubernetes-means-eks", "tip-ecs-neq-eks"],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    if !scene.needs(Need::LeastOperations) || scene.needs(Need::KeepKubernetes) {
        return Vec::new();
    }
    let graph = scene.world.graph();
    let clusters = graph.of_kind(ComponentKind::EksCluster).iter();
    clusters.filter_map(|cluster| Some(detection(*graph.inc(*cluster, LinkKind::RunsOn).first()?))).collect()
}

fn detection(runs: Edge<'_>) -> Detection {
    let (cluster, workload) = (runs.to, runs.from);
    Detection {
        components: vec![cluster.id.clone(), workload.id.clone()],
        links: vec![runs.link.id.clone()],
        evidence: vec![
            evidence::on(runs.link, true, format!("`{}` runs on `{}`", workload.id, cluster.id)),
            evidence::at(cluster, false, "nothing in the scenario needs Kubernetes".to_owned()),
        ],
        args: SortedMap::from([("cluster", name(cluster)), ("workload", name(workload))]),
        fixes: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    const BOARD: &str = "charts: kubernetes-workload\n charts -> eks: runs-on";

    #[test]
    fn fires_once_per_cluster_that_runs_something() {
        check(
            &TRAP,
            &format!(
                "
                #! needs least-operations
                eks: eks-cluster    #! kubernetes-by-reflex
                more: kubernetes-workload
                {BOARD}
                more -> eks: runs-on"
            ),
        );
    }

    #[test]
    fn silent_where_kubernetes_is_kept_or_effort_does_not_decide() {
        for needs in ["", "#! needs lowest-cost", "#! needs least-operations keep-kubernetes"] {
            check(&TRAP, &format!("{needs}\neks: eks-cluster\n{BOARD}"));
        }
        check(&TRAP, "#! needs least-operations\neks: eks-cluster");
    }
}
