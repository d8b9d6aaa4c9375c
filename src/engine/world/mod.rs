//! Everything a design implies, derived once per evaluation and indexed.
//!
//! What is asked of every part (places, routes, workloads) is derived at once; what is asked of few
//! (reachability, permissions) is derived when asked, through indexes, so that no question costs more
//! than the parts it touches. Every relation can say why: see [`Hop`] and [`Route`].
//!
//! The world knows nothing of traps, scenarios or scores.

mod capacity;
mod connections;
mod egress;
mod gaps;
mod graph;
mod hop;
pub mod iam;
mod launch;
mod listening;
mod network;
mod reach;
mod resilience;
pub mod security;
#[cfg(test)]
mod tests;
mod workload;

pub use capacity::{DeploymentRange, deployment_range, split};
pub use connections::{Connection, Fault};
pub use egress::{HTTPS, INTERNET, answers, is_interface, is_ipv6_only, regional_service};
pub use gaps::{Gap, LaunchGap};
pub use graph::{Edge, Graph, Node};
pub use hop::{Hop, Way, What};
pub use launch::{AWSLOGS, CREATE_LOG_GROUP, ECR_PULL, fetch_action, fetch_service};
pub use listening::Unheard;
pub use network::{Exposure, Network, Routes};
pub use reach::Route;
pub use resilience::ScalingLayers;
pub use workload::{Compute, DYNAMIC_PORTS, HostPort, NetworkMode, Workload, spreads_zones};

use std::cell::OnceCell;

use trapwise_model::{ComponentKind, Design, LinkKind};

/// The derived relations of one design.
#[derive(Debug)]
pub struct World<'d> {
    design: &'d Design,
    graph: Graph<'d>,
    network: Network<'d>,
    /// By the service's or task's node.
    workloads: Vec<Workload<'d>>,
    /// Derived when first asked, since several traps ask and some evaluations need none.
    gaps: OnceCell<Vec<LaunchGap<'d>>>,
    faults: OnceCell<Vec<Fault<'d>>>,
}

impl<'d> World<'d> {
    /// Derives the world of a design.
    #[must_use]
    pub fn new(design: &'d Design) -> Self {
        let graph = Graph::new(design);
        let network = Network::new(&graph);
        let services = graph.of_kind(ComponentKind::EcsService);
        let tasks = graph.of_kind(ComponentKind::StandaloneTask);
        let mut workloads: Vec<_> =
            services.iter().chain(tasks).map(|node| Workload::new(&graph, *node)).collect();
        workloads.sort_by_key(|workload| workload.node);
        Self { design, graph, network, workloads, gaps: OnceCell::new(), faults: OnceCell::new() }
    }

    /// The design it was derived from.
    #[must_use]
    pub const fn design(&self) -> &'d Design {
        self.design
    }

    /// Components and links.
    #[must_use]
    pub const fn graph(&self) -> &Graph<'d> {
        &self.graph
    }

    /// Places and routes.
    #[must_use]
    pub const fn network(&self) -> &Network<'d> {
        &self.network
    }

    /// Every service and standalone task, by id.
    #[must_use]
    pub fn workloads(&self) -> &[Workload<'d>] {
        &self.workloads
    }

    /// The workload of a service or standalone task.
    #[must_use]
    pub fn workload(&self, node: Node<'d>) -> Option<&Workload<'d>> {
        let at = self.workloads.binary_search_by_key(&node, |workload| workload.node).ok()?;
        self.workloads.get(at)
    }

    /// Every place from which something needed at launch cannot be reached.
    #[must_use]
    pub fn launch_gaps(&self) -> &[LaunchGap<'d>] {
        self.gaps.get_or_init(|| gaps::find(self))
    }

    /// Every intended connection that security groups refuse.
    #[must_use]
    pub fn security_faults(&self) -> &[Fault<'d>] {
        self.faults.get_or_init(|| connections::faults(self))
    }

    /// The services and standalone tasks that run a task definition, by id.
    pub fn runners<'a>(&'a self, task: Node<'d>) -> impl Iterator<Item = &'a Workload<'d>> + use<'a, 'd> {
        self.graph.inc(task, LinkKind::Runs).iter().filter_map(|edge| self.workload(edge.from))
    }
}
