//! Writing detections: each call adds one thing that a trap reports.

use std::borrow::Cow;

use trapwise_documents::message::{Arg, Message};
use trapwise_model::Link;

use crate::finding::{Detection, Fix, Step};
use crate::world::{Edge, Node};

impl Detection {
    /// Nothing yet.
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Pins it on a component, the culprit first.
    pub(super) fn pin(mut self, node: Node<'_>) -> Self {
        self.components.push(node.id.clone());
        self
    }

    /// Pins it on components.
    pub(super) fn pin_all<'a, 'd: 'a>(self, nodes: impl IntoIterator<Item = &'a Node<'d>>) -> Self {
        nodes.into_iter().fold(self, |detection, node| detection.pin(*node))
    }

    /// Pins it on a link.
    pub(super) fn pin_link(mut self, link: &Link) -> Self {
        self.links.push(link.id.clone());
        self
    }

    /// Pins it on links.
    pub(super) fn pin_links<'a, 'd: 'a>(self, edges: impl IntoIterator<Item = &'a Edge<'d>>) -> Self {
        edges.into_iter().fold(self, |detection, edge| detection.pin_link(edge.link))
    }

    /// What is seen at a component: the next step of the way it goes wrong, and whether that step works.
    pub(super) fn at(self, node: Node<'_>, ok: bool, message: impl Into<Message>) -> Self {
        self.step(Step::at(node, ok, message))
    }

    /// What is seen on a link.
    pub(super) fn on(self, link: &Link, ok: bool, message: impl Into<Message>) -> Self {
        self.step(Step::on(link, ok, message))
    }

    /// The next step of the way it goes wrong.
    pub(super) fn step(mut self, step: Step) -> Self {
        self.evidence.push(step);
        self
    }

    /// The next steps of the way it goes wrong.
    pub(super) fn steps(self, steps: impl IntoIterator<Item = Step>) -> Self {
        steps.into_iter().fold(self, Self::step)
    }

    /// What a placeholder of the trap's text stands for.
    pub(super) fn arg(mut self, key: &'static str, value: impl Into<Arg>) -> Self {
        self.args.insert(Cow::Borrowed(key), value.into());
        self
    }

    /// A placeholder that stands for these words.
    pub(super) fn words(self, key: &'static str, words: &str) -> Self {
        self.arg(key, words)
    }

    /// A placeholder that stands for a word of the AWS API.
    pub(super) fn code(self, key: &'static str, word: &str) -> Self {
        self.arg(key, Arg::Code(word.to_owned()))
    }

    /// A placeholder that stands for words of the AWS API.
    pub(super) fn codes<'a>(self, key: &'static str, words: impl IntoIterator<Item = &'a str>) -> Self {
        self.arg(key, Arg::codes(words))
    }

    /// A placeholder that stands for a component.
    pub(super) fn name(self, key: &'static str, node: Node<'_>) -> Self {
        self.arg(key, node)
    }

    /// A placeholder that stands for components.
    pub(super) fn names<'a, 'd: 'a>(
        self,
        key: &'static str,
        nodes: impl IntoIterator<Item = &'a Node<'d>>,
    ) -> Self {
        self.arg(key, Arg::names(nodes))
    }

    /// One way to mend it.
    pub(super) fn fix(mut self, fix: Fix) -> Self {
        self.fixes.push(fix);
        self
    }

    /// Ways to mend it.
    pub(super) fn fixes(self, fixes: impl IntoIterator<Item = Fix>) -> Self {
        fixes.into_iter().fold(self, Self::fix)
    }
}
