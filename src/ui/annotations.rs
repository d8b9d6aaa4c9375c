//! What the page asks the canvas to point out: findings on components, the path of a finding's
//! evidence, and a fix that is only previewed.

use std::rc::Rc;

use trapwise_documents::terms::Severity;
use trapwise_model::{ComponentId, Design, LinkId, SortedMap};

/// What to point out on the board.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Annotations {
    /// Findings on components.
    pub components: SortedMap<ComponentId, Annotation>,
    /// Findings on links.
    pub links: SortedMap<LinkId, Annotation>,
    /// The evidence of the opened finding or check, in order; empty when none is open.
    pub path: Vec<PathStep>,
}

/// Findings on one component or link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Annotation {
    /// Of the worst finding.
    pub severity: Severity,
    /// How many there are.
    pub count: u32,
    /// Whether the opened finding is one of them.
    pub active: bool,
    /// The one to open from here, by its place in the report: the one after the opened one.
    pub opens: usize,
}

/// One step of a way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathStep {
    /// Where it is seen: a component, …
    pub component: Option<ComponentId>,
    /// … or a link.
    pub link: Option<LinkId>,
    /// Whether it works.
    pub ok: bool,
}

/// A design that is only previewed, drawn as a difference to the learner's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// How the board would be.
    pub design: Rc<Design>,
    /// What it is, for example the fix's title.
    pub title: String,
}
