//! CodeDeploy in steps behind a Network Load Balancer (`pat-bg-codedeploy`): there it can shift all at once
//! only.

use trapwise_model::LinkKind;
use trapwise_model::catalogue::prop;

use super::release::{Release, deployment_groups, forwards, go_native, services};
use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Edge, Node, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "codedeploy-canary-on-nlb",
    area: Area::Delivery,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["pat-bg-codedeploy"],
    needs: &[],
    detect,
};

const ALL_AT_ONCE: &str = "CodeDeployDefault.ECSAllAtOnce";

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let by_codedeploy = services(world).filter(|(_, release)| *release == Release::CodeDeploy);
    by_codedeploy
        .filter_map(|(service, _)| {
            let network = |edge: &&Edge<'_>| edge.from.is(prop::TYPE, "network");
            let forward = forwards(world, service.node).iter().find(network)?;
            Some((service.node, *forward))
        })
        .flat_map(|(service, forward)| {
            let groups = deployment_groups(world, service).into_iter();
            groups
                .filter_map(|group| Some((group, in_steps(group.from)?)))
                .map(|(group, config)| detection(world, service, forward.from, group, config))
                .collect::<Vec<_>>()
        })
        .collect()
}

/// The configuration of a group that shifts traffic in steps. Without one, CodeDeploy shifts all at once.
fn in_steps<'d>(group: Node<'d>) -> Option<&'d str> {
    group.component().text(prop::DEPLOYMENT_CONFIG_NAME).filter(|config| *config != ALL_AT_ONCE)
}

fn detection<'d>(
    world: &World<'d>,
    service: Node<'d>,
    balancer: Node<'d>,
    deploys: Edge<'d>,
    config: &str,
) -> Detection {
    let group = deploys.from;
    let native = if config.contains("Linear") { "LINEAR" } else { "CANARY" };
    let alone = world.graph().out(group, LinkKind::Deploys).len() == 1;
    let mut fixes = vec![
        FixBuilder::new(world).set(group, prop::DEPLOYMENT_CONFIG_NAME, ALL_AT_ONCE).done("all-at-once"),
    ];
    if alone {
        fixes.push(go_native(world, service, native).done("use-native"));
    }
    Detection::new()
        .pin(group)
        .pin(balancer)
        .pin(service)
        .pin_link(deploys.link)
        .at(balancer, true, step("network-load-balancer").name("balancer", balancer))
        .at(group, false, step("shifts-in-steps").name("group", group).arg("config", config))
        .name("group", group)
        .name("balancer", balancer)
        .name("service", service)
        .words("configuration", config)
        .fixes(fixes)
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    fn board(kind: &str, group: &str, service: &str) -> String {
        format!(
            "
            nlb: load-balancer type={kind}
            web: ecs-service {service}
            group: codedeploy-deployment-group {group}
            nlb -> web: forwards targetGroup=blue
            nlb -> web: forwards targetGroup=green listener=none
            group -> web: deploys"
        )
    }

    #[test]
    fn fires_on_canary_linear_and_custom_configurations() {
        for config in [
            "CodeDeployDefault.ECSCanary10Percent5Minutes",
            "CodeDeployDefault.ECSLinear10PercentEvery1Minutes",
            "Own",
        ] {
            let group = format!("deploymentConfigName={config}    #! codedeploy-canary-on-nlb");
            let text = board("network", &group, "deploymentController=CODE_DEPLOY");
            check(&TRAP, &format!("#! fixes all-at-once use-native\n{text}"));
        }
    }

    #[test]
    fn silent_all_at_once_on_other_balancers_and_controllers() {
        let canary = "deploymentConfigName=CodeDeployDefault.ECSCanary10Percent5Minutes";
        let codedeploy = "deploymentController=CODE_DEPLOY";
        check(&TRAP, &board("network", "", codedeploy));
        check(&TRAP, &board("network", "deploymentConfigName=CodeDeployDefault.ECSAllAtOnce", codedeploy));
        check(&TRAP, &board("application", canary, codedeploy));
        // ECS itself can shift in steps behind either kind.
        check(&TRAP, &board("network", canary, "deploymentStrategy=CANARY"));
    }

    #[test]
    fn says_what_is_wrong() {
        check(
            &TRAP,
            "
            nlb: load-balancer type=network
            web: ecs-service deploymentController=CODE_DEPLOY
            group: codedeploy-deployment-group deploymentConfigName=Own    #! codedeploy-canary-on-nlb: `group` shifts traffic in steps (Own), but behind `nlb`, a Network Load Balancer, CodeDeploy can shift all at once only: deployments are rejected.
            nlb -> web: forwards targetGroup=blue
            nlb -> web: forwards targetGroup=green listener=none
            group -> web: deploys",
        );
    }
}
