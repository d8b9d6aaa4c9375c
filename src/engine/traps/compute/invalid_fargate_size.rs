//! A task size that Fargate does not offer, or none at all (`feat-fargate`).

use trapwise_documents::message::Arg;
use trapwise_model::ComponentKind;
use trapwise_model::catalogue::{PropId, prop};

use crate::data::fargate_sizes;
use crate::finding::{Detection, Fix, Step};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Node, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "invalid-fargate-size",
    area: Area::Compute,
    severity: Severity::Critical,
    domain: Domain::HighPerforming,
    facts: &["feat-fargate", "pat-serverless-containers"],
    needs: &[],
    detect,
};

/// The CPU values that Windows tasks can have on Fargate.
const WINDOWS_CPU: std::ops::RangeInclusive<i64> = 1024..=4096;

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let tasks = world.graph().of_kind(ComponentKind::TaskDefinition).iter();
    tasks
        .filter(|task| !is_offered(**task))
        .filter_map(|task| {
            let runner = world.runners(*task).find(|workload| workload.on_fargate())?;
            Some(detection(world, *task, runner.node))
        })
        .collect()
}

fn is_offered(task: Node<'_>) -> bool {
    let size = task.int(prop::CPU).zip(task.int(prop::MEMORY));
    size.is_some_and(|(cpu, memory)| {
        fargate_sizes::is_valid(cpu, memory) && (!is_windows(task) || WINDOWS_CPU.contains(&cpu))
    })
}

fn is_windows(task: Node<'_>) -> bool {
    task.text(prop::OPERATING_SYSTEM_FAMILY).is_some_and(|family| family.starts_with("WINDOWS"))
}

fn detection<'d>(world: &World<'d>, task: Node<'d>, runner: Node<'d>) -> Detection {
    let (cpu, memory) = nearest(task);
    let shown = |prop: PropId| task.int(prop).map_or_else(|| Arg::from("no"), Arg::from);
    let evidence = vec![
        Step::at(runner, true, step("runs-on-fargate").name("runner", runner).name("task", task)),
        Step::at(
            task,
            false,
            step("size-not-offered")
                .name("task", task)
                .arg("cpu", shown(prop::CPU))
                .arg("memory", shown(prop::MEMORY)),
        ),
    ];
    Detection::new()
        .pin(task)
        .pin(runner)
        .steps(evidence)
        .name("task", task)
        .arg("cpu", shown(prop::CPU))
        .arg("memory", shown(prop::MEMORY))
        .arg("valid", step("size").arg("cpu", cpu).arg("memory", memory))
        .fixes(fix(world, task, cpu, memory))
}

/// The smallest size offered that has what is asked for, or what its containers reserve.
fn nearest(task: Node<'_>) -> (i64, i64) {
    let least = |prop: PropId| {
        let containers = task.list(prop::CONTAINERS).iter();
        let reserved = containers.filter_map(|one| one.field(prop)?.as_int()).fold(0, i64::saturating_add);
        task.int(prop).unwrap_or(reserved)
    };
    let cpu = if is_windows(task) { least(prop::CPU).max(*WINDOWS_CPU.start()) } else { least(prop::CPU) };
    fargate_sizes::nearest(cpu, least(prop::MEMORY))
}

/// Only what has to change; nothing when Fargate offers nothing that large.
fn fix<'d>(world: &World<'d>, task: Node<'d>, cpu: i64, memory: i64) -> Option<Fix> {
    let too_small = task.int(prop::CPU) > Some(cpu) || task.int(prop::MEMORY) > Some(memory);
    if too_small || (is_windows(task) && !WINDOWS_CPU.contains(&cpu)) {
        return None;
    }
    let mut fix = FixBuilder::new(world);
    for (prop, value) in [(prop::CPU, cpu), (prop::MEMORY, memory)] {
        if task.int(prop) != Some(value) {
            fix.set(task, prop, value);
        }
    }
    Some(fix.done("nearest-size"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    /// A task definition with these properties, run on Fargate; the mark on its line.
    fn on_fargate(props: &str, mark: &str) {
        check(
            &TRAP,
            &format!(
                "
            web: ecs-service launchType=FARGATE
            task: task-definition {props}    {mark}
            web -> task: runs"
            ),
        );
    }

    #[test]
    fn fires_on_sizes_that_are_not_offered() {
        for props in [
            "",
            "cpu=256",
            "memory=512",
            "cpu=512 memory=512",
            "cpu=256 memory=4096",
            "cpu=300 memory=1024",
            "cpu=1024 memory=1024",
            "cpu=8192 memory=17408",
            "cpu=32768 memory=65536",
            "containers=[{\"name\":\"app\",\"cpu\":900,\"memory\":1500},{\"name\":\"log\",\"cpu\":200}]",
            "operatingSystemFamily=WINDOWS_SERVER_2022_CORE cpu=512 memory=1024",
        ] {
            on_fargate(props, "#! invalid-fargate-size");
        }
    }

    #[test]
    fn fires_once_and_on_spot_too() {
        check(
            &TRAP,
            "
            #! fixes nearest-size
            spot: capacity-provider type=FARGATE_SPOT
            hosts: capacity-provider type=EC2_AUTOSCALING
            web: ecs-service launchType=FARGATE
            batch: standalone-task
            task: task-definition cpu=2048 memory=2048    #! invalid-fargate-size: `task` asks for 2048 CPU units and 2048 MiB, which is no size of Fargate and is refused; the nearest is 2048 CPU units with 4096 MiB.
            web -> task: runs
            batch -> task: runs
            batch -> spot: uses weight=1
            batch -> hosts: uses weight=1",
        );
    }

    #[test]
    fn without_a_fix_where_nothing_is_large_enough() {
        for props in [
            "cpu=65536 memory=249856",
            "cpu=32768 memory=262144",
            "operatingSystemFamily=WINDOWS_SERVER_2019_CORE cpu=8192 memory=16384",
        ] {
            let fixture = trapwise_model::fixture::parse(&format!(
                "
            web: ecs-service launchType=FARGATE
            task: task-definition {props}
            web -> task: runs"
            ))
            .unwrap();
            let world = crate::world::World::new(&fixture.design);
            let found = TRAP.find(&crate::traps::Scene { world: &world, needs: &[] });
            assert_eq!(found.len(), 1);
            assert!(found[0].fixes.is_empty(), "{props}");
        }
    }

    #[test]
    fn silent_on_offered_sizes() {
        for props in [
            "cpu=256 memory=512",
            "cpu=1024 memory=3072",
            "cpu=4096 memory=30720",
            "cpu=8192 memory=20480",
            "cpu=32768 memory=249856",
            "operatingSystemFamily=WINDOWS_SERVER_2022_CORE cpu=1024 memory=2048",
        ] {
            on_fargate(props, "");
        }
    }

    #[test]
    fn silent_off_fargate() {
        check(
            &TRAP,
            "
            managed: capacity-provider type=MANAGED_INSTANCES
            web: ecs-service launchType=EC2
            api: ecs-service
            edge: ecs-service launchType=EXTERNAL
            task: task-definition cpu=300 memory=5000
            idle: task-definition cpu=512 memory=512
            api -> managed: uses weight=1
            web -> task: runs
            api -> task: runs
            edge -> task: runs",
        );
    }
}
