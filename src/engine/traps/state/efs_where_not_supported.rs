//! An EFS mount where ECS has none (`feat-efs`): Windows, servers of one's own, Fargate before platform
//! version 1.4.0.

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind};

use crate::finding::{Detection, Fix};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Compute, Edge, Workload, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "efs-where-not-supported",
    area: Area::State,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["feat-efs"],
    needs: &[],
    detect,
};

/// Why the volume cannot be mounted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Why {
    Windows,
    External,
    OldPlatform,
}

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let systems = world.graph().of_kind(ComponentKind::EfsFileSystem).iter();
    let mounts = systems
        .flat_map(|system| world.graph().inc(*system, LinkKind::Mounts).chunk_by(|a, b| a.from == b.from));
    mounts
        .filter_map(<[_]>::first)
        .flat_map(|mount| {
            let runners = world.runners(mount.from);
            runners.filter_map(|one| Some(detection(world, *mount, one, why(*mount, one)?)))
        })
        .collect()
}

fn why(mount: Edge<'_>, workload: &Workload<'_>) -> Option<Why> {
    let windows =
        mount.from.text(prop::OPERATING_SYSTEM_FAMILY).is_some_and(|family| family.starts_with("WINDOWS"));
    if windows {
        Some(Why::Windows)
    } else if workload.compute.contains(&Compute::External) {
        Some(Why::External)
    } else if workload.on_fargate() && workload.node.is(prop::PLATFORM_VERSION, "1.3.0") {
        Some(Why::OldPlatform)
    } else {
        None
    }
}

fn detection<'d>(world: &World<'d>, mount: Edge<'d>, workload: &Workload<'d>, why: Why) -> Detection {
    let (service, system) = (workload.node, mount.to);
    let place = match why {
        Why::Windows => step("windows"),
        Why::External => step("external"),
        Why::OldPlatform => step("old-platform"),
    };
    let latest: Fix = FixBuilder::new(world).reset(service, prop::PLATFORM_VERSION).done("latest-platform");
    Detection::new()
        .pin(service)
        .pin(system)
        .pin_link(mount.link)
        .on(mount.link, true, step("tasks-mount-files").name("service", service).name("files", system))
        .at(service, false, step("no-mounts-there").arg("place", place.clone()))
        .name("service", service)
        .name("files", system)
        .arg("place", place)
        .fixes(if why == Why::OldPlatform { vec![latest] } else { Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_on_each() {
        for (service, task) in [
            ("launchType=EXTERNAL", ""),
            ("launchType=EC2", "operatingSystemFamily=WINDOWS_SERVER_2022_CORE"),
            ("launchType=FARGATE platformVersion=1.3.0", ""),
        ] {
            check(
                &TRAP,
                &format!(
                    "
            web: ecs-service {service}    #! efs-where-not-supported
            task: task-definition {task}
            files: efs-file-system
            web -> task: runs
            task -> files: mounts container=a
            task -> files: mounts container=b"
                ),
            );
        }
    }

    #[test]
    fn silent_on_linux_in_the_cloud_and_for_volumes() {
        check(
            &TRAP,
            "
            web: ecs-service launchType=FARGATE platformVersion=1.4.0
            api: ecs-service launchType=EC2 platformVersion=1.3.0
            job: ecs-service launchType=EXTERNAL
            task: task-definition
            plain: task-definition
            files: efs-file-system
            disk: ebs-volume
            web -> task: runs
            api -> task: runs
            job -> plain: runs
            task -> files: mounts
            plain -> disk: mounts",
        );
    }

    #[test]
    fn says_what_is_wrong() {
        check(
            &TRAP,
            "
            web: ecs-service launchType=EXTERNAL    #! efs-where-not-supported: `web` mounts `files`, but its tasks run on servers of ECS Anywhere, where ECS mounts no EFS volumes: they do not start.
            task: task-definition
            files: efs-file-system
            web -> task: runs
            task -> files: mounts container=a
            task -> files: mounts container=b",
        );
    }
}
