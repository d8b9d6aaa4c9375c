//! An EFS mount with IAM authorization or an access point, and without encryption in transit: both need it
//! (`storage-efs-iam-needs-encryption`).

use trapwise_documents::message::Message;
use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind};

use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Edge, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "efs-without-transit-encryption",
    area: Area::State,
    severity: Severity::Critical,
    domain: Domain::Secure,
    facts: &["storage-efs-iam-needs-encryption", "pat-efs-shared"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let systems = world.graph().of_kind(ComponentKind::EfsFileSystem).iter();
    let mounts = systems.flat_map(|system| world.graph().inc(*system, LinkKind::Mounts));
    mounts
        .filter_map(|mount| {
            let why = wants(*mount)?;
            (!mount.link.is(prop::TRANSIT_ENCRYPTION, "ENABLED")).then(|| detection(world, *mount, why))
        })
        .collect()
}

/// What of the mount needs encryption in transit.
fn wants(mount: Edge<'_>) -> Option<Message> {
    let iam = mount.link.is(prop::IAM, "ENABLED");
    let point = mount.link.text(prop::ACCESS_POINT).is_some();
    match (iam, point) {
        (true, true) => Some(step("iam-and-access-point")),
        (true, false) => Some(step("iam")),
        (false, true) => Some(step("access-point")),
        (false, false) => None,
    }
}

fn detection<'d>(world: &World<'d>, mount: Edge<'d>, why: Message) -> Detection {
    let (task, system) = (mount.from, mount.to);
    Detection::new()
        .pin(task)
        .pin(system)
        .pin_link(mount.link)
        .on(
            mount.link,
            true,
            step("mounts-with").name("task", task).name("files", system).arg("why", why.clone()),
        )
        .on(mount.link, false, step("encryption-disabled"))
        .name("task", task)
        .name("files", system)
        .arg("why", why)
        .fix(FixBuilder::new(world).set_link(mount.link, prop::TRANSIT_ENCRYPTION, "ENABLED").done("encrypt"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_for_iam_and_for_access_points() {
        for mount in [
            "iam=ENABLED",
            "accessPoint=content",
            "accessPoint=content iam=ENABLED transitEncryption=DISABLED",
        ] {
            check(
                &TRAP,
                &format!(
                    "
            #! fixes encrypt
            task: task-definition    #! efs-without-transit-encryption
            files: efs-file-system
            task -> files: mounts {mount}"
                ),
            );
        }
    }

    #[test]
    fn silent_when_encrypted_or_plain() {
        for mount in ["", "readOnly=true", "transitEncryption=ENABLED iam=ENABLED accessPoint=content"] {
            check(
                &TRAP,
                &format!(
                    "
            task: task-definition
            files: efs-file-system
            task -> files: mounts {mount}"
                ),
            );
        }
    }

    #[test]
    fn says_what_is_wrong() {
        check(
            &TRAP,
            "
            task: task-definition    #! efs-without-transit-encryption: `task` mounts `files` with IAM authorization, which needs encryption in transit, and that is disabled: the volume is refused.
            files: efs-file-system
            task -> files: mounts iam=ENABLED",
        );
    }
}
