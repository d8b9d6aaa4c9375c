//! Drawn connections to a port at which nobody listens.

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind, SortedSet};

use super::World;
use super::graph::{Edge, Node};
use super::workload::{NetworkMode, Workload};

/// A connection to a port at which its end does not listen.
#[derive(Clone, Debug)]
pub struct Unheard<'d> {
    /// The link that names the port.
    pub link: Edge<'d>,
    /// That port.
    pub port: u16,
    /// Who does not listen there.
    pub at: Node<'d>,
    /// Where it does.
    pub open: SortedSet<u16>,
}

impl<'d> World<'d> {
    /// Whether the port that a link names is one at which nobody listens.
    ///
    /// Says nothing where no port is known at all, nor in bridge mode, where ECS registers the host's port,
    /// nor of names in Service Connect, which have ports of their own.
    #[must_use]
    pub fn unheard(&self, edge: Edge<'d>) -> Option<Unheard<'d>> {
        let named = |prop| edge.link.int(prop).and_then(|port| u16::try_from(port).ok());
        let (port, at) = match edge.kind {
            LinkKind::Forwards => (named(prop::TARGET_PORT)?, edge.to),
            LinkKind::Sends => (named(prop::PORT)?, edge.to),
            LinkKind::Calls => {
                let port = named(prop::PORT)?;
                match edge.link.text(prop::VIA) {
                    Some("direct" | "cloud-map") => (port, edge.to),
                    Some("load-balancer") => {
                        let forwards = self.graph().inc(edge.to, LinkKind::Forwards);
                        // Of several load balancers one that listens is enough.
                        if forwards.iter().any(|forward| self.listeners(forward.from).contains(&port)) {
                            return None;
                        }
                        (port, forwards.first()?.from)
                    }
                    _ => return None,
                }
            }
            _ => return None,
        };
        let open = self.listeners(at);
        (!open.is_empty() && !open.contains(&port)).then_some(Unheard { link: edge, port, at, open })
    }

    /// The ports at which a load balancer or a workload with addresses of its own listens.
    fn listeners(&self, node: Node<'d>) -> SortedSet<u16> {
        if node.kind == ComponentKind::LoadBalancer {
            let listener = |edge: &Edge<'d>| edge.link.text(prop::LISTENER);
            let forwards = self.graph().out(node, LinkKind::Forwards).iter();
            // One that serves nobody yet is not finished, which is another matter.
            if !forwards.clone().any(|edge| listener(edge) == Some("production")) {
                return SortedSet::new();
            }
            let listening = forwards.filter(|edge| listener(edge) != Some("none"));
            return listening
                .filter_map(|edge| u16::try_from(edge.link.int(prop::LISTENER_PORT)?).ok())
                .collect();
        }
        let workload = self.workload(node).filter(|one| one.network_mode == NetworkMode::Awsvpc);
        workload.into_iter().flat_map(Workload::container_ports).collect()
    }
}
