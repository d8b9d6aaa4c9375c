//! A load balancer in front of tasks on servers of one's own (`feat-ecs-anywhere`, `tip-ecs-anywhere`).

use trapwise_model::LinkKind;

use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::external::Unsupported;

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "load-balancer-on-external",
    area: Area::Compute,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["feat-ecs-anywhere", "tip-ecs-anywhere"],
    needs: &[],
    detect,
};

const UNSUPPORTED: Unsupported = Unsupported {
    link: LinkKind::Forwards,
    key: "balancer",
    fails: || step("cannot-register-them"),
    fix: "drop-balancer",
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    UNSUPPORTED.find(scene.world)
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_on_external_instances() {
        check(
            &TRAP,
            "
            #! fixes drop-balancer
            alb: load-balancer
            till: ecs-service launchType=EXTERNAL    #! load-balancer-on-external: `alb` is to forward to `till`, whose tasks run on external instances: the service is refused.
            alb -> till: forwards targetType=ip",
        );
    }

    #[test]
    fn silent_elsewhere_and_without_one() {
        check(
            &TRAP,
            "
            alb: load-balancer
            till: ecs-service launchType=EXTERNAL
            web: ecs-service launchType=EC2
            api: ecs-service launchType=FARGATE
            alb -> web: forwards targetType=instance
            alb -> api: forwards targetType=ip
            till -> alb: calls",
        );
    }
}
