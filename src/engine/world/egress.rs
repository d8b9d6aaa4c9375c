//! How packets leave: the way from each subnet to an AWS service or to the internet.

use trapwise_model::ComponentKind;
use trapwise_model::catalogue::prop;

use super::World;
use super::graph::Node;
use super::hop::{Hop, Way, What};
use super::security;
use super::workload::Workload;

/// What is called when an image comes from the internet.
pub const INTERNET: &str = "the internet";

/// The port of AWS services and registries.
pub const HTTPS: u16 = 443;

impl<'d> World<'d> {
    /// One hop for each place these interfaces stand in: what leads from there to the service (short name
    /// as in the catalogue, for example `ecr.api`), or to [`INTERNET`]. Empty when they stand nowhere yet.
    #[must_use]
    pub fn ways(
        &self,
        workload: &Workload<'d>,
        interfaces: &[Node<'d>],
        service: &'static str,
    ) -> Vec<Hop<'d>> {
        let mut hops = Vec::new();
        for interface in interfaces {
            if interface.kind == ComponentKind::ExternalInstance {
                hops.extend(self.graph().containers(*interface).map(|site| {
                    let open = site.flag(prop::OUTBOUND_INTERNET);
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
        let mut shut = false;
        for endpoint in endpoints {
            if !is_interface(*endpoint) {
                // It has no group of its own, and is reached at public addresses.
                if self.routes_to(subnet, *endpoint) && self.lets_out(interface) {
                    return Way::Gateway(*endpoint);
                }
            } else if answers(*endpoint) {
                if self.admits(interface, *endpoint, HTTPS) {
                    return Way::Interface(*endpoint);
                }
                shut = true;
            }
        }
        // The service's name leads to the endpoint in the whole VPC, whether it lets anyone in or not.
        if shut {
            return Way::None;
        }
        let out = self.way_out(subnet, has_public_address);
        out.map_or(Way::None, |way| self.if_let_out(interface, way))
    }

    /// What leads from a subnet to the internet, security groups aside. Over IPv6 every address is public,
    /// and a NAT gateway of no use.
    #[must_use]
    pub fn way_out(&self, subnet: Node<'d>, has_public_address: bool) -> Option<Way<'d>> {
        let routes = self.network().routes(subnet)?;
        let internet = routes.internet.map(|edge| Way::Public(edge.to));
        let over_ipv6 = routes.egress_only.map(|edge| Way::EgressOnly(edge.to));
        if is_ipv6_only(subnet) {
            return over_ipv6.or(internet);
        }
        let nat = routes.nat.map(|edge| Way::Nat(edge.to));
        internet.filter(|_| has_public_address).or(nat).or(over_ipv6)
    }

    /// Whether an interface gets a public address: Fargate with `assignPublicIp`, or hosts that stand in
    /// public subnets only. EC2 tasks in awsvpc mode never get one (`mis-sg-vs-private-subnet`).
    #[must_use]
    pub fn has_public_address(&self, workload: &Workload<'d>, interface: Node<'d>) -> bool {
        if interface == workload.node {
            return workload.on_fargate() && interface.is(prop::ASSIGN_PUBLIC_IP, "ENABLED");
        }
        let mut subnets = self.graph().containers(interface).peekable();
        subnets.peek().is_some()
            && subnets
                .all(|subnet| self.network().routes(subnet).is_some_and(|routes| routes.internet.is_some()))
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
    fn if_let_out(&self, interface: Node<'d>, way: Way<'d>) -> Way<'d> {
        if self.lets_out(interface) { way } else { Way::None }
    }

    /// Whether the interface's groups let HTTPS out to addresses outside the VPC, where AWS services and
    /// registries are: by the allow-all of a group without outbound rules, or by a rule for every address.
    #[must_use]
    pub fn lets_out(&self, interface: Node<'d>) -> bool {
        let mut groups = security::groups(self.graph(), interface).peekable();
        groups.peek().is_none()
            || groups.any(|group| {
                !security::has_egress_rules(self.graph(), group)
                    || self.graph().of_kind(ComponentKind::Users).iter().any(|users| {
                        security::rule(self.graph(), self.network(), group, *users, "egress", HTTPS).is_some()
                    })
            })
    }
}

/// The short name of the AWS service behind whose endpoint such a resource is found.
#[must_use]
pub const fn regional_service(kind: ComponentKind) -> Option<&'static str> {
    Some(match kind {
        ComponentKind::S3Bucket => "s3",
        ComponentKind::DynamodbTable => "dynamodb",
        ComponentKind::SqsQueue => "sqs",
        ComponentKind::SnsTopic => "sns",
        ComponentKind::Secret => "secretsmanager",
        ComponentKind::SsmParameter => "ssm",
        _ => return None,
    })
}

/// Whether interfaces in the subnet have no IPv4 address.
#[must_use]
pub fn is_ipv6_only(subnet: Node<'_>) -> bool {
    subnet.is(prop::ADDRESSING, "ipv6")
}

/// Whether an endpoint is of the interface type.
#[must_use]
pub fn is_interface(endpoint: Node<'_>) -> bool {
    endpoint.is(prop::VPC_ENDPOINT_TYPE, "Interface")
}

/// Whether an interface endpoint answers under the service's usual name and stands somewhere.
#[must_use]
pub fn answers(endpoint: Node<'_>) -> bool {
    endpoint.flag(prop::PRIVATE_DNS_ENABLED) && !endpoint.containers.is_empty()
}
