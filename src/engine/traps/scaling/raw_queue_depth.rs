//! Target tracking of a service on the raw depth of a queue (`trap-raw-queue-depth`).

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind};

use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Edge, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "raw-queue-depth",
    area: Area::Scaling,
    severity: Severity::Major,
    domain: Domain::CostOptimised,
    facts: &["trap-raw-queue-depth", "pat-sqs-scaling"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let graph = scene.world.graph();
    let policies = graph.of_kind(ComponentKind::ScalingPolicy).iter();
    // Steps may well go by depth: they say how many tasks for which depth.
    let raw = policies.filter(|policy| {
        policy.is(prop::POLICY_TYPE, "TargetTrackingScaling")
            && policy.is(prop::METRIC, "ApproximateNumberOfMessagesVisible")
    });
    let scaled = raw.filter_map(|policy| graph.out(*policy, LinkKind::Scales).first());
    scaled.map(|edge| detection(scene.world, edge)).collect()
}

fn detection<'d>(world: &World<'d>, edge: &Edge<'d>) -> Detection {
    let (policy, service) = (edge.from, edge.to);
    Detection::new()
        .pin(policy)
        .pin(service)
        .pin_link(edge.link)
        .on(edge.link, true, step("scales-service").name("policy", policy).name("service", service))
        .at(policy, false, step("tracks-messages"))
        .name("policy", policy)
        .name("service", service)
        .fix(FixBuilder::new(world).set(policy, prop::METRIC, "BacklogPerTask").done("backlog"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_on_target_tracking() {
        check(
            &TRAP,
            "
            #! fixes backlog
            worker: ecs-service
            depth: scaling-policy metric=ApproximateNumberOfMessagesVisible    #! raw-queue-depth: `depth` keeps the number of messages near a target, which no number of tasks of `worker` stands for: scaling runs away.
            depth -> worker: scales",
        );
    }

    #[test]
    fn silent_on_backlog_steps_and_other_metrics() {
        check(
            &TRAP,
            "
            worker: ecs-service
            backlog: scaling-policy metric=BacklogPerTask
            steps: scaling-policy policyType=StepScaling metric=ApproximateNumberOfMessagesVisible
            loose: scaling-policy metric=ApproximateNumberOfMessagesVisible
            cpu: scaling-policy metric=ECSServiceAverageCPUUtilization
            backlog -> worker: scales
            steps -> worker: scales
            cpu -> worker: scales",
        );
    }
}
