//! How packets leave: the way from each subnet to an AWS service or to the internet.

use trapwise_model::ComponentKind;

use super::World;
use super::graph::Node;
use super::hop::{Hop, Way, What};
use super::security;
use super::workload::{NetworkMode, Workload};

/// What is called when an image comes from the internet.
pub const INTERNET: &str = "the internet";

/// AWS services speak HTTPS.
const HTTPS: u16 = 443;

impl<'d> World<'d> {
    /// One hop for each place the workload runs in: what leads from there to the service (short name
    /// as in the catalogue, for example `ecr.api`), or to [`INTERNET`]. Empty when it runs nowhere yet.
    #[must_use]
    pub fn ways(&self, workload: &Workload<'d>, service: &'static str) -> Vec<Hop<'d>> {
        let mut hops = Vec::new();
        for interface in workload.interfaces() {
            if interface.kind == ComponentKind::ExternalInstance {
                hops.extend(self.graph().containers(*interface).map(|site| {
                    let open = site.flag("outboundInternet");
                    let by = if open { Way::OnPremises } else { Way::None };
                    Hop::at(What::Way { subnet: site, service, by }, site, open)
                }));
                continue;
            }
            let has_public_address = self.has_public_address(workload, *interface);
            for subnet in self.graph().containers(*interface) {
                let by = self.way(*interface, subnet, has_public_address, service);
                hops.push(Hop::at(What::Way { subnet, service, by }, subnet, by != Way::None));
            }
        }
        hops
    }

    /// What leads from an interface in a subnet to the service.
    #[must_use]
    pub fn way(
        &self,
        interface: Node<'d>,
        subnet: Node<'d>,
        has_public_address: bool,
        service: &'static str,
    ) -> Way<'d> {
        let endpoints =
            self.network().vpc(subnet).map_or(&[][..], |vpc| self.network().endpoints(vpc, service));
        for endpoint in endpoints {
            let gateway = endpoint.text("vpcEndpointType") != Some("Interface");
            if gateway && self.routes_to(subnet, *endpoint) {
                return Way::Gateway(*endpoint);
            }
            if !gateway && endpoint.flag("privateDnsEnabled") && self.admits(interface, *endpoint, HTTPS) {
                return Way::Interface(*endpoint);
            }
        }
        let routes = self.network().routes(subnet);
        let (internet, nat) = routes.map_or((None, None), |routes| (routes.internet, routes.nat));
        if let Some(edge) = internet.filter(|_| has_public_address) {
            return self.checked_out(interface, edge.to, Way::Public(edge.to));
        }
        if let Some(edge) = nat {
            return self.checked_out(interface, edge.to, Way::Nat(edge.to));
        }
        Way::None
    }

    /// Whether an interface gets a public address: Fargate with `assignPublicIp`, or hosts in bridge and
    /// host mode in a public subnet. EC2 tasks in awsvpc mode never get one (`mis-sg-vs-private-subnet`).
    #[must_use]
    pub fn has_public_address(&self, workload: &Workload<'d>, interface: Node<'d>) -> bool {
        if workload.network_mode == NetworkMode::Awsvpc {
            return workload.on_fargate() && workload.node.text("assignPublicIp") == Some("ENABLED");
        }
        let mut subnets = self.graph().containers(interface);
        subnets.any(|subnet| self.network().routes(subnet).is_some_and(|routes| routes.internet.is_some()))
    }

    /// Whether the subnet's route table has the gateway endpoint.
    fn routes_to(&self, subnet: Node<'d>, endpoint: Node<'d>) -> bool {
        !self.graph().between(subnet, trapwise_model::LinkKind::Routes, endpoint).is_empty()
    }

    /// Whether both sides' groups let the connection through.
    #[must_use]
    pub fn admits(&self, from: Node<'d>, to: Node<'d>, port: u16) -> bool {
        security::egress(self.graph(), self.network(), from, to, port).ok()
            && security::ingress(self.graph(), self.network(), from, to, port).ok()
    }

    /// A way to the internet, if the interface's groups let HTTPS out to everywhere.
    fn checked_out(&self, interface: Node<'d>, gateway: Node<'d>, way: Way<'d>) -> Way<'d> {
        // Addresses of AWS services are outside the VPC: only a rule for every address covers them.
        let open = security::groups(self.graph(), interface).all(|group| {
            !security::has_egress_rules(self.graph(), group)
                || self.graph().of_kind(ComponentKind::Users).iter().any(|users| {
                    security::rule(self.graph(), self.network(), group, *users, "egress", HTTPS).is_some()
                })
        });
        let _ = gateway;
        if open { way } else { Way::None }
    }
}
