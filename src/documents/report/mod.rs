//! What an evaluation says, as JSON: the stable contract of the page, the command line and hosts.

mod merge;

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use trapwise_model::shape::Shaped;
use trapwise_model::{ComponentId, Edit, LinkId, SortedMap, named_enum};

use crate::cost::Estimate;
use crate::limits::{MAX_POINTS, MOST};
use crate::message::{Args, Names};
use crate::terms::{Domain, Severity};
use crate::texts::Texts;

pub use merge::merge;

/// The result of checking a design against a scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Shaped)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// 1.
    #[document(version(1))]
    pub schema_version: u32,
    /// Which scenario; null for a free design.
    #[document(text(Id), or_null)]
    pub scenario: Option<String>,
    /// Every required check passes and no critical finding stands.
    pub passed: bool,
    /// Percent, rounded down.
    #[document(range(0, 100))]
    pub score: u32,
    /// An estimate on the scale of 100 to 1000.
    #[document(range(100, 1_000))]
    pub scaled: u32,
    /// Points earned by checks, before penalties.
    #[document(range(0, MAX_POINTS))]
    pub earned: u32,
    /// Points possible.
    #[document(range(0, MAX_POINTS))]
    pub possible: u32,
    /// Points that findings take off; the score is what is left of the points earned.
    #[document(range(0, MAX_POINTS))]
    pub penalty: u32,
    /// Points by domain; only domains in which points are possible.
    #[document(len(0, 10))]
    pub domains: Vec<DomainScore>,
    /// Every requirement, in the scenario's order.
    #[document(len(0, 50))]
    pub requirements: Vec<RequirementReport>,
    /// Every check, in the scenario's order.
    #[document(len(0, 200))]
    pub checks: Vec<CheckReport>,
    /// Every finding, worst first.
    #[document(len(0, MOST))]
    pub findings: Vec<FindingReport>,
    /// What the design costs a month, and what work it makes; only if it was requested.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub estimate: Option<Estimate>,
}

/// Points in one domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Shaped)]
#[serde(rename_all = "camelCase")]
pub struct DomainScore {
    /// Which.
    pub id: Domain,
    /// Earned, penalties taken off, never below 0.
    #[document(range(0, MAX_POINTS))]
    pub earned: u32,
    /// Possible.
    #[document(range(0, MAX_POINTS))]
    pub possible: u32,
}

/// A requirement's result: that of all its checks together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Shaped)]
#[serde(rename_all = "camelCase")]
#[document(name("requirement result"))]
pub struct RequirementReport {
    /// Which.
    #[document(text(Id))]
    pub id: String,
    /// Fail if a check of it fails, else unknown if one is, else pass if one does, else not applicable.
    pub status: Status,
    /// Earned.
    #[document(range(0, MAX_POINTS))]
    pub points: u32,
    /// Possible.
    #[document(range(0, MAX_POINTS))]
    pub possible: u32,
}

/// One check's result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Shaped)]
#[serde(rename_all = "camelCase")]
#[document(name("check result"))]
pub struct CheckReport {
    /// Which.
    #[document(text(Id))]
    pub id: String,
    /// What is checked.
    #[document(text(Any))]
    pub title: String,
    /// The requirement it belongs to.
    #[document(text(Id))]
    pub requirement: String,
    /// The domain its points count in.
    pub domain: Domain,
    /// Whether passing needs it.
    pub required: bool,
    /// How it came out.
    pub status: Status,
    /// Earned.
    #[document(range(0, MAX_POINTS))]
    pub points: u32,
    /// Possible; 0 when not applicable.
    #[document(range(0, MAX_POINTS))]
    pub possible: u32,
    /// What decided it.
    pub witness: Witness,
}

named_enum! {
    /// The result of a condition.
    pub enum Status as "status" {
        /// It holds.
        Pass = "pass",
        /// It does not.
        Fail = "fail",
        /// It does not apply.
        NotApplicable = "not-applicable",
        /// It cannot be said; the witness says why.
        Unknown = "unknown",
    }
}

/// What decided a condition.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Shaped)]
#[serde(rename_all = "camelCase")]
pub struct Witness {
    /// What the quantifiers around the deciding leaf had bound.
    #[serde(default, skip_serializing_if = "SortedMap::is_empty")]
    #[document(keys(Bind))]
    pub bound: SortedMap<String, ComponentId>,
    /// The deciding leaf, as a JSON pointer within the check's `when`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[document(text(Any))]
    pub leaf: String,
    /// The template of the reason.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    #[document(text(Any))]
    pub key: Cow<'static, str>,
    /// What its placeholders stand for.
    #[serde(default, skip_serializing_if = "SortedMap::is_empty")]
    #[document(keys(Any))]
    pub args: Args,
    /// Why, in a short sentence.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[document(text(Any))]
    pub reason: String,
    /// The way of a derived relation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[document(len(0, MOST))]
    pub path: Vec<StepReport>,
}

/// One finding, in words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Shaped)]
#[serde(rename_all = "camelCase")]
#[document(name("finding"))]
pub struct FindingReport {
    /// Which trap.
    #[document(text(Id))]
    pub trap: String,
    /// What the trap is called.
    #[document(text(Any))]
    pub title: String,
    /// How bad.
    pub severity: Severity,
    /// The domain its penalty comes off.
    pub domain: Domain,
    /// Points taken off.
    #[document(range(0, MAX_POINTS))]
    pub penalty: u32,
    /// Where, the culprit first.
    #[document(len(0, MOST))]
    pub components: Vec<ComponentId>,
    /// Where.
    #[document(len(0, MOST))]
    pub links: Vec<LinkId>,
    /// What goes wrong here.
    #[document(text(Any))]
    pub message: String,
    /// The template of the message.
    #[document(text(Any))]
    pub key: Cow<'static, str>,
    /// What the placeholders of the message and of the fixes stand for.
    #[serde(default, skip_serializing_if = "SortedMap::is_empty")]
    #[document(keys(Any))]
    pub args: Args,
    /// The way it goes wrong.
    #[document(len(0, MOST))]
    pub evidence: Vec<StepReport>,
    /// What would fix it and is allowed.
    #[document(len(0, 100))]
    pub fixes: Vec<FixReport>,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Shaped)]
#[serde(rename_all = "camelCase")]
#[document(name("step"))]
pub struct StepReport {
    /// Where it is seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub component: Option<ComponentId>,
    /// Where it is seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<LinkId>,
    /// Whether it works.
    pub ok: bool,
    /// The template of the text.
    #[document(text(Any))]
    pub key: Cow<'static, str>,
    /// What its placeholders stand for.
    #[serde(default, skip_serializing_if = "SortedMap::is_empty")]
    #[document(keys(Any))]
    pub args: Args,
    /// What happens.
    #[document(text(Any))]
    pub text: String,
}

/// One way to fix a finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Shaped)]
#[serde(rename_all = "camelCase")]
#[document(name("fix"))]
pub struct FixReport {
    /// The entry of the trap's text that names it.
    #[document(text(Any))]
    pub key: String,
    /// What it does, in a few words.
    #[document(text(Any))]
    pub title: String,
    /// The edits.
    #[document(len(0, 10_000))]
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
        self.reason = texts.say(&self.key, &self.args, names);
        self.path.iter_mut().for_each(|step| step.put_into_words(texts, names));
    }
}

impl FindingReport {
    fn put_into_words(&mut self, texts: &Texts, names: &dyn Names) {
        self.title = texts.title(&self.trap);
        self.message = texts.message(&self.trap, self.components.first(), &self.args, names);
        self.evidence.iter_mut().for_each(|step| step.put_into_words(texts, names));
        for fix in &mut self.fixes {
            fix.title = texts.fix(&self.trap, &fix.key, &self.args, names);
        }
    }
}

impl StepReport {
    fn put_into_words(&mut self, texts: &Texts, names: &dyn Names) {
        self.text = texts.say(&self.key, &self.args, names);
    }
}
