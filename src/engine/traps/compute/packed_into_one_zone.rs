//! A placement strategy that packs tasks without spreading them over zones (needs `survives-zone-loss`;
//! `tip-placement`). Without any strategy, services are spread over zones.

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, SortedMap, Value};

use crate::finding::Detection;
use crate::terms::{Area, Domain, Need, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Compute, Node, World, spreads_zones};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "packed-into-one-zone",
    area: Area::Compute,
    severity: Severity::Major,
    domain: Domain::Resilient,
    facts: &["tip-placement", "feat-placement-strategies"],
    needs: &[Need::SurvivesZoneLoss],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let services = scene.world.workloads().iter().filter(|one| {
        one.node.kind == ComponentKind::EcsService
            && one.compute == [Compute::Ec2]
            && !one.node.is(prop::SCHEDULING_STRATEGY, "DAEMON")
    });
    let packed = services.filter(|one| one.first_placement() != Some("zones"));
    packed.map(|one| detection(scene.world, one.node)).collect()
}

fn detection<'d>(world: &World<'d>, service: Node<'d>) -> Detection {
    let zones = Value::Record(SortedMap::from([
        (prop::TYPE.into(), "spread".into()),
        (prop::FIELD.into(), "attribute:ecs.availability-zone".into()),
    ]));
    let mut strategies = vec![zones];
    let own = service.component().list(prop::PLACEMENT_STRATEGY).iter();
    strategies.extend(own.filter(|strategy| !spreads_zones(strategy)).cloned());
    Detection::new()
        .pin(service)
        .at(service, false, step("not-spread-first").name("service", service))
        .name("service", service)
        .fix(
            FixBuilder::new(world)
                .set(service, prop::PLACEMENT_STRATEGY, Value::List(strategies))
                .done("spread-first"),
        )
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    const SPREAD: &str = r#"{"type":"spread","field":"attribute:ecs.availability-zone"}"#;
    const PACK: &str = r#"{"type":"binpack","field":"memory"}"#;

    #[test]
    fn fires_where_something_else_comes_first() {
        for list in [PACK.to_owned(), format!("{PACK},{SPREAD}"), r#"{"type":"random"}"#.to_owned()] {
            check(
                &TRAP,
                &format!(
                    "
            #! needs survives-zone-loss
            #! fixes spread-first
            web: ecs-service launchType=EC2 placementStrategy=[{list}]    #! packed-into-one-zone: `web` has to survive the loss of a zone, but its placement does not spread tasks over zones first: one zone may hold them all."
                ),
            );
        }
    }

    #[test]
    fn silent_by_default_with_zones_first_and_without_the_need() {
        for (need, service) in [
            ("survives-zone-loss", "launchType=EC2".to_owned()),
            ("survives-zone-loss", format!("launchType=EC2 placementStrategy=[{SPREAD},{PACK}]")),
            ("survives-zone-loss", format!("launchType=FARGATE placementStrategy=[{PACK}]")),
            ("lowest-cost", format!("launchType=EC2 placementStrategy=[{PACK}]")),
        ] {
            check(&TRAP, &format!("#! needs {need}\nweb: ecs-service {service}"));
        }
    }
}
