//! CodeDeploy for a service that is called through VPC Lattice: the one excludes the other.

use trapwise_model::LinkKind;
use trapwise_model::catalogue::prop;

use super::release::{Release, go_native, services};
use crate::finding::{Detection, Step};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::world::{Edge, Node, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "codedeploy-with-lattice",
    area: Area::Delivery,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["feat-blue-green-codedeploy", "tip-bg-answer-is-codedeploy"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let by_codedeploy = services(world).filter(|(_, release)| *release == Release::CodeDeploy);
    by_codedeploy
        .filter_map(|(service, _)| {
            let calls = world.graph().inc(service.node, LinkKind::Calls).iter().copied();
            let through = calls.filter(|edge| edge.link.is(prop::VIA, "lattice")).collect::<Vec<_>>();
            (!through.is_empty()).then(|| detection(world, service.node, &through))
        })
        .collect()
}

fn detection<'d>(world: &World<'d>, service: Node<'d>, calls: &[Edge<'d>]) -> Detection {
    let called = |edge: &Edge<'d>| {
        Step::on(
            edge.link,
            true,
            step("calls-through-lattice").name("caller", edge.from).name("service", service),
        )
    };
    let mut evidence = calls.iter().map(called).collect::<Vec<_>>();
    evidence.push(Step::at(service, false, step("codedeploy-deploys").name("service", service)));
    Detection::new()
        .pin(service)
        .pin_links(calls)
        .steps(evidence)
        .name("service", service)
        .fix(go_native(world, service, "BLUE_GREEN").done("use-native"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_once_for_all_callers() {
        check(
            &TRAP,
            "
            #! fixes use-native
            shop: ecs-service
            till: ecs-service
            prices: ecs-service deploymentController=CODE_DEPLOY    #! codedeploy-with-lattice: `prices` is called through VPC Lattice, whose traffic CodeDeploy cannot shift: the configuration is refused.
            group: codedeploy-deployment-group
            group -> prices: deploys
            shop -> prices: calls via=lattice
            till -> prices: calls via=lattice",
        );
    }

    #[test]
    fn silent_on_other_ways_and_controllers() {
        check(
            &TRAP,
            "
            alb: load-balancer
            shop: ecs-service
            prices: ecs-service deploymentController=CODE_DEPLOY
            stock: ecs-service deploymentStrategy=BLUE_GREEN
            alb -> prices: forwards
            shop -> prices: calls via=load-balancer
            shop -> stock: calls via=lattice",
        );
    }
}
