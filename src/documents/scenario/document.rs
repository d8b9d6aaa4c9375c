//! The documents as types, from which come how they are read, their shapes and their JSON Schemas. [`super`]'s loader
//! says what is wrong beyond their shape.
//!
//! Ranges that are a matter of taste (how long a scenario may take, how many hints it may have) are generous: they
//! catch slips, not styles.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use trapwise_model::read::FromJson;
use trapwise_model::shape::{Shape, Shaped};
use trapwise_model::{
    BuildRules, Component, Design, Link, LinkId, LinkKind, Lock, MAX_COMPONENTS, MAX_LINKS, PaletteItem,
    SortedMap, SortedSet, Value,
};

use crate::condition::{AttrTest, Condition, Selector};
use crate::cost::{Best, Volumes};
use crate::terms::{Difficulty, Domain, Exam, Need};

/// `scenarios/<id>/scenario.json`.
#[derive(Clone, Debug, PartialEq, FromJson, Serialize, Shaped)]
#[serde(rename_all = "camelCase")]
pub struct Scenario {
    /// 1.
    #[document(version(1))]
    pub schema_version: u32,
    /// The name of its folder.
    #[document(text(Id))]
    pub id: String,
    /// On screen.
    #[document(text(Line))]
    pub title: String,
    /// One sentence for the list.
    #[document(text(Line))]
    pub summary: String,
    /// Its place in the list: lower comes first.
    #[document(range(0, 1_000_000))]
    pub order: u32,
    /// The exams that ask this, the main one first.
    #[document(len(1, 10))]
    pub exams: Vec<Exam>,
    /// The domain it belongs to.
    pub domain: Domain,
    /// How much it asks.
    pub difficulty: Difficulty,
    /// How long it takes, about.
    #[document(range(1, 600))]
    pub minutes: u32,
    /// The situation, in Markdown without HTML.
    #[document(text(Markdown))]
    pub brief: String,
    /// What must be achieved, as the learner reads it; each has a check.
    #[document(len(1, 50))]
    pub requirements: Vec<Requirement>,
    /// The words of the brief that decide the answer.
    #[document(len(0, 50))]
    pub keywords: Vec<Keyword>,
    /// What traps may assume.
    #[serde(default)]
    #[document(len(0, 50))]
    pub needs: Vec<Need>,
    /// What may be added, distractors included.
    #[document(len(1, 200))]
    pub palette: Vec<PaletteItem>,
    /// Most components on the board.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[document(range(1, 5_000))]
    pub max_components: Option<usize>,
    /// Given components that stay.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[document(len(0, 1_000))]
    pub locks: Vec<Lock>,
    /// Given links that stay.
    #[serde(default, skip_serializing_if = "SortedSet::is_empty")]
    #[document(len(0, 1_000))]
    pub locked_links: SortedSet<LinkId>,
    /// What is on the board at the start.
    #[serde(default)]
    pub start: StartDesign,
    /// How much flows through a design in a month, where it differs from what is assumed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub volumes: Option<Volumes>,
    /// What the best of its references come to; checks compare with it, `verify` says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub best: Option<Best>,
    /// What is checked, 100 points in all.
    #[document(len(1, 200))]
    pub checks: Vec<Check>,
    /// The parts it teaches: a reference without any of them must not pass.
    #[document(len(1, 50))]
    pub teaches: Vec<Ablation>,
    /// Parts of references that an answer may leave out and be worth as much.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[document(len(0, 50))]
    pub optional: Vec<OptionalPart>,
    /// What differs from one version to another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub varies: Option<Varies>,
    /// Help in stages.
    #[document(len(0, 50))]
    pub hints: Vec<Hint>,
    /// The same stem as multiple choice.
    pub question: Question,
    /// What to take away, in Markdown without HTML.
    #[document(text(Markdown))]
    pub debrief: String,
    /// The facts it drills, by id.
    #[document(text(Id), len(0, 1_000))]
    pub facts: Vec<String>,
    /// Where it is written.
    #[document(len(1, 50))]
    pub sources: Vec<Source>,
    /// When the sources were last checked.
    #[document(text(Date))]
    pub verified_on: String,
}

/// What may vary.
#[derive(Clone, Debug, Default, PartialEq, FromJson, Serialize, Shaped)]
#[document(name("versions"))]
pub struct Varies {
    /// Words and numbers; each is decided for itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[document(len(0, 50))]
    pub choices: Vec<Choice>,
    /// Whether the Availability Zones change places.
    #[serde(default)]
    pub zones: bool,
    /// Entries of the palette that may be missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distractors: Option<Distractors>,
}

static TOGETHER: Shape = Shape::List { of: &Shape::Value, min: 1, max: 20 };

/// Words and numbers that go together, and what they may be instead.
#[derive(Clone, Debug, PartialEq, FromJson, Serialize, Shaped)]
pub struct Choice {
    /// Whole words, and numbers, as they are written.
    ///
    /// A text replaces whole words in every text and id, with a capital where there was one; a number replaces
    /// numbers.
    #[document(len(1, 20))]
    pub is: Vec<Value>,
    /// What they may be instead: lists of as many, of the same types.
    #[document(shape(TOGETHER), len(1, 50))]
    pub among: Vec<Value>,
    /// The fields in which numbers are replaced.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[document(text(Prop), len(1, 50))]
    pub under: Vec<String>,
}

/// Entries of the palette that no answer needs.
#[derive(Clone, Debug, PartialEq, FromJson, Serialize, Shaped)]
pub struct Distractors {
    /// How many of them each version has, but for the first, which has all.
    #[document(range(0, 200))]
    pub take: usize,
    /// By kind and preset.
    #[document(len(1, 200))]
    pub among: Vec<Selector>,
}

/// The parts of a design, inside another document.
#[derive(Clone, Debug, Default, PartialEq, FromJson, Serialize, Shaped)]
#[document(name("start"))]
pub struct StartDesign {
    /// The components, in any order.
    #[serde(default)]
    #[document(len(0, MAX_COMPONENTS))]
    pub components: Vec<Component>,
    /// The links, in any order.
    #[serde(default)]
    #[document(len(0, MAX_LINKS))]
    pub links: Vec<Link>,
}

/// One requirement.
#[derive(Clone, Debug, PartialEq, FromJson, Serialize, Shaped)]
pub struct Requirement {
    /// Checks and hints name it.
    #[document(text(Id))]
    pub id: String,
    /// One sentence.
    #[document(text(Line))]
    pub text: String,
}

/// A phrase of the brief and what it decides.
#[derive(Clone, Debug, PartialEq, FromJson, Serialize, Shaped)]
pub struct Keyword {
    /// Word for word as in the brief.
    #[document(text(Line))]
    pub phrase: String,
    /// What it means for the answer.
    #[document(text(Line))]
    pub meaning: String,
}

/// One check.
#[derive(Clone, Debug, PartialEq, FromJson, Serialize, Shaped)]
pub struct Check {
    /// Unique in the scenario.
    #[document(text(Id))]
    pub id: String,
    /// What is checked, a short sentence.
    #[document(text(Line))]
    pub title: String,
    /// The requirement it belongs to.
    #[document(text(Id))]
    pub requirement: String,
    /// The domain its points count in; left out, the scenario's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain: Option<Domain>,
    /// What it is worth.
    #[document(range(0, 100))]
    pub points: u32,
    /// Whether passing needs it.
    pub required: bool,
    /// The condition.
    pub when: Arc<Condition>,
}

/// What is taken away to see whether it matters.
#[derive(Clone, Debug, PartialEq, FromJson, Serialize, Shaped)]
#[document(name("teaches"), exactly_one("component", "link"))]
pub struct Ablation {
    /// What is taught, in words.
    #[document(text(Line))]
    pub text: String,
    /// Every component of this selection is taken away, …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub component: Option<Selector>,
    /// … or every link of this one; …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<LinkSelector>,
    /// … or, with this, only that property goes back to its default.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[document(text(Prop))]
    pub reset: Option<String>,
}

/// What a reference has and an answer need not have.
#[derive(Clone, Debug, PartialEq, FromJson, Serialize, Shaped)]
#[document(name("optional"), exactly_one("component", "link"))]
pub struct OptionalPart {
    /// Why a reference has it all the same.
    #[document(text(Line))]
    pub text: String,
    /// Any component of this selection, …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub component: Option<Selector>,
    /// … or any link of this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<LinkSelector>,
}

/// Selects links.
#[derive(Clone, Debug, PartialEq, FromJson, Serialize, Shaped)]
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
    #[serde(default, rename = "where", skip_serializing_if = "SortedMap::is_empty")]
    #[document(keys(Prop))]
    pub tests: SortedMap<String, AttrTest>,
}

/// Help with one requirement, in stages from a nudge to the answer.
#[derive(Clone, Debug, PartialEq, FromJson, Serialize, Shaped)]
pub struct Hint {
    /// Which requirement it helps with.
    #[document(text(Id))]
    pub requirement: String,
    /// From a nudge to the answer.
    #[document(text(Line), len(1, 10))]
    pub stages: Vec<String>,
}

/// Multiple choice.
#[derive(Clone, Debug, PartialEq, FromJson, Serialize, Shaped)]
pub struct Question {
    /// What is asked, after the brief.
    #[document(text(Line))]
    pub prompt: String,
    /// The options; four or more in exams.
    #[document(len(2, 10))]
    pub options: Vec<QuestionOption>,
}

/// One option.
#[derive(Clone, Debug, PartialEq, FromJson, Serialize, Shaped)]
#[document(name("option"))]
pub struct QuestionOption {
    /// `a`, `b`, …
    #[document(text(Id))]
    pub id: String,
    /// As in the exam.
    #[document(text(Markdown))]
    pub text: String,
    /// Whether it is (one of) the right one(s).
    #[serde(default)]
    pub correct: bool,
    /// Why it is right or wrong.
    #[document(text(Markdown))]
    pub why: String,
    /// The variant that builds it, for every wrong option; the file's name without `.json`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[document(text(Id))]
    pub variant: Option<String>,
}

/// A source.
#[derive(Clone, Debug, PartialEq, Eq, FromJson, Serialize, Deserialize, Shaped)]
pub struct Source {
    /// Of the page.
    #[document(text(Line))]
    pub title: String,
    /// Its address.
    #[document(text(Url))]
    pub url: String,
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
