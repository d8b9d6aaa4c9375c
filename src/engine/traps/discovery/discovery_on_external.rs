//! Service discovery or Service Connect for tasks on servers of one's own (`feat-ecs-anywhere`).

use trapwise_model::LinkKind;

use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::traps::fix::FixBuilder;
use crate::traps::{Scene, Trap};
use crate::world::{Compute, Edge, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "discovery-on-external",
    area: Area::Discovery,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["feat-ecs-anywhere", "tip-ecs-anywhere"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let external = world.workloads().iter().filter(|one| one.compute.contains(&Compute::External));
    let registers = external.flat_map(|one| world.graph().out(one.node, LinkKind::Registers));
    registers.map(|edge| detection(world, *edge)).collect()
}

fn detection<'d>(world: &World<'d>, registers: Edge<'d>) -> Detection {
    let (service, namespace) = (registers.from, registers.to);
    Detection::new()
        .pin(service)
        .pin(namespace)
        .pin_link(registers.link)
        .at(service, true, format!("`{}` runs on external instances", service.id))
        .on(registers.link, false, format!("they get no name in `{}`", namespace.id))
        .name("service", service)
        .name("namespace", namespace)
        .fix(FixBuilder::new(world).unlink(registers.link).done("drop-name"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_in_every_part() {
        for part in ["discovery", "client", "client-server"] {
            check(
                &TRAP,
                &format!(
                    "
                    #! fixes drop-name
                    till: ecs-service launchType=EXTERNAL    #! discovery-on-external: `till` runs on external instances and is to have a name in `names`: it is refused.
                    names: cloud-map-namespace
                    till -> names: registers as={part}"
                ),
            );
        }
    }

    #[test]
    fn silent_in_the_cloud_and_without_a_name() {
        check(
            &TRAP,
            "
            till: ecs-service launchType=EXTERNAL
            web: ecs-service launchType=FARGATE
            names: cloud-map-namespace
            web -> names: registers as=discovery",
        );
    }
}
