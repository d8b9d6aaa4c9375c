//! An image named by ECR's usual name, pulled from a subnet without IPv4 (`feat-ipv6`).

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind};

use super::ipv6;
use crate::finding::{Detection, Step};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Edge, Node, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "ipv4-image-uri-in-ipv6",
    area: Area::Network,
    severity: Severity::Critical,
    domain: Domain::Resilient,
    facts: &["feat-ipv6"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let mut found = Vec::new();
    for (workload, subnets) in ipv6::workloads(world) {
        let images = workload.task.map(|task| world.graph().out(task, LinkKind::Image)).unwrap_or_default();
        let by_usual_name = images.iter().filter(|image| {
            image.to.kind == ComponentKind::EcrRepository && !image.link.flag(prop::DUAL_STACK_URI)
        });
        found.extend(by_usual_name.map(|image| detection(world, workload.node, &subnets, *image)));
    }
    found
}

fn detection<'d>(world: &World<'d>, service: Node<'d>, subnets: &[Node<'d>], image: Edge<'d>) -> Detection {
    let (task, repository) = (image.from, image.to);
    let mut steps = ipv6::steps(subnets);
    steps.push(Step::on(image.link, false, step("ipv4-image-endpoint").name("task", task)));
    Detection::new()
        .pin(task)
        .pin(repository)
        .pin_all(subnets)
        .pin_link(image.link)
        .steps(steps)
        .name("service", service)
        .name("task", task)
        .name("repository", repository)
        .names("subnet", subnets)
        .fix(FixBuilder::new(world).set_link(image.link, prop::DUAL_STACK_URI, true).done("dual-stack-uri"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    fn board(addressing: &str, image: &str, mark: &str) -> String {
        format!(
            "
            #! fixes dual-stack-uri
            vpc: vpc
              app: subnet addressing={addressing}
                web: ecs-service launchType=FARGATE
            task: task-definition    {mark}
            repo: ecr-repository
            hub: external-registry
            web -> task: runs
            task -> hub: image
            task -> repo: image {image}"
        )
    }

    #[test]
    fn fires_without_an_ipv4_address_only() {
        check(
            &TRAP,
            &board(
                "ipv6",
                "",
                "#! ipv4-image-uri-in-ipv6: `task` names its image in `repo` by an IPv4 endpoint, and tasks in `app` have IPv6 addresses only: the pull fails.",
            ),
        );
        check(&TRAP, &board("ipv6", "dualStackUri=true", ""));
        check(&TRAP, &board("ipv4", "", ""));
        check(&TRAP, &board("dual-stack", "", ""));
    }
}
