//! A task that does not fit on an empty instance of its groups (`pat-managed-scaling`, `feat-ec2`).

use trapwise_model::ComponentKind;
use trapwise_model::catalogue::prop;

use crate::data::instance_prices::{cheapest, instance};
use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Compute, Node, Workload, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "task-larger-than-host",
    area: Area::Compute,
    severity: Severity::Critical,
    domain: Domain::HighPerforming,
    facts: &["pat-managed-scaling", "feat-ec2"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let on_groups = scene.world.workloads().iter().filter(|one| one.compute == [Compute::Ec2]);
    on_groups.filter_map(|one| detection(scene.world, one)).collect()
}

/// What a task asks for; what nobody has set is as good as nothing.
fn size(task: Node<'_>) -> (i64, i64) {
    (task.int(prop::CPU).unwrap_or(0), task.int(prop::MEMORY).unwrap_or(0))
}

/// Nothing where one group has instances that are large enough, or of a type unknown here.
fn detection<'d>(world: &World<'d>, workload: &Workload<'d>) -> Option<Detection> {
    let task = workload.task?;
    let (cpu, memory) = size(task);
    let mut largest: Option<(Node<'d>, u64)> = None;
    for host in &workload.hosts {
        let kind =
            (host.kind == ComponentKind::AutoScalingGroup).then(|| host.text(prop::INSTANCE_TYPE))??;
        let row = instance(kind).filter(|row| !row.fits(cpu, memory))?;
        if largest.is_none_or(|(_, micros)| row.micros > micros) {
            largest = Some((*host, row.micros));
        }
    }
    let (host, _) = largest?;
    let kind = host.text(prop::INSTANCE_TYPE).unwrap_or_default();
    let row = instance(kind)?;
    let fix = cheapest(cpu, memory, kind)
        .map(|larger| FixBuilder::new(world).set(host, prop::INSTANCE_TYPE, larger).done("larger-host"));
    Some(
        Detection::new()
            .pin(task)
            .pin(workload.node)
            .pin(host)
            .at(task, true, step("task-size").name("task", task).arg("cpu", cpu).arg("memory", memory))
            .at(
                host,
                false,
                step("host-size").arg("kind", kind).arg("cpu", row.cpu).arg("memory", row.memory),
            )
            .name("task", task)
            .name("service", workload.node)
            .name("hosts", host)
            .arg("cpu", cpu)
            .arg("memory", memory)
            .code("type", kind)
            .fixes(fix),
    )
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn hosts_of_another_system_are_no_room() {
        let board = |kind: &str, mark: &str| {
            format!(
                "
            cluster: ecs-cluster
            linux: auto-scaling-group instanceType=m5.4xlarge
            windows: auto-scaling-group instanceType={kind} operatingSystem=WINDOWS_SERVER_2022_CORE
            web: ecs-service launchType=EC2
            task: task-definition cpu=4096 memory=8192 operatingSystemFamily=WINDOWS_SERVER_2022_CORE {mark}
            linux -> cluster: in-cluster
            windows -> cluster: in-cluster
            web -> cluster: in-cluster
            web -> task: runs"
            )
        };
        check(
            &TRAP,
            &board(
                "m5.large",
                "#! task-larger-than-host: `task` asks for 4096 CPU units and 8192 MiB, and an empty `m5.large` of `windows` has less: no task is placed.",
            ),
        );
        check(&TRAP, &board("m5.xlarge", ""));
    }

    fn board(service: &str, task: &str, hosts: &str) -> String {
        format!(
            "
            cluster: ecs-cluster
            hosts: auto-scaling-group {hosts}
            model: ecs-service {service}
            task: task-definition {task}
            hosts -> cluster: in-cluster
            model -> cluster: in-cluster
            model -> task: runs"
        )
    }

    #[test]
    fn fires_on_cpu_and_on_memory() {
        let mark = "#! task-larger-than-host";
        for (task, hosts) in [
            ("cpu=4096 memory=4096", "instanceType=m5.large"),
            ("cpu=1024 memory=12288", "instanceType=m5.large"),
            ("cpu=40960 memory=81920", "instanceType=m5.2xlarge"),
        ] {
            let text = board("launchType=EC2", &format!("{task} {mark}"), hosts);
            check(&TRAP, &format!("#! fixes larger-host\n{text}"));
        }
        // Nothing in the table is large enough.
        check(&TRAP, &board("launchType=EC2", &format!("cpu=131072 {mark}"), "instanceType=m5.large"));
    }

    #[test]
    fn silent_where_it_fits_somewhere_or_nobody_knows() {
        for (service, task, hosts) in [
            ("launchType=EC2", "cpu=2048 memory=8192", "instanceType=m5.large"),
            ("launchType=EC2", "", "instanceType=t3.small"),
            ("launchType=EC2", "cpu=40960", "instanceType=x9.mega"),
            ("launchType=EC2", "cpu=40960", ""),
            ("launchType=FARGATE", "cpu=40960", "instanceType=m5.large"),
        ] {
            check(&TRAP, &board(service, task, hosts));
        }
        let more = "\n more: auto-scaling-group instanceType=c5.12xlarge\n more -> cluster: in-cluster";
        check(&TRAP, &(board("launchType=EC2", "cpu=40960", "instanceType=m5.large") + more));
    }
}
