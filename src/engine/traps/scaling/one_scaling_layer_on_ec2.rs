//! On EC2, tasks that scale without instances, or instances without tasks (needs `elastic`;
//! `mis-autoscaling-both-layers`, `tip-service-scaling-layer`).
//!
//! Where neither layer is there, `no-task-scaling` comes first.

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind};

use super::policy::{add_policy, is_daemon, passed_by};
use crate::finding::{Detection, Fix, Step};
use crate::terms::{Area, Domain, Need, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Node, Workload, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "one-scaling-layer-on-ec2",
    area: Area::Scaling,
    severity: Severity::Major,
    domain: Domain::HighPerforming,
    facts: &[
        "mis-autoscaling-both-layers",
        "tip-service-scaling-layer",
        "pat-managed-scaling",
        "trap-launch-type-under-managed-scaling",
    ],
    needs: &[Need::Elastic],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let services = world.workloads().iter().filter(|one| one.node.kind == ComponentKind::EcsService);
    let on_ec2 = services.filter(|service| service.on_ec2() && !is_daemon(service.node));
    on_ec2
        .filter_map(|service| {
            let layers = world.scaling_layers(service);
            let group = if layers.tasks && !layers.instances {
                // Managed scaling that is there and passed by has a trap of its own.
                groups(service).find(|group| {
                    !world.group_follows(service, *group) && passed_by(world, service, *group).is_none()
                })
            } else if layers.instances && !layers.tasks {
                groups(service).next()
            } else {
                None
            };
            Some(detection(world, service, group?, layers.tasks))
        })
        .collect()
}

fn groups<'a, 'd>(service: &'a Workload<'d>) -> impl Iterator<Item = Node<'d>> + use<'a, 'd> {
    service.hosts.iter().copied().filter(|host| host.kind == ComponentKind::AutoScalingGroup)
}

fn detection<'d>(world: &World<'d>, service: &Workload<'d>, group: Node<'d>, tasks: bool) -> Detection {
    let node = service.node;
    let fix = if tasks { enable_managed_scaling(world, service, group) } else { add_policy(world, node) };
    Detection::new()
        .pin(node)
        .pin(group)
        .step(tasks_step(world, node))
        .step(instances_step(world, service, group))
        .name("service", node)
        .arg("layer", if tasks { step("instances-layer") } else { step("tasks-layer") })
        .name("group", group)
        .fix(fix)
}

fn tasks_step<'d>(world: &World<'d>, service: Node<'d>) -> Step {
    match world.graph().inc(service, LinkKind::Scales).first() {
        Some(edge) => Step::on(
            edge.link,
            true,
            step("policy-scales-tasks").name("policy", edge.from).name("service", service),
        ),
        None => Step::at(service, false, step("no-scaling-policy").name("service", service)),
    }
}

fn instances_step<'d>(world: &World<'d>, service: &Workload<'d>, group: Node<'d>) -> Step {
    if world.group_follows(service, group) {
        return Step::at(group, true, step("group-follows-tasks").name("group", group));
    }
    let provider = world.graph().target(group, LinkKind::Backs);
    let message = match provider.map(|provider| (provider, provider.component().text(prop::MANAGED_SCALING)))
    {
        None => step("nothing-scales-group"),
        Some((provider, Some("ENABLED"))) => {
            step("not-through-provider").name("service", service.node).name("provider", provider)
        }
        Some((provider, _)) => step("managed-scaling-off").name("provider", provider),
    };
    Step::at(group, false, message.name("group", group))
}

/// Managed scaling on, and the service's tasks started through the provider so that they count.
fn enable_managed_scaling<'d>(world: &World<'d>, service: &Workload<'d>, group: Node<'d>) -> Fix {
    let graph = world.graph();
    let node = service.node;
    let mut fix = FixBuilder::new(world);
    let backed = |group: Node<'d>| graph.target(group, LinkKind::Backs);
    let is_off = |provider: &Node<'d>| !provider.is(prop::MANAGED_SCALING, "ENABLED");
    if !service.strategy.is_empty() {
        let still = groups(service).filter(|group| !world.group_follows(service, *group)).collect::<Vec<_>>();
        let mut off = still.into_iter().filter_map(backed).filter(is_off).collect::<Vec<_>>();
        off.sort();
        off.dedup();
        for provider in off {
            fix.set(provider, prop::MANAGED_SCALING, "ENABLED");
        }
        return fix.done("enable-managed-scaling");
    }
    if node.props.contains_key(prop::LAUNCH_TYPE.as_str()) {
        fix.reset(node, prop::LAUNCH_TYPE);
    }
    // Entries that stood beside the launch type come into force with the others.
    for entry in graph.out(node, LinkKind::Uses) {
        if is_off(&entry.to) && !graph.inc(entry.to, LinkKind::Backs).is_empty() {
            fix.set(entry.to, prop::MANAGED_SCALING, "ENABLED");
        }
    }
    let Some(provider) = groups(service).find_map(backed) else {
        let props = [(prop::TYPE, "EC2_AUTOSCALING".into()), (prop::MANAGED_SCALING, "ENABLED".into())];
        let id = fix.add(ComponentKind::CapacityProvider, &format!("{}-capacity", group.id), &[], &props);
        fix.link(LinkKind::Backs, &group.id, &id);
        if let Some(cluster) = service.cluster {
            fix.link(LinkKind::Provides, &id, &cluster.id);
        }
        return fix
            .link(LinkKind::Uses, &node.id, &id)
            .with(prop::WEIGHT, 1_i64)
            .done("enable-managed-scaling");
    };
    let provided =
        service.cluster.filter(|cluster| graph.between(provider, LinkKind::Provides, *cluster).is_empty());
    if let Some(cluster) = provided {
        fix.link(LinkKind::Provides, &provider.id, &cluster.id);
    }
    if !provider.is(prop::TYPE, "EC2_AUTOSCALING") {
        fix.set(provider, prop::TYPE, "EC2_AUTOSCALING");
    }
    if graph.between(node, LinkKind::Uses, provider).is_empty() {
        if is_off(&provider) {
            fix.set(provider, prop::MANAGED_SCALING, "ENABLED");
        }
        fix.link(LinkKind::Uses, &node.id, &provider.id).with(prop::WEIGHT, 1_i64);
    }
    fix.done("enable-managed-scaling")
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::trap::Scene;
    use crate::traps::scaling;
    use crate::traps::testing::check;
    use crate::world::World;

    const CLUSTER: &str = "
            #! needs elastic
            cluster: ecs-cluster
            hosts: auto-scaling-group
            policy: scaling-policy
            hosts -> cluster: in-cluster
            web -> cluster: in-cluster";

    #[test]
    fn fires_when_managed_scaling_is_off() {
        check(
            &TRAP,
            &format!(
                "{CLUSTER}
            #! fixes enable-managed-scaling
            more: auto-scaling-group
            one: capacity-provider type=EC2_AUTOSCALING managedScaling=DISABLED
            two: capacity-provider type=EC2_AUTOSCALING managedScaling=DISABLED
            web: ecs-service    #! one-scaling-layer-on-ec2: `web` runs on EC2 capacity (`hosts`), but only one of its two layers scales: instance scaling is missing.
            hosts -> one: backs
            more -> two: backs
            web -> one: uses weight=1
            web -> two: uses weight=1
            policy -> web: scales"
            ),
        );
    }

    #[test]
    fn fires_when_tasks_are_started_beside_the_provider() {
        // By a launch type, or by the default where no strategy is set; with or without entries that the
        // launch type overrides.
        for (service, more) in [
            ("launchType=EC2", ""),
            ("", ""),
            ("launchType=EC2", "web -> capacity: uses weight=1"),
            ("launchType=EC2", "spot: capacity-provider type=FARGATE_SPOT\n cluster -> spot: uses weight=1"),
        ] {
            // Where managed scaling is on, `launch-type-under-managed-scaling` says it.
            for (scaling, mark) in [("ENABLED", ""), ("DISABLED", "#! one-scaling-layer-on-ec2")] {
                check(
                    &TRAP,
                    &format!(
                        "{CLUSTER}
            #! fixes enable-managed-scaling
            capacity: capacity-provider type=EC2_AUTOSCALING managedScaling={scaling}
            web: ecs-service {service}    {mark}
            hosts -> capacity: backs
            capacity -> cluster: provides
            policy -> web: scales
            {more}"
                    ),
                );
            }
        }
    }

    #[test]
    fn fires_on_hosts_without_a_provider() {
        check(
            &TRAP,
            &format!(
                "{CLUSTER}
            #! fixes enable-managed-scaling
            web: ecs-service launchType=EC2    #! one-scaling-layer-on-ec2
            policy -> web: scales"
            ),
        );
    }

    #[test]
    fn fires_when_only_instances_scale() {
        for layer in [
            "capacity: capacity-provider type=EC2_AUTOSCALING
            hosts -> capacity: backs
            web -> capacity: uses weight=1",
            "policy -> hosts: scales",
        ] {
            let text = format!(
                "{CLUSTER}
            #! fixes add-policy
            web: ecs-service    #! one-scaling-layer-on-ec2
            {layer}"
            );
            check(&TRAP, &text);
        }
    }

    #[test]
    fn silent_with_both_layers_or_where_hosts_follow_by_themselves() {
        check(
            &TRAP,
            &format!(
                "{CLUSTER}
            capacity: capacity-provider type=EC2_AUTOSCALING
            managed: capacity-provider type=MANAGED_INSTANCES
            web: ecs-service
            api: ecs-service launchType=FARGATE
            batch: ecs-service
            agent: ecs-service launchType=EC2 schedulingStrategy=DAEMON
            own: auto-scaling-group
            other: ecs-cluster
            old: ecs-service launchType=EC2
            group-policy: scaling-policy
            old-policy: scaling-policy
            api-policy: scaling-policy
            batch-policy: scaling-policy
            hosts -> capacity: backs
            capacity -> cluster: provides
            cluster -> capacity: uses weight=1
            agent -> cluster: in-cluster
            own -> other: in-cluster
            old -> other: in-cluster
            group-policy -> own: scales
            old-policy -> old: scales
            batch -> managed: uses weight=1
            policy -> web: scales
            api-policy -> api: scales
            batch-policy -> batch: scales"
            ),
        );
    }

    #[test]
    fn silent_without_the_need_or_without_hosts() {
        check(
            &TRAP,
            "
            cluster: ecs-cluster
            hosts: auto-scaling-group
            web: ecs-service launchType=EC2
            policy: scaling-policy
            hosts -> cluster: in-cluster
            web -> cluster: in-cluster
            policy -> web: scales",
        );
        check(
            &TRAP,
            "
            #! needs elastic
            web: ecs-service
            policy: scaling-policy
            policy -> web: scales",
        );
    }

    /// A missing layer is found by one trap only.
    #[test]
    fn never_both_traps_of_scaling() {
        for policy in ["", "policy -> web: scales", "policy -> hosts: scales"] {
            for service in
                ["launchType=EC2", "launchType=FARGATE", "", "launchType=EC2 schedulingStrategy=DAEMON"]
            {
                let text = format!("{CLUSTER}\n web: ecs-service {service}\n {policy}");
                let fixture = trapwise_model::fixture::parse(&text).unwrap();
                let world = World::new(&fixture.design);
                let scene = Scene { world: &world, needs: &[crate::terms::Need::Elastic] };
                let found = TRAP.find(&scene).len() + scaling::no_task_scaling::TRAP.find(&scene).len();
                assert!(found <= 1, "{text}");
            }
        }
    }
}
