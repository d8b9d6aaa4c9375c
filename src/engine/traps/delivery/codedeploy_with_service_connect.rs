//! CodeDeploy for a service that takes part in Service Connect (`feat-service-connect`): the one excludes
//! the other.

use trapwise_model::LinkKind;
use trapwise_model::catalogue::prop;

use super::release::{for_ecs_controller, of_other_controllers};
use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "codedeploy-with-service-connect",
    area: Area::Delivery,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["feat-service-connect", "feat-blue-green-codedeploy", "tip-bg-answer-is-codedeploy"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    of_other_controllers(world)
        .filter_map(|service| {
            let mut registers = world.graph().out(service.node, LinkKind::Registers).iter();
            // Plain service discovery goes with every controller.
            let connect = *registers.find(|edge| !edge.link.is(prop::AS, "discovery"))?;
            let says = step("takes-part").name("service", service.node).name("namespace", connect.to);
            Some(for_ecs_controller(world, service.node, connect, says, "namespace"))
        })
        .collect()
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
            web: ecs-service deploymentController=CODE_DEPLOY    #! codedeploy-with-service-connect: `web` takes part in Service Connect by `names`, which its controller `CODE_DEPLOY` excludes: the configuration is refused.
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
