//! Target tracking on requests per target for a service that CodeDeploy deploys: the metric is bound to one
//! target group, and traffic moves between two (`release-scaling-with-codedeploy`).

use trapwise_model::LinkKind;
use trapwise_model::catalogue::prop;

use super::release::{Release, services};
use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Edge, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "request-count-scaling-with-codedeploy",
    area: Area::Delivery,
    severity: Severity::Major,
    domain: Domain::HighPerforming,
    facts: &["release-scaling-with-codedeploy", "feat-service-auto-scaling"],
    needs: &[],
    detect,
};

/// CPU in percent that the policy of the fix keeps the service at.
const TARGET_CPU: i64 = 60;

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let by_codedeploy = services(world).filter(|(_, release)| *release == Release::CodeDeploy);
    let policies = by_codedeploy.flat_map(|(service, _)| world.graph().inc(service.node, LinkKind::Scales));
    policies
        .filter(|edge| edge.from.is(prop::METRIC, "ALBRequestCountPerTarget"))
        .map(|edge| detection(world, *edge))
        .collect()
}

fn detection<'d>(world: &World<'d>, scales: Edge<'d>) -> Detection {
    let (policy, service) = (scales.from, scales.to);
    Detection::new()
        .pin(policy)
        .pin(service)
        .pin_link(scales.link)
        .at(policy, true, step("follows-one-group").name("policy", policy))
        .at(service, false, step("moves-to-another").name("service", service))
        .name("policy", policy)
        .name("service", service)
        .fix(
            FixBuilder::new(world)
                .set(policy, prop::METRIC, "ECSServiceAverageCPUUtilization")
                .set(policy, prop::TARGET_VALUE, TARGET_CPU)
                .done("follow-cpu"),
        )
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_on_requests_per_target() {
        check(
            &TRAP,
            "
            #! fixes follow-cpu
            web: ecs-service deploymentController=CODE_DEPLOY
            requests: scaling-policy metric=ALBRequestCountPerTarget targetValue=1000    #! request-count-scaling-with-codedeploy: `requests` scales `web` by requests per target, which does not work while CodeDeploy moves it between target groups.
            cpu: scaling-policy metric=ECSServiceAverageCPUUtilization
            requests -> web: scales
            cpu -> web: scales",
        );
    }

    #[test]
    fn silent_on_other_metrics_and_controllers() {
        check(
            &TRAP,
            "
            web: ecs-service deploymentController=CODE_DEPLOY
            api: ecs-service
            cpu: scaling-policy metric=ECSServiceAverageCPUUtilization
            requests: scaling-policy metric=ALBRequestCountPerTarget
            cpu -> web: scales
            requests -> api: scales",
        );
    }
}
