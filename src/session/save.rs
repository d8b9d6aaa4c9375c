//! The text form of an attempt.
//!
//! `schemaVersion` says how to read it; `revision` and `writer` say which state of the work it is, so
//! that two tabs notice each other.

use std::fmt;

use serde::Serialize;
use trapwise_model::json::Json;
use trapwise_model::read::{At, FromJson, read};

use crate::Attempt;

/// The version this program writes.
pub const SCHEMA_VERSION: u32 = 1;

/// What turns a save of version `n` into one of `n + 1`; the first entry is for version 1.
/// A release that changes the format adds an entry and never touches the others.
const MIGRATIONS: &[Migration] = &[];

/// Changes a save in place.
type Migration = fn(&mut Json);

/// A saved attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Saved {
    schema_version: u32,
    /// Where the scenario comes from; see [`Shelf::open`](crate::Shelf::open).
    pub place: String,
    /// One more than the state it was made from.
    pub revision: u64,
    /// Which tab wrote it.
    pub writer: String,
    /// The work.
    pub attempt: Attempt,
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
        let Version { schema_version } = read(&json).ok_or_else(not_a_save)?;
        if schema_version > SCHEMA_VERSION {
            return Err(SaveError::Newer(schema_version));
        }
        if schema_version < SCHEMA_VERSION {
            migrate(&mut json, schema_version, MIGRATIONS)?;
        }
        read(&json).ok_or_else(not_a_save)
    }
}

/// What every version has.
struct Version {
    schema_version: u32,
}

/// Brings a save from version `from` to the one after the last of `migrations`.
fn migrate(json: &mut Json, from: u32, migrations: &[Migration]) -> Result<(), SaveError> {
    let done = usize::try_from(from).ok().and_then(|from| from.checked_sub(1));
    let Some(todo) = done.and_then(|done| migrations.get(done..)) else {
        return Err(SaveError::Damaged(format!("there is no format {from}")));
    };
    for migration in todo {
        migration(json);
    }
    let version = u64::try_from(migrations.len()).unwrap_or_default() + 1;
    json.put("schemaVersion", Json::Number(version.into()));
    Ok(())
}

fn not_a_save() -> SaveError {
    SaveError::Damaged("it is not the record of an attempt".to_owned())
}

impl FromJson for Saved {
    fn from_json(at: At<'_>) -> Self {
        at.open_record(|at| Self {
            schema_version: at.need("schemaVersion"),
            place: at.need("place"),
            revision: at.need("revision"),
            writer: at.need("writer"),
            attempt: at.need("attempt"),
        })
    }
}

impl FromJson for Version {
    fn from_json(at: At<'_>) -> Self {
        at.open_record(|at| Self { schema_version: at.need("schemaVersion") })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_version_before_this_one_has_a_migration() {
        assert_eq!(MIGRATIONS.len() + 1, SCHEMA_VERSION as usize);
    }

    #[test]
    fn migrations_run_in_order_from_the_version_written() {
        let steps: &[Migration] = &[
            |json| json.put("trail", Json::Text("1".to_owned())),
            |json| {
                let before = json.get("trail").and_then(Json::as_text).unwrap_or("-");
                json.put("trail", Json::Text(format!("{before}2")));
            },
        ];
        let version = |text: &str| serde_json::from_str::<Json>(text).unwrap();
        let mut oldest = version(r#"{ "schemaVersion": 1 }"#);
        migrate(&mut oldest, 1, steps).unwrap();
        assert_eq!(oldest, version(r#"{ "schemaVersion": 3, "trail": "12" }"#));
        let mut older = version(r#"{ "schemaVersion": 2 }"#);
        migrate(&mut older, 2, steps).unwrap();
        assert_eq!(older, version(r#"{ "schemaVersion": 3, "trail": "-2" }"#));
        assert!(migrate(&mut older, 0, steps).is_err());
    }

    #[test]
    fn a_later_version_is_told_from_damage() {
        let text = Saved::new("a", 1, "tab", Attempt::default()).to_text();
        let newer = text.replace("\"schemaVersion\":1,\"place", "\"schemaVersion\":7,\"place");
        assert_eq!(Saved::from_text(&newer), Err(SaveError::Newer(7)));
        assert!(matches!(Saved::from_text("{"), Err(SaveError::Damaged(_))));
    }
}
