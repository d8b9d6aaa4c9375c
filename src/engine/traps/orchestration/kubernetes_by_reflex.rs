//! Kubernetes where nobody asked for it and the least operations decide (`tip-kubernetes-means-eks`).

use trapwise_model::{ComponentKind, LinkKind};

use crate::finding::{Detection, Step};
use crate::terms::{Area, Domain, Need, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::world::{Edge, Node};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "kubernetes-by-reflex",
    area: Area::Orchestration,
    severity: Severity::Minor,
    domain: Domain::CostOptimised,
    facts: &["tip-kubernetes-means-eks", "tip-ecs-neq-eks"],
    needs: &[Need::LeastOperations],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    if scene.needs(Need::KeepKubernetes) {
        return Vec::new();
    }
    let graph = scene.world.graph();
    let clusters = graph.of_kind(ComponentKind::EksCluster).iter();
    let busy = clusters.filter(|cluster| !graph.inc(**cluster, LinkKind::RunsOn).is_empty());
    busy.map(|cluster| detection(*cluster, graph.inc(*cluster, LinkKind::RunsOn))).collect()
}

fn detection<'d>(cluster: Node<'d>, runs: &[Edge<'d>]) -> Detection {
    let runs_there = |edge: &Edge<'d>| {
        Step::on(
            edge.link,
            true,
            step("runs-on-cluster").name("workload", edge.from).name("cluster", cluster),
        )
    };
    let mut evidence = runs.iter().map(runs_there).collect::<Vec<_>>();
    evidence.push(Step::at(cluster, false, step("nothing-needs-kubernetes")));
    Detection::new()
        .pin(cluster)
        .pin_all(runs.iter().map(|edge| &edge.from))
        .pin_links(runs)
        .steps(evidence)
        .name("cluster", cluster)
        .names("workload", runs.iter().map(|edge| &edge.from))
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
                eks: eks-cluster    #! kubernetes-by-reflex: `charts`, `more` runs on `eks`, though nothing here needs Kubernetes: what it takes to run is work that least operations rules out.
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
