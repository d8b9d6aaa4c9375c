//! A file system whose policy demands IAM, and a task role that may not mount it (`tip-two-roles`): EFS is
//! mounted with the task role, not with the execution role.

use trapwise_model::{ComponentKind, LinkKind};

use crate::finding::{Detection, Fix};
use crate::terms::{Area, Domain, Severity};
use crate::traps::fix::{FixBuilder, names};
use crate::traps::permissions::{Uses, drawn, grant, list, move_grants};
use crate::traps::{Scene, Trap, evidence};
use crate::world::{Edge, Hop, Node, What, World, iam};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "efs-access-not-on-task-role",
    area: Area::State,
    severity: Severity::Critical,
    domain: Domain::Secure,
    facts: &["tip-two-roles", "storage-efs-iam-needs-encryption"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let graph = world.graph();
    // Without a policy of its own a file system lets in every client in reach, whatever its role.
    let systems = graph.of_kind(ComponentKind::EfsFileSystem).iter().filter(|fs| fs.flag("requiresIam"));
    let mounts = systems.flat_map(|system| graph.inc(*system, LinkKind::Mounts));
    let mut uses = None;
    let mut found = Vec::new();
    for mount in mounts.filter(|mount| mount.link.is("iam", "ENABLED")) {
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
    let writes = !mount.link.flag("readOnly");
    let needed = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"];
    let needed = needed.into_iter().take(if writes { 2 } else { 1 });
    let allows =
        |action: &str| role.is_some_and(|role| iam::grant(world.graph(), role, action, mount.to).is_some());
    needed.filter(|action| !allows(action)).collect()
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
        evidence::at(
            system,
            true,
            format!("the policy of `{}` admits only roles that are allowed", system.id),
        ),
        evidence::on(mount.link, true, format!("`{}` mounts it with its task role", task.id)),
    ];
    match role {
        Some(role) => evidence.extend(missing.iter().map(|action| {
            let what = What::Allows { role, action, on: system };
            Hop { what, at: Some(role), link: None, ok: false }.step()
        })),
        None => evidence.push(
            Hop { what: What::HasRole(task, "taskRoleArn"), at: Some(task), link: None, ok: false }.step(),
        ),
    }
    if let Some(holder) = holder {
        evidence.push(evidence::at(
            holder,
            false,
            format!("`{}` allows it, but as execution role it does not mount volumes", holder.id),
        ));
    }
    Detection::new()
        .pin(task)
        .pin(system)
        .pin_all(&role.or(holder))
        .pin_link(mount.link)
        .steps(evidence)
        .name("task", task)
        .name("files", system)
        .arg("actions", names(missing.iter().copied()))
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
        None => {
            let id = fix.add(ComponentKind::IamRole, &format!("{}-role", mount.from.id), &[], &[]);
            fix.link(LinkKind::Role, &mount.from.id, &id).with("as", "taskRoleArn");
            id
        }
    };
    let grants = holder.map(|holder| drawn(graph, holder, missing, mount.to)).unwrap_or_default();
    if !grants.is_empty() {
        return move_grants(&mut fix, &grants, &id).done("move-grant");
    }
    match role {
        Some(role) => grant(&mut fix, graph, role, missing, mount.to),
        None => fix.link(LinkKind::Grants, &id, &mount.to.id).with("actions", list(missing)),
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
}
