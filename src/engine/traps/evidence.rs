//! Steps of evidence that are no hop of a derived relation.

use std::fmt::Arguments;

use trapwise_model::Link;

use crate::finding::Step;
use crate::world::Node;

/// What is seen at a component.
pub(super) fn at(node: Node<'_>, ok: bool, text: Arguments<'_>) -> Step {
    Step { component: Some(node.id.clone()), link: None, ok, text: text.to_string() }
}

/// What is seen on a link.
pub(super) fn on(link: &Link, ok: bool, text: Arguments<'_>) -> Step {
    Step { component: None, link: Some(link.id.clone()), ok, text: text.to_string() }
}
