//! Tasks started past the capacity provider whose managed scaling should make room for them
//! (`trap-launch-type-under-managed-scaling`).

use trapwise_documents::message::Message;
use trapwise_model::LinkKind;
use trapwise_model::catalogue::prop;

use super::policy::{is_daemon, passed_by};
use crate::finding::{Detection, Fix};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Node, Workload, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "launch-type-under-managed-scaling",
    area: Area::Scaling,
    severity: Severity::Major,
    domain: Domain::HighPerforming,
    facts: &["trap-launch-type-under-managed-scaling", "pat-managed-scaling", "feat-capacity-providers"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    // Where a launch type stands beside a strategy, that is what is wrong.
    let own = |one: &&Workload<'_>| world.graph().out(one.node, LinkKind::Uses).is_empty();
    let on_groups = world.workloads().iter().filter(|one| one.on_ec2() && !is_daemon(one.node)).filter(own);
    let found = on_groups.filter_map(|one| {
        let (group, provider) =
            one.hosts.iter().find_map(|group| Some((*group, passed_by(world, one, *group)?)))?;
        Some(detection(world, one, group, provider))
    });
    found.collect()
}

fn detection<'d>(
    world: &World<'d>,
    workload: &Workload<'d>,
    group: Node<'d>,
    provider: Node<'d>,
) -> Detection {
    let node = workload.node;
    let started = if node.text(prop::LAUNCH_TYPE).is_some() {
        step("starts-by-launch-type")
    } else {
        step("starts-by-default")
    };
    Detection::new()
        .pin(node)
        .pin(group)
        .pin(provider)
        .at(
            provider,
            true,
            Message::new("evidence.provider-sizes-group").name("provider", provider).name("group", group),
        )
        .at(node, false, started.name("service", node))
        .name("service", node)
        .name("group", group)
        .name("provider", provider)
        .fix(use_provider(world, workload, provider))
}

fn use_provider<'d>(world: &World<'d>, workload: &Workload<'d>, provider: Node<'d>) -> Fix {
    let node = workload.node;
    let mut fix = FixBuilder::new(world);
    if node.text(prop::LAUNCH_TYPE).is_some() {
        fix.reset(node, prop::LAUNCH_TYPE);
    }
    let offered =
        |cluster: &Node<'d>| world.graph().between(provider, LinkKind::Provides, *cluster).is_empty();
    if let Some(cluster) = workload.cluster.filter(offered) {
        fix.link(LinkKind::Provides, &provider.id, &cluster.id);
    }
    fix.link(LinkKind::Uses, &node.id, &provider.id).with(prop::WEIGHT, 1_i64).done("use-provider")
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn silent_on_services_that_the_group_is_no_use_to() {
        check(
            &TRAP,
            "
            cluster: ecs-cluster
            linux: auto-scaling-group minSize=2 maxSize=4
            windows: auto-scaling-group minSize=2 maxSize=4 operatingSystem=WINDOWS_SERVER_2022_CORE
            provider: capacity-provider type=EC2_AUTOSCALING
            reports: ecs-service launchType=EC2
            payroll: ecs-service
            reports-task: task-definition
            payroll-task: task-definition operatingSystemFamily=WINDOWS_SERVER_2022_CORE
            linux -> cluster: in-cluster
            windows -> provider: backs
            provider -> cluster: provides
            reports -> cluster: in-cluster
            payroll -> cluster: in-cluster
            payroll -> provider: uses weight=1
            reports -> reports-task: runs
            payroll -> payroll-task: runs",
        );
    }

    const CLUSTER: &str = "
            #! fixes use-provider
            cluster: ecs-cluster
            hosts: auto-scaling-group
            hosts -> cluster: in-cluster
            hosts -> capacity: backs
            web -> cluster: in-cluster";

    #[test]
    fn fires_on_tasks_started_past_the_provider() {
        for service in ["launchType=EC2", ""] {
            for more in ["", "capacity -> cluster: provides", "#! needs elastic"] {
                check(
                    &TRAP,
                    &format!(
                        "{CLUSTER}
            capacity: capacity-provider type=EC2_AUTOSCALING
            web: ecs-service {service}    #! launch-type-under-managed-scaling: `capacity` sizes `hosts` by what tasks need, but the tasks of `web` are not started through it: `hosts` does not grow for them.
            {more}"
                    ),
                );
            }
        }
    }

    #[test]
    fn silent_through_the_provider_without_managed_scaling_and_for_daemons() {
        for (provider, service, more) in [
            ("", "", "web -> capacity: uses weight=1"),
            ("", "", "cluster -> capacity: uses weight=1"),
            ("", "launchType=EC2", "web -> capacity: uses weight=1"),
            ("", "launchType=FARGATE", ""),
            ("", "launchType=EC2 schedulingStrategy=DAEMON", ""),
            ("managedScaling=DISABLED", "launchType=EC2", ""),
        ] {
            check(
                &TRAP,
                &format!(
                    "{CLUSTER}
            capacity: capacity-provider type=EC2_AUTOSCALING {provider}
            web: ecs-service {service}
            {more}"
                ),
            );
        }
    }
}
