//! One step of a derived relation: what happens there, and whether it works.
//!
//! Relations are found on every evaluation, their words are needed for few; so a hop holds pointers,
//! and becomes a sentence only when shown.

use trapwise_model::catalogue::{PropType, prop};
use trapwise_model::{ComponentKind, Link, LinkKind};

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
            text: self.what.text(self.ok),
        }
    }
}

impl What<'_> {
    fn text(&self, ok: bool) -> String {
        match self {
            Self::Placed(node) if ok => format!("`{}` stands in a subnet", node.id),
            Self::Placed(node) => format!("`{}` stands in no subnet", node.id),
            Self::SameVpc(from, to) if ok => format!("`{}` and `{}` are in one VPC", from.id, to.id),
            Self::SameVpc(from, to) => format!("`{}` and `{}` are not in one VPC", from.id, to.id),
            Self::PublicAddress(node) if ok => format!("`{}` has a public address", node.id),
            Self::PublicAddress(node) => format!("`{}` has no public address", node.id),
            Self::InternetRoute(subnet) if ok => format!("`{}` routes to an internet gateway", subnet.id),
            Self::InternetRoute(subnet) => format!("`{}` has no route to an internet gateway", subnet.id),
            Self::Listener(node, port) if ok => format!("`{}` listens on port {port}", node.id),
            Self::Listener(node, port) if node.kind == ComponentKind::EcsService => {
                format!("no container of `{}` listens on port {port}", node.id)
            }
            Self::Listener(node, port) => format!("`{}` has no production listener on port {port}", node.id),
            Self::TargetType { balancer, service, set } if ok => {
                format!("`{}` registers tasks of `{}` by {set}", balancer.id, service.id)
            }
            Self::TargetType { balancer, service, set } => {
                format!(
                    "`{}` registers targets by {set}, which does not fit the tasks of `{}`",
                    balancer.id, service.id
                )
            }
            Self::Egress { from, to, port } if ok => {
                format!("`{}` may connect out to `{}` on port {port}", from.id, to.id)
            }
            Self::Egress { from, to, port } => {
                format!("no outbound rule lets `{}` connect to `{}` on port {port}", from.id, to.id)
            }
            Self::Ingress { from, to, port } if ok => {
                format!("`{}` lets `{}` in on port {port}", to.id, from.id)
            }
            Self::Ingress { from, to, port } => {
                format!("no inbound rule of `{}` admits `{}` on port {port}", to.id, from.id)
            }
            Self::Way { subnet, service, by } => by.text(subnet, service),
            Self::HasRole(node, place) => {
                let (has, place) = (if ok { "has a" } else { "has no" }, role_words(place));
                format!("`{}` {has} {place}", node.id)
            }
            Self::Allows { role, action, on } if ok => {
                format!("`{}` allows {action} on `{}`", role.id, on.id)
            }
            Self::Allows { role, action, on } => {
                format!("`{}` does not allow {action} on `{}`", role.id, on.id)
            }
            Self::GroupThere(group) if ok => format!("`{}` is there when tasks start", group.id),
            Self::GroupThere(group) => {
                format!("`{}` is not there, and the log driver is not told to create it", group.id)
            }
            Self::RepositoryPolicy(node) if ok => {
                format!("`{}`, in another account, lets this account pull", node.id)
            }
            Self::RepositoryPolicy(node) => {
                format!("`{}` is in another account, and its policy does not let this one pull", node.id)
            }
            Self::Port(node) if ok => format!("the port of `{}` is known", node.id),
            Self::Port(node) => format!("it is not said which port of `{}` is used", node.id),
        }
    }
}

impl Way<'_> {
    fn text(&self, subnet: &Node<'_>, service: &str) -> String {
        let subnet = &subnet.id;
        match self {
            Self::Interface(endpoint) => {
                format!("`{subnet}` reaches {service} through endpoint `{}`", endpoint.id)
            }
            Self::Gateway(endpoint) => {
                format!("`{subnet}` routes {service} to gateway endpoint `{}`", endpoint.id)
            }
            Self::Nat(nat) => format!("`{subnet}` reaches {service} through `{}`", nat.id),
            Self::Public(gateway) => {
                format!("`{subnet}` reaches {service} with a public address through `{}`", gateway.id)
            }
            Self::EgressOnly(gateway) => {
                format!("`{subnet}` reaches {service} over IPv6 through `{}`", gateway.id)
            }
            Self::OnPremises => format!("`{subnet}` reaches {service} over its own connection"),
            Self::None => format!("from `{subnet}` nothing leads to {service}"),
        }
    }
}

/// A place for a role as the catalogue calls it, with AWS's name for it: the two are what exams ask for.
fn role_words(place: &str) -> String {
    let choices = match LinkKind::Role.spec().prop(prop::AS).map(|spec| &spec.ty) {
        Some(PropType::Enum(choices)) => *choices,
        _ => &[],
    };
    match choices.iter().find(|choice| choice.value == place) {
        Some(choice) => format!("{} (`{place}`)", choice.label.to_ascii_lowercase()),
        None => format!("role as `{place}`"),
    }
}
