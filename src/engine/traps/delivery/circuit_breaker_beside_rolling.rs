//! A circuit breaker on a service that is not deployed by rolling updates: it has no say there.

use super::release::{Release, services};
use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Node, World};
use trapwise_documents::message::Arg;
use trapwise_model::catalogue::prop;

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "circuit-breaker-beside-rolling",
    area: Area::Delivery,
    severity: Severity::Minor,
    domain: Domain::Resilient,
    facts: &["mis-rolling-same-as-bg", "feat-rolling-default"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let others = services(world).filter(|(_, release)| *release != Release::Rolling);
    let broken = others.filter(|(service, _)| service.node.flag(prop::DEPLOYMENT_CIRCUIT_BREAKER));
    broken.map(|(service, release)| detection(world, service.node, release)).collect()
}

fn detection<'d>(world: &World<'d>, service: Node<'d>, release: Release) -> Detection {
    let how = match release {
        Release::CodeDeploy => Arg::from("CodeDeploy"),
        Release::External => step("own-controller").into(),
        Release::Shifting | Release::Rolling => {
            service.component().text(prop::DEPLOYMENT_STRATEGY).unwrap_or_default().into()
        }
    };
    Detection::new()
        .pin(service)
        .at(service, true, step("deployed-by").name("service", service).arg("how", how.clone()))
        .at(service, false, step("judges-rolling-only"))
        .name("service", service)
        .arg("how", how)
        .fix(FixBuilder::new(world).reset(service, prop::DEPLOYMENT_CIRCUIT_BREAKER).done("switch-off"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_wherever_tasks_are_not_rolled() {
        for service in [
            "deploymentStrategy=BLUE_GREEN",
            "deploymentController=CODE_DEPLOY",
            "deploymentController=EXTERNAL",
        ] {
            check(
                &TRAP,
                &format!(
                    "
            #! fixes switch-off
            web: ecs-service {service} deploymentCircuitBreaker=true    #! circuit-breaker-beside-rolling"
                ),
            );
        }
    }

    #[test]
    fn silent_on_rolling_updates_or_without_it() {
        check(
            &TRAP,
            "
            web: ecs-service deploymentCircuitBreaker=true
            new: ecs-service deploymentStrategy=BLUE_GREEN
            old: ecs-service deploymentController=CODE_DEPLOY deploymentCircuitBreaker=false",
        );
    }

    #[test]
    fn says_what_is_wrong() {
        check(
            &TRAP,
            "
            web: ecs-service deploymentStrategy=BLUE_GREEN deploymentCircuitBreaker=true    #! circuit-breaker-beside-rolling: The circuit breaker of `web` has no effect: it judges rolling deployments, and this service is deployed by BLUE_GREEN.",
        );
    }
}
