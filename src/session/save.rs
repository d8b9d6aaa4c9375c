//! The text form of an attempt.
//!
//! `schemaVersion` says how to read it; `revision` and `writer` say which state of the work it is, so
//! that two tabs notice each other.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Attempt;

/// The version this program writes.
pub const SCHEMA_VERSION: u32 = 1;

/// What turns a save of version `n` into one of `n + 1`; the first entry is for version 1.
/// A release that changes the format adds an entry and never touches the others.
const MIGRATIONS: &[Migration] = &[];

/// Changes a save in place.
type Migration = fn(&mut Value);

/// A saved attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
        let Version { schema_version } = serde_json::from_str(text).map_err(damaged)?;
        match schema_version {
            SCHEMA_VERSION => serde_json::from_str(text).map_err(damaged),
            newer if newer > SCHEMA_VERSION => Err(SaveError::Newer(newer)),
            older => {
                let mut value = serde_json::from_str(text).map_err(damaged)?;
                migrate(&mut value, older, MIGRATIONS)?;
                serde_json::from_value(value).map_err(damaged)
            }
        }
    }
}

/// What every version has.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Version {
    schema_version: u32,
}

/// Brings a save from version `from` to the one after the last of `migrations`.
fn migrate(value: &mut Value, from: u32, migrations: &[Migration]) -> Result<(), SaveError> {
    let done = usize::try_from(from).ok().and_then(|from| from.checked_sub(1));
    let Some(todo) = done.and_then(|done| migrations.get(done..)) else {
        return Err(SaveError::Damaged(format!("there is no format {from}")));
    };
    for migration in todo {
        migration(value);
    }
    let version = u64::try_from(migrations.len()).unwrap_or_default() + 1;
    if let Some(object) = value.as_object_mut() {
        object.insert("schemaVersion".to_owned(), Value::from(version));
    }
    Ok(())
}

fn damaged(error: serde_json::Error) -> SaveError {
    SaveError::Damaged(error.to_string())
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
            |value| value["trail"] = Value::from("1"),
            |value| value["trail"] = Value::from(format!("{}2", value["trail"].as_str().unwrap_or("-"))),
        ];
        let mut oldest = serde_json::json!({ "schemaVersion": 1 });
        migrate(&mut oldest, 1, steps).unwrap();
        assert_eq!(oldest, serde_json::json!({ "schemaVersion": 3, "trail": "12" }));
        let mut older = serde_json::json!({ "schemaVersion": 2 });
        migrate(&mut older, 2, steps).unwrap();
        assert_eq!(older, serde_json::json!({ "schemaVersion": 3, "trail": "-2" }));
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
