//! Reads fetched and opened documents. The one place that knows which reader is for which document.
//!
//! The page reads strictly and learns only whether a document is right; what is wrong with one is said by
//! the tools for authors, which are fetched for it.

use trapwise_documents::versions::{self, DocumentKind};
use trapwise_engine::scenario::{Facts, Index, Scenario, Variant};
use trapwise_model::Design;
use trapwise_model::read::{At, FromJson, read_text};

use crate::platform::author;

/// Something wrong with a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Whether the document cannot be used; else it is hardly meant so.
    pub is_error: bool,
    /// What is wrong.
    pub message: String,
    /// How to fix it.
    pub help: Option<String>,
    /// Which file, as it was named when it was opened.
    pub file: String,
    /// Where in the document, as a JSON pointer; empty for all of it.
    pub pointer: String,
    /// From 1; 0 where the file as a whole is meant.
    pub line: usize,
    /// From 1, counted in characters; 0 where the file as a whole is meant.
    pub column: usize,
    /// How many characters of that line are meant.
    pub length: usize,
}

/// What is wrong with a document.
pub type Problems = Vec<Problem>;

/// What the tools for authors say.
#[derive(Debug)]
pub struct Answer {
    /// The path of the scenario, if there is one that can be used.
    pub scenario: Option<String>,
    /// Everything that is wrong.
    pub problems: Problems,
}

/// Reads one kind of document.
#[derive(Debug)]
pub struct Reader<T> {
    kind: &'static str,
    read: fn(&str) -> Option<T>,
}

/// `scenarios/index.json`.
pub static INDEX: Reader<Index> =
    Reader { kind: "index", read: |text| versions::read_text(DocumentKind::Index, text) };
/// `scenarios/facts.json`.
pub static FACTS: Reader<Facts> =
    Reader { kind: "facts", read: |text| versions::read_text(DocumentKind::Facts, text) };
/// `scenarios/<id>/scenario.json`.
pub static SCENARIO: Reader<Scenario> =
    Reader { kind: "scenario", read: |text| versions::read_text(DocumentKind::Scenario, text) };
/// The same with its text, which other versions are made from.
pub static SCENARIO_AND_TEXT: Reader<(Scenario, String)> = Reader {
    kind: "scenario",
    read: |text| Some((versions::read_text(DocumentKind::Scenario, text)?, text.to_owned())),
};
/// `scenarios/<id>/variants/<name>.json`.
pub static VARIANT: Reader<Variant> =
    Reader { kind: "variant", read: |text| versions::read_text(DocumentKind::Variant, text) };
/// A reference, or a learner's design.
pub static DESIGN: Reader<Design> =
    Reader { kind: "design", read: |text| versions::read_text(DocumentKind::Design, text) };

impl<T> Reader<T> {
    /// Reads a document and says nothing of what is wrong with it.
    pub fn strictly(&self, text: &str) -> Option<T> {
        (self.read)(text)
    }

    /// Reads a document.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub async fn read(&self, file: &str, text: &str) -> Result<T, Problems> {
        match self.strictly(text) {
            Some(document) => Ok(document),
            None => Err(self.examine(file, text).await),
        }
    }

    /// Reads a document from another site, after the worker has checked it completely.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub async fn read_foreign(&self, file: &str, text: &str) -> Result<T, Problems> {
        let problems = self.examine(file, text).await;
        let right = !problems.iter().any(|problem| problem.is_error);
        self.strictly(text).filter(|_| right).ok_or(problems)
    }

    async fn examine(&self, file: &str, text: &str) -> Problems {
        ask(file, self.kind, &[(file, text)]).await.problems
    }
}

/// Has everything that was opened examined together.
pub async fn examine_all(files: &[(&str, &str)]) -> Answer {
    ask("scenario.json", "files", files).await
}

async fn ask(file: &str, question: &str, files: &[(&str, &str)]) -> Answer {
    let said = author::ask(question, files).await;
    said.and_then(|text| read_text(&text).ok_or_else(|| "the answer cannot be read".to_owned()))
        .unwrap_or_else(|why| Answer { scenario: None, problems: vec![Problem::unexplained(file, &why)] })
}

impl Problem {
    /// A problem of a file as a whole.
    #[must_use]
    pub fn of_file(file: &str, message: String) -> Self {
        Self {
            is_error: true,
            message,
            help: None,
            file: file.to_owned(),
            pointer: String::new(),
            line: 0,
            column: 0,
            length: 0,
        }
    }

    fn unexplained(file: &str, why: &str) -> Self {
        Self::of_file(file, format!("it cannot be checked: {why}"))
    }
}

impl FromJson for Problem {
    fn from_json(at: At<'_>) -> Self {
        at.open_record(|at| Self {
            is_error: at.need::<String>("severity") == "error",
            message: at.need("message"),
            help: at.may("help"),
            file: at.need("file"),
            pointer: at.need("pointer"),
            line: at.need("line"),
            column: at.need("column"),
            length: at.need("length"),
        })
    }
}

impl FromJson for Answer {
    fn from_json(at: At<'_>) -> Self {
        at.record(|at| Self { scenario: at.may("scenario"), problems: at.need("problems") })
    }
}
