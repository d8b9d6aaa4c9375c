//! What tasks on external instances cannot use, because ECS cannot register them there.

use trapwise_documents::message::Message;
use trapwise_model::LinkKind;

use super::fix::FixBuilder;
use crate::finding::Detection;
use crate::world::{Compute, World};

/// A kind of link that does not work for tasks on external instances.
pub(super) struct Unsupported {
    /// The link, from or to the service.
    pub(super) link: LinkKind,
    /// The placeholder for the other end of the link.
    pub(super) key: &'static str,
    /// The step that says what fails, with the other end of the link.
    pub(super) fails: fn() -> Message,
    /// The fix, which removes the link.
    pub(super) fix: &'static str,
}

impl Unsupported {
    /// Every link of that kind of services on external instances.
    pub(super) fn find(&self, world: &World<'_>) -> Vec<Detection> {
        let graph = world.graph();
        let external = world.workloads().iter().filter(|one| one.compute.contains(&Compute::External));
        let links = external.flat_map(|one| {
            let (from, to) = (graph.out(one.node, self.link), graph.inc(one.node, self.link));
            let others = from.iter().map(|edge| (edge.link, edge.to));
            others.chain(to.iter().map(|edge| (edge.link, edge.from))).map(|found| (one.node, found))
        });
        links
            .map(|(service, (link, other))| {
                Detection::new()
                    .pin(service)
                    .pin(other)
                    .pin_link(link)
                    .at(
                        service,
                        true,
                        Message::new("evidence.runs-on-external-instances").name("service", service),
                    )
                    .on(link, false, (self.fails)().name(self.key, other))
                    .name("service", service)
                    .name(self.key, other)
                    .fix(FixBuilder::new(world).unlink(link).done(self.fix))
            })
            .collect()
    }
}
