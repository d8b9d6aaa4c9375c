//! What a trap reports: where, why, and what would mend it. Data only; words are in the trap's text.

use std::sync::Arc;

use trapwise_documents::message::{Args, Message};
use trapwise_model::{ComponentId, Edit, LinkId};

use crate::report::StepReport;

/// Where a trap was found, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Detection {
    /// The components to pin it on, the culprit first.
    pub components: Vec<ComponentId>,
    /// The links to pin it on.
    pub links: Vec<LinkId>,
    /// The way it goes wrong, step by step.
    pub evidence: Vec<Step>,
    /// What the placeholders of its text stand for.
    pub args: Args,
    /// What would mend it; each on its own is enough.
    pub fixes: Vec<Fix>,
}

/// One step of evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Where it is seen: a component, …
    pub component: Option<ComponentId>,
    /// … or a link.
    pub link: Option<LinkId>,
    /// Whether this step works.
    pub ok: bool,
    /// What happens here; in words a short clause without a full stop, for example
    /// "`web` listens on port 8080".
    pub message: Message,
}

/// A step without words.
impl From<Step> for StepReport {
    fn from(step: Step) -> Self {
        let Step { component, link, ok, message: Message { key, args } } = step;
        Self { component, link, ok, key, args, text: String::new() }
    }
}

/// One way to mend a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// The entry of the trap's text that names it.
    pub key: &'static str,
    /// What it changes; shared with the report.
    pub edits: Arc<Vec<Edit>>,
}
