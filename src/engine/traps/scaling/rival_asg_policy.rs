//! A scaling policy on a group that ECS sizes already (`trap-rival-asg-policy`).

use trapwise_documents::message::Message;
use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind};

use super::policy::is_managed;
use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Edge, Node, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "rival-asg-policy",
    area: Area::Scaling,
    severity: Severity::Major,
    domain: Domain::HighPerforming,
    facts: &["trap-rival-asg-policy", "pat-managed-scaling"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let graph = world.graph();
    let groups = graph.of_kind(ComponentKind::AutoScalingGroup).iter();
    let managed =
        groups.filter_map(|group| Some((*group, graph.target(*group, LinkKind::Backs).filter(is_managed)?)));
    let policies = managed.flat_map(|(group, provider)| {
        graph.inc(group, LinkKind::Scales).iter().map(move |edge| (edge, provider))
    });
    // A schedule sets bounds; between them ECS still decides.
    let rivals = policies.filter(|(edge, _)| !edge.from.is(prop::POLICY_TYPE, "ScheduledScaling"));
    rivals.map(|(edge, provider)| detection(world, edge, provider)).collect()
}

fn detection<'d>(world: &World<'d>, edge: &Edge<'d>, provider: Node<'d>) -> Detection {
    let (policy, group) = (edge.from, edge.to);
    Detection::new()
        .pin(policy)
        .pin(group)
        .pin(provider)
        .pin_link(edge.link)
        .at(
            provider,
            true,
            Message::new("evidence.provider-sizes-group").name("provider", provider).name("group", group),
        )
        .on(edge.link, false, step("sizes-by-own-metric").name("policy", policy))
        .name("policy", policy)
        .name("group", group)
        .name("provider", provider)
        .fix(FixBuilder::new(world).remove(policy).done("remove-policy"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_on_each_policy_of_a_managed_group() {
        check(
            &TRAP,
            "
            #! fixes remove-policy
            hosts: auto-scaling-group
            capacity: capacity-provider type=EC2_AUTOSCALING
            cpu: scaling-policy metric=ASGAverageCPUUtilization    #! rival-asg-policy: `cpu` changes the size of `hosts`, which `capacity` manages already; the two fight.
            steps: scaling-policy policyType=StepScaling    #! rival-asg-policy
            hosts -> capacity: backs
            cpu -> hosts: scales
            steps -> hosts: scales",
        );
    }

    #[test]
    fn silent_where_only_one_decides() {
        check(
            &TRAP,
            "
            hosts: auto-scaling-group
            own: auto-scaling-group
            free: auto-scaling-group
            capacity: capacity-provider type=EC2_AUTOSCALING
            manual: capacity-provider type=EC2_AUTOSCALING managedScaling=DISABLED
            web: ecs-service
            night: scaling-policy policyType=ScheduledScaling
            a: scaling-policy
            b: scaling-policy
            c: scaling-policy
            hosts -> capacity: backs
            own -> manual: backs
            night -> hosts: scales
            a -> own: scales
            b -> free: scales
            c -> web: scales",
        );
    }
}
