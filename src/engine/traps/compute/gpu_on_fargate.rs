//! Containers that reserve GPUs on Fargate, which has none (`mis-fargate-gpu`, `feat-gpu`).

use trapwise_model::LinkKind;
use trapwise_model::catalogue::prop;

use crate::data::instance_types::has_gpu;
use crate::finding::{Detection, Fix, Step};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Node, Workload, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "gpu-on-fargate",
    area: Area::Compute,
    severity: Severity::Critical,
    domain: Domain::HighPerforming,
    facts: &["mis-fargate-gpu", "feat-gpu", "tip-fargate-limits"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let on_fargate = world.workloads().iter().filter(|workload| workload.on_fargate());
    on_fargate
        .filter_map(|workload| {
            let task = workload.task?;
            let gpus = task.list(prop::CONTAINERS).iter().filter_map(|one| one.field(prop::GPU)?.as_int());
            let gpus = gpus.fold(0, i64::saturating_add);
            (gpus > 0).then(|| detection(world, workload, task, gpus))
        })
        .collect()
}

fn detection<'d>(world: &World<'d>, workload: &Workload<'d>, task: Node<'d>, gpus: i64) -> Detection {
    let service = workload.node;
    let only_fargate = workload.compute.iter().all(|one| one.is_fargate());
    let placed = if only_fargate { step("runs-on-fargate") } else { step("may-run-on-fargate") };
    let evidence = vec![
        Step::at(task, true, step("containers-reserve-gpus").name("task", task).arg("gpus", gpus)),
        Step::at(service, false, placed.name("service", service)),
    ];
    let runs = world.graph().between(service, LinkKind::Runs, task);
    Detection::new()
        .pin(service)
        .pin(task)
        .pin_links(runs)
        .steps(evidence)
        .name("task", task)
        .name("service", service)
        .fixes(provider(world, workload).map(|provider| use_provider(world, workload, task, provider)))
}

/// The capacity with GPUs in the workload's cluster: instances of a group, else Managed Instances.
fn provider<'d>(world: &World<'d>, workload: &Workload<'d>) -> Option<Node<'d>> {
    let graph = world.graph();
    let provided = graph.inc(workload.cluster?, LinkKind::Provides);
    let mut providers = provided.iter().map(|edge| edge.from);
    let of_group = |provider: &Node<'d>| {
        let mut groups = graph.inc(*provider, LinkKind::Backs).iter().map(|edge| edge.from);
        provider.is(prop::TYPE, "EC2_AUTOSCALING")
            && groups.any(|group| group.text(prop::INSTANCE_TYPE).is_some_and(has_gpu))
    };
    let managed = |provider: &Node<'d>| {
        // Without a type the provider takes what tasks ask for.
        provider.is(prop::TYPE, "MANAGED_INSTANCES") && provider.text(prop::INSTANCE_TYPE).is_none_or(has_gpu)
    };
    providers.clone().find(of_group).or_else(|| providers.find(managed))
}

/// Moves the workload to that provider alone, with the network mode it had on Fargate.
fn use_provider<'d>(world: &World<'d>, workload: &Workload<'d>, task: Node<'d>, provider: Node<'d>) -> Fix {
    let graph = world.graph();
    let service = workload.node;
    let mut fix = FixBuilder::new(world);
    if service.text(prop::LAUNCH_TYPE).is_some() {
        fix.reset(service, prop::LAUNCH_TYPE);
    }
    let on_fargate = |provider: Node<'d>| {
        !matches!(provider.text(prop::TYPE), Some("EC2_AUTOSCALING" | "MANAGED_INSTANCES"))
    };
    let own = graph.out(service, LinkKind::Uses);
    for edge in own.iter().filter(|edge| on_fargate(edge.to)) {
        fix.unlink(edge.link);
    }
    match graph.between(service, LinkKind::Uses, provider).first() {
        Some(edge) if edge.link.int(prop::WEIGHT) == Some(0) => fix.set_link(edge.link, prop::WEIGHT, 1_i64),
        Some(_) => &mut fix,
        None => fix.link(LinkKind::Uses, &service.id, &provider.id).with(prop::WEIGHT, 1_i64),
    };
    // Instances default to bridge mode; what stands around the tasks is made for awsvpc.
    let fargate_only = world.runners(task).all(|one| one.compute.iter().all(|compute| compute.is_fargate()));
    if fargate_only && !task.props.contains_key(prop::NETWORK_MODE.as_str()) {
        fix.set(task, prop::NETWORK_MODE, "awsvpc");
    }
    fix.done("use-ec2")
}

#[cfg(test)]
mod tests {
    use trapwise_model::fixture;

    use super::TRAP;
    use crate::trap::Scene;
    use crate::traps::testing::check;
    use crate::world::{Compute, NetworkMode, World};

    #[test]
    fn fires_wherever_a_task_may_land_on_fargate() {
        check(
            &TRAP,
            "
            #! fixes use-ec2
            cluster: ecs-cluster
            gpu: auto-scaling-group instanceType=g4dn.xlarge
            plain: auto-scaling-group instanceType=m5.large
            gpu-capacity: capacity-provider type=EC2_AUTOSCALING
            capacity: capacity-provider type=EC2_AUTOSCALING
            spot: capacity-provider type=FARGATE_SPOT
            gpu -> gpu-capacity: backs
            plain -> capacity: backs
            capacity -> cluster: provides
            gpu-capacity -> cluster: provides
            spot -> cluster: provides
            cluster -> spot: uses weight=1
            web: ecs-service launchType=FARGATE    #! gpu-on-fargate: `task` reserves a GPU, but `web` runs on Fargate, which has none: no task starts.
            api: ecs-service    #! gpu-on-fargate
            batch: standalone-task    #! gpu-on-fargate
            both: ecs-service    #! gpu-on-fargate
            task: task-definition containers=[{\"name\":\"log\"},{\"name\":\"model\",\"gpu\":1}]
            web -> cluster: in-cluster
            api -> cluster: in-cluster
            batch -> cluster: in-cluster
            both -> cluster: in-cluster
            web -> task: runs
            api -> task: runs
            batch -> task: runs
            both -> task: runs
            batch -> spot: uses weight=1
            both -> gpu-capacity: uses base=1
            both -> spot: uses weight=3",
        );
    }

    #[test]
    fn the_fix_keeps_the_network_mode_and_prefers_a_group() {
        for (group, chosen) in [("g5.xlarge", Compute::Ec2), ("c5.large", Compute::ManagedInstances)] {
            let text = format!(
                "
            cluster: ecs-cluster
            hosts: auto-scaling-group instanceType={group}
            capacity: capacity-provider type=EC2_AUTOSCALING
            managed: capacity-provider type=MANAGED_INSTANCES
            tiny: capacity-provider type=MANAGED_INSTANCES instanceType=m7g.large
            hosts -> capacity: backs
            capacity -> cluster: provides
            tiny -> cluster: provides
            managed -> cluster: provides
            web: ecs-service launchType=FARGATE
            task: task-definition containers=[{{\"name\":\"model\",\"gpu\":1}}]
            web -> cluster: in-cluster
            web -> task: runs"
            );
            let fixture = fixture::parse(&text).unwrap();
            let world = World::new(&fixture.design);
            let found = TRAP.find(&Scene { world: &world, needs: &[] });
            let mut mended = fixture.design.clone();
            mended.apply_all(&found[0].fixes[0].edits).unwrap();
            let world = World::new(&mended);
            assert_eq!(world.workloads()[0].compute, [chosen]);
            assert_eq!(world.workloads()[0].network_mode, NetworkMode::Awsvpc);
            assert_ne!(world.workloads()[0].strategy[0].to.id.as_str(), "tiny");
        }
    }

    #[test]
    fn without_a_fix_where_the_cluster_has_no_gpus() {
        let text = "
            cluster: ecs-cluster
            hosts: auto-scaling-group instanceType=m5.large
            capacity: capacity-provider type=EC2_AUTOSCALING
            hosts -> capacity: backs
            capacity -> cluster: provides
            web: ecs-service launchType=FARGATE
            lone: ecs-service launchType=FARGATE
            task: task-definition containers=[{\"name\":\"model\",\"gpu\":4}]
            web -> cluster: in-cluster
            web -> task: runs
            lone -> task: runs";
        let fixture = fixture::parse(text).unwrap();
        let world = World::new(&fixture.design);
        let found = TRAP.find(&Scene { world: &world, needs: &[] });
        assert_eq!(found.len(), 2);
        assert!(found.iter().all(|detection| detection.fixes.is_empty()));
    }

    #[test]
    fn silent_off_fargate_and_without_gpus() {
        // Zero GPUs are none, and a definition that only an EC2 service runs is fine even beside Fargate ones.
        check(
            &TRAP,
            "
            cluster: ecs-cluster
            managed: capacity-provider type=MANAGED_INSTANCES instanceType=g5.xlarge
            web: ecs-service launchType=FARGATE
            model: ecs-service launchType=EC2
            batch: standalone-task
            edge: ecs-service launchType=EXTERNAL
            task: task-definition containers=[{\"name\":\"app\",\"gpu\":0},{\"name\":\"log\"}]
            model-task: task-definition containers=[{\"name\":\"model\",\"gpu\":1}]
            web -> task: runs
            model -> model-task: runs
            batch -> model-task: runs
            batch -> managed: uses weight=1
            edge -> model-task: runs",
        );
    }
}
