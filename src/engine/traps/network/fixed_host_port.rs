//! A fixed host port where a host has to take a second copy of the task (`trap-fixed-host-port`).
//!
//! One copy for each host, as daemons are and as large groups allow, does no harm.

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind, Value};

use super::dynamic_ports::{admit, shut_host};
use crate::finding::{Detection, Fix};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Compute, HostPort, Node, Workload, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "fixed-host-port",
    area: Area::Network,
    severity: Severity::Major,
    domain: Domain::Resilient,
    facts: &["trap-fixed-host-port", "pat-alb-register"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let found = world.workloads().iter().filter_map(|workload| {
        let Some(HostPort::Fixed(port)) = workload.host_port() else { return None };
        let service = workload.node;
        let daemon = service.is(prop::SCHEDULING_STRATEGY, "DAEMON");
        if daemon || service.kind != ComponentKind::EcsService || workload.compute != [Compute::Ec2] {
            return None;
        }
        let hosts = most_hosts(workload)?;
        let copies = most_copies(world, workload);
        (copies > hosts).then(|| detection(world, workload, port, (copies, hosts)))
    });
    found.collect()
}

/// How many hosts there can be; none when nothing says so.
fn most_hosts(workload: &Workload<'_>) -> Option<i64> {
    let sizes: Option<Vec<_>> = workload.hosts.iter().map(|host| host.int(prop::MAX_SIZE)).collect();
    sizes.filter(|sizes| !sizes.is_empty()).map(|sizes| sizes.into_iter().fold(0, i64::saturating_add))
}

/// How many copies there have to be at once: as far as it may scale, or one more than must stay healthy
/// while a deployment replaces them.
fn most_copies<'d>(world: &World<'d>, workload: &Workload<'d>) -> i64 {
    let scaled = workload.node.int(prop::MAX_CAPACITY).unwrap_or(0);
    let replacing = i64::from(world.deployment_range(workload).least) + 1;
    replacing.max(scaled).max(i64::from(workload.tasks()))
}

fn detection<'d>(
    world: &World<'d>,
    workload: &Workload<'d>,
    port: u16,
    (copies, hosts): (i64, i64),
) -> Detection {
    let service = workload.node;
    let pinned = workload.task.unwrap_or(service);
    Detection::new()
        .pin(service)
        .pin_all(&workload.task)
        .at(pinned, true, step("copy-takes-port").arg("port", port))
        .at(service, false, step("copies-at-once").arg("copies", copies).arg("hosts", hosts))
        .name("service", service)
        .arg("port", port)
        .arg("copies", copies)
        .arg("hosts", hosts)
        .fixes(workload.task.and_then(|task| dynamic(world, service, task)))
}

/// Host ports that Docker chooses, and hosts that admit them.
fn dynamic<'d>(world: &World<'d>, service: Node<'d>, task: Node<'d>) -> Option<Fix> {
    let free = |container: &Value| match container {
        Value::Record(fields) => {
            let kept = fields.iter().filter(|(field, _)| field.as_str() != prop::HOST_PORT.as_str());
            Value::Record(kept.map(|(field, value)| (field.clone(), value.clone())).collect())
        }
        other => other.clone(),
    };
    let containers = Value::List(task.component().list(prop::CONTAINERS).iter().map(free).collect());
    let mut fix = FixBuilder::new(world);
    fix.set(task, prop::CONTAINERS, containers);
    for forward in world.graph().inc(service, LinkKind::Forwards) {
        if let Some(host) = shut_host(world, forward) {
            admit(world, &mut fix, forward, host)?;
        }
    }
    Some(fix.done("dynamic-port"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    fn board(service: &str, size: u32, port: &str) -> String {
        format!(
            "
            #! fixes dynamic-port
            vpc: vpc
              a: subnet
                alb: load-balancer
                hosts: auto-scaling-group maxSize={size}
              alb-sg: security-group
              host-sg: security-group
            cluster: ecs-cluster
            web: ecs-service {service}
            task: task-definition containers=[{{\"name\":\"app\",\"containerPort\":8080{port}}}]
            alb-sg -> alb: guards
            host-sg -> hosts: guards
            hosts -> cluster: in-cluster
            web -> cluster: in-cluster
            web -> task: runs
            alb -> web: forwards targetType=instance
            alb-sg -> host-sg: allows fromPort=8080"
        )
    }

    #[test]
    fn fires_where_hosts_are_fewer_than_copies() {
        let mark = "   #! fixed-host-port";
        for (service, size) in [
            ("desiredCount=4", 2),
            ("desiredCount=2 maxCapacity=9", 8),
            ("desiredCount=2", 2),
            ("desiredCount=4 minimumHealthyPercent=50", 3),
        ] {
            check(&TRAP, &board(&format!("{service}{mark}"), size, ",\"hostPort\":8080"));
        }
    }

    #[test]
    fn silent_where_each_copy_finds_a_host() {
        for (service, size, port) in [
            ("desiredCount=4", 2, ""),
            ("desiredCount=4", 2, ",\"hostPort\":0"),
            ("desiredCount=2", 3, ",\"hostPort\":8080"),
            ("desiredCount=2 minimumHealthyPercent=50", 2, ",\"hostPort\":8080"),
            ("desiredCount=2 schedulingStrategy=DAEMON", 2, ",\"hostPort\":8080"),
            ("desiredCount=9 launchType=FARGATE", 2, ",\"hostPort\":8080"),
        ] {
            check(&TRAP, &board(service, size, port));
        }
    }

    #[test]
    fn says_what_is_wrong() {
        let service = "desiredCount=4   #! fixed-host-port: Each copy of `web` takes port 8080 of its host; up to 5 at once do not fit on 2 hosts.";
        check(&TRAP, &board(service, 2, ",\"hostPort\":8080"));
    }
}
