//! A pull-through cache for tasks that have no way to the internet (`image-pull-through-cache`): the first
//! pull of an image cannot be made.

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind};

use crate::finding::{Detection, Step};
use crate::terms::{Area, Domain, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Edge, INTERNET, Node, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "pull-through-cache-without-internet",
    area: Area::Network,
    severity: Severity::Major,
    domain: Domain::Resilient,
    facts: &["image-pull-through-cache", "trap-registry-pull-limit"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let world = scene.world;
    let graph = world.graph();
    let caches = graph.of_kind(ComponentKind::EcrRepository).iter();
    let images = caches
        .filter(|repository| repository.flag(prop::PULL_THROUGH_CACHE))
        .flat_map(|repository| graph.inc(*repository, LinkKind::Image).chunk_by(|a, b| a.from == b.from));
    let images = images.filter_map(<[_]>::first);
    images
        .flat_map(|image| {
            world.runners(image.from).filter_map(|workload| {
                // Where nothing can be pulled at all, the traps about the way to the registry speak.
                if world.gaps_of(workload).next().is_some() {
                    return None;
                }
                let ways = world.ways(workload, workload.launch_interfaces(), INTERNET);
                let closed = ways.iter().filter(|hop| !hop.ok).filter_map(|hop| hop.at).collect::<Vec<_>>();
                (!closed.is_empty()).then(|| detection(world, *image, workload.node, &closed))
            })
        })
        .collect()
}

fn detection<'d>(world: &World<'d>, image: Edge<'d>, service: Node<'d>, closed: &[Node<'d>]) -> Detection {
    let repository = image.to;
    let mut evidence = vec![Step::on(
        image.link,
        true,
        step("pulls-from-cache").name("task", image.from).name("repository", repository),
    )];
    let shut =
        |subnet: &Node<'d>| Step::at(*subnet, false, step("no-way-to-internet").name("subnet", subnet));
    evidence.extend(closed.iter().map(shut));
    Detection::new()
        .pin(service)
        .pin_all(closed)
        .pin_link(image.link)
        .steps(evidence)
        .name("service", service)
        .name("repository", repository)
        .names("subnet", closed)
        .fix(FixBuilder::new(world).reset(repository, prop::PULL_THROUGH_CACHE).done("copy-image"))
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    const BOARD: &str = "
            vpc: vpc
              igw: internet-gateway
              pub: subnet tier=public
                nat: nat-gateway
              app: subnet
                web: ecs-service launchType=FARGATE    MARK
                api-ep: vpc-endpoint service=ecr.api vpcEndpointType=Interface
                dkr-ep: vpc-endpoint service=ecr.dkr vpcEndpointType=Interface
              s3: vpc-endpoint service=s3
            task: task-definition
            cache: ecr-repository CACHE
            web -> task: runs
            task -> cache: image
            app -> s3: routes
            pub -> igw: routes";

    #[test]
    fn fires_behind_endpoints_alone() {
        let text = BOARD.replace("MARK", "#! pull-through-cache-without-internet: `web` pulls from the cache `cache`, but from `app` nothing leads to the internet for the first pull of an image: new versions do not start.");
        check(
            &TRAP,
            &format!("            #! fixes copy-image{}", text.replace("CACHE", "pullThroughCache=true")),
        );
    }

    #[test]
    fn silent_beside_nat_for_plain_repositories_and_where_nothing_starts() {
        let text = BOARD.replace("MARK", "");
        check(&TRAP, &text.replace("CACHE", ""));
        let cache = text.replace("CACHE", "pullThroughCache=true");
        check(&TRAP, &format!("{cache}\n            app -> nat: routes"));
        check(&TRAP, &cache.replace("            app -> s3: routes\n", ""));
    }
}
