//! Steps of evidence that are no hop of a derived relation.

use trapwise_documents::message::Message;
use trapwise_model::Link;

use crate::finding::Step;
use crate::trap::OWN_STEP;
use crate::world::Node;

/// What a step says, by its key in the text of the trap: `step.<key>`.
pub(super) fn step(key: &'static str) -> Message {
    Message::new(format!("{OWN_STEP}{key}"))
}

impl Step {
    /// What is seen at a component, and whether that step works.
    pub(super) fn at(node: Node<'_>, ok: bool, message: impl Into<Message>) -> Self {
        Self { component: Some(node.id.clone()), link: None, ok, message: message.into() }
    }

    /// What is seen on a link.
    pub(super) fn on(link: &Link, ok: bool, message: impl Into<Message>) -> Self {
        Self { component: None, link: Some(link.id.clone()), ok, message: message.into() }
    }
}
