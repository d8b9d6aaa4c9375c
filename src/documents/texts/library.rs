//! What the page shows of all traps: one file for each language.

use serde::{Deserialize, Serialize};

use super::Texts;
use crate::terms::{Area, Domain, Severity};
use crate::versions::{DocumentKind, current};

/// `traps/<language>.json`: every trap with its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TrapLibrary {
    /// The version of this format.
    pub schema_version: u32,
    /// Every trap, by id.
    pub traps: Vec<TrapSummary>,
    /// The words of each.
    pub texts: Texts,
}

/// One trap without its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrapSummary {
    /// Kebab-case, named after the pattern it flags.
    pub id: String,
    /// Where in the library it belongs.
    pub area: Area,
    /// How bad it is.
    pub severity: Severity,
    /// The domain its penalty comes off.
    pub domain: Domain,
    /// The facts it teaches, by id.
    pub facts: Vec<String>,
}

impl TrapLibrary {
    /// A library of the current version.
    #[must_use]
    pub fn new(mut traps: Vec<TrapSummary>, texts: Texts) -> Self {
        traps.sort_by(|one, other| one.id.cmp(&other.id));
        Self { schema_version: current(DocumentKind::TrapLibrary), traps, texts }
    }

    /// Reads the library; none if it is another version's or no library.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let library: Self = serde_json::from_str(text).ok()?;
        (library.schema_version == current(DocumentKind::TrapLibrary)).then_some(library)
    }

    /// The trap of that id.
    #[must_use]
    pub fn trap(&self, id: &str) -> Option<&TrapSummary> {
        self.traps.iter().find(|trap| trap.id == id)
    }
}
