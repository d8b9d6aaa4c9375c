//! What the page asks the engine in its worker, and what the worker answers: JSON, each message with a number.
//!
//! Page and worker are always of one build, so these messages have no version.

use std::rc::Rc;

use serde::{Deserialize, Serialize};
use trapwise_model::Design;
use trapwise_model::diagnostic::Diagnostic;

use crate::cost::Estimate;
use crate::report::Report;
use crate::scenario::{Scenario, Variation};
use crate::versions::{self, DocumentKind};

/// A request with its number, or an answer with the number of its request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Numbered<T> {
    /// Counts the requests of one page.
    pub id: u32,
    /// What is asked or answered.
    pub message: T,
}

/// What the page asks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Request {
    /// Check a design. The answer is a report without words of the traps.
    Evaluate(Board),
    /// Say what a design costs and what work it makes.
    Estimate(Board),
    /// Say everything that is wrong with a document of that kind.
    Examine(ExamineKind, DocumentFile),
    /// Say everything that is wrong with files that were opened together.
    ExamineFiles(Vec<DocumentFile>),
}

/// A design, and the scenario it was built for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Board {
    /// The scenario.
    pub scenario: ScenarioSource,
    /// The design.
    pub design: Rc<Design>,
}

/// A scenario as its author wrote it, and which version of it is meant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScenarioSource {
    /// The document; it has been read before.
    pub text: Rc<str>,
    /// The version; 0 is the one that is written.
    pub seed: u32,
}

/// The kinds of documents that are examined on their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExamineKind {
    /// `scenario.json`.
    Scenario,
    /// `variants/<name>.json`.
    Variant,
    /// `index.json`.
    Index,
    /// `facts.json`.
    Facts,
    /// A reference, or a learner's design.
    Design,
}

/// A document that is not read yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentFile {
    /// As it was named when it was opened.
    pub path: String,
    /// What is in it.
    pub text: String,
}

/// What the worker answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Response {
    /// To [`Request::Evaluate`].
    Report(Box<Report>),
    /// To [`Request::Estimate`].
    Estimate(Box<Estimate>),
    /// To [`Request::Examine`] and [`Request::ExamineFiles`].
    Examined(Examined),
    /// The request could not be read, or its scenario not.
    Refused(String),
}

/// What is wrong with documents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Examined {
    /// The path of the scenario, if there is one that can be used.
    pub scenario: Option<String>,
    /// Everything that is wrong.
    pub problems: Vec<Diagnostic>,
}

impl ScenarioSource {
    /// Reads the scenario in that version; none if the text is no scenario.
    #[must_use]
    pub fn read(&self) -> Option<Scenario> {
        let written: Scenario = versions::read_text(DocumentKind::Scenario, &self.text)?;
        let variation = Variation::of(&written, self.seed);
        if variation.is_first() { Some(written) } else { variation.scenario(&self.text) }
    }
}
