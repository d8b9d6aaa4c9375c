//! What a trap reports: where, why, and what would mend it. Data only; words are in the trap's text.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use trapwise_model::{ComponentId, Edit, LinkId, SortedMap};

use crate::report::StepReport;
use crate::traps::Trap;

/// One trap that a design fell into.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Which trap.
    pub trap: &'static Trap,
    /// Where and why.
    pub detection: Detection,
}

/// Where a trap was found, and why. Derefs to its details, which lie behind a pointer: traps hand it on
/// from call to call while they fill it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Detection(Box<Details>);

impl Deref for Detection {
    type Target = Details;
    fn deref(&self) -> &Details {
        &self.0
    }
}

impl DerefMut for Detection {
    fn deref_mut(&mut self) -> &mut Details {
        &mut self.0
    }
}

/// What there is to a detection.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Details {
    /// The components to pin it on, the culprit first.
    pub components: Vec<ComponentId>,
    /// The links to pin it on.
    pub links: Vec<LinkId>,
    /// The way it goes wrong, step by step.
    pub evidence: Vec<Step>,
    /// What the placeholders of its text stand for.
    pub args: SortedMap<&'static str, String>,
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
    /// What happens here, a short clause without a full stop, for example
    /// "`web` listens on port 8080 behind `web-sg`".
    pub text: String,
}

impl From<Step> for StepReport {
    fn from(step: Step) -> Self {
        let Step { component, link, ok, text } = step;
        Self { component, link, ok, text }
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

/// Every detection of one trap, in any order. Derefs to the list.
#[derive(Debug, Default)]
pub struct Found(Vec<Detection>);

impl Found {
    /// Nothing.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Adds one.
    pub fn push(&mut self, detection: Detection) {
        self.0.push(detection);
    }
}

impl Deref for Found {
    type Target = [Detection];
    fn deref(&self) -> &[Detection] {
        &self.0
    }
}

/// Collecting into this is half the code of collecting into a `Vec`, which asks for the first item apart
/// from the others; every trap does it.
impl Extend<Detection> for Found {
    fn extend<I: IntoIterator<Item = Detection>>(&mut self, detections: I) {
        detections.into_iter().for_each(|detection| self.push(detection));
    }
}

impl FromIterator<Detection> for Found {
    fn from_iter<I: IntoIterator<Item = Detection>>(detections: I) -> Self {
        let mut found = Self::new();
        found.extend(detections);
        found
    }
}

impl IntoIterator for Found {
    type Item = Detection;
    type IntoIter = std::vec::IntoIter<Detection>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
