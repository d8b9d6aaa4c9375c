//! Images pulled anonymously from a public registry by what scales or serves production
//! (`trap-registry-pull-limit`; needs `production` or `elastic`).

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind};

use crate::finding::{Detection, Fix};
use crate::terms::{Area, Domain, Need, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Edge, Node, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "anonymous-registry-pulls",
    area: Area::Delivery,
    severity: Severity::Major,
    domain: Domain::Resilient,
    facts: &["trap-registry-pull-limit"],
    needs: &[],
    detect,
};

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    if !scene.needs(Need::Production) && !scene.needs(Need::Elastic) {
        return Vec::new();
    }
    let world = scene.world;
    let graph = world.graph();
    let anonymous =
        graph.of_kind(ComponentKind::ExternalRegistry).iter().filter(|one| !one.flag(prop::AUTHENTICATED));
    let images = anonymous.flat_map(|registry| graph.inc(*registry, LinkKind::Image));
    let images = images.filter(|image| {
        let mut runs = graph.inc(image.from, LinkKind::Runs).iter();
        runs.any(|edge| edge.from.kind == ComponentKind::EcsService)
    });
    let mut images = images.copied().peekable();
    if images.peek().is_none() {
        return Vec::new();
    }
    let mut repositories = graph.of_kind(ComponentKind::EcrRepository).iter().copied();
    let mirror = repositories.find(|repository| repository.flag(prop::PULL_THROUGH_CACHE));
    images.map(|image| detection(world, image, mirror)).collect()
}

fn detection<'d>(world: &World<'d>, image: Edge<'d>, mirror: Option<Node<'d>>) -> Detection {
    let (task, registry) = (image.from, image.to);
    Detection::new()
        .pin(task)
        .pin(registry)
        .pin_link(image.link)
        .on(image.link, true, step("every-task-pulls").name("task", task).name("registry", registry))
        .at(registry, false, step("counts-anonymous-pulls").name("registry", registry))
        .name("task", task)
        .name("registry", registry)
        .fix(fix(world, image, mirror))
}

/// The mirror that is there, or a new one.
fn fix<'d>(world: &World<'d>, image: Edge<'d>, mirror: Option<Node<'d>>) -> Fix {
    let mut fix = FixBuilder::new(world);
    let id = match mirror {
        Some(mirror) => mirror.id.clone(),
        None => {
            fix.add(ComponentKind::EcrRepository, "mirror", &[], &[(prop::PULL_THROUGH_CACHE, true.into())])
        }
    };
    fix.unlink(image.link).link(LinkKind::Image, &image.from.id, &id);
    if let Some(container) = image.link.props.get(prop::CONTAINER.as_str()) {
        fix.with(prop::CONTAINER, container.clone());
    }
    fix.done("use-ecr")
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    const BOARD: &str = "
            web: ecs-service launchType=FARGATE
            web -> task: runs
            task -> hub: image container=app tag=latest";

    #[test]
    fn fires_with_and_without_a_mirror() {
        for (need, mirror) in
            [("production", ""), ("elastic", "mirror: ecr-repository pullThroughCache=true")]
        {
            check(
                &TRAP,
                &format!(
                    "
            #! needs {need}
            #! fixes use-ecr
            task: task-definition    #! anonymous-registry-pulls: New tasks of `task` pull anonymously from `hub`, which limits such pulls: in busy hours some do not start.
            hub: external-registry{BOARD}
            {mirror}"
                ),
            );
        }
    }

    #[test]
    fn silent_with_credentials_for_single_jobs_and_in_development() {
        for (need, hub, more) in [
            ("production", "authenticated=true", ""),
            ("least-operations", "", ""),
            (
                "production",
                "authenticated=true",
                "job: standalone-task
            import: task-definition
            docker: external-registry
            job -> import: runs
            import -> docker: image",
            ),
        ] {
            check(
                &TRAP,
                &format!(
                    "
            #! needs {need}
            task: task-definition
            hub: external-registry {hub}{BOARD}
            {more}"
                ),
            );
        }
    }
}
