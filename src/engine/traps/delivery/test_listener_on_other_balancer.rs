//! A test listener that stands on another load balancer than production (`feat-blue-green-codedeploy`).

use trapwise_model::LinkKind;
use trapwise_model::catalogue::prop;

use super::release::{Release, forwards, services};
use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Edge, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "test-listener-on-other-balancer",
    area: Area::Delivery,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["feat-blue-green-codedeploy", "pat-bg-codedeploy"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let twofold = services(world)
        .filter(|(_, release)| matches!(release, Release::CodeDeploy | Release::Shifting))
        .map(|(service, _)| forwards(world, service.node));
    twofold
        .flat_map(|forwards| {
            let of = |listener: &'static str| {
                forwards.iter().copied().filter(move |edge| edge.link.is(prop::LISTENER, listener))
            };
            let production = of("production").next();
            of("test")
                .filter(move |test| of("production").all(|one| one.from != test.from))
                .filter_map(move |test| Some(detection(world, test, production?)))
        })
        .collect()
}

fn detection<'d>(world: &World<'d>, test: Edge<'d>, production: Edge<'d>) -> Detection {
    let service = test.to;
    // A port of its own beside production.
    let same = test.link.int(prop::LISTENER_PORT) == production.link.int(prop::LISTENER_PORT);
    let mut fix = FixBuilder::new(world);
    fix.unlink(test.link).link(LinkKind::Forwards, &production.from.id, &service.id).alike(test.link);
    if same {
        fix.with(prop::LISTENER_PORT, 8443_i64);
    }
    Detection::new()
        .pin(service)
        .pin(test.from)
        .pin_link(test.link)
        .at(service, true, step("production-through-another").name("service", service))
        .on(test.link, false, step("test-listener-on").name("balancer", test.from))
        .name("service", service)
        .name("balancer", test.from)
        .name("production", production.from)
        .fix(fix.done("same-balancer"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_on_a_test_listener_elsewhere() {
        for service in ["deploymentController=CODE_DEPLOY", "deploymentStrategy=BLUE_GREEN"] {
            check(
                &TRAP,
                &format!(
                    "
            #! fixes same-balancer
            alb: load-balancer
            other: load-balancer scheme=internal
            web: ecs-service {service}    #! test-listener-on-other-balancer: The test listener of `web` stands on `other`, but production reaches it through `alb`: the configuration is refused.
            alb -> web: forwards targetGroup=blue
            other -> web: forwards targetGroup=green listener=test"
                ),
            );
        }
    }

    #[test]
    fn silent_on_one_balancer_or_without_a_test_listener() {
        check(
            &TRAP,
            "
            alb: load-balancer
            other: load-balancer scheme=internal
            web: ecs-service deploymentController=CODE_DEPLOY
            api: ecs-service deploymentStrategy=CANARY
            rolling: ecs-service
            only-test: ecs-service deploymentStrategy=CANARY
            alb -> web: forwards targetGroup=blue
            alb -> web: forwards targetGroup=green listener=test listenerPort=8443
            alb -> api: forwards targetGroup=blue
            alb -> api: forwards targetGroup=green listener=none
            other -> api: forwards targetGroup=blue listenerPort=80
            alb -> rolling: forwards
            other -> rolling: forwards listener=test
            other -> only-test: forwards listener=test",
        );
    }
}
