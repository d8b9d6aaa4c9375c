//! The connections that the drawn links intend, and those of them that security groups refuse.

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind};

use super::World;
use super::egress::HTTPS;
use super::gaps::Gap;
use super::graph::{Edge, Node};
use super::security;
use super::workload::{HostPort, Workload};

/// One intended connection.
#[derive(Clone, Copy, Debug)]
pub struct Connection<'d> {
    /// Who opens it.
    pub from: Node<'d>,
    /// To what.
    pub to: Node<'d>,
    /// On which TCP port.
    pub port: u16,
    /// The link that intends it; none for what a launch needs.
    pub link: Option<Edge<'d>>,
}

/// An intended connection that security groups refuse.
#[derive(Clone, Debug)]
pub struct Fault<'d> {
    /// The connection.
    pub connection: Connection<'d>,
    /// Whether the caller's groups refuse it (outbound) rather than the callee's (inbound).
    pub outbound: bool,
    /// The groups of the caller.
    pub callers: Vec<Node<'d>>,
    /// The groups of the callee.
    pub callees: Vec<Node<'d>>,
    /// The rule that admits the opposite direction, if there is one: the callee into the caller.
    pub reversed: Option<Edge<'d>>,
}

impl<'d> World<'d> {
    /// Every connection that the drawn links intend between interfaces with security groups.
    #[must_use]
    pub fn connections(&self) -> Vec<Connection<'d>> {
        self.graph().edges().iter().flat_map(|edge| self.intended(*edge)).collect()
    }

    fn intended(&self, edge: Edge<'d>) -> Vec<Connection<'d>> {
        let connect =
            |from, to, port: Option<u16>| port.map(|port| Connection { from, to, port, link: Some(edge) });
        let port = |prop| edge.link.int(prop).and_then(|port| u16::try_from(port).ok());
        // A port at which nobody listens is the fault itself, whatever the groups say.
        if self.unheard(edge).is_some() {
            return Vec::new();
        }
        match edge.kind {
            LinkKind::Sends if is_guarded(edge.to.kind) => {
                connect(edge.from, edge.to, port(prop::PORT)).into_iter().collect()
            }
            // Dynamic ports are a whole range, which a trap of its own looks at.
            LinkKind::Forwards if self.has_dynamic_port(edge.to) => Vec::new(),
            LinkKind::Forwards if is_guarded(edge.to.kind) => {
                connect(edge.from, edge.to, self.target_port(edge)).into_iter().collect()
            }
            LinkKind::Calls if edge.link.is(prop::VIA, "load-balancer") => {
                let forwards = self.graph().inc(edge.to, LinkKind::Forwards).iter();
                forwards
                    .filter_map(|forward| connect(edge.from, forward.from, self.usual_port(forward.from)))
                    .collect()
            }
            // The callee admits the prefix list of VPC Lattice, not its callers' groups.
            LinkKind::Calls if edge.link.is(prop::VIA, "lattice") => Vec::new(),
            LinkKind::Calls if is_guarded(edge.to.kind) => {
                let port = port(prop::PORT).or_else(|| self.usual_port(edge.to));
                connect(edge.from, edge.to, port).into_iter().collect()
            }
            LinkKind::Mounts if edge.to.kind == ComponentKind::EfsFileSystem => {
                let users = self.graph().inc(edge.from, LinkKind::Runs).iter().map(|runs| runs.from);
                let users = users.filter(|user| is_guarded(user.kind));
                users.filter_map(|user| connect(user, edge.to, self.usual_port(edge.to))).collect()
            }
            _ => Vec::new(),
        }
    }
}

impl<'d> World<'d> {
    fn has_dynamic_port(&self, node: Node<'d>) -> bool {
        self.workload(node).and_then(Workload::host_port) == Some(HostPort::Dynamic)
    }
}

/// Kinds whose network interfaces security groups guard.
fn is_guarded(kind: ComponentKind) -> bool {
    LinkKind::Guards.spec().ends(ComponentKind::SecurityGroup, kind).is_some()
}

pub(super) fn faults<'d>(world: &World<'d>) -> Vec<Fault<'d>> {
    let drawn = world.connections().into_iter().filter_map(|connection| fault(world, connection));
    let at_launch = world.launch_gaps().iter().filter_map(|gap| match gap.gap {
        Gap::Filtered(Some(endpoint)) => {
            fault(world, Connection { from: gap.workload, to: endpoint, port: HTTPS, link: None })
        }
        _ => None,
    });
    let mut faults = drawn.chain(at_launch).collect::<Vec<_>>();
    let key = |fault: &Fault<'d>| (fault.connection.from, fault.connection.to, fault.connection.port);
    // Of several links for one connection, as to two target groups, the one chosen does not hang on its id.
    let settings = |fault: &Fault<'d>| fault.connection.link.map(|edge| &edge.link.props);
    faults.sort_by(|a, b| key(a).cmp(&key(b)).then_with(|| settings(a).cmp(&settings(b))));
    faults.dedup_by_key(|fault| key(fault));
    faults
}

fn fault<'d>(world: &World<'d>, connection: Connection<'d>) -> Option<Fault<'d>> {
    let (graph, network) = (world.graph(), world.network());
    let Connection { from, to, port, .. } = connection;
    let inside = |node: Node<'d>| network.vpc(node).is_some();
    for caller in world.interfaces(from) {
        for callee in world.interfaces(to) {
            // What stands nowhere yet has no interface to guard, and what is apart no group can join.
            let outside = matches!(from.kind, ComponentKind::Users | ComponentKind::OnPremises);
            if !inside(callee) || !(outside || network.vpc(caller) == network.vpc(callee)) {
                continue;
            }
            let outbound = !outside && !security::egress(graph, network, caller, callee, port).ok();
            if !outbound && security::ingress(graph, network, caller, callee, port).ok() {
                continue;
            }
            let callers = security::groups(graph, caller).collect::<Vec<_>>();
            let callees = security::groups(graph, callee).collect::<Vec<_>>();
            let reversed = callers
                .iter()
                .filter(|_| !outbound)
                .find_map(|group| security::rule_by_group(graph, *group, &callees, "ingress", port));
            return Some(Fault { connection, outbound, callers, callees, reversed });
        }
    }
    None
}
