//! A role in a place whose service it does not trust (`tip-two-roles-2`).

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind, Value};

use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Edge, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "wrong-trust-policy",
    area: Area::Roles,
    severity: Severity::Critical,
    domain: Domain::Secure,
    facts: &["tip-two-roles-2", "tip-two-roles"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    // A role without a trust of its own has that of whatever it is attached to.
    let roles = world.graph().of_kind(ComponentKind::IamRole).iter();
    let roles = roles.filter(|role| !role.list(prop::TRUST).is_empty());
    roles
        .flat_map(|role| world.graph().inc(*role, LinkKind::Role))
        .filter_map(|place| {
            let principal = principal(*place)?;
            let trusts = place.to.list(prop::TRUST).iter().any(|who| who.as_text() == Some(principal));
            (!trusts).then(|| detection(world, *place, principal))
        })
        .collect()
}

/// Who assumes a role in that place.
fn principal(place: Edge<'_>) -> Option<&'static str> {
    Some(match (place.link.text(prop::AS)?, place.from.kind) {
        ("taskRoleArn" | "executionRoleArn", _) => "ecs-tasks.amazonaws.com",
        ("infrastructureRole", _) => "ecs.amazonaws.com",
        ("instanceProfile", ComponentKind::ExternalInstance) => "ssm.amazonaws.com",
        ("instanceProfile", _) => "ec2.amazonaws.com",
        (_, ComponentKind::CodedeployDeploymentGroup) => "codedeploy.amazonaws.com",
        (_, ComponentKind::Codepipeline) => "codepipeline.amazonaws.com",
        (_, ComponentKind::LambdaFunction) => "lambda.amazonaws.com",
        (_, ComponentKind::StepFunctions) => "states.amazonaws.com",
        (_, ComponentKind::EventbridgePipe) => "pipes.amazonaws.com",
        (_, ComponentKind::EventbridgeRule) => "events.amazonaws.com",
        _ => return None,
    })
}

fn detection<'d>(world: &World<'d>, place: Edge<'d>, principal: &'static str) -> Detection {
    let (user, role) = (place.from, place.to);
    let trusted = || role.component().list(prop::TRUST).iter().filter_map(Value::as_text);
    let called = match place.link.text(prop::AS) {
        Some("taskRoleArn") => step("task-role"),
        Some("executionRoleArn") => step("execution-role"),
        Some("instanceProfile") => step("instance-profile"),
        Some("infrastructureRole") => step("infrastructure-role"),
        _ => step("service-role"),
    };
    let mut all = role.list(prop::TRUST).to_vec();
    all.push(Value::from(principal));
    let alone = world.graph().inc(role, LinkKind::Role).len() == 1;
    let trust = if alone { vec![Value::from(principal)] } else { all };
    Detection::new()
        .pin(user)
        .pin(role)
        .pin_link(place.link)
        .on(
            place.link,
            true,
            step("has-role").name("user", user).name("role", role).arg("place", called.clone()),
        )
        .at(
            role,
            false,
            step("trusts-others").name("role", role).codes("trusted", trusted()).code("principal", principal),
        )
        .name("user", user)
        .name("role", role)
        .arg("place", called)
        .codes("trusted", trusted())
        .code("principal", principal)
        .fix(FixBuilder::new(world).set(role, prop::TRUST, trust).done("trust-service"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_in_each_place() {
        for (kind, place, trust) in [
            ("task-definition", "taskRoleArn", "ec2.amazonaws.com"),
            ("task-definition", "executionRoleArn", "ecs.amazonaws.com"),
            ("auto-scaling-group", "instanceProfile", "ecs-tasks.amazonaws.com"),
            ("external-instance", "instanceProfile", "ec2.amazonaws.com"),
            ("ecs-service", "infrastructureRole", "ecs-tasks.amazonaws.com"),
            ("codedeploy-deployment-group", "serviceRole", "ecs.amazonaws.com"),
            ("eventbridge-rule", "serviceRole", "lambda.amazonaws.com"),
        ] {
            for more in ["", "other: task-definition\n            other -> role: role as=taskRoleArn"] {
                // The other user trusts rightly or not by itself.
                if !more.is_empty() && trust != "ecs-tasks.amazonaws.com" {
                    continue;
                }
                check(
                    &TRAP,
                    &format!(
                        "
            #! fixes trust-service
            user: {kind}    #! wrong-trust-policy
            role: iam-role trust=[\"{trust}\"]
            user -> role: role as={place}
            {more}"
                    ),
                );
            }
        }
    }

    #[test]
    fn silent_when_trusted_among_others_or_left_to_the_place() {
        for trust in [
            "",
            "trust=[\"ecs-tasks.amazonaws.com\"]",
            "trust=[\"ec2.amazonaws.com\",\"ecs-tasks.amazonaws.com\"]",
        ] {
            check(
                &TRAP,
                &format!(
                    "
            task: task-definition
            idle: iam-role trust=[\"lambda.amazonaws.com\"]
            role: iam-role {trust}
            task -> role: role as=executionRoleArn
            task -> role: role as=taskRoleArn"
                ),
            );
        }
    }

    #[test]
    fn says_what_is_wrong() {
        check(
            &TRAP,
            "
            user: task-definition    #! wrong-trust-policy: `role` is the task role of `user`, but it trusts `ec2.amazonaws.com` and not `ecs-tasks.amazonaws.com`, which cannot assume it.
            role: iam-role trust=[\"ec2.amazonaws.com\"]
            user -> role: role as=taskRoleArn",
        );
    }
}
