//! CodeDeploy for a service that takes part in Service Connect (`feat-service-connect`): the one excludes
//! the other.

use trapwise_model::{LinkKind, SortedMap};

use super::release::{Release, go_native, services};
use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::traps::fix::name;
use crate::traps::{Scene, Trap, evidence};
use crate::world::{Edge, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "codedeploy-with-service-connect",
    area: Area::Delivery,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["feat-service-connect", "feat-blue-green-codedeploy", "tip-bg-answer-is-codedeploy"],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let not_by_ecs =
        services(world).filter(|(_, release)| matches!(release, Release::CodeDeploy | Release::External));
    not_by_ecs
        .filter_map(|(service, _)| {
            let mut registers = world.graph().out(service.node, LinkKind::Registers).iter();
            // Plain service discovery goes with every controller.
            let connect = registers.find(|edge| edge.link.text("as") != Some("discovery"))?;
            Some(detection(world, *connect))
        })
        .collect()
}

fn detection<'d>(world: &World<'d>, connect: Edge<'d>) -> Detection {
    let (service, namespace) = (connect.from, connect.to);
    let controller = service.component().text("deploymentController").unwrap_or_default();
    Detection {
        components: vec![service.id.clone(), namespace.id.clone()],
        links: vec![connect.link.id.clone()],
        evidence: vec![
            evidence::on(
                connect.link,
                true,
                format!("`{}` takes part in Service Connect by `{}`", service.id, namespace.id),
            ),
            evidence::at(service, false, format!("its deployment controller is {controller}, not ECS")),
        ],
        args: SortedMap::from([
            ("service", name(service)),
            ("namespace", name(namespace)),
            ("controller", controller.to_owned()),
        ]),
        fixes: vec![go_native(world, service, "BLUE_GREEN").done("use-native")],
    }
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_on_clients_and_servers() {
        for part in ["client", "client-server"] {
            check(
                &TRAP,
                &format!(
                    "
            #! fixes use-native
            names: cloud-map-namespace
            web: ecs-service deploymentController=CODE_DEPLOY    #! codedeploy-with-service-connect
            own: ecs-service deploymentController=EXTERNAL    #! codedeploy-with-service-connect
            group: codedeploy-deployment-group
            group -> web: deploys
            web -> names: registers as={part}
            own -> names: registers as={part}"
                ),
            );
        }
    }

    #[test]
    fn silent_on_discovery_and_with_the_ecs_controller() {
        check(
            &TRAP,
            "
            names: cloud-map-namespace
            web: ecs-service deploymentController=CODE_DEPLOY
            api: ecs-service deploymentStrategy=BLUE_GREEN
            web -> names: registers as=discovery
            api -> names: registers as=client-server",
        );
    }
}
