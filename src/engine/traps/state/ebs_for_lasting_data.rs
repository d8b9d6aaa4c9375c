//! An EBS volume for files that are shared between tasks or outlive them (`trap-ebs-for-lasting-data`,
//! `tip-efs-not-ebs`): each task gets a new one, which goes with it (needs `shared-files`).
//!
//! Without that demand it stays silent: as private scratch space a volume is right.

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind};

use crate::finding::{Detection, Fix};
use crate::terms::{Area, Domain, Need, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Edge, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "ebs-for-lasting-data",
    area: Area::State,
    severity: Severity::Major,
    domain: Domain::Resilient,
    facts: &["trap-ebs-for-lasting-data", "tip-efs-not-ebs"],
    needs: &[Need::SharedFiles],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let graph = world.graph();
    let volumes = graph.of_kind(ComponentKind::EbsVolume).iter();
    let mounts = volumes.flat_map(|volume| graph.inc(*volume, LinkKind::Mounts));
    mounts
        .filter(|mount| {
            // Beside shared files a task may have scratch space of its own.
            let others = graph.out(mount.from, LinkKind::Mounts).iter();
            let shares = others.clone().any(|other| other.to.kind == ComponentKind::EfsFileSystem);
            !shares && !graph.inc(mount.from, LinkKind::Runs).is_empty()
        })
        .map(|mount| detection(world, *mount))
        .collect()
}

fn detection<'d>(world: &World<'d>, mount: Edge<'d>) -> Detection {
    let (task, volume) = (mount.from, mount.to);
    let fix = fix(world, mount);
    Detection::new()
        .pin(task)
        .pin(volume)
        .pin_link(mount.link)
        .on(mount.link, true, step("volume-for-each-task").name("task", task).name("volume", volume))
        .at(volume, false, step("deleted-with-task"))
        .name("task", task)
        .name("volume", volume)
        .fix(fix)
}

/// A file system in the subnets of the tasks, which admits them; the one there is, if any.
fn fix<'d>(world: &World<'d>, mount: Edge<'d>) -> Fix {
    let graph = world.graph();
    let mut fix = FixBuilder::new(world);
    fix.unlink(mount.link);
    if let Some(there) = graph.of_kind(ComponentKind::EfsFileSystem).first() {
        return fix.link(LinkKind::Mounts, &mount.from.id, &there.id).done("use-efs");
    }
    let workload = world.runners(mount.from).next();
    let interface = workload.and_then(|workload| workload.interfaces().first().copied());
    let places = interface.map(|interface| interface.containers.clone()).unwrap_or_default();
    let files = fix.add(ComponentKind::EfsFileSystem, "files", &places, &[]);
    let groups = interface.into_iter().flat_map(|node| graph.inc(node, LinkKind::Guards));
    let groups = groups.map(|edge| edge.from).collect::<Vec<_>>();
    if let Some(vpc) = groups.first().and_then(|group| world.network().vpc(*group)) {
        let guard = fix.add(ComponentKind::SecurityGroup, "files-sg", std::slice::from_ref(&vpc.id), &[]);
        fix.link(LinkKind::Guards, &guard, &files);
        for group in groups {
            fix.link(LinkKind::Allows, &group.id, &guard)
                .with(prop::DIRECTION, "ingress")
                .with(prop::PROTOCOL, "tcp")
                .with(prop::FROM_PORT, 2049_i64);
        }
    }
    fix.link(LinkKind::Mounts, &mount.from.id, &files).done("use-efs")
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    const BOARD: &str = "
            vpc: vpc
              app: subnet
                web: ecs-service launchType=FARGATE
              task-sg: security-group
            disk: ebs-volume
            web -> task: runs
            task-sg -> web: guards
            task -> disk: mounts";

    #[test]
    fn fires_with_and_without_a_file_system_at_hand() {
        for more in ["", "files: efs-file-system"] {
            check(
                &TRAP,
                &format!(
                    "
            #! needs shared-files
            #! fixes use-efs
            task: task-definition    #! ebs-for-lasting-data: `task` keeps its files on `disk`: every task gets a new one of its own, which is deleted with the task.{BOARD}
            {more}"
                ),
            );
        }
    }

    #[test]
    fn silent_for_scratch_space() {
        let task = "            task: task-definition";
        check(&TRAP, &format!("{task}{BOARD}"));
        let beside = "files: efs-file-system\n            task -> files: mounts";
        check(&TRAP, &format!("            #! needs shared-files\n{task}{BOARD}\n            {beside}"));
    }
}
