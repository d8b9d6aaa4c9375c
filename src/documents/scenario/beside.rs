//! The documents beside scenarios, as types: variants, the index of a pack and its facts.

use serde::Serialize;
use trapwise_model::read::FromJson;
use trapwise_model::shape::Shaped;
use trapwise_model::{Edit, SortedMap, SortedSet, named_enum};

use super::Source;
use crate::terms::{Difficulty, Domain, Exam};

/// `scenarios/<id>/variants/<name>.json`: a reference with a mistake.
#[derive(Clone, Debug, PartialEq, FromJson, Serialize, Shaped)]
#[serde(rename_all = "camelCase")]
pub struct Variant {
    /// The reference it starts from, by file name without `.json`.
    #[document(text(Id))]
    pub reference: String,
    /// The mistake in words.
    #[document(text(Line))]
    pub title: String,
    /// The mistake.
    #[document(len(0, 1_000))]
    pub edits: Vec<Edit>,
    /// Exactly the traps it falls into.
    #[document(text(Id), len(0, 1_000))]
    pub fires: SortedSet<String>,
    /// Exactly the checks it fails.
    #[document(text(Id), len(0, 1_000))]
    pub fails_checks: SortedSet<String>,
}

/// `scenarios/index.json`.
#[derive(Clone, Debug, PartialEq, FromJson, Serialize, Shaped)]
#[serde(rename_all = "camelCase")]
pub struct Index {
    /// 1.
    #[document(version(1))]
    pub schema_version: u32,
    /// In the order of the list.
    #[document(len(0, 10_000))]
    pub scenarios: Vec<IndexEntry>,
}

/// What the list shows of a scenario, and which files it has.
#[derive(Clone, Debug, PartialEq, FromJson, Serialize, Shaped)]
#[serde(rename_all = "camelCase")]
pub struct IndexEntry {
    /// The name of its folder.
    #[document(text(Id))]
    pub id: String,
    /// On screen.
    #[document(text(Line))]
    pub title: String,
    /// One sentence for the list.
    #[document(text(Line))]
    pub summary: String,
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
    /// The facts it drills, by id.
    #[document(text(Id), len(0, 1_000))]
    pub facts: Vec<String>,
    /// Its references, by file name without `.json`.
    #[document(text(Id), len(0, 1_000))]
    pub references: Vec<String>,
    /// Its variants, by file name without `.json`, with the traps they fall into.
    #[document(text(Id), len(0, 1_000), keys(Id))]
    pub variants: SortedMap<String, SortedSet<String>>,
}

/// `scenarios/facts.json`.
#[derive(Clone, Debug, PartialEq, FromJson, Serialize, Shaped)]
#[serde(rename_all = "camelCase")]
pub struct Facts {
    /// 1.
    #[document(version(1))]
    pub schema_version: u32,
    /// What is taught.
    #[document(len(0, 10_000))]
    pub facts: Vec<Fact>,
}

/// Something taught.
#[derive(Clone, Debug, PartialEq, FromJson, Serialize, Shaped)]
#[serde(rename_all = "camelCase")]
pub struct Fact {
    /// Code and content cite it.
    #[document(text(Id))]
    pub id: String,
    /// In one sentence.
    #[document(text(Markdown))]
    pub claim: String,
    /// How it stands today.
    pub status: FactStatus,
    /// What exams key on.
    #[document(text(Markdown))]
    pub exam_answer: String,
    /// What holds today.
    #[document(text(Markdown))]
    pub aws_today: String,
    /// A mnemonic, if it has a good one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[document(text(Line))]
    pub mnemonic: Option<String>,
    /// Where it is written.
    #[document(len(1, 50))]
    pub sources: Vec<Source>,
    /// When the sources were last checked.
    #[document(text(Date))]
    pub verified_on: String,
}

named_enum! {
    /// How a claim of exam lore stands today.
    pub enum FactStatus as "status" {
        Correct = "correct",
        Incomplete = "incomplete",
        Outdated = "outdated",
        Debatable = "debatable",
        Wrong = "wrong",
    }
}
