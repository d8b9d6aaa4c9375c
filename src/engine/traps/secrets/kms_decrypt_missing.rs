//! A secret encrypted with a customer managed key, and a role that may fetch it but not decrypt it
//! (`trap-no-kms-decrypt`): the execution role at launch, or the task role when code fetches it.
//!
//! Where the role may not even fetch it, the traps about that permission speak.

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind, SortedSet};

use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::traps::permissions::{grant, permission};
use crate::world::{Edge, Node, World, fetch_action, iam};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "kms-decrypt-missing",
    area: Area::Secrets,
    severity: Severity::Critical,
    domain: Domain::Secure,
    facts: &["trap-no-kms-decrypt", "pat-secret-injection"],
    needs: &[],
    detect,
};

const DECRYPT: &str = "kms:Decrypt";

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let graph = world.graph();
    let encrypted = graph.of_kind(ComponentKind::KmsKey).iter().flat_map(|key| {
        graph.out(*key, LinkKind::Encrypts).iter().filter(|edge| is_secret(edge.to)).copied()
    });
    encrypted.flat_map(|encrypts| refused(world, encrypts)).collect()
}

/// A plain parameter is stored as it is, whatever key is drawn to it.
fn is_secret(node: Node<'_>) -> bool {
    node.kind == ComponentKind::Secret
        || (node.kind == ComponentKind::SsmParameter && node.is(prop::TYPE, "SecureString"))
}

/// Every role that reads the resource without being able to decrypt it, once for each task definition.
fn refused<'d>(world: &World<'d>, encrypts: Edge<'d>) -> Vec<Detection> {
    let graph = world.graph();
    let (key, secret) = (encrypts.from, encrypts.to);
    let references = graph.inc(secret, LinkKind::Secret).iter().filter(|edge| {
        edge.link.is(prop::AS, "valueFrom") && !graph.inc(edge.from, LinkKind::Runs).is_empty()
    });
    let at_launch = references.map(|edge| (edge.from, "executionRoleArn", *edge));
    let calls = graph.inc(secret, LinkKind::Calls).iter().filter_map(|call| {
        let task = world.workload(call.from)?.task?;
        Some((task, "taskRoleArn", *call))
    });
    let mut seen = SortedSet::new();
    at_launch
        .chain(calls)
        .filter_map(|(task, place, reads)| {
            let role = iam::role(graph, task, place)?;
            let may = |action, on| iam::grant(graph, role.to, action, on).is_some();
            let fetches = if place == "executionRoleArn" {
                may(fetch_action(secret), secret)
            } else {
                iam::grants_any(graph, role.to, secret).is_some()
            };
            (fetches && !may(DECRYPT, key) && seen.insert((task, place)))
                .then(|| detection(world, task, role, reads, key))
        })
        .collect()
}

fn detection<'d>(
    world: &World<'d>,
    task: Node<'d>,
    role: Edge<'d>,
    reads: Edge<'d>,
    key: Node<'d>,
) -> Detection {
    let secret = reads.to;
    let by_code = reads.link.kind == LinkKind::Calls;
    let fetches = if by_code { step("code-fetches") } else { step("ecs-fetches") };
    let mut fix = FixBuilder::new(world);
    grant(&mut fix, world.graph(), role.to, &[DECRYPT], key);
    Detection::new()
        .pin(task)
        .pin(key)
        .pin(secret)
        .pin(role.to)
        .pin_link(reads.link)
        .pin_link(role.link)
        .on(reads.link, true, fetches.name("task", task).name("secret", secret).name("role", role.to))
        .at(secret, true, step("encrypted-with-key").name("secret", secret).name("key", key))
        .step(permission(role.to, DECRYPT, key, false))
        .name("task", task)
        .name("secret", secret)
        .name("key", key)
        .name("role", role.to)
        .fix(fix.done("grant-decrypt"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    const BOARD: &str = "
            web: ecs-service launchType=FARGATE
            exec: iam-role
            app: iam-role
            key: kms-key
            password: secret
            setting: ssm-parameter type=SecureString
            key -> password: encrypts
            key -> setting: encrypts
            web -> task: runs
            task -> exec: role as=executionRoleArn
            task -> app: role as=taskRoleArn";

    #[test]
    fn fires_at_launch_and_in_code() {
        for reads in [
            "task -> password: secret as=valueFrom container=a
            task -> password: secret as=valueFrom container=b
            exec -> password: grants actions=[\"secretsmanager:GetSecretValue\"]",
            "task -> setting: secret as=valueFrom
            exec -> setting: grants actions=[\"ssm:GetParameters\"]
            app -> key: grants actions=[\"kms:Decrypt\"]",
            "web -> password: calls actions=[\"secretsmanager:GetSecretValue\"]
            app -> password: grants actions=[\"secretsmanager:*\"]
            exec -> key: grants actions=[\"kms:*\"]",
        ] {
            check(
                &TRAP,
                &format!(
                    "
            #! fixes grant-decrypt
            task: task-definition    #! kms-decrypt-missing
            {BOARD}
            {reads}"
                ),
            );
        }
    }

    #[test]
    fn silent_where_it_may_decrypt_or_has_nothing_to_decrypt() {
        for reads in [
            "task -> password: secret as=valueFrom
            exec -> password: grants actions=[\"secretsmanager:GetSecretValue\"]
            exec -> key: grants actions=[\"kms:Decrypt\"]",
            // The value is in the task definition already.
            "task -> password: secret as=environment
            exec -> password: grants actions=[\"secretsmanager:GetSecretValue\"]",
            // AWS's own key needs no permission.
            "token: secret
            task -> token: secret as=valueFrom
            exec -> token: grants actions=[\"secretsmanager:GetSecretValue\"]",
            // A plain parameter is not encrypted.
            "flag: ssm-parameter
            key -> flag: encrypts
            task -> flag: secret as=valueFrom
            exec -> flag: grants actions=[\"ssm:GetParameters\"]",
            // Without the permission to fetch, another trap speaks.
            "task -> password: secret as=valueFrom
            web -> setting: calls",
        ] {
            check(&TRAP, &format!("            task: task-definition\n{BOARD}\n            {reads}"));
        }
    }

    #[test]
    fn says_what_is_wrong() {
        check(
            &TRAP,
            &format!(
                "
            task: task-definition    #! kms-decrypt-missing: `exec` may fetch `setting` for `task`, but lacks `kms:Decrypt` on `key`: the fetch is refused.
            {BOARD}
            task -> setting: secret as=valueFrom
            exec -> setting: grants actions=[\"ssm:GetParameters\"]
            app -> key: grants actions=[\"kms:Decrypt\"]"
            ),
        );
    }
}
