//! An address record for tasks that have no address of their own (`feat-cloud-map`).

use super::names::discovery;
use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Compute, Edge, NetworkMode, World};
use trapwise_model::catalogue::prop;

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "a-record-without-awsvpc",
    area: Area::Discovery,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["feat-cloud-map", "mnemo-awsvpc-bridge"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let shared = world.workloads().iter().filter(|one| {
        one.task.is_some()
            && matches!(one.network_mode, NetworkMode::Bridge | NetworkMode::Host)
            && !one.compute.contains(&Compute::External)
    });
    shared
        .filter_map(|one| {
            let edge = discovery(world.graph(), one.node)?;
            let address = edge.link.is(prop::RECORD_TYPE, "A");
            address.then(|| detection(world, edge, one.network_mode.name()))
        })
        .collect()
}

fn detection<'d>(world: &World<'d>, registers: Edge<'d>, mode: &'static str) -> Detection {
    let (service, namespace) = (registers.from, registers.to);
    Detection::new()
        .pin(service)
        .pin(namespace)
        .pin_link(registers.link)
        .at(service, true, step("network-mode").name("service", service).arg("mode", mode))
        .on(registers.link, false, step("ports-of-a-host"))
        .name("service", service)
        .words("mode", mode)
        .fix(FixBuilder::new(world).set_link(registers.link, prop::RECORD_TYPE, "SRV").done("use-srv"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    fn board(mode: &str, registers: &str) -> String {
        let mark =
            if registers.contains("SRV") || mode == "awsvpc" { "" } else { "#! a-record-without-awsvpc" };
        format!(
            "
            task: task-definition networkMode={mode}
            api: ecs-service    {mark}
            names: cloud-map-namespace
            api -> task: runs
            api -> names: registers as={registers}"
        )
    }

    #[test]
    fn fires_on_addresses_of_shared_hosts() {
        for mode in ["bridge", "host"] {
            for registers in ["discovery", "discovery recordType=A"] {
                check(&TRAP, &format!("#! fixes use-srv\n{}", board(mode, registers)));
            }
        }
    }

    #[test]
    fn silent_with_ports_or_addresses_of_their_own() {
        check(&TRAP, &board("bridge", "discovery recordType=SRV"));
        check(&TRAP, &board("awsvpc", "discovery recordType=A"));
        // Service Connect keeps no records of that kind.
        check(
            &TRAP,
            "
            task: task-definition networkMode=bridge
            api: ecs-service
            names: cloud-map-namespace
            api -> task: runs
            api -> names: registers as=client-server",
        );
    }

    #[test]
    fn says_what_is_wrong() {
        check(
            &TRAP,
            "
            task: task-definition networkMode=host
            api: ecs-service    #! a-record-without-awsvpc: `api` runs in `host` mode and is registered with an A record: it is refused.
            names: cloud-map-namespace
            api -> task: runs
            api -> names: registers as=discovery",
        );
    }
}
