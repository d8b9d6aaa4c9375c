//! What Managed Instances do not take from EC2: placement strategies, and the network modes bridge and none
//! (`feat-placement-strategies`, `tip-awsvpc-only`).

use crate::finding::{Detection, Fix, Step};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Compute, Workload, World};
use trapwise_documents::message::Message;
use trapwise_model::catalogue::prop;

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "managed-instances-limits",
    area: Area::Compute,
    severity: Severity::Critical,
    domain: Domain::HighPerforming,
    facts: &["feat-placement-strategies", "tip-awsvpc-only", "tip-match-launch-type"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let managed =
        scene.world.workloads().iter().filter(|one| one.compute.contains(&Compute::ManagedInstances));
    managed.flat_map(|one| found(scene.world, one)).collect()
}

fn found<'d>(world: &World<'d>, workload: &Workload<'d>) -> Vec<Detection> {
    let service = workload.node;
    let mut found = Vec::new();
    if !service.list(prop::PLACEMENT_STRATEGY).is_empty() {
        let seen = Step::at(service, false, step("has-placement-strategy").name("service", service));
        let fix = FixBuilder::new(world).reset(service, prop::PLACEMENT_STRATEGY).done("no-strategy");
        found.push(detection(workload, step("placement-strategy"), seen, fix));
    }
    // One that nobody has set is none that could be refused.
    if let Some((task, mode)) =
        workload.task.and_then(|task| Some((task, task.component().props.get(prop::NETWORK_MODE.as_str())?)))
        && let Some(mode @ ("bridge" | "none")) = mode.as_text()
    {
        let seen = Step::at(task, false, step("has-network-mode").name("task", task).arg("mode", mode));
        let fix = FixBuilder::new(world).set(task, prop::NETWORK_MODE, "awsvpc").done("awsvpc");
        found.push(detection(workload, step("network-mode").code("mode", mode), seen, fix));
    }
    found
}

fn detection(workload: &Workload<'_>, what: Message, seen: Step, fix: Fix) -> Detection {
    let service = workload.node;
    Detection::new()
        .pin(service)
        .pin_all(&workload.task)
        .at(service, true, step("on-managed-instances").name("service", service))
        .step(seen)
        .name("service", service)
        .arg("what", what)
        .fix(fix)
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    fn board(service: &str, kind: &str, task: &str) -> String {
        format!(
            "
            web: ecs-service {service}
            own: capacity-provider type={kind}
            task: task-definition {task}
            web -> task: runs
            web -> own: uses weight=1"
        )
    }

    const PACKED: &str = "placementStrategy=[{\"type\":\"binpack\",\"field\":\"memory\"}]";

    #[test]
    fn fires_on_strategies_and_on_bridge() {
        let mark = "#! managed-instances-limits";
        let packed = format!("{PACKED} {mark}");
        for (fixes, service, task) in
            [("no-strategy", &*packed, "networkMode=awsvpc"), ("awsvpc", mark, "networkMode=bridge")]
        {
            let text = board(service, "MANAGED_INSTANCES", task);
            check(&TRAP, &format!("#! fixes {fixes}\n{text}"));
        }
    }

    #[test]
    fn silent_for_what_they_take_and_elsewhere() {
        let member = "placementConstraints=[{\"type\":\"distinctInstance\"}]";
        check(&TRAP, &board(member, "MANAGED_INSTANCES", "networkMode=host"));
        check(&TRAP, &board("", "MANAGED_INSTANCES", ""));
        check(&TRAP, &board(PACKED, "EC2_AUTOSCALING", "networkMode=bridge"));
    }

    #[test]
    fn says_what_is_wrong() {
        check(
            &TRAP,
            "
            web: ecs-service #! managed-instances-limits: `web` runs on Managed Instances, which do not take the network mode `bridge`: no task is placed.
            own: capacity-provider type=MANAGED_INSTANCES
            task: task-definition networkMode=bridge
            web -> task: runs
            web -> own: uses weight=1",
        );
    }
}
