//! Service discovery or Service Connect for tasks on servers of one's own (`feat-ecs-anywhere`).

use trapwise_model::LinkKind;

use crate::finding::Detection;
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::external::Unsupported;

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "discovery-on-external",
    area: Area::Discovery,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["feat-ecs-anywhere", "tip-ecs-anywhere"],
    needs: &[],
    detect,
};

const UNSUPPORTED: Unsupported =
    Unsupported { link: LinkKind::Registers, key: "namespace", fails: || step("no-name"), fix: "drop-name" };

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    UNSUPPORTED.find(scene.world)
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_in_every_part() {
        for part in ["discovery", "client", "client-server"] {
            check(
                &TRAP,
                &format!(
                    "
                    #! fixes drop-name
                    till: ecs-service launchType=EXTERNAL    #! discovery-on-external: `till` runs on external instances and is to have a name in `names`: it is refused.
                    names: cloud-map-namespace
                    till -> names: registers as={part}"
                ),
            );
        }
    }

    #[test]
    fn silent_in_the_cloud_and_without_a_name() {
        check(
            &TRAP,
            "
            till: ecs-service launchType=EXTERNAL
            web: ecs-service launchType=FARGATE
            names: cloud-map-namespace
            web -> names: registers as=discovery",
        );
    }
}
