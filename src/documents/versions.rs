//! The version of every kind of document, and how an older one becomes a current one.
//!
//! A release that changes the format of a document raises its number in [`current`] and adds the step from the
//! version before to `STEPS`; it never touches the other steps. Steps work on the tree, before it is read into
//! types: types know the current version only.

use std::fmt;

use serde_json::Number;
use trapwise_model::diagnostic::{Collector, Diagnostic};
use trapwise_model::json::Json;
use trapwise_model::named_enum;
use trapwise_model::read::{FromJson, read};
use trapwise_model::source::{MAX_BYTES, Source};

named_enum! {
    /// What a document is.
    pub enum DocumentKind {
        Design = "design",
        Scenario = "scenario",
        Variant = "variant",
        Index = "index",
        Facts = "facts",
        Report = "report",
        TrapLibrary = "trap library",
        SavedWork = "saved work",
        HostMessage = "message",
    }
}

/// What turns a document of one version into one of the next.
#[derive(Clone, Copy)]
struct Step {
    kind: DocumentKind,
    from: u32,
    change: fn(&mut Json),
}

/// Every step there is, in any order. A change of what components or links look like needs one for every kind
/// that contains them: designs, scenarios, variants and saved work.
const STEPS: &[Step] = &[];

/// Why a document cannot be brought to the current version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VersionError {
    /// A later version of the program wrote it.
    Newer {
        /// What it is.
        kind: DocumentKind,
        /// Its version.
        version: u32,
        /// The latest that can be read.
        known: u32,
    },
    /// There never was such a version, or it is no version at all.
    Unknown {
        /// What it is.
        kind: DocumentKind,
        /// As it is written.
        version: String,
    },
}

impl fmt::Display for VersionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Newer { kind, version, known } => write!(
                f,
                "this {kind} was written by a newer Trapwise: version {version}, this one reads up to {known}"
            ),
            Self::Unknown { kind, version } => write!(f, "{kind}: there is no version {version}"),
        }
    }
}

impl std::error::Error for VersionError {}

/// The version of that kind which is written, and which types read.
#[must_use]
pub const fn current(kind: DocumentKind) -> u32 {
    match kind {
        DocumentKind::Design
        | DocumentKind::Scenario
        | DocumentKind::Variant
        | DocumentKind::Index
        | DocumentKind::Facts
        | DocumentKind::Report
        | DocumentKind::TrapLibrary
        | DocumentKind::SavedWork
        | DocumentKind::HostMessage => 1,
    }
}

/// The field that states the version.
const fn field(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::HostMessage => "version",
        _ => "schemaVersion",
    }
}

/// Brings a document to the current version of its kind and says which it had. One that states no version has
/// version 1.
///
/// # Errors
/// It is newer than the current one, or states no version that there is; then it stays as it is.
pub fn migrate(kind: DocumentKind, tree: &mut Json) -> Result<u32, VersionError> {
    follow(STEPS, current(kind), kind, tree)
}

fn follow(steps: &[Step], current: u32, kind: DocumentKind, tree: &mut Json) -> Result<u32, VersionError> {
    let from = match tree.get(field(kind)) {
        None => 1,
        Some(Json::Number(number)) => match number.as_u64() {
            Some(number @ 1..) => u32::try_from(number).unwrap_or(u32::MAX),
            _ => return Err(VersionError::Unknown { kind, version: number.to_string() }),
        },
        Some(other) => return Err(VersionError::Unknown { kind, version: other.describe().to_owned() }),
    };
    if from > current {
        return Err(VersionError::Newer { kind, version: from, known: current });
    }
    for version in from..current {
        // A test holds that there is a step from every version before the current one.
        if let Some(step) = steps.iter().find(|step| step.kind == kind && step.from == version) {
            (step.change)(tree);
        }
    }
    if from < current {
        tree.put(field(kind), Json::Number(Number::from(current)));
    }
    Ok(from)
}

/// Reads a document of any version that there was. None if it is no JSON, too large, newer, or not what it
/// should be.
#[must_use]
pub fn read_text<T: FromJson>(kind: DocumentKind, text: &str) -> Option<T> {
    if text.len() > MAX_BYTES {
        return None;
    }
    let mut json: Json = serde_json::from_str(text).ok()?;
    migrate(kind, &mut json).ok()?;
    read(&json)
}

/// Reads the text of a document as JSON in the current version of its kind.
///
/// # Errors
/// It is no JSON, or newer: then nothing else can be said of it. A version that never was is left for its shape
/// to refuse, together with everything else.
pub fn parse(kind: DocumentKind, source: &Source<'_>) -> Result<Json, Vec<Diagnostic>> {
    let mut json = source.parse()?;
    match migrate(kind, &mut json) {
        Err(newer @ VersionError::Newer { .. }) => {
            let mut at = Collector::default();
            at.error("unknown-version", newer.to_string()).on(field(kind)).help("update Trapwise to read it");
            Err(source.place_all(at))
        }
        _ => Ok(json),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Report;
    use crate::scenario::{Facts, Index, Scenario};
    use trapwise_model::Design;
    use trapwise_model::shape::{Shape, Shaped};

    fn tree(text: &str) -> Json {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn every_version_before_the_current_one_has_one_step() {
        for kind in DocumentKind::ALL {
            let mut from: Vec<_> =
                STEPS.iter().filter(|step| step.kind == *kind).map(|step| step.from).collect();
            from.sort_unstable();
            assert_eq!(from, (1..current(*kind)).collect::<Vec<_>>(), "{kind}");
        }
    }

    #[test]
    fn shapes_accept_the_current_version() {
        let shapes = [
            (DocumentKind::Design, Design::shape()),
            (DocumentKind::Scenario, Scenario::shape()),
            (DocumentKind::Index, Index::shape()),
            (DocumentKind::Facts, Facts::shape()),
            (DocumentKind::Report, Report::shape()),
        ];
        for (kind, shape) in shapes {
            let Shape::Record(record) = shape else { panic!("{kind} is a record") };
            let version = record.fields.iter().find(|one| one.name == field(kind)).unwrap();
            assert!(matches!(version.shape, Shape::Version(version) if *version == current(kind)), "{kind}");
        }
    }

    /// Three steps, declared in no order, and one of another kind.
    const CHAIN: &[Step] = &[
        Step { kind: DocumentKind::Variant, from: 3, change: |tree| trail(tree, "3") },
        Step { kind: DocumentKind::Variant, from: 1, change: |tree| trail(tree, "1") },
        Step { kind: DocumentKind::Design, from: 1, change: |tree| trail(tree, "design") },
        Step { kind: DocumentKind::Variant, from: 2, change: |tree| trail(tree, "2") },
    ];

    fn trail(tree: &mut Json, step: &str) {
        let before = tree.get("trail").and_then(Json::as_text).unwrap_or_default();
        tree.put("trail", Json::Text(format!("{before}{step}")));
    }

    #[test]
    fn a_chain_is_followed_from_the_version_written() {
        let migrated = |text: &str| {
            let mut tree = tree(text);
            let from = follow(CHAIN, 4, DocumentKind::Variant, &mut tree).unwrap();
            (from, serde_json::to_string(&tree).unwrap())
        };
        let all = r#"{"trail":"123","schemaVersion":4}"#;
        assert_eq!(migrated("{}"), (1, all.to_owned()), "what states no version has version 1");
        let all = r#"{"schemaVersion":4,"kept":[null],"trail":"123"}"#;
        assert_eq!(migrated(r#"{ "schemaVersion": 1, "kept": [null] }"#), (1, all.to_owned()));
        let last = r#"{"schemaVersion":4,"trail":"3"}"#;
        assert_eq!(migrated(r#"{ "schemaVersion": 3 }"#), (3, last.to_owned()));
        assert_eq!(migrated(r#"{ "schemaVersion": 4 }"#), (4, r#"{"schemaVersion":4}"#.to_owned()));
    }

    #[test]
    fn what_cannot_be_migrated_stays_and_is_explained() {
        let refused = |kind, text: &str| {
            let mut json = tree(text);
            let why = migrate(kind, &mut json).unwrap_err();
            assert_eq!(json, tree(text));
            why.to_string()
        };
        assert_eq!(
            refused(DocumentKind::Design, r#"{ "schemaVersion": 3 }"#),
            "this design was written by a newer Trapwise: version 3, this one reads up to 1"
        );
        assert_eq!(
            refused(DocumentKind::HostMessage, r#"{ "version": 2 }"#),
            "this message was written by a newer Trapwise: version 2, this one reads up to 1"
        );
        for (version, shown) in [("0", "0"), ("-1", "-1"), ("1.5", "1.5"), ("\"1\"", "text")] {
            let text = format!(r#"{{ "schemaVersion": {version} }}"#);
            assert_eq!(refused(DocumentKind::Facts, &text), format!("facts: there is no version {shown}"));
        }
    }
}
