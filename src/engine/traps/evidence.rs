//! Steps of evidence that are no hop of a derived relation.

use trapwise_model::Link;

use crate::finding::Step;
use crate::world::Node;

/// What is seen at a component.
pub(super) fn at(node: Node<'_>, ok: bool, text: impl Into<String>) -> Step {
    Step { component: Some(node.id.clone()), link: None, ok, text: text.into() }
}

/// What is seen on a link.
pub(super) fn on(link: &Link, ok: bool, text: impl Into<String>) -> Step {
    Step { component: None, link: Some(link.id.clone()), ok, text: text.into() }
}
