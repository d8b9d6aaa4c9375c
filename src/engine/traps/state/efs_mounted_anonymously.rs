//! A file system whose policy demands IAM, mounted without it: the client shows no role and is refused.

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind};

use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "efs-mounted-anonymously",
    area: Area::State,
    severity: Severity::Critical,
    domain: Domain::Secure,
    facts: &["storage-efs-iam-needs-encryption", "pat-efs-shared"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let graph = world.graph();
    let systems = graph.of_kind(ComponentKind::EfsFileSystem).iter().filter(|fs| fs.flag(prop::REQUIRES_IAM));
    let mounts = systems.flat_map(|system| graph.inc(*system, LinkKind::Mounts));
    mounts
        .filter(|mount| !mount.link.is(prop::IAM, "ENABLED"))
        .map(|mount| {
            let (task, system) = (mount.from, mount.to);
            let mut fix = FixBuilder::new(world);
            fix.set_link(mount.link, prop::IAM, "ENABLED");
            Detection::new()
                .pin(task)
                .pin(system)
                .pin_link(mount.link)
                .at(system, true, step("policy-demands-role").name("files", system))
                .on(mount.link, false, step("mounts-without-role").name("task", task))
                .name("task", task)
                .name("files", system)
                // IAM authorization needs encryption in transit.
                .fix(fix.set_link(mount.link, prop::TRANSIT_ENCRYPTION, "ENABLED").done("show-role"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_on_a_plain_mount() {
        check(
            &TRAP,
            "
            #! fixes show-role
            task: task-definition    #! efs-mounted-anonymously: The policy of `files` demands a role, and `task` mounts it without IAM authorization: the mount is refused.
            files: efs-file-system requiresIam=true
            task -> files: mounts transitEncryption=ENABLED accessPoint=content",
        );
    }

    #[test]
    fn silent_with_a_role_or_without_a_policy() {
        check(
            &TRAP,
            "
            task: task-definition
            files: efs-file-system requiresIam=true
            open: efs-file-system
            task -> files: mounts iam=ENABLED transitEncryption=ENABLED
            task -> open: mounts",
        );
    }
}
