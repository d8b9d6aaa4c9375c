//! A launch type and a capacity provider strategy in one service (`trap-launch-type-with-strategy`).

use trapwise_model::LinkKind;
use trapwise_model::catalogue::prop;

use crate::finding::{Detection, Step};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Edge, Node, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "launch-type-with-strategy",
    area: Area::Compute,
    severity: Severity::Critical,
    domain: Domain::CostOptimised,
    facts: &["trap-launch-type-with-strategy", "feat-capacity-providers"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let typed =
        world.workloads().iter().filter_map(|one| Some((one.node, one.node.text(prop::LAUNCH_TYPE)?)));
    // A default strategy of the cluster is overruled by a launch type, which is allowed.
    let with_own = typed.map(|(node, launch)| (node, launch, world.graph().out(node, LinkKind::Uses)));
    with_own
        .filter(|(_, _, uses)| !uses.is_empty())
        .map(|(node, launch, uses)| detection(world, node, launch, uses))
        .collect()
}

fn detection<'d>(world: &World<'d>, node: Node<'d>, launch: &str, uses: &[Edge<'d>]) -> Detection {
    let mut evidence =
        vec![Step::at(node, true, step("has-launch-type").name("service", node).arg("launch", launch))];
    evidence.extend(
        uses.iter().map(|edge| Step::on(edge.link, false, step("own-strategy").name("provider", edge.to))),
    );
    Detection::new()
        .pin(node)
        .pin_links(uses)
        .steps(evidence)
        .name("service", node)
        .code("launch", launch)
        .names("providers", uses.iter().map(|edge| &edge.to))
        .fix(FixBuilder::new(world).reset(node, prop::LAUNCH_TYPE).done("keep-strategy"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_on_services_and_tasks() {
        check(
            &TRAP,
            "
            #! fixes keep-strategy
            steady: capacity-provider type=FARGATE
            spot: capacity-provider type=FARGATE_SPOT
            web: ecs-service launchType=FARGATE    #! launch-type-with-strategy: `web` names the launch type `FARGATE` and a strategy with `spot`, `steady`: only one of the two is allowed, so it is refused.
            batch: standalone-task launchType=EC2    #! launch-type-with-strategy
            web -> steady: uses base=2 weight=1
            web -> spot: uses weight=3
            batch -> spot: uses weight=1",
        );
    }

    #[test]
    fn silent_with_either_and_over_the_default_of_the_cluster() {
        check(
            &TRAP,
            "
            cluster: ecs-cluster
            spot: capacity-provider type=FARGATE_SPOT
            cluster -> spot: uses weight=1
            web: ecs-service launchType=FARGATE
            api: ecs-service
            web -> cluster: in-cluster
            api -> spot: uses weight=1",
        );
    }
}
