//! The documents as types. They say what is there; [`super`]'s loader says what is wrong.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use trapwise_model::{
    BuildRules, Component, Design, Edit, Link, LinkId, LinkKind, Lock, PaletteItem, SortedMap, SortedSet,
    Value, named_enum,
};

use crate::condition::{AttrTest, Condition, Selector};
use crate::cost::{Best, Volumes};
use crate::terms::{Difficulty, Domain, Exam, Need};

/// `scenarios/<id>/scenario.json`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Scenario {
    /// 1.
    pub schema_version: u32,
    /// The name of its folder.
    pub id: String,
    /// On screen.
    pub title: String,
    /// One sentence for the list.
    pub summary: String,
    /// Its place in the list: lower comes first.
    pub order: u32,
    /// The exams that ask this, the main one first.
    pub exams: Vec<Exam>,
    /// The domain it belongs to.
    pub domain: Domain,
    /// How much it asks.
    pub difficulty: Difficulty,
    /// How long it takes, about.
    pub minutes: u32,
    /// The situation, in Markdown without HTML.
    pub brief: String,
    /// What must be achieved, as the learner reads it.
    pub requirements: Vec<Requirement>,
    /// The words of the brief that decide the answer.
    pub keywords: Vec<Keyword>,
    /// What traps may assume.
    pub needs: Vec<Need>,
    /// What may be added, distractors included.
    pub palette: Vec<PaletteItem>,
    /// Most components on the board.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_components: Option<usize>,
    /// Given components that stay.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub locks: Vec<Lock>,
    /// Given links that stay.
    #[serde(skip_serializing_if = "SortedSet::is_empty")]
    pub locked_links: SortedSet<LinkId>,
    /// What is on the board at the start.
    pub start: StartDesign,
    /// How much flows through a design in a month, where it differs from what is assumed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub volumes: Option<Volumes>,
    /// What the cheapest and the least laborious of its references come to; checks compare with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub best: Option<Best>,
    /// What is checked, 100 points in all.
    pub checks: Vec<Check>,
    /// The parts it teaches: a reference without any of them must not pass.
    pub teaches: Vec<Ablation>,
    /// Parts that an answer may leave out though a reference has them: without any one of them it is
    /// worth as much. Each says why it is there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub optional: Vec<Ablation>,
    /// What differs from one version to another; none when there is only this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub varies: Option<Varies>,
    /// Help in stages.
    pub hints: Vec<Hint>,
    /// The same stem as multiple choice.
    pub question: Question,
    /// What to take away, in Markdown without HTML.
    pub debrief: String,
    /// The facts it drills, by id.
    pub facts: Vec<String>,
    /// Where it is written.
    pub sources: Vec<Source>,
    /// When that was last checked, `YYYY-MM-DD`.
    pub verified_on: String,
}

/// What may vary.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Varies {
    /// Each is decided for itself.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
    /// Whether the Availability Zones change places.
    pub zones: bool,
    /// Which entries of the palette may be missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distractors: Option<Distractors>,
}

/// Words and numbers that go together, and what they may be instead.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Choice {
    /// As they are written: a text replaces whole words in every text and id, with a capital where there
    /// was one; a number replaces numbers.
    pub is: Vec<Value>,
    /// Lists of as many, of the same types.
    pub among: Vec<Value>,
    /// The fields in which numbers are replaced.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub under: Vec<String>,
}

/// Entries of the palette that no answer needs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Distractors {
    /// How many of them are there in each version but the first, which has all.
    pub take: usize,
    /// By kind and preset.
    pub among: Vec<Selector>,
}

/// The parts of a design, inside another document.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct StartDesign {
    /// In any order.
    pub components: Vec<Component>,
    /// In any order.
    pub links: Vec<Link>,
}

/// One requirement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Requirement {
    /// Checks name it.
    pub id: String,
    /// One sentence.
    pub text: String,
}

/// A phrase of the brief and what it decides.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Keyword {
    /// Word for word as in the brief.
    pub phrase: String,
    /// What it means for the answer.
    pub meaning: String,
}

/// One check.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Check {
    /// Unique in the scenario.
    pub id: String,
    /// What is checked, a short sentence the learner reads in the account.
    pub title: String,
    /// The requirement it belongs to.
    pub requirement: String,
    /// The domain its points count in; absent means the scenario's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain: Option<Domain>,
    /// What it is worth.
    pub points: u32,
    /// Whether passing needs it.
    pub required: bool,
    /// The condition.
    pub when: Arc<Condition>,
}

/// What is taken away to see whether it matters.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ablation {
    /// What it is, in words.
    pub text: String,
    /// Every component of this selection …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub component: Option<Selector>,
    /// … or every link of this one …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<LinkSelector>,
    /// … is removed; with `reset`, only this property goes back to its default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reset: Option<String>,
}

/// Selects links.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LinkSelector {
    /// Of this kind.
    pub kind: LinkKind,
    /// Starting at one of these.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Selector>,
    /// Ending at one of these.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Selector>,
    /// With these properties.
    #[serde(rename = "where", skip_serializing_if = "SortedMap::is_empty")]
    pub tests: SortedMap<String, AttrTest>,
}

/// Help with one requirement, in stages from a nudge to the answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hint {
    /// Which requirement.
    pub requirement: String,
    /// One sentence or two each.
    pub stages: Vec<String>,
}

/// Multiple choice.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Question {
    /// What is asked, after the brief.
    pub prompt: String,
    /// Four or more.
    pub options: Vec<QuestionOption>,
}

/// One option.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QuestionOption {
    /// `a`, `b`, …
    pub id: String,
    /// As in the exam.
    pub text: String,
    /// Whether it is (one of) the right one(s).
    pub correct: bool,
    /// Why it is right or wrong.
    pub why: String,
    /// The variant that builds it, for every wrong option; the file's name without `.json`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub variant: Option<String>,
}

/// A source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Of the page.
    pub title: String,
    /// `https://…`.
    pub url: String,
}

/// `scenarios/<id>/variants/<name>.json`: a reference with a mistake.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Variant {
    /// The reference it starts from, by file name without `.json`.
    pub reference: String,
    /// The mistake in words.
    pub title: String,
    /// The mistake.
    pub edits: Vec<Edit>,
    /// Exactly the traps it falls into.
    pub fires: SortedSet<String>,
    /// Exactly the checks it fails.
    pub fails_checks: SortedSet<String>,
}

/// `scenarios/index.json`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Index {
    /// 1.
    pub schema_version: u32,
    /// In the order of the list.
    pub scenarios: Vec<IndexEntry>,
}

/// What the list shows of a scenario, and which files it has.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct IndexEntry {
    /// As in the scenario.
    pub id: String,
    /// As in the scenario.
    pub title: String,
    /// As in the scenario.
    pub summary: String,
    /// As in the scenario.
    pub exams: Vec<Exam>,
    /// As in the scenario.
    pub domain: Domain,
    /// As in the scenario.
    pub difficulty: Difficulty,
    /// As in the scenario.
    pub minutes: u32,
    /// As in the scenario.
    pub facts: Vec<String>,
    /// Its references, by file name without `.json`.
    pub references: Vec<String>,
    /// Its variants, by file name without `.json`, with the traps they fall into.
    pub variants: SortedMap<String, SortedSet<String>>,
}

/// `scenarios/facts.json`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Facts {
    /// 1.
    pub schema_version: u32,
    /// By id.
    pub facts: Vec<Fact>,
}

/// Something taught.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Fact {
    /// Code and content cite it.
    pub id: String,
    /// In one sentence.
    pub claim: String,
    /// How it stands today.
    pub status: FactStatus,
    /// What exams key on.
    pub exam_answer: String,
    /// What holds today.
    pub aws_today: String,
    /// A mnemonic, if it has a good one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mnemonic: Option<String>,
    /// Where it is written.
    pub sources: Vec<Source>,
    /// When that was last checked, `YYYY-MM-DD`.
    pub verified_on: String,
}

named_enum! {
    /// How a claim of exam lore stands today.
    pub enum FactStatus {
        Correct = "correct",
        Incomplete = "incomplete",
        Outdated = "outdated",
        Debatable = "debatable",
        Wrong = "wrong",
    }
}

impl Scenario {
    /// What its learner may build.
    #[must_use]
    pub fn build_rules(&self) -> BuildRules {
        BuildRules {
            palette: self.palette.clone(),
            locks: self.locks.clone(),
            locked_links: self.locked_links.clone(),
            max_components: self.max_components,
        }
    }

    /// The board at the start; parts that do not fit are left out (the loader reports them).
    #[must_use]
    pub fn start_design(&self) -> Design {
        let components = self.start.components.iter().cloned().map(Into::into).collect();
        let links = self.start.links.iter().cloned().map(Into::into).collect();
        Design::from_parts_lossy(components, links).0
    }
}
