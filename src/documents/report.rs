//! What an evaluation says, as JSON: the stable contract of the page, the command line and hosts.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use trapwise_model::{ComponentId, Edit, LinkId, SortedMap};

use crate::cost::Estimate;
use crate::message::{Message, Names};
use crate::terms::{Domain, Severity};
use crate::texts::Texts;

/// The result of checking a design against a scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// 1.
    pub schema_version: u32,
    /// Which scenario; none for a free design.
    pub scenario: Option<String>,
    /// Every required check passes and no critical finding stands.
    pub passed: bool,
    /// Percent, 0 to 100, rounded down.
    pub score: u32,
    /// An estimate on the scale of 100 to 1000.
    pub scaled: u32,
    /// Points earned by checks, before penalties.
    pub earned: u32,
    /// Points possible.
    pub possible: u32,
    /// The penalties of all findings; the score is what is left of the points earned.
    pub penalty: u32,
    /// Points by domain; only domains in which points are possible.
    pub domains: Vec<DomainScore>,
    /// Every requirement, in the scenario's order.
    pub requirements: Vec<RequirementReport>,
    /// Every check, in the scenario's order.
    pub checks: Vec<CheckReport>,
    /// Every finding, worst first.
    pub findings: Vec<FindingReport>,
    /// What the design costs and what work it makes; none where nobody asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub estimate: Option<Estimate>,
}

/// Points in one domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DomainScore {
    /// Which.
    pub id: Domain,
    /// Earned, penalties taken off, never below 0.
    pub earned: u32,
    /// Possible.
    pub possible: u32,
}

/// A requirement's result: that of all its checks together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RequirementReport {
    /// Which.
    pub id: String,
    /// Fail if a check of it fails, else unknown if one is, else pass if one does, else not applicable.
    pub status: Status,
    /// Earned.
    pub points: u32,
    /// Possible.
    pub possible: u32,
}

/// One check's result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CheckReport {
    /// Which.
    pub id: String,
    /// What is checked.
    pub title: String,
    /// The requirement it belongs to.
    pub requirement: String,
    /// The domain its points count in.
    pub domain: Domain,
    /// Whether passing needs it.
    pub required: bool,
    /// Pass, fail, not-applicable or unknown.
    pub status: Status,
    /// Earned.
    pub points: u32,
    /// Possible; 0 when not applicable.
    pub possible: u32,
    /// What decided it.
    pub witness: Witness,
}

/// The result of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// It holds.
    Pass,
    /// It does not.
    Fail,
    /// It does not apply.
    NotApplicable,
    /// It cannot be said; the witness says why.
    Unknown,
}

/// What decided a condition.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Witness {
    /// What the quantifiers around the deciding leaf had bound.
    #[serde(default, skip_serializing_if = "SortedMap::is_empty")]
    pub bound: SortedMap<String, ComponentId>,
    /// The deciding leaf, as a JSON pointer within the check's `when`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub leaf: String,
    /// Why, before it is put into words.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub why: Option<Message>,
    /// Why, in a short sentence.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// The way of a derived relation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub path: Vec<StepReport>,
}

/// One finding, in words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FindingReport {
    /// Which trap.
    pub trap: String,
    /// What the trap is called.
    pub title: String,
    /// How bad.
    pub severity: Severity,
    /// The domain its penalty comes off.
    pub domain: Domain,
    /// Points taken off.
    pub penalty: u32,
    /// Where, the culprit first.
    pub components: Vec<ComponentId>,
    /// Where.
    pub links: Vec<LinkId>,
    /// What goes wrong here.
    pub message: String,
    /// What goes wrong, before it is put into words; the words of the fixes have the same arguments.
    #[serde(flatten)]
    pub what: Message,
    /// The way it goes wrong.
    pub evidence: Vec<StepReport>,
    /// What would mend it and is allowed.
    pub fixes: Vec<FixReport>,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StepReport {
    /// Where it is seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub component: Option<ComponentId>,
    /// Where it is seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<LinkId>,
    /// Whether it works.
    pub ok: bool,
    /// What happens, before it is put into words.
    #[serde(flatten)]
    pub message: Message,
    /// What happens.
    pub text: String,
}

/// One way to mend a finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FixReport {
    /// Its name among the trap's fixes.
    pub key: String,
    /// What it does, in a few words.
    pub title: String,
    /// The edits.
    pub edits: Arc<Vec<Edit>>,
}

impl Report {
    /// Writes every text of the report again, with these texts and these names.
    pub fn put_into_words(&mut self, texts: &Texts, names: &dyn Names) {
        self.findings.iter_mut().for_each(|finding| finding.put_into_words(texts, names));
        self.checks.iter_mut().for_each(|check| check.witness.put_into_words(texts, names));
    }
}

impl Witness {
    /// Writes every text of the witness again, with these texts and these names.
    pub fn put_into_words(&mut self, texts: &Texts, names: &dyn Names) {
        self.reason = self.why.as_ref().map(|why| texts.say(why, names)).unwrap_or_default();
        self.path.iter_mut().for_each(|step| step.put_into_words(texts, names));
    }
}

impl FindingReport {
    fn put_into_words(&mut self, texts: &Texts, names: &dyn Names) {
        self.title = texts.title(&self.trap);
        self.message = texts.message(&self.trap, self.components.first(), &self.what.args, names);
        self.evidence.iter_mut().for_each(|step| step.put_into_words(texts, names));
        for fix in &mut self.fixes {
            fix.title = texts.fix(&self.trap, &fix.key, &self.what.args, names);
        }
    }
}

impl StepReport {
    fn put_into_words(&mut self, texts: &Texts, names: &dyn Names) {
        self.text = texts.say(&self.message, names);
    }
}
