//! Whether connections arrive: directly, or through a load balancer.
//!
//! A satisfied hop costs nothing and a blocked hop its fix; the way with the fewest blocked hops is the
//! evidence, because it is the one that works when those settings change.

use trapwise_model::catalogue::prop;
use trapwise_model::{ComponentKind, LinkKind};

use super::World;
use super::egress::regional_service;
use super::graph::{Edge, Node};
use super::hop::{Hop, What};
use super::security;
use super::workload::{DYNAMIC_PORTS, HostPort, NetworkMode, Workload};

/// The hops of one way from a caller to a callee.
#[derive(Clone, Debug, Default)]
pub struct Route<'d> {
    /// In the order a packet meets them.
    pub hops: Vec<Hop<'d>>,
}

impl<'d> Route<'d> {
    /// Whether every hop works.
    #[must_use]
    pub fn ok(&self) -> bool {
        self.hops.iter().all(|hop| hop.ok)
    }

    /// How many hops do not.
    #[must_use]
    pub fn blocked(&self) -> usize {
        self.hops.iter().filter(|hop| !hop.ok).count()
    }

    fn push(&mut self, hop: Hop<'d>) {
        self.hops.push(hop);
    }
}

impl<'d> World<'d> {
    /// The best way for connections from `from` to `to`; with no port, on the port they use.
    #[must_use]
    pub fn route(&self, from: Node<'d>, to: Node<'d>, port: Option<u16>) -> Route<'d> {
        let mut direct = self.direct(from, to, port);
        if from.kind == ComponentKind::LoadBalancer {
            let targets = self.graph().between(from, LinkKind::Forwards, to);
            let mut targets = targets.iter().filter_map(|forward| self.target_type(*forward));
            direct.hops.extend(targets.find(|hop| !hop.ok));
            return direct;
        }
        if direct.ok() {
            return direct;
        }
        let through = self.graph().inc(to, LinkKind::Forwards).iter().filter(|edge| edge.from != from);
        let relayed = through.filter_map(|forward| {
            let target = self.target_port(*forward);
            if port.is_some() && port != target {
                return None;
            }
            let listener = forward.link.int(prop::LISTENER_PORT).and_then(|port| u16::try_from(port).ok());
            let mut route = self.direct(from, forward.from, listener);
            route.hops.extend(self.forwarded(*forward).hops);
            Some(route)
        });
        // The first of the least blocked: links come by id, so the choice is stable.
        relayed.fold(direct, |best, other| if other.blocked() < best.blocked() { other } else { best })
    }

    /// The way a load balancer's connections take to the tasks it forwards to.
    #[must_use]
    pub fn forwarded(&self, forward: Edge<'d>) -> Route<'d> {
        let (balancer, service) = (forward.from, forward.to);
        let mut route = Route { hops: self.target_type(forward).into_iter().collect() };
        let port = self.target_port(forward);
        route.hops.extend(self.direct(balancer, service, port).hops);
        route
    }

    /// Whether targets are registered as their network mode has it.
    fn target_type(&self, forward: Edge<'d>) -> Option<Hop<'d>> {
        let (balancer, service) = (forward.from, forward.to);
        let set = forward.link.text(prop::TARGET_TYPE).unwrap_or_default();
        let fits = (set == "ip") == (self.workload(service)?.network_mode == NetworkMode::Awsvpc);
        Some(Hop::on(What::TargetType { balancer, service, set }, forward.link, fits))
    }

    /// The port on the target: in bridge mode the host's, which ECS registers whatever the target group
    /// says (of dynamic ones the first); else what the target group says, else the container's.
    #[must_use]
    pub fn target_port(&self, forward: Edge<'d>) -> Option<u16> {
        match self.workload(forward.to).and_then(Workload::host_port) {
            Some(HostPort::Fixed(port)) => return Some(port),
            Some(HostPort::Dynamic) => return Some(DYNAMIC_PORTS.0),
            None => {}
        }
        let set = forward.link.int(prop::TARGET_PORT).and_then(|port| u16::try_from(port).ok());
        set.or_else(|| self.usual_port(forward.to))
    }

    /// The port a component listens on unless told otherwise.
    #[must_use]
    pub fn usual_port(&self, node: Node<'d>) -> Option<u16> {
        match node.kind {
            ComponentKind::EcsService | ComponentKind::StandaloneTask => {
                self.workload(node)?.container_port()
            }
            ComponentKind::RdsDatabase => {
                Some(if node.text(prop::ENGINE).is_some_and(|engine| engine.contains("mysql")) {
                    3306
                } else {
                    5432
                })
            }
            ComponentKind::LoadBalancer => {
                let forward = self.graph().out(node, LinkKind::Forwards).first()?;
                u16::try_from(forward.link.int(prop::LISTENER_PORT)?).ok()
            }
            ComponentKind::VpcEndpoint => Some(443),
            kind => kind.spec().port,
        }
    }

    /// The way without a load balancer in between.
    #[must_use]
    pub fn direct(&self, from: Node<'d>, to: Node<'d>, port: Option<u16>) -> Route<'d> {
        let mut route = Route::default();
        if let Some((service, workload)) = regional_service(to.kind).zip(self.workload(from)) {
            route.hops = self.ways(workload, workload.interfaces(), service);
            if route.hops.is_empty() {
                route.push(Hop::at(What::Placed(from), from, false));
            }
            return route;
        }
        let port = port.or_else(|| self.usual_port(to));
        if to.kind == ComponentKind::LoadBalancer {
            let listens = port.is_some_and(|port| self.listens(to, port));
            route.push(Hop::at(What::Listener(to, port.unwrap_or(443)), to, listens));
        }
        let Some(port) = port else {
            route.push(Hop::at(What::Port(to), to, false));
            return route;
        };
        if let Some(callee) = self.workload(to).filter(|callee| callee.network_mode == NetworkMode::Awsvpc) {
            // Where no port is written down, nothing is known of it.
            if callee.container_port().is_some() && !callee.container_ports().any(|one| one == port) {
                route.push(Hop::at(What::Listener(to, port), to, false));
            }
        }
        if matches!(from.kind, ComponentKind::Users | ComponentKind::OnPremises) {
            self.outside_in(from, to, port, &mut route);
        } else {
            self.within_vpc(from, to, port, &mut route);
        }
        route
    }

    fn outside_in(&self, from: Node<'d>, to: Node<'d>, port: u16, route: &mut Route<'d>) {
        for interface in self.interfaces(to) {
            let public = self.is_public(to, interface);
            route.push(Hop::at(What::PublicAddress(to), to, public));
            self.placed(to, interface, route);
            for subnet in self.graph().containers(interface) {
                let routed = self.network().routes(subnet).is_some_and(|routes| routes.internet.is_some());
                route.push(Hop::at(What::InternetRoute(subnet), subnet, routed));
            }
            self.let_in(from, from, to, interface, port, route);
        }
    }

    fn within_vpc(&self, from: Node<'d>, to: Node<'d>, port: u16, route: &mut Route<'d>) {
        for caller in self.interfaces(from) {
            self.placed(from, caller, route);
            for callee in self.interfaces(to) {
                self.placed(to, callee, route);
                let vpcs = (self.network().vpc(caller), self.network().vpc(callee));
                if let (Some(here), Some(there)) = vpcs {
                    route.push(Hop::at(What::SameVpc(from, to), to, here == there));
                }
                let out = security::egress(self.graph(), self.network(), caller, callee, port);
                route.push(Hop::at(What::Egress { from, to, port }, from, out.ok()));
                self.let_in(from, caller, to, callee, port, route);
            }
        }
    }

    fn let_in(
        &self,
        from: Node<'d>,
        caller: Node<'d>,
        to: Node<'d>,
        callee: Node<'d>,
        port: u16,
        route: &mut Route<'d>,
    ) {
        let admission = security::ingress(self.graph(), self.network(), caller, callee, port);
        let mut hop = Hop::at(What::Ingress { from, to, port }, to, admission.ok());
        if let security::Admission::Rule(rule) = admission {
            hop.link = Some(rule.link);
        }
        route.push(hop);
    }

    fn placed(&self, node: Node<'d>, interface: Node<'d>, route: &mut Route<'d>) {
        let placed = self.network().vpc(interface).is_some();
        if !placed {
            route.push(Hop::at(What::Placed(node), node, false));
        }
    }

    /// The components whose interfaces carry a component's packets: its hosts in bridge and host mode,
    /// the Kubernetes cluster it runs on, else itself.
    #[must_use]
    pub fn interfaces(&self, node: Node<'d>) -> Vec<Node<'d>> {
        match self.workload(node) {
            Some(workload) if !workload.interfaces().is_empty() => workload.interfaces().to_vec(),
            _ if node.kind == ComponentKind::KubernetesWorkload => {
                vec![self.graph().target(node, LinkKind::RunsOn).unwrap_or(node)]
            }
            _ => vec![node],
        }
    }

    /// Whether the load balancer has a production listener on the port.
    #[must_use]
    pub fn listens(&self, balancer: Node<'d>, port: u16) -> bool {
        self.graph().out(balancer, LinkKind::Forwards).iter().any(|edge| {
            edge.link.is(prop::LISTENER, "production")
                && edge.link.int(prop::LISTENER_PORT) == Some(i64::from(port))
        })
    }

    /// Whether a component has an address on the internet.
    fn is_public(&self, node: Node<'d>, interface: Node<'d>) -> bool {
        match node.kind {
            ComponentKind::LoadBalancer => node.is(prop::SCHEME, "internet-facing"),
            ComponentKind::RdsDatabase => node.flag(prop::PUBLICLY_ACCESSIBLE),
            _ => self.workload(node).is_some_and(|workload| self.has_public_address(workload, interface)),
        }
    }
}
