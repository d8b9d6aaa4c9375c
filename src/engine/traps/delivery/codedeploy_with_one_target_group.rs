//! CodeDeploy with fewer than two target groups to shift traffic between (`feat-blue-green-codedeploy`).

use super::release::{Release, add_target_group, forwards, services, target_groups};
use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Edge, Node, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "codedeploy-with-one-target-group",
    area: Area::Delivery,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["feat-blue-green-codedeploy", "pat-bg-codedeploy"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let by_codedeploy = services(world).filter(|(_, release)| *release == Release::CodeDeploy);
    by_codedeploy
        .map(|(service, _)| (service.node, forwards(world, service.node)))
        .filter(|(_, forwards)| target_groups(forwards) == 1)
        .filter_map(|(service, forwards)| Some(detection(world, service, forwards, *forwards.first()?)))
        .collect()
}

fn detection<'d>(world: &World<'d>, service: Node<'d>, forwards: &[Edge<'d>], first: Edge<'d>) -> Detection {
    Detection::new()
        .pin(service)
        .pin(first.from)
        .pin_links(forwards)
        .at(service, true, step("second-task-set").name("service", service))
        .at(first.from, false, step("one-target-group").name("balancer", first.from))
        .name("service", service)
        .name("balancer", first.from)
        .fix(add_target_group(&mut FixBuilder::new(world), world, service).done("add-target-group"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_on_one_target_group_however_many_listeners() {
        for links in [
            "alb -> web: forwards",
            "alb -> web: forwards targetGroup=green",
            "alb -> web: forwards\n alb -> web: forwards listenerPort=80",
            "alb -> web: forwards targetGroup=blue\n alb -> web: forwards listener=test targetGroup=blue",
        ] {
            check(
                &TRAP,
                &format!(
                    "
            #! fixes add-target-group
            alb: load-balancer
            web: ecs-service deploymentController=CODE_DEPLOY    #! codedeploy-with-one-target-group: CodeDeploy is to shift traffic between two target groups, but `alb` has only one for `web`: the deployment group cannot be created.
            {links}"
                ),
            );
        }
    }

    #[test]
    fn silent_on_two_target_groups_none_or_other_controllers() {
        check(
            &TRAP,
            "
            alb: load-balancer
            named: ecs-service deploymentController=CODE_DEPLOY
            unnamed: ecs-service deploymentController=CODE_DEPLOY
            half: ecs-service deploymentController=CODE_DEPLOY
            bare: ecs-service deploymentController=CODE_DEPLOY
            rolling: ecs-service
            alb -> named: forwards targetGroup=blue
            alb -> named: forwards listener=none targetGroup=green
            alb -> unnamed: forwards
            alb -> unnamed: forwards listener=test listenerPort=8443
            alb -> half: forwards
            alb -> half: forwards listener=none targetGroup=green
            alb -> rolling: forwards",
        );
    }
}
