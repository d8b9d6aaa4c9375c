//! The rule stands on the caller's group with the callee as its peer: the right two groups, the wrong way
//! round (`pat-alb-sg-direction`).

use super::groups::{evidence, pinned};
use crate::finding::{Detection, Fix};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::fix::FixBuilder;
use crate::world::{Edge, Fault, World};
use trapwise_model::catalogue::prop;
use trapwise_model::{LinkKind, Value};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "security-group-reversed",
    area: Area::Network,
    severity: Severity::Critical,
    domain: Domain::Secure,
    facts: &["pat-alb-sg-direction"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let faults = scene.world.security_faults().iter();
    faults
        .filter_map(|fault| fault.reversed.map(|rule| (fault, rule)))
        .map(|(fault, rule)| {
            let mut evidence = evidence(scene.world, fault);
            if let Some(step) = evidence.iter_mut().find(|step| !step.ok) {
                step.link = Some(rule.link.id.clone());
            }
            pinned(fault).pin_link(rule.link).steps(evidence).fix(reverse(scene.world, fault, rule))
        })
        .collect()
}

fn reverse<'d>(world: &'d World<'d>, fault: &Fault<'d>, rule: Edge<'d>) -> Fix {
    let port = Value::from(i64::from(fault.connection.port));
    let mut fix = FixBuilder::new(world);
    fix.unlink(rule.link);
    fix.link(LinkKind::Allows, &rule.to.id, &rule.from.id)
        .with(prop::DIRECTION, "ingress")
        .with(prop::FROM_PORT, port)
        .done("reverse-rule")
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_where_the_rule_stands_on_the_callers_group() {
        check(
            &TRAP,
            "
            #! fixes reverse-rule
            users: users
            vpc: vpc
              a: subnet
                alb: load-balancer
                web: ecs-service launchType=FARGATE    #! security-group-reversed: `alb` is to reach `web` on port 8080, but the rule is turned round: it lets `web` into `alb`, while `web-sg` has no such rule, and connections time out.
              alb-sg: security-group
              web-sg: security-group
            task: task-definition containers=[{\"name\":\"app\",\"containerPort\":8080}]
            web -> task: runs
            users -> alb: sends
            alb -> web: forwards targetType=ip
            alb-sg -> alb: guards
            web-sg -> web: guards
            users -> alb-sg: allows
            web-sg -> alb-sg: allows fromPort=8080",
        );
    }

    #[test]
    fn silent_when_both_directions_are_there_and_when_no_rule_is() {
        check(
            &TRAP,
            "
            vpc: vpc
              a: subnet
                web: ecs-service launchType=FARGATE
                db: rds-database
                cache: elasticache
              web-sg: security-group
              db-sg: security-group
              cache-sg: security-group
            task: task-definition
            web -> task: runs
            web -> db: calls
            web -> cache: calls
            web-sg -> web: guards
            db-sg -> db: guards
            cache-sg -> cache: guards
            web-sg -> db-sg: allows fromPort=5432
            db-sg -> web-sg: allows fromPort=5432",
        );
    }
}
