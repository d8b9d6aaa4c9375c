//! A service whose number of tasks nothing changes, where the load varies (needs `elastic`).
//!
//! Neither Fargate nor a capacity provider does it (`mis-fargate-autoscales`). Where instances are scaled but
//! tasks are not, `one-scaling-layer-on-ec2` says so.

use trapwise_model::{ComponentKind, LinkKind};

use super::policy::{add_policy, is_daemon};
use crate::finding::Detection;
use crate::terms::{Area, Domain, Need, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::world::Workload;

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "no-task-scaling",
    area: Area::Scaling,
    severity: Severity::Major,
    domain: Domain::HighPerforming,
    facts: &["mis-fargate-autoscales", "feat-service-auto-scaling", "tip-service-scaling-layer"],
    needs: &[Need::Elastic],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let services = scene.world.workloads().iter().filter(|one| one.node.kind == ComponentKind::EcsService);
    let fixed = services.filter(|service| {
        let layers = scene.world.scaling_layers(service);
        let half = service.on_ec2() && layers.instances;
        !layers.tasks && !half && !is_daemon(service.node)
    });
    fixed.map(|service| detection(scene, service)).collect()
}

fn detection<'a>(scene: &Scene<'a>, service: &Workload<'a>) -> Detection {
    let node = service.node;
    let message = if !service.has_room() {
        step("no-room")
    } else if scene.world.graph().inc(node, LinkKind::Scales).is_empty() {
        step("nothing-scales").arg("tasks", service.tasks())
    } else {
        step("no-metric")
    };
    Detection::new()
        .pin(node)
        .at(node, false, message.name("service", node))
        .name("service", node)
        .fix(add_policy(scene.world, node))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_on_every_kind_of_capacity() {
        // Bounds alone scale nothing, and a policy on the group is none on the service.
        check(
            &TRAP,
            "
            #! needs elastic
            #! fixes add-policy
            managed: capacity-provider type=MANAGED_INSTANCES
            web: ecs-service launchType=FARGATE minCapacity=2 maxCapacity=10    #! no-task-scaling: The load of `web` varies, but nothing changes its number of tasks: now they are too few, now too many.
            api: ecs-service    #! no-task-scaling
            edge: ecs-service launchType=EXTERNAL    #! no-task-scaling
            other: ecs-service launchType=FARGATE
            policy: scaling-policy
            api -> managed: uses weight=1
            policy -> other: scales",
        );
    }

    #[test]
    fn fires_where_the_bounds_leave_no_room() {
        check(
            &TRAP,
            "
            #! needs elastic
            #! fixes raise-ceiling
            web: ecs-service launchType=FARGATE minCapacity=4 maxCapacity=4    #! no-task-scaling
            api: ecs-service launchType=FARGATE minCapacity=20 maxCapacity=2    #! no-task-scaling
            jobs: ecs-service launchType=FARGATE minCapacity=0 maxCapacity=1
            cpu: scaling-policy
            requests: scaling-policy
            backlog: scaling-policy
            cpu -> web: scales
            requests -> api: scales
            backlog -> jobs: scales",
        );
    }

    #[test]
    fn fires_where_the_policy_has_nothing_to_go_by() {
        let board = |metric: &str, measures: &str, mark: &str| {
            format!(
                "
            #! needs elastic
            web: ecs-service launchType=FARGATE    {mark}
            front: load-balancer
            policy: scaling-policy metric={metric}
            front -> web: forwards targetType=ip
            policy -> web: scales{measures}"
            )
        };
        let fires = "#! no-task-scaling";
        check(&TRAP, &board("ASGAverageCPUUtilization", "", fires));
        check(&TRAP, &board("BacklogPerTask", "", fires));
        check(&TRAP, &board("ALBRequestCountPerTarget", "", fires));
        check(&TRAP, &board("ALBRequestCountPerTarget", "\n            policy -> front: measures", ""));
        check(&TRAP, &board("ECSServiceAverageMemoryUtilization", "", ""));
    }

    #[test]
    fn fires_on_steps_that_no_alarm_triggers() {
        let board = |alarm: &str, flag: &str| {
            format!(
                "
            #! needs elastic
            web: ecs-service launchType=FARGATE    {flag}
            steps: scaling-policy policyType=StepScaling
            busy: cloudwatch-alarm
            steps -> web: scales
            {alarm}"
            )
        };
        check(&TRAP, &board("", "#! no-task-scaling"));
        check(&TRAP, &board("busy -> steps: triggers", ""));
    }

    #[test]
    fn fires_on_ec2_when_neither_layer_is_there() {
        check(
            &TRAP,
            "
            #! needs elastic
            cluster: ecs-cluster
            hosts: auto-scaling-group
            capacity: capacity-provider type=EC2_AUTOSCALING managedScaling=DISABLED
            web: ecs-service    #! no-task-scaling
            api: ecs-service launchType=EC2    #! no-task-scaling
            hosts -> capacity: backs
            capacity -> cluster: provides
            web -> cluster: in-cluster
            api -> cluster: in-cluster
            web -> capacity: uses weight=1",
        );
    }

    #[test]
    fn silent_with_any_policy_or_none_needed() {
        check(
            &TRAP,
            "
            #! needs elastic
            web: ecs-service launchType=FARGATE
            agent: ecs-service launchType=EC2 schedulingStrategy=DAEMON
            batch: standalone-task launchType=FARGATE
            nights: scaling-policy policyType=ScheduledScaling
            nights -> web: scales",
        );
        check(
            &TRAP,
            "
            #! needs survives-zone-loss production
            web: ecs-service launchType=FARGATE",
        );
    }

    #[test]
    fn silent_where_instances_scale_alone() {
        check(
            &TRAP,
            "
            #! needs elastic
            hosts: auto-scaling-group
            capacity: capacity-provider type=EC2_AUTOSCALING
            web: ecs-service
            hosts -> capacity: backs
            web -> capacity: uses weight=1",
        );
    }
}
