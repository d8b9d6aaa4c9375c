//! The infrastructure role, by which ECS manages AWS resources for a service or a capacity provider.

use trapwise_documents::message::Message;
use trapwise_model::catalogue::prop;
use trapwise_model::{LinkKind, Value};

use super::fix::FixBuilder;
use super::permissions::{list, no_role};
use crate::finding::Step;
use crate::world::{Edge, Graph, Node, iam};

const PLACE: &str = "infrastructureRole";

/// Something that ECS does by that role.
pub(super) struct Duty {
    /// The AWS managed policy for it.
    pub(super) policy: &'static str,
    /// The action by which other permissions for it are recognised.
    pub(super) action: &'static str,
}

impl Duty {
    /// Whether a role lets ECS do it.
    pub(super) fn is_allowed_by(&self, role: Node<'_>) -> bool {
        let mut policies = role.list(prop::MANAGED_POLICIES).iter().filter_map(Value::as_text);
        policies.any(|policy| policy == self.policy) || iam::everywhere(role, self.action).is_some()
    }

    /// Whether the infrastructure role of a service or capacity provider lets ECS do it.
    pub(super) fn is_allowed_for<'d>(&self, graph: &Graph<'d>, owner: Node<'d>) -> bool {
        role(graph, owner).is_some_and(|edge| self.is_allowed_by(edge.to))
    }

    /// Lets ECS do it: by the policy, or with a role where there is none yet. That is `free`, or a new one.
    pub(super) fn allow<'f, 'd>(
        &self,
        fix: &'f mut FixBuilder<'d>,
        graph: &Graph<'d>,
        owner: Node<'d>,
        free: Option<Node<'d>>,
        stem: &str,
    ) -> &'f mut FixBuilder<'d> {
        if let Some(edge) = role(graph, owner) {
            return fix.attach(edge.to, &[self.policy]);
        }
        match free {
            Some(role) => {
                fix.link(LinkKind::Role, &owner.id, &role.id).with(prop::AS, PLACE);
            }
            None => {
                fix.add_role(owner, PLACE, stem, &[(prop::MANAGED_POLICIES, list(&[self.policy]))]);
            }
        }
        fix
    }
}

/// The infrastructure role of a service or capacity provider.
pub(super) fn role<'d>(graph: &Graph<'d>, owner: Node<'d>) -> Option<Edge<'d>> {
    iam::role(graph, owner, PLACE)
}

/// Whether a role is attached as infrastructure role only, or nowhere.
pub(super) fn is_reserved<'d>(graph: &Graph<'d>, role: Node<'d>) -> bool {
    graph.inc(role, LinkKind::Role).iter().all(|edge| edge.link.is(prop::AS, PLACE))
}

/// Why ECS may not do its duty (`does`, after "does not let ECS"): the role does not allow it, or there is none.
pub(super) fn refusal<'d>(graph: &Graph<'d>, owner: Node<'d>, does: Message) -> Step {
    match role(graph, owner).map(|edge| edge.to) {
        Some(role) => Step::at(
            role,
            false,
            Message::new("evidence.role-does-not-let-ecs").name("role", role).arg("does", does),
        ),
        None => no_role(owner, PLACE),
    }
}
