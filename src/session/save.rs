//! The text form of an attempt.
//!
//! `schemaVersion` says how to read it; `revision` and `writer` say which state of the work it is, so
//! that two tabs notice each other. Older versions are brought up to date by the steps in
//! [`trapwise_documents::versions`].

use std::fmt;

use serde::Serialize;
use trapwise_documents::versions::{DocumentKind, VersionError, current, migrate};
use trapwise_model::json::Json;
use trapwise_model::read::{FromJson, read};
use trapwise_model::{Design, PartIndex};

use crate::{Attempt, Unknown};

/// The version this program writes.
pub const SCHEMA_VERSION: u32 = current(DocumentKind::SavedWork);

/// A saved attempt.
#[derive(Clone, Debug, PartialEq, Eq, FromJson, Serialize)]
#[serde(rename_all = "camelCase")]
#[document(open)]
pub struct Saved {
    schema_version: u32,
    /// Where the scenario comes from; see [`AttemptStore::open`](crate::AttemptStore::open).
    pub place: String,
    /// One more than the state it was made from.
    pub revision: u64,
    /// Which tab wrote it.
    pub writer: String,
    /// The work.
    pub attempt: Attempt,
    /// What a later program added to the record.
    #[serde(flatten)]
    pub unknown: Unknown,
}

/// Why a text is no save.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveError {
    /// A later version of the program wrote it.
    Newer(u32),
    /// It is damaged; the sentence says how.
    Damaged(String),
}

impl fmt::Display for SaveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Newer(version) => write!(f, "a later version of Trapwise wrote it (format {version})"),
            Self::Damaged(why) => write!(f, "it is damaged: {why}"),
        }
    }
}

impl std::error::Error for SaveError {}

impl Saved {
    /// A save of this version.
    #[must_use]
    pub fn new(place: &str, revision: u64, writer: &str, attempt: Attempt) -> Self {
        Self {
            schema_version: SCHEMA_VERSION,
            place: place.to_owned(),
            revision,
            writer: writer.to_owned(),
            attempt,
            unknown: Unknown::default(),
        }
    }

    /// As JSON.
    #[must_use]
    pub fn to_text(&self) -> String {
        // Plain data with text keys always has a JSON form.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads a save of this or an earlier version.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn from_text(text: &str) -> Result<Self, SaveError> {
        let mut json: Json =
            serde_json::from_str(text).map_err(|error| SaveError::Damaged(error.to_string()))?;
        migrate(DocumentKind::SavedWork, &mut json).map_err(|error| match error {
            VersionError::Newer { version, .. } => SaveError::Newer(version),
            VersionError::Unknown { .. } => SaveError::Damaged(error.to_string()),
        })?;
        read(&json).ok_or_else(|| unsound_design(&json).unwrap_or_else(not_a_save))
    }
}

/// Which component or link of the board cannot be where it is, if these can be read at all.
fn unsound_design(json: &Json) -> Option<SaveError> {
    let design = json.get("attempt")?.get("design")?;
    let components = read(design.get("components")?)?;
    let links = design.get("links").map_or_else(|| Some(Vec::new()), read)?;
    let (part, why) = Design::from_parts(components, links).err()?;
    let part = match part {
        PartIndex::Component(index) => format!("components/{index}"),
        PartIndex::Link(index) => format!("links/{index}"),
    };
    Some(SaveError::Damaged(format!("{why} (at /attempt/design/{part})")))
}

fn not_a_save() -> SaveError {
    SaveError::Damaged("it is not the record of an attempt".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_save_of_version_1_is_read() {
        let saved = Saved::from_text(include_str!("../documents/tests/v1/save.json")).unwrap();
        assert_eq!((saved.place.as_str(), saved.revision), ("first-service?seed=2", 12));
        let Attempt { design, answers, hints, checks, best, solution_seen, .. } = saved.attempt;
        assert_eq!((design.components().count(), design.links().count()), (7, 3));
        assert_eq!((answers.len(), hints.get("pull"), checks, solution_seen), (1, Some(&2), 3, true));
        assert_eq!(best.map(|best| (best.passed, best.score)), Some((true, 92)));
    }

    #[test]
    fn what_is_not_understood_is_written_again() {
        let text = r#"{"schemaVersion":1,"place":"a","revision":3,"writer":"tab","attempt":{"design":{"schemaVersion":1,"components":[],"links":[]},"checks":2,"solutionSeen":false,"minutes":{"worked":[1,2.5]}},"note":null,"tags":["x"]}"#;
        let saved = Saved::from_text(text).unwrap();
        assert_eq!(saved.to_text(), text);
    }

    #[test]
    fn a_version_that_never_was_is_damage() {
        let text = Saved::new("a", 1, "tab", Attempt::default()).to_text();
        let never = text.replace("\"schemaVersion\":1,\"place", "\"schemaVersion\":0,\"place");
        assert!(matches!(Saved::from_text(&never), Err(SaveError::Damaged(_))));
        let none = text.replace("\"schemaVersion\":1,\"place", "\"place");
        assert!(matches!(Saved::from_text(&none), Err(SaveError::Damaged(_))));
    }

    #[test]
    fn a_later_version_is_told_from_damage() {
        let text = Saved::new("a", 1, "tab", Attempt::default()).to_text();
        let newer = text.replace("\"schemaVersion\":1,\"place", "\"schemaVersion\":7,\"place");
        assert_eq!(Saved::from_text(&newer), Err(SaveError::Newer(7)));
        assert!(matches!(Saved::from_text("{"), Err(SaveError::Damaged(_))));
    }
}
