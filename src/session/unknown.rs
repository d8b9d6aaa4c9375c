//! What a save says that this program does not understand: it is kept and written again, for the program that
//! does.

use serde::{Serialize, Serializer};
use trapwise_model::json::Json;

/// The fields of a record that its reader does not know, as they were written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unknown(Vec<(String, Json)>);

impl Unknown {
    /// The fields of a record beside the known ones.
    pub(crate) fn beside(known: &[&str], json: &Json) -> Self {
        let Json::Record(fields) = json else { return Self::default() };
        Self(fields.iter().filter(|(name, _)| !known.contains(&name.as_str())).cloned().collect())
    }
}

impl Serialize for Unknown {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}
