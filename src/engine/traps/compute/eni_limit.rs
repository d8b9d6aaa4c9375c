//! Tasks in awsvpc mode that find no interface on instances with room for them (`trap-eni-limit`).
//!
//! It is found where the largest group cannot take the tasks wanted.

use trapwise_model::ComponentKind;
use trapwise_model::catalogue::prop;

use crate::data::instance_types::interfaces;
use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Compute, NetworkMode, Node, Workload, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "eni-limit",
    area: Area::Compute,
    severity: Severity::Major,
    domain: Domain::HighPerforming,
    facts: &["trap-eni-limit", "pat-awsvpc"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let awsvpc = world.workloads().iter().filter(|one| {
        one.network_mode == NetworkMode::Awsvpc
            && one.compute == [Compute::Ec2]
            && !one.node.is(prop::SCHEDULING_STRATEGY, "DAEMON")
    });
    awsvpc
        .filter_map(|one| {
            let room = room(one)?;
            let wanted = i64::from(one.tasks()).max(one.node.int(prop::MAX_CAPACITY).unwrap_or(0));
            let host = one.hosts.first().copied().filter(|_| wanted > room)?;
            Some(detection(world, one.node, host, (wanted, room)))
        })
        .collect()
}

/// How many of its tasks the groups can take at most; none where that is not known.
fn room(workload: &Workload<'_>) -> Option<i64> {
    let mut room = 0_i64;
    for host in &workload.hosts {
        let trunked = host.kind != ComponentKind::AutoScalingGroup || host.flag(prop::ENI_TRUNKING);
        // A size that nobody has set is another matter: whatever runs there, one host is too few.
        if !host.props.contains_key(prop::MAX_SIZE.as_str()) {
            return None;
        }
        // One interface is the instance's own.
        let each = interfaces(host.text(prop::INSTANCE_TYPE)?).filter(|_| !trunked)? - 1;
        room = room.saturating_add(each.saturating_mul(host.int(prop::MAX_SIZE)?));
    }
    (!workload.hosts.is_empty()).then_some(room)
}

fn detection<'d>(
    world: &World<'d>,
    service: Node<'d>,
    host: Node<'d>,
    (wanted, room): (i64, i64),
) -> Detection {
    let kind = host.text(prop::INSTANCE_TYPE).unwrap_or_default();
    Detection::new()
        .pin(service)
        .pin(host)
        .at(service, true, step("interfaces-wanted").arg("wanted", wanted))
        .at(host, false, step("interfaces-there").arg("kind", kind).arg("room", room))
        .name("service", service)
        .name("hosts", host)
        .code("type", kind)
        .arg("wanted", wanted)
        .arg("room", room)
        .fix(FixBuilder::new(world).set(host, prop::ENI_TRUNKING, true).done("trunk"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    fn board(mode: &str, service: &str, hosts: &str) -> String {
        format!(
            "
            #! fixes trunk
            cluster: ecs-cluster
            hosts: auto-scaling-group {hosts}
            web: ecs-service launchType=EC2 {service}
            task: task-definition networkMode={mode}
            hosts -> cluster: in-cluster
            web -> cluster: in-cluster
            web -> task: runs"
        )
    }

    #[test]
    fn fires_where_interfaces_run_out() {
        for (service, hosts) in [
            ("desiredCount=5", "instanceType=c5.large maxSize=2"),
            ("maxCapacity=20", "instanceType=m5.xlarge maxSize=6"),
        ] {
            check(&TRAP, &board("awsvpc", &format!("{service}   #! eni-limit"), hosts));
        }
    }

    #[test]
    fn silent_with_room_trunking_other_modes_and_unknown_types() {
        for (mode, service, hosts) in [
            ("awsvpc", "desiredCount=4", "instanceType=c5.large maxSize=2"),
            ("awsvpc", "desiredCount=5", "instanceType=c5.large maxSize=2 eniTrunking=true"),
            ("awsvpc", "desiredCount=5", "maxSize=2"),
            ("awsvpc", "desiredCount=5", "instanceType=c5.large"),
            ("awsvpc", "desiredCount=5", "instanceType=x9.huge maxSize=1"),
            ("bridge", "desiredCount=9", "instanceType=c5.large maxSize=2"),
            ("awsvpc", "desiredCount=9 schedulingStrategy=DAEMON", "instanceType=c5.large maxSize=2"),
        ] {
            check(&TRAP, &board(mode, service, hosts));
        }
    }

    #[test]
    fn says_what_is_wrong() {
        check(
            &TRAP,
            "
            cluster: ecs-cluster
            hosts: auto-scaling-group instanceType=c5.large maxSize=2
            web: ecs-service launchType=EC2 desiredCount=5   #! eni-limit: Up to 5 tasks of `web` need a network interface each, and the `c5.large` instances of `hosts` have 4: the rest find no place.
            task: task-definition networkMode=awsvpc
            hosts -> cluster: in-cluster
            web -> cluster: in-cluster
            web -> task: runs",
        );
    }
}
