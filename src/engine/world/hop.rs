//! One step of a derived relation: what happens there, and whether it works.
//!
//! Relations are found on every evaluation, their words are needed for few; so a hop holds pointers,
//! and becomes a sentence only when shown.

use trapwise_documents::message::{Arg, Message};
use trapwise_model::catalogue::{PropType, prop};
use trapwise_model::{ComponentKind, Link, LinkKind};

use super::egress::INTERNET;
use super::graph::Node;
use crate::finding::Step;

/// One step.
#[derive(Clone, Debug)]
pub struct Hop<'d> {
    /// What happens.
    pub what: What<'d>,
    /// The component where it is seen.
    pub at: Option<Node<'d>>,
    /// The link where it is seen.
    pub link: Option<&'d Link>,
    /// Whether it works.
    pub ok: bool,
}

/// What happens at a hop. Each has a wording for when it works and one for when it does not.
#[derive(Clone, Debug)]
pub enum What<'d> {
    /// A component has a place in subnets.
    Placed(Node<'d>),
    /// Two components lie in the same VPC.
    SameVpc(Node<'d>, Node<'d>),
    /// A component has an address on the internet.
    PublicAddress(Node<'d>),
    /// A subnet routes to an internet gateway.
    InternetRoute(Node<'d>),
    /// A load balancer has a production listener on that port, or a container of a service listens on it.
    Listener(Node<'d>, u16),
    /// A load balancer forwards to a target group with the right kind of target for the network mode.
    TargetType {
        /// The load balancer.
        balancer: Node<'d>,
        /// The service.
        service: Node<'d>,
        /// `ip` or `instance`.
        set: &'d str,
    },
    /// The groups of the caller let it connect out.
    Egress {
        /// Who connects.
        from: Node<'d>,
        /// To what.
        to: Node<'d>,
        /// On which port.
        port: u16,
    },
    /// The groups of the callee let the caller in.
    Ingress {
        /// Who connects.
        from: Node<'d>,
        /// To what.
        to: Node<'d>,
        /// On which port.
        port: u16,
    },
    /// A subnet has a way to an AWS service or to the internet.
    Way {
        /// The subnet.
        subnet: Node<'d>,
        /// The service's short name, or `the internet`.
        service: &'static str,
        /// What carries it.
        by: Way<'d>,
    },
    /// A role is attached in that place.
    HasRole(Node<'d>, &'static str),
    /// A role allows an action on a resource.
    Allows {
        /// The role.
        role: Node<'d>,
        /// The action.
        action: &'d str,
        /// The resource.
        on: Node<'d>,
    },
    /// A log group is there when tasks start.
    GroupThere(Node<'d>),
    /// A repository of another account lets this one pull.
    RepositoryPolicy(Node<'d>),
    /// The port to use is known.
    Port(Node<'d>),
}

/// What carries packets from a subnet to an AWS service or the internet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way<'d> {
    /// An interface endpoint whose security group lets the caller in.
    Interface(Node<'d>),
    /// A gateway endpoint in the subnet's route table.
    Gateway(Node<'d>),
    /// A NAT gateway.
    Nat(Node<'d>),
    /// A public address and an internet gateway.
    Public(Node<'d>),
    /// An egress-only internet gateway, over IPv6.
    EgressOnly(Node<'d>),
    /// The data centre's own internet connection.
    OnPremises,
    /// Nothing does.
    None,
}

impl<'d> Hop<'d> {
    pub(super) const fn at(what: What<'d>, at: Node<'d>, ok: bool) -> Self {
        Self { what, at: Some(at), link: None, ok }
    }

    pub(super) const fn on(what: What<'d>, link: &'d Link, ok: bool) -> Self {
        Self { what, at: None, link: Some(link), ok }
    }

    /// The hop in words.
    #[must_use]
    pub fn step(&self) -> Step {
        Step {
            component: self.at.map(|node| node.id.clone()),
            link: self.link.map(|link| link.id.clone()),
            ok: self.ok,
            message: self.what.message(self.ok),
        }
    }
}

impl What<'_> {
    fn message(&self, ok: bool) -> Message {
        let either = |works, fails| Message::new(if ok { works } else { fails });
        match *self {
            Self::Placed(node) => either("world.placed", "world.placed.not").name("node", node),
            Self::SameVpc(from, to) => {
                either("world.same-vpc", "world.same-vpc.not").name("from", from).name("to", to)
            }
            Self::PublicAddress(node) => {
                either("world.public-address", "world.public-address.not").name("node", node)
            }
            Self::InternetRoute(subnet) => {
                either("world.internet-route", "world.internet-route.not").name("subnet", subnet)
            }
            Self::Listener(node, port) => {
                let fails = if node.kind == ComponentKind::EcsService {
                    "world.listener.no-container"
                } else {
                    "world.listener.not"
                };
                either("world.listener", fails).name("node", node).arg("port", port)
            }
            Self::TargetType { balancer, service, set } => {
                let message = either("world.target-type", "world.target-type.not");
                message.name("balancer", balancer).name("service", service).words("type", set)
            }
            Self::Egress { from, to, port } => {
                let message = either("world.egress", "world.egress.not");
                message.name("from", from).name("to", to).arg("port", port)
            }
            Self::Ingress { from, to, port } => {
                let message = either("world.ingress", "world.ingress.not");
                message.name("from", from).name("to", to).arg("port", port)
            }
            Self::Way { subnet, service, by } => {
                let service = if service == INTERNET {
                    Message::new("world.internet").into()
                } else {
                    Arg::from(service)
                };
                by.message().name("subnet", subnet).arg("service", service)
            }
            Self::HasRole(node, place) => {
                either("world.has-role", "world.has-role.not").name("node", node).arg("role", role(place))
            }
            Self::Allows { role, action, on } => {
                let message = either("world.allows", "world.allows.not");
                message.name("role", role).words("action", action).name("on", on)
            }
            Self::GroupThere(group) => either("world.log-group", "world.log-group.not").name("group", group),
            Self::RepositoryPolicy(node) => {
                either("world.repository-policy", "world.repository-policy.not").name("repository", node)
            }
            Self::Port(node) => either("world.port", "world.port.not").name("node", node),
        }
    }
}

impl Way<'_> {
    fn message(self) -> Message {
        match self {
            Self::Interface(endpoint) => Message::new("world.way.interface").name("by", endpoint),
            Self::Gateway(endpoint) => Message::new("world.way.gateway").name("by", endpoint),
            Self::Nat(nat) => Message::new("world.way.nat").name("by", nat),
            Self::Public(gateway) => Message::new("world.way.public").name("by", gateway),
            Self::EgressOnly(gateway) => Message::new("world.way.egress-only").name("by", gateway),
            Self::OnPremises => Message::new("world.way.on-premises"),
            Self::None => Message::new("world.way.none"),
        }
    }
}

/// A place for a role as the catalogue calls it, with AWS's name for it: the two are what exams ask for.
fn role(place: &str) -> Message {
    let choices = match LinkKind::Role.spec().prop(prop::AS).map(|spec| &spec.ty) {
        Some(PropType::Enum(choices)) => *choices,
        _ => &[],
    };
    let message = match choices.iter().find(|choice| choice.value == place) {
        Some(choice) => Message::new("world.role").words("label", &choice.label.to_ascii_lowercase()),
        None => Message::new("world.role.unknown"),
    };
    message.code("place", place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::World;
    use trapwise_model::fixture;

    #[test]
    fn every_hop_has_its_words_whether_it_works_or_not() {
        let design = fixture::parse("web: ecs-service\nlb: load-balancer\n").unwrap().design;
        let world = World::new(&design);
        let (a, b) = (world.graph().node("web").unwrap(), world.graph().node("lb").unwrap());
        let ways = [Way::Interface(b), Way::Gateway(b), Way::Nat(b), Way::Public(b), Way::EgressOnly(b)];
        let ways = ways.into_iter().chain([Way::OnPremises, Way::None]);
        let mut hops: Vec<_> = ways.map(|by| What::Way { subnet: a, service: "s3", by }).collect();
        hops.extend([
            What::Placed(a),
            What::SameVpc(a, b),
            What::PublicAddress(a),
            What::InternetRoute(a),
            What::Listener(a, 80),
            What::Listener(b, 80),
            What::TargetType { balancer: b, service: a, set: "ip" },
            What::Egress { from: a, to: b, port: 80 },
            What::Ingress { from: a, to: b, port: 80 },
            What::HasRole(a, "taskRoleArn"),
            What::HasRole(a, "unheardOf"),
            What::Allows { role: a, action: "s3:GetObject", on: b },
            What::GroupThere(a),
            What::RepositoryPolicy(a),
            What::Port(a),
        ]);
        for hop in &hops {
            for ok in [true, false] {
                let said = hop.message(ok).to_string();
                assert!(said.contains("`web`") || said.contains("`lb`"), "{hop:?}: {said}");
                assert!(!said.contains('{'), "{hop:?}: {said}");
            }
        }
        let role = What::HasRole(a, "taskRoleArn").message(false).to_string();
        assert_eq!(role, "`web` has no task role (`taskRoleArn`)");
    }
}
