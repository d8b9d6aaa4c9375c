//! An image named by a tag that can be moved, where exactly the tested image has to run (needs
//! `pinned-images`; `release-tags-and-digests`).

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind};

use crate::finding::Detection;
use crate::terms::{Area, Domain, Need, Severity};
use crate::trap::{Scene, Trap};
use crate::traps::evidence::step;
use crate::traps::fix::FixBuilder;
use crate::world::{Edge, World};

pub(in crate::traps) static TRAP: Trap = Trap {
    id: "mutable-tag",
    area: Area::Delivery,
    severity: Severity::Major,
    domain: Domain::Secure,
    facts: &["release-tags-and-digests"],
    needs: &[Need::PinnedImages],
    detect,
};

/// What the API takes when no tag is given.
const USUAL_TAG: &str = "latest";

fn detect(scene: &Scene<'_>) -> Vec<Detection> {
    let graph = scene.world.graph();
    let tasks = graph.of_kind(ComponentKind::TaskDefinition).iter();
    let images = tasks.flat_map(|task| graph.out(*task, LinkKind::Image));
    images.filter(|image| can_move(**image)).map(|image| detection(scene.world, *image)).collect()
}

fn can_move(image: Edge<'_>) -> bool {
    let digest = image.link.text(prop::TAG).is_some_and(|tag| tag.starts_with("sha256:"));
    // Of a registry that is not ours nobody promises anything.
    !digest && !image.to.is(prop::IMAGE_TAG_MUTABILITY, "IMMUTABLE")
}

fn detection<'d>(world: &World<'d>, image: Edge<'d>) -> Detection {
    let (task, repository) = (image.from, image.to);
    let tag = image.link.text(prop::TAG).unwrap_or(USUAL_TAG);
    let mut fixes = Vec::new();
    if repository.kind == ComponentKind::EcrRepository {
        fixes.push(
            FixBuilder::new(world)
                .set(repository, prop::IMAGE_TAG_MUTABILITY, "IMMUTABLE")
                .done("make-immutable"),
        );
    }
    Detection::new()
        .pin(task)
        .pin(repository)
        .pin_link(image.link)
        .on(image.link, true, step("runs-what-tag-names").name("task", task).code("tag", tag))
        .at(repository, false, step("tag-can-move").code("tag", tag))
        .name("task", task)
        .name("repository", repository)
        .code("tag", tag)
        .fixes(fixes)
}

#[cfg(test)]
mod tests {
    use super::TRAP;
    use crate::traps::testing::check;

    #[test]
    fn fires_on_tags_that_can_be_moved() {
        for tag in ["", "tag=latest", "tag=2.4.1"] {
            check(
                &TRAP,
                &format!(
                    "
            #! needs pinned-images
            #! fixes make-immutable
            task: task-definition    #! mutable-tag
            image: ecr-repository
            task -> image: image {tag}"
                ),
            );
        }
        let text = "
            #! needs pinned-images
            task: task-definition    #! mutable-tag: `task` names its image by the tag `2.4.1`, which can be moved to another image in `hub`: what runs may not be what was tested.
            hub: external-registry
            task -> hub: image tag=2.4.1";
        check(&TRAP, text);
    }

    #[test]
    fn silent_on_digests_immutable_tags_or_without_the_need() {
        check(
            &TRAP,
            "
            #! needs pinned-images
            task: task-definition
            other: task-definition
            image: ecr-repository imageTagMutability=IMMUTABLE
            hub: external-registry
            free: ecr-repository
            task -> image: image tag=2.4.1
            other -> hub: image tag=sha256:6c3c624b58dbbcd3c0dd82b4c53f04194d1247c6eebdaab7c610cf7d66709b3b
            other -> free: image tag=sha256:6c3c624b58dbbcd3c0dd82b4c53f04194d1247c6eebdaab7c610cf7d66709b3b",
        );
        check(
            &TRAP,
            "
            #! needs production
            task: task-definition
            image: ecr-repository
            task -> image: image tag=latest",
        );
    }
}
