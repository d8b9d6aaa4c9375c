//! Writing fixes: a few edits with fresh ids.

use trapwise_model::{
    Component, ComponentId, ComponentKind, Edit, Link, LinkId, LinkKind, Place, Set, SortedSet, Target, Value,
};

use crate::finding::Fix;
use crate::world::{Node, World};

/// Collects the edits of one fix.
pub(super) struct FixBuilder<'w, 'd> {
    world: &'w World<'d>,
    edits: Vec<Edit>,
    /// Ids this fix has already given out.
    used: SortedSet<String>,
}

impl<'w, 'd> FixBuilder<'w, 'd> {
    pub(super) const fn new(world: &'w World<'d>) -> Self {
        Self { world, edits: Vec::new(), used: SortedSet::new() }
    }

    /// Adds a component and returns its id.
    pub(super) fn add(
        &mut self,
        kind: ComponentKind,
        stem: &str,
        containers: &[ComponentId],
        props: &[(&str, Value)],
    ) -> ComponentId {
        let design = self.world.design();
        let id = ComponentId::free(stem, |id| design.component(id).is_some() || self.used.contains(id));
        self.used.insert(id.as_str().to_owned());
        let mut component = Component::new(id.clone(), kind);
        component.containers = containers.to_vec();
        component.props = own(props);
        self.edits.push(Edit::Add(component));
        id
    }

    /// Takes a component away, with its links.
    pub(super) fn remove(mut self, node: Node<'d>) -> Self {
        self.edits.push(Edit::Remove(node.id.clone()));
        self
    }

    /// Draws a link.
    pub(super) fn link(
        mut self,
        kind: LinkKind,
        from: &ComponentId,
        to: &ComponentId,
        props: &[(&str, Value)],
    ) -> Self {
        let design = self.world.design();
        let id = LinkId::free(&format!("{from}-{kind}-{to}"), |id| {
            design.link(id).is_some() || self.used.contains(id)
        });
        self.used.insert(id.as_str().to_owned());
        let mut link = Link::new(id, kind, from.clone(), to.clone());
        link.props = own(props);
        self.edits.push(Edit::Link(link));
        self
    }

    /// Takes a link away.
    pub(super) fn unlink(mut self, link: &Link) -> Self {
        self.edits.push(Edit::Unlink(link.id.clone()));
        self
    }

    /// Sets a property of a component.
    pub(super) fn set(mut self, node: Node<'d>, prop: &str, value: impl Into<Value>) -> Self {
        let of = Target::Component(node.id.clone());
        self.edits.push(Edit::Set(Set { of, prop: prop.to_owned(), value: Some(value.into()) }));
        self
    }

    /// Puts a property of a component back to its default.
    pub(super) fn reset(mut self, node: Node<'d>, prop: &str) -> Self {
        let of = Target::Component(node.id.clone());
        self.edits.push(Edit::Set(Set { of, prop: prop.to_owned(), value: None }));
        self
    }

    /// Sets a property of a link.
    pub(super) fn set_link(mut self, link: &Link, prop: &str, value: impl Into<Value>) -> Self {
        let of = Target::Link(link.id.clone());
        self.edits.push(Edit::Set(Set { of, prop: prop.to_owned(), value: Some(value.into()) }));
        self
    }

    /// Moves a component into these containers.
    pub(super) fn place(mut self, node: Node<'d>, containers: Vec<ComponentId>) -> Self {
        self.edits.push(Edit::Place(Place { component: node.id.clone(), containers, at: node.at }));
        self
    }

    /// The fix, named by an entry of the trap's text.
    pub(super) fn done(self, key: &'static str) -> Fix {
        Fix { key, edits: self.edits }
    }
}

fn own(props: &[(&str, Value)]) -> trapwise_model::Props {
    props.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
}

/// A component's name in a message.
pub(super) fn name(node: Node<'_>) -> String {
    format!("`{}`", node.id)
}

/// A list of names in a message.
pub(super) fn names<'a>(items: impl IntoIterator<Item = &'a str>) -> String {
    let mut text = String::new();
    for item in items {
        text.push_str(if text.is_empty() { "`" } else { ", `" });
        text.push_str(item);
        text.push('`');
    }
    text
}

/// A list of phrases in a message.
pub(super) fn phrases<'a>(items: impl IntoIterator<Item = &'a str>) -> String {
    items.into_iter().collect::<Vec<_>>().join(", ")
}
