//! Writing fixes: a few edits with fresh ids.

use std::sync::Arc;

use trapwise_documents::message::Arg;
use trapwise_model::catalogue::{PropId, prop};
use trapwise_model::{
    Component, ComponentId, ComponentKind, Design, Edit, Link, LinkId, LinkKind, Place, Set, Target, Value,
};

use crate::finding::Fix;
use crate::world::{Node, World};

/// Collects the edits of one fix.
pub(super) struct FixBuilder<'d> {
    design: &'d Design,
    edits: Vec<Edit>,
}

impl<'d> FixBuilder<'d> {
    pub(super) fn new(world: &World<'d>) -> Self {
        Self { design: world.design(), edits: Vec::new() }
    }

    /// Adds a component and returns its id.
    pub(super) fn add(
        &mut self,
        kind: ComponentKind,
        stem: &str,
        containers: &[ComponentId],
        props: &[(PropId, Value)],
    ) -> ComponentId {
        let id = ComponentId::free(stem, |id| self.design.component(id).is_some() || self.has_used(id));
        let mut component = Component::new(id.clone(), kind);
        component.containers = containers.to_vec();
        component.props = own(props);
        self.edits.push(Edit::Add(component));
        id
    }

    /// Adds a role in a place of a component (`as`), and returns its id.
    pub(super) fn add_role(
        &mut self,
        owner: Node<'_>,
        place: &str,
        stem: &str,
        props: &[(PropId, Value)],
    ) -> ComponentId {
        let role = self.add(ComponentKind::IamRole, stem, &[], props);
        self.link(LinkKind::Role, &owner.id, &role).with(prop::AS, place);
        role
    }

    /// Takes a component away, with its links.
    pub(super) fn remove(&mut self, node: Node<'_>) -> &mut Self {
        self.and(Edit::Remove(node.id.clone()))
    }

    /// Draws a link.
    pub(super) fn link(&mut self, kind: LinkKind, from: &ComponentId, to: &ComponentId) -> &mut Self {
        let id = LinkId::free(&format!("{from}-{kind}-{to}"), |id| {
            self.design.link(id).is_some() || self.has_used(id)
        });
        self.and(Edit::Link(Link::new(id, kind, from.clone(), to.clone())))
    }

    /// Sets a property of the link that was just drawn.
    pub(super) fn with(&mut self, prop: PropId, value: impl Into<Value>) -> &mut Self {
        if let Some(Edit::Link(link)) = self.edits.last_mut() {
            link.props.insert(prop.into(), value.into());
        }
        self
    }

    /// Gives the link that was just drawn the properties of another.
    pub(super) fn alike(&mut self, other: &Link) -> &mut Self {
        if let Some(Edit::Link(link)) = self.edits.last_mut() {
            link.props.extend(other.props.clone());
        }
        self
    }

    /// Takes a link away.
    pub(super) fn unlink(&mut self, link: &Link) -> &mut Self {
        self.and(Edit::Unlink(link.id.clone()))
    }

    /// Sets a property of a component.
    pub(super) fn set(&mut self, node: Node<'_>, prop: PropId, value: impl Into<Value>) -> &mut Self {
        self.change(Target::Component(node.id.clone()), prop, Some(value.into()))
    }

    /// Puts a property of a component back to its default.
    pub(super) fn reset(&mut self, node: Node<'_>, prop: PropId) -> &mut Self {
        self.change(Target::Component(node.id.clone()), prop, None)
    }

    /// Attaches AWS managed policies to a role, beside those that it has.
    pub(super) fn attach(&mut self, role: Node<'_>, policies: &[&str]) -> &mut Self {
        let own = role.list(prop::MANAGED_POLICIES).iter().cloned();
        let all = own.chain(policies.iter().map(|policy| Value::from(*policy))).collect::<Vec<_>>();
        self.set(role, prop::MANAGED_POLICIES, all)
    }

    /// Sets a property of a link.
    pub(super) fn set_link(&mut self, link: &Link, prop: PropId, value: impl Into<Value>) -> &mut Self {
        self.change(Target::Link(link.id.clone()), prop, Some(value.into()))
    }

    /// Moves a component into these containers.
    pub(super) fn place(&mut self, node: Node<'_>, containers: Vec<ComponentId>) -> &mut Self {
        self.and(Edit::Place(Place { component: node.id.clone(), containers, at: node.at }))
    }

    /// The fix, named by an entry of the trap's text.
    pub(super) fn done(&mut self, key: &'static str) -> Fix {
        Fix { key, edits: Arc::new(std::mem::take(&mut self.edits)) }
    }

    fn change(&mut self, of: Target, prop: PropId, value: Option<Value>) -> &mut Self {
        self.and(Edit::Set(Set { of, prop: prop.into(), value }))
    }

    fn and(&mut self, edit: Edit) -> &mut Self {
        self.edits.push(edit);
        self
    }

    /// Whether this fix has already given the id out. There are a few edits at most.
    fn has_used(&self, id: &str) -> bool {
        self.edits.iter().any(|edit| match edit {
            Edit::Add(component) => component.id.as_str() == id,
            Edit::Link(link) => link.id.as_str() == id,
            _ => false,
        })
    }
}

fn own(props: &[(PropId, Value)]) -> trapwise_model::Props {
    props.iter().map(|(prop, value)| ((*prop).into(), value.clone())).collect()
}

/// A component's name in a message.
pub(super) fn name(node: Node<'_>) -> Arg {
    node.into()
}

/// A list of phrases in a message.
pub(super) fn phrases<'a>(items: impl IntoIterator<Item = &'a str>) -> String {
    items.into_iter().collect::<Vec<_>>().join(", ")
}
