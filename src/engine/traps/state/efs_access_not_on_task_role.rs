//! A file system whose policy demands IAM, and a task role that may not mount it (`tip-two-roles`): EFS is
//! mounted with the task role, not with the execution role.

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind};

use crate::finding::{Detection, Fix, Step};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::traps::permissions::{Uses, denials, drawn, grant, lacking, list, move_grants};
use crate::world::{Edge, Node, World, iam};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "efs-access-not-on-task-role",
    area: Area::State,
    severity: Severity::Critical,
    domain: Domain::Secure,
    facts: &["tip-two-roles", "storage-efs-iam-needs-encryption"],
    needs: &[],
    detect,
};

const MOUNT: &str = "elasticfilesystem:ClientMount";
const WRITE: &str = "elasticfilesystem:ClientWrite";

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let graph = world.graph();
    // Without a policy of its own a file system lets in every client in reach, whatever its role.
    let systems = graph.of_kind(ComponentKind::EfsFileSystem).iter().filter(|fs| fs.flag(prop::REQUIRES_IAM));
    let mounts = systems.flat_map(|system| graph.inc(*system, LinkKind::Mounts));
    let mut uses = None;
    let mut found = Vec::new();
    for mount in mounts.filter(|mount| mount.link.is(prop::IAM, "ENABLED")) {
        let role = iam::role(graph, mount.from, "taskRoleArn").map(|edge| edge.to);
        let missing = lacked(world, *mount, role);
        if !missing.is_empty() {
            let uses = uses.get_or_insert_with(|| Uses::new(world));
            found.push(detection(world, *mount, role, &missing, uses));
        }
    }
    found
}

/// What the mount needs and the role does not allow.
fn lacked<'d>(world: &World<'d>, mount: Edge<'d>, role: Option<Node<'d>>) -> Vec<&'static str> {
    let writes = !mount.link.flag(prop::READ_ONLY);
    let needed: &[&str] = if writes { &[MOUNT, WRITE] } else { &[MOUNT] };
    lacking(world.graph(), role, needed.iter().copied(), mount.to)
}

fn detection<'d>(
    world: &World<'d>,
    mount: Edge<'d>,
    role: Option<Node<'d>>,
    missing: &[&'static str],
    uses: &Uses<'d>,
) -> Detection {
    let graph = world.graph();
    let (task, system) = (mount.from, mount.to);
    let execution = iam::role(graph, task, "executionRoleArn").map(|edge| edge.to);
    let holder = execution
        .filter(|execution| Some(*execution) != role && lacked(world, mount, Some(*execution)).is_empty());
    let mut evidence = vec![
        Step::at(system, true, step("policy-demands-role").name("files", system)),
        Step::on(mount.link, true, step("mounts-with-task-role").name("task", task)),
    ];
    evidence.extend(denials(task, "taskRoleArn", role, missing, system));
    if let Some(holder) = holder {
        evidence.push(Step::at(holder, false, step("allowed-to-execution-role").name("holder", holder)));
    }
    Detection::new()
        .pin(task)
        .pin(system)
        .pin_all(&role.or(holder))
        .pin_link(mount.link)
        .steps(evidence)
        .name("task", task)
        .name("files", system)
        .codes("actions", missing.iter().copied())
        .fix(fix(
            world,
            mount,
            role,
            holder.filter(|holder| uses.only_as(*holder, "executionRoleArn")),
            missing,
        ))
}

/// `holder` is the execution role, if it has the permission and serves as nothing else.
fn fix<'d>(
    world: &World<'d>,
    mount: Edge<'d>,
    role: Option<Node<'d>>,
    holder: Option<Node<'d>>,
    missing: &[&'static str],
) -> Fix {
    let graph = world.graph();
    let mut fix = FixBuilder::new(world);
    let id = match role {
        Some(role) => role.id.clone(),
        None => fix.add_role(mount.from, "taskRoleArn", &format!("{}-role", mount.from.id), &[]),
    };
    let grants = holder.map(|holder| drawn(graph, holder, missing, mount.to)).unwrap_or_default();
    if !grants.is_empty() {
        return move_grants(&mut fix, &grants, &id).done("move-grant");
    }
    match role {
        Some(role) => grant(&mut fix, graph, role, missing, mount.to),
        None => fix.link(LinkKind::Grants, &id, &mount.to.id).with(prop::ACTIONS, list(missing)),
    };
    fix.done("grant-task-role")
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    const MOUNT: &str = "
            files: efs-file-system requiresIam=true
            exec: iam-role
            app: iam-role
            task -> files: mounts iam=ENABLED transitEncryption=ENABLED";

    #[test]
    fn fires_without_a_role_without_the_permission_and_on_the_wrong_role() {
        for (fix, more) in [
            ("grant-task-role", ""),
            ("grant-task-role", "task -> app: role as=taskRoleArn"),
            (
                "grant-task-role",
                "task -> app: role as=taskRoleArn
            app -> files: grants actions=[\"elasticfilesystem:ClientMount\"]",
            ),
            (
                "move-grant",
                "task -> app: role as=taskRoleArn
            task -> exec: role as=executionRoleArn
            exec -> files: grants actions=[\"elasticfilesystem:Client*\"]",
            ),
        ] {
            check(
                &TRAP,
                &format!(
                    "
            #! fixes {fix}
            task: task-definition    #! efs-access-not-on-task-role{MOUNT}
            {more}"
                ),
            );
        }
    }

    #[test]
    fn silent_with_the_permission_without_a_policy_or_without_iam() {
        let app = "task -> app: role as=taskRoleArn
            app -> files: grants actions=";
        let task = "            task: task-definition";
        check(&TRAP, &format!("{task}{MOUNT}\n            {app}[\"elasticfilesystem:Client*\"]"));
        let read_only = MOUNT.replace("mounts", "mounts readOnly=true");
        check(&TRAP, &format!("{task}{read_only}\n            {app}[\"elasticfilesystem:ClientMount\"]"));
        check(&TRAP, &format!("{task}{}", MOUNT.replace("requiresIam=true", "")));
        check(&TRAP, &format!("{task}{}", MOUNT.replace("iam=ENABLED", "")));
    }

    #[test]
    fn says_what_is_wrong() {
        check(
            &TRAP,
            &format!(
                "
            task: task-definition    #! efs-access-not-on-task-role: The policy of `files` demands a role that may mount it, and the task role of `task` lacks `elasticfilesystem:ClientMount`, `elasticfilesystem:ClientWrite`: the mount is refused.
            {MOUNT}"
            ),
        );
    }
}
