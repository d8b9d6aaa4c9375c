//! Where things stand: VPCs, zones, route tables, endpoints.

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind, SortedMap, named_enum};

use super::graph::{Edge, Graph, Node};

named_enum! {
    /// What a subnet's route table makes of it.
    pub enum Exposure {
        /// A route to an internet gateway of its VPC.
        Public = "public",
        /// A route to a NAT or egress-only gateway that reaches the internet.
        Private = "private",
        /// Neither.
        Isolated = "isolated",
    }
}

/// What is known of one subnet.
#[derive(Clone, Copy, Debug)]
pub struct Routes<'d> {
    /// The route to an internet gateway of the same VPC.
    pub internet: Option<Edge<'d>>,
    /// A route to a NAT gateway that stands in a public subnet, or in every zone.
    pub nat: Option<Edge<'d>>,
    /// The route to an egress-only internet gateway of the same VPC, from a subnet with IPv6 addresses.
    pub egress_only: Option<Edge<'d>>,
}

/// Places and routes of one design.
#[derive(Debug)]
pub struct Network<'d> {
    /// By node.
    vpc: Vec<Option<Node<'d>>>,
    /// By node, for subnets.
    routes: Vec<Option<Routes<'d>>>,
    /// Endpoints by VPC and service.
    endpoints: SortedMap<Node<'d>, SortedMap<&'d str, Vec<Node<'d>>>>,
}

impl<'d> Network<'d> {
    pub(super) fn new(graph: &Graph<'d>) -> Self {
        let vpc = graph.nodes().iter().map(|node| vpc_of(graph, *node)).collect::<Vec<_>>();
        let find_vpc = |node: Node<'d>| vpc.get(node.index()).copied().flatten();
        let gateway = |subnet: Node<'d>, egress_only: bool| {
            graph.out(subnet, LinkKind::Routes).iter().copied().find(|edge| {
                edge.to.kind == ComponentKind::InternetGateway
                    && edge.to.flag(prop::EGRESS_ONLY) == egress_only
                    && find_vpc(edge.to).is_some()
                    && find_vpc(edge.to) == find_vpc(subnet)
            })
        };
        let internet = |subnet: Node<'d>| gateway(subnet, false);
        let egress_only =
            |subnet: Node<'d>| gateway(subnet, true).filter(|_| !subnet.is(prop::ADDRESSING, "ipv4"));
        let nat = |subnet: Node<'d>| {
            graph.out(subnet, LinkKind::Routes).iter().copied().find(|edge| {
                edge.to.kind == ComponentKind::NatGateway
                    && !edge.to.is(prop::CONNECTIVITY_TYPE, "private")
                    && find_vpc(edge.to) == find_vpc(subnet)
                    && (graph.containers(edge.to).any(|home| internet(home).is_some())
                        || is_regional(graph, edge.to))
            })
        };
        let mut routes = vec![None; graph.nodes().len()];
        for subnet in graph.of_kind(ComponentKind::Subnet) {
            if let Some(slot) = routes.get_mut(subnet.index()) {
                *slot = Some(Routes {
                    internet: internet(*subnet),
                    egress_only: egress_only(*subnet),
                    nat: nat(*subnet),
                });
            }
        }
        let mut endpoints: SortedMap<_, SortedMap<_, Vec<_>>> = SortedMap::new();
        for endpoint in graph.of_kind(ComponentKind::VpcEndpoint) {
            if let (Some(vpc), Some(service)) =
                (find_vpc(*endpoint), endpoint.component().text(prop::SERVICE))
            {
                endpoints.entry(vpc).or_default().entry(service).or_default().push(*endpoint);
            }
        }
        Self { vpc, routes, endpoints }
    }

    /// The VPC it stands in, or that it is.
    #[must_use]
    pub fn vpc(&self, node: Node<'d>) -> Option<Node<'d>> {
        self.vpc.get(node.index()).copied().flatten()
    }

    /// What a subnet's route table makes of it.
    #[must_use]
    pub fn exposure(&self, subnet: Node<'d>) -> Exposure {
        match self.routes(subnet) {
            Some(Routes { internet: Some(_), .. }) => Exposure::Public,
            Some(Routes { nat: Some(_), .. } | Routes { egress_only: Some(_), .. }) => Exposure::Private,
            _ => Exposure::Isolated,
        }
    }

    /// A subnet's routes.
    #[must_use]
    pub fn routes(&self, subnet: Node<'d>) -> Option<Routes<'d>> {
        self.routes.get(subnet.index()).copied().flatten()
    }

    /// The endpoints of a VPC that lead to a service, by its short name, for example `ecr.api`.
    #[must_use]
    pub fn endpoints(&self, vpc: Node<'d>, service: &str) -> &[Node<'d>] {
        self.endpoints.get(&vpc).and_then(|of| of.get(service)).map_or(&[], Vec::as_slice)
    }
}

/// Whether a NAT gateway stands in the VPC itself, which has a way to the internet, and so in every zone.
fn is_regional<'d>(graph: &Graph<'d>, nat: Node<'d>) -> bool {
    nat.is(prop::AVAILABILITY_MODE, "regional")
        && graph
            .containers(nat)
            .flat_map(|home| graph.children(home))
            .any(|child| child.kind == ComponentKind::InternetGateway && !child.flag(prop::EGRESS_ONLY))
}

fn vpc_of<'d>(graph: &Graph<'d>, node: Node<'d>) -> Option<Node<'d>> {
    let mut node = node;
    // INVARIANT: kinds nest at most three deep, and no kind contains itself.
    loop {
        if node.kind == ComponentKind::Vpc {
            return Some(node);
        }
        node = graph.containers(node).next()?;
    }
}
