//! Releases that start well and then raise errors, and no alarm that undoes them (needs `alarm-rollback`).
//!
//! The circuit breaker sees only tasks that fail to start or to become healthy.

use trapwise_model::catalogue::{PropId, prop};
use trapwise_model::{ComponentKind, LinkKind, Value};

use super::release::{Release, alarms, deployment_groups, forwards, services};
use crate::finding::{Detection, Fix};
use crate::terms::{Area, Domain, Need, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Node, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "no-deployment-alarm",
    area: Area::Delivery,
    severity: Severity::Major,
    domain: Domain::Resilient,
    facts: &["release-alarm-rollback", "mis-rolling-same-as-bg", "pat-bg-codedeploy"],
    needs: &[Need::AlarmRollback],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    services(world)
        .filter(|(service, _)| !service.node.is(prop::SCHEDULING_STRATEGY, "DAEMON"))
        .flat_map(|(service, release)| {
            let node = service.node;
            let owners = match release {
                Release::Rolling | Release::Shifting => vec![node],
                Release::CodeDeploy => deployment_groups(world, node).iter().map(|edge| edge.from).collect(),
                Release::External => Vec::new(),
            };
            let unguarded = owners.into_iter().filter(|owner| !returns_on_alarm(world, *owner));
            unguarded.map(|owner| detection(world, node, owner)).collect::<Vec<_>>()
        })
        .collect()
}

/// The setting by which an alarm not only stops a deployment, but returns to the one before.
fn rollback(owner: Node<'_>) -> PropId {
    if owner.kind == ComponentKind::EcsService { prop::DEPLOYMENT_ROLLBACK } else { prop::AUTO_ROLLBACK }
}

fn returns_on_alarm<'d>(world: &World<'d>, owner: Node<'d>) -> bool {
    owner.flag(rollback(owner)) && alarms(world, owner).next().is_some()
}

fn detection<'d>(world: &World<'d>, service: Node<'d>, owner: Node<'d>) -> Detection {
    let alarm = alarms(world, owner).next();
    let last = match alarm {
        None => step("no-alarm").name("service", service),
        Some(alarm) => step("stops-without-return").name("alarm", alarm),
    };
    Detection::new()
        .pin(owner)
        .pin_all((owner != service).then_some(&service))
        .at(service, true, step("answers-with-errors").name("service", service))
        .at(owner, false, last)
        .name("service", service)
        .name("owner", owner)
        .fix(fix(world, service, owner, alarm.is_some()))
}

fn fix<'d>(world: &World<'d>, service: Node<'d>, owner: Node<'d>, has_alarm: bool) -> Fix {
    let graph = world.graph();
    let mut fix = FixBuilder::new(world);
    if !owner.flag(rollback(owner)) {
        fix.set(owner, rollback(owner), true);
    }
    if has_alarm {
        return fix.done("roll-back");
    }
    // An alarm that watches the service's load balancer, or the service, will do.
    let watched = || forwards(world, service).iter().map(|edge| edge.from).chain([service]);
    let watching = watched().find_map(|place| graph.inc(place, LinkKind::Watches).first());
    if let Some(watch) = watching {
        return fix.link(LinkKind::Triggers, &watch.from.id, &owner.id).done("use-alarm");
    }
    let errors = Value::from("HTTPCode_Target_5XX_Count");
    let alarm = fix.add(
        ComponentKind::CloudwatchAlarm,
        &format!("{}-errors", service.id),
        &[],
        &[(prop::METRIC, errors)],
    );
    if let Some(place) = watched().next() {
        fix.link(LinkKind::Watches, &alarm, &place.id);
    }
    fix.link(LinkKind::Triggers, &alarm, &owner.id).done("use-alarm")
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_where_only_starts_are_judged() {
        check(
            &TRAP,
            "
            #! needs alarm-rollback
            #! fixes use-alarm
            alb: load-balancer
            web: ecs-service deploymentCircuitBreaker=true deploymentRollback=true    #! no-deployment-alarm: A release of `web` that raises errors has to be undone, but no alarm of `web` does so: somebody has to.
            new: ecs-service deploymentStrategy=CANARY    #! no-deployment-alarm
            worker: ecs-service    #! no-deployment-alarm
            old: ecs-service deploymentController=CODE_DEPLOY
            group: codedeploy-deployment-group autoRollback=true    #! no-deployment-alarm
            errors: cloudwatch-alarm metric=HTTPCode_Target_5XX_Count
            alb -> web: forwards
            errors -> alb: watches
            group -> old: deploys",
        );
    }

    #[test]
    fn fires_on_alarms_that_only_stop() {
        check(
            &TRAP,
            "
            #! needs alarm-rollback
            #! fixes roll-back
            web: ecs-service    #! no-deployment-alarm
            old: ecs-service deploymentController=CODE_DEPLOY
            group: codedeploy-deployment-group    #! no-deployment-alarm
            errors: cloudwatch-alarm
            errors -> web: triggers
            errors -> group: triggers
            group -> old: deploys",
        );
    }

    #[test]
    fn silent_with_an_alarm_that_returns_or_without_the_need() {
        check(
            &TRAP,
            "
            #! needs alarm-rollback
            web: ecs-service deploymentRollback=true
            old: ecs-service deploymentController=CODE_DEPLOY
            own: ecs-service deploymentController=EXTERNAL
            agent: ecs-service schedulingStrategy=DAEMON
            group: codedeploy-deployment-group autoRollback=true
            errors: cloudwatch-alarm
            errors -> web: triggers
            errors -> group: triggers
            group -> old: deploys",
        );
        check(&TRAP, "#! needs automatic-rollback production\n web: ecs-service");
    }
}
