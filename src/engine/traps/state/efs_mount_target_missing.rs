//! Tasks in a zone where their EFS file system has no mount target (`storage-mount-target-per-zone`): its
//! name does not resolve there, and they do not start.

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind, SortedSet};

use crate::finding::{Detection, Fix, Step};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::{FixBuilder, phrases};
use crate::world::{Edge, Node, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "efs-mount-target-missing",
    area: Area::State,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["storage-mount-target-per-zone", "feat-efs"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let mut found = Vec::new();
    for system in world.graph().of_kind(ComponentKind::EfsFileSystem) {
        let targets = world.zones(*system);
        let mounts = world.graph().inc(*system, LinkKind::Mounts);
        // A task definition may mount it for several containers.
        for mount in mounts.chunk_by(|a, b| a.from == b.from).filter_map(<[_]>::first) {
            for workload in world.runners(mount.from) {
                let zones = world.zones(workload.node);
                let bare: SortedSet<_> = zones.difference(&targets).copied().collect();
                if !bare.is_empty() {
                    found.push(detection(world, *mount, workload.node, &targets, &bare));
                }
            }
        }
    }
    found
}

fn detection<'d>(
    world: &World<'d>,
    mount: Edge<'d>,
    user: Node<'d>,
    targets: &SortedSet<&'d str>,
    bare: &SortedSet<&'d str>,
) -> Detection {
    let system = mount.to;
    let mut evidence =
        vec![Step::on(mount.link, true, step("task-mounts").name("task", mount.from).name("files", system))];
    let zone = |zone: &str, ok: bool| {
        let target = if ok { step("mount-target") } else { step("no-mount-target") };
        Step::at(system, ok, target.name("files", system).words("zone", zone).name("service", user))
    };
    evidence.extend(world.zones(user).intersection(targets).map(|at| zone(at, true)));
    evidence.extend(bare.iter().map(|at| zone(at, false)));
    Detection::new()
        .pin(system)
        .pin(user)
        .pin_link(mount.link)
        .steps(evidence)
        .name("files", system)
        .name("service", user)
        .words("zone", &phrases(bare.iter().copied()))
        .fixes(fix(world, system, user, bare))
}

/// One more mount target in each zone: in a subnet of the tier of those there are, else beside the tasks.
fn fix<'d>(world: &World<'d>, system: Node<'d>, user: Node<'d>, bare: &SortedSet<&'d str>) -> Option<Fix> {
    let graph = world.graph();
    let interfaces = world.interfaces(user);
    let homes = interfaces.iter().flat_map(|interface| graph.containers(*interface)).collect::<Vec<_>>();
    let vpc = world.network().vpc(*homes.first()?)?;
    let tier = graph.containers(system).next().and_then(|home| home.component().text(prop::TIER));
    let mut places = system.containers.clone();
    for zone in bare {
        let there = |subnet: &Node<'d>| subnet.is(prop::AVAILABILITY_ZONE, zone);
        let subnets = graph.children(vpc).iter().copied();
        let mut beside = subnets.filter(|subnet| {
            subnet.kind == ComponentKind::Subnet
                && there(subnet)
                && subnet.component().text(prop::TIER) == tier
        });
        let subnet = beside.next().or_else(|| homes.iter().copied().find(there))?;
        places.push(subnet.id.clone());
    }
    Some(FixBuilder::new(world).place(system, places).done("add-mount-target"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    const BOARD: &str = "
            vpc: vpc
              app-a: subnet
                web: ecs-service launchType=FARGATE + app-b
              app-b: subnet availabilityZone=b
              data-a: subnet tier=data
              data-b: subnet tier=data availabilityZone=b
              HOME
            task: task-definition
            web -> task: runs
            task -> files: mounts container=a
            task -> files: mounts container=b";

    #[test]
    fn fires_with_one_mount_target_and_with_none() {
        let text = BOARD.replace("              HOME\n", "");
        let one = text.replace(
            "data-a: subnet tier=data\n",
            "data-a: subnet tier=data\n                files: efs-file-system    #! efs-mount-target-missing: `web` also runs in zone b, where `files` has no mount target: tasks there do not start.\n",
        );
        check(&TRAP, &format!("            #! fixes add-mount-target{one}"));
        let none = format!("            files: efs-file-system    #! efs-mount-target-missing{text}");
        check(&TRAP, &format!("            #! fixes add-mount-target\n{none}"));
    }

    #[test]
    fn silent_when_every_zone_of_the_tasks_has_one() {
        // Another subnet of the zone will do; what runs nowhere yet needs none.
        let text = BOARD.replace("              HOME\n", "").replace(
            "data-a: subnet tier=data\n",
            "data-a: subnet tier=data\n                files: efs-file-system + data-b\n",
        );
        check(&TRAP, &text);
        check(
            &TRAP,
            "
            web: ecs-service launchType=FARGATE
            task: task-definition
            files: efs-file-system
            web -> task: runs
            task -> files: mounts",
        );
    }
}
