//! Reads fetched and opened documents. The one place that knows which reader is for which document.
//!
//! The page reads strictly and learns only whether a document is right; what is wrong with one is said by
//! the engine.

use trapwise_documents::messages::{DocumentFile, ExamineKind, Examined};
use trapwise_documents::scenario::{Facts, Index, Scenario, Variant};
use trapwise_documents::versions::{self, DocumentKind};
use trapwise_model::Design;
use trapwise_model::diagnostic::Diagnostic;

use crate::ui::engine;

/// What is wrong with a document.
pub type Problems = Vec<Diagnostic>;

/// Reads one kind of document.
#[derive(Debug)]
pub struct Reader<T> {
    kind: ExamineKind,
    read: fn(&str) -> Option<T>,
}

/// `scenarios/index.json`.
pub static INDEX: Reader<Index> =
    Reader { kind: ExamineKind::Index, read: |text| versions::read_text(DocumentKind::Index, text) };
/// `scenarios/facts.json`.
pub static FACTS: Reader<Facts> =
    Reader { kind: ExamineKind::Facts, read: |text| versions::read_text(DocumentKind::Facts, text) };
/// `scenarios/<id>/scenario.json`.
pub static SCENARIO: Reader<Scenario> =
    Reader { kind: ExamineKind::Scenario, read: |text| versions::read_text(DocumentKind::Scenario, text) };
/// The same with its text, which other versions are made from.
pub static SCENARIO_AND_TEXT: Reader<(Scenario, String)> = Reader {
    kind: ExamineKind::Scenario,
    read: |text| Some((versions::read_text(DocumentKind::Scenario, text)?, text.to_owned())),
};
/// `scenarios/<id>/variants/<name>.json`.
pub static VARIANT: Reader<Variant> =
    Reader { kind: ExamineKind::Variant, read: |text| versions::read_text(DocumentKind::Variant, text) };
/// A reference, or a learner's design.
pub static DESIGN: Reader<Design> =
    Reader { kind: ExamineKind::Design, read: |text| versions::read_text(DocumentKind::Design, text) };

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
        let right = !problems.iter().any(|problem| problem.is_error());
        self.strictly(text).filter(|_| right).ok_or(problems)
    }

    async fn examine(&self, file: &str, text: &str) -> Problems {
        let document = DocumentFile { path: file.to_owned(), text: text.to_owned() };
        let examined = engine::examine(self.kind, document).await;
        examined.unwrap_or_else(|why| unexamined(file, &why)).problems
    }
}

/// Has everything that was opened examined together.
pub async fn examine_all(files: Vec<DocumentFile>) -> Examined {
    engine::examine_files(files).await.unwrap_or_else(|why| unexamined("scenario.json", &why))
}

fn unexamined(file: &str, why: &str) -> Examined {
    let problem = Diagnostic::of_file("unchecked", file, format!("it cannot be checked: {why}"));
    Examined { scenario: None, problems: vec![problem] }
}
