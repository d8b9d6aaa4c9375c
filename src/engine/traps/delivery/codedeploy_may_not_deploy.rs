//! A deployment group of CodeDeploy without a role that lets it deploy (`release-codedeploy-role`).

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind};

use crate::finding::{Detection, Step};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::{FixBuilder, name};
use crate::traps::permissions::list;
use crate::world::{Edge, World, iam};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "codedeploy-may-not-deploy",
    area: Area::Delivery,
    severity: Severity::Critical,
    domain: Domain::Secure,
    facts: &["release-codedeploy-role"],
    needs: &[],
    detect,
};

/// The managed policy made for it.
const POLICY: &str = "AWSCodeDeployRoleForECS";
/// What it starts with.
const CREATE: &str = "ecs:CreateTaskSet";

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let groups = world.graph().of_kind(ComponentKind::CodedeployDeploymentGroup).iter();
    let deploys = groups.filter_map(|group| world.graph().out(*group, LinkKind::Deploys).first());
    deploys.filter_map(|edge| detection(world, *edge)).collect()
}

fn detection<'d>(world: &World<'d>, deploys: Edge<'d>) -> Option<Detection> {
    let (group, service) = (deploys.from, deploys.to);
    let role = iam::role(world.graph(), group, "serviceRole");
    if role.is_some_and(|edge| iam::grant(world.graph(), edge.to, CREATE, service).is_some()) {
        return None;
    }
    let mut fix = FixBuilder::new(world);
    let (last, fix) = match role {
        None => {
            let policies = [(prop::MANAGED_POLICIES, list(&[POLICY]))];
            fix.add_role(group, "serviceRole", &format!("{}-role", group.id), &policies);
            (Step::at(group, false, step("has-no-role").name("group", group)), fix.done("add-role"))
        }
        Some(edge) => (
            Step::on(edge.link, false, step("role-may-not-create").name("role", edge.to)),
            fix.attach(edge.to, &[POLICY]).done("attach-policy"),
        ),
    };
    Some(
        Detection::new()
            .pin(group)
            .pin_links(&role)
            .at(group, true, step("starts-task-set").name("group", group))
            .step(last)
            .name("group", group)
            .arg("role", role.map(|edge| name(edge.to)).unwrap_or_default())
            .fix(fix),
    )
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_without_a_role_or_with_another() {
        check(
            &TRAP,
            "
            #! fixes add-role
            web: ecs-service
            group: codedeploy-deployment-group    #! codedeploy-may-not-deploy: `group` has no role that lets it create task sets and move traffic: its deployments fail.
            group -> web: deploys",
        );
        check(
            &TRAP,
            "
            #! fixes attach-policy
            web: ecs-service
            exec: iam-role managedPolicies=[\"AmazonECSTaskExecutionRolePolicy\"]
            group: codedeploy-deployment-group    #! codedeploy-may-not-deploy
            group -> exec: role as=serviceRole
            group -> web: deploys",
        );
    }

    #[test]
    fn silent_with_the_policy_single_permissions_or_nothing_to_deploy() {
        check(
            &TRAP,
            "
            web: ecs-service
            api: ecs-service
            managed: iam-role managedPolicies=[\"AWSCodeDeployRoleForECS\"]
            own: iam-role
            one: codedeploy-deployment-group
            two: codedeploy-deployment-group
            idle: codedeploy-deployment-group
            one -> managed: role as=serviceRole
            two -> own: role as=serviceRole
            own -> api: grants actions=[\"ecs:*\"]
            one -> web: deploys
            two -> api: deploys",
        );
    }
}
