//! A cluster whose metrics stop at the service or task definition, where single tasks and containers are
//! to be watched (needs `container-metrics`).

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind};

use crate::finding::Detection;
use crate::terms::{Area, Domain, Need, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "container-metrics-not-enhanced",
    area: Area::Observability,
    severity: Severity::Major,
    domain: Domain::HighPerforming,
    facts: &["tip-container-insights", "feat-container-insights"],
    needs: &[Need::ContainerMetrics],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let graph = world.graph();
    let clusters = graph.of_kind(ComponentKind::EcsCluster).iter();
    clusters
        .filter_map(|cluster| {
            let level = cluster.component().text(prop::CONTAINER_INSIGHTS).unwrap_or("disabled");
            let mut members = graph.inc(*cluster, LinkKind::InCluster).iter();
            let used = members.any(|edge| world.workload(edge.from).is_some());
            if level == "enhanced" || !used {
                return None;
            }
            let finest = match level {
                "enabled" => step("of-task-definitions"),
                _ => step("of-services"),
            };
            Some(
                Detection::new()
                    .pin(*cluster)
                    .at(
                        *cluster,
                        false,
                        step("insights-level")
                            .code("level", level)
                            .name("cluster", *cluster)
                            .arg("finest", finest.clone()),
                    )
                    .name("cluster", *cluster)
                    .code("level", level)
                    .arg("finest", finest)
                    .fix(
                        FixBuilder::new(world)
                            .set(*cluster, prop::CONTAINER_INSIGHTS, "enhanced")
                            .done("enhance"),
                    ),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_at_both_lower_levels() {
        for level in ["", "containerInsights=enabled", "containerInsights=disabled"] {
            check(
                &TRAP,
                &format!(
                    "
            #! needs container-metrics
            #! fixes enhance
            cluster: ecs-cluster {level}    #! container-metrics-not-enhanced
            web: ecs-service
            web -> cluster: in-cluster"
                ),
            );
        }
    }

    #[test]
    fn silent_when_enhanced_empty_or_not_asked_for() {
        for (need, level, member) in [
            ("container-metrics", "containerInsights=enhanced", "web -> cluster: in-cluster"),
            ("container-metrics", "", ""),
            ("production", "", "web -> cluster: in-cluster"),
        ] {
            check(
                &TRAP,
                &format!(
                    "
            #! needs {need}
            cluster: ecs-cluster {level}
            web: ecs-service
            {member}"
                ),
            );
        }
    }

    #[test]
    fn says_what_is_wrong() {
        check(
            &TRAP,
            "
            #! needs container-metrics
            cluster: ecs-cluster     #! container-metrics-not-enhanced: Container Insights is `disabled` on `cluster`: there are metrics of services, and none of single tasks or containers.
            web: ecs-service
            web -> cluster: in-cluster",
        );
    }
}
