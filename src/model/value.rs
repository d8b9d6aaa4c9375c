//! Property values.

use std::fmt;

use crate::SortedMap;
use crate::catalogue::PropId;
use crate::json::Json;
use crate::read::{At, FromJson};

use serde::Serialize;

/// The properties a learner or author set, by name. A property that is absent has its AWS default.
pub type Props = SortedMap<String, Value>;

/// One property value. There are no fractions: the AWS APIs mirrored here count in whole units.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// A switch.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Text, also the value of an enumeration.
    Text(String),
    /// A list, for example of IAM actions or of containers.
    List(Vec<Value>),
    /// A record, for example one container of a task definition.
    Record(SortedMap<String, Value>),
}

impl Value {
    /// The switch, if this is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(value) = self { Some(*value) } else { None }
    }

    /// The number, if this is one.
    #[must_use]
    pub fn as_int(&self) -> Option<i64> {
        if let Self::Int(value) = self { Some(*value) } else { None }
    }

    /// The text, if this is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(value) = self { Some(value) } else { None }
    }

    /// The items, if this is a list.
    #[must_use]
    pub fn as_list(&self) -> Option<&[Value]> {
        if let Self::List(items) = self { Some(items) } else { None }
    }

    /// A field, if this is a record that has it.
    #[must_use]
    pub fn field(&self, id: PropId) -> Option<&Value> {
        self.field_named(id.as_str())
    }

    /// The field of a name that comes from a document, if this is a record that has it.
    #[must_use]
    pub fn field_named(&self, name: &str) -> Option<&Value> {
        if let Self::Record(fields) = self { fields.get(name) } else { None }
    }

    /// What kind of value this is, for messages.
    #[must_use]
    pub const fn type_name(&self) -> &'static str {
        match self {
            Self::Bool(_) => "true or false",
            Self::Int(_) => "a whole number",
            Self::Text(_) => "text",
            Self::List(_) => "a list",
            Self::Record(_) => "a record",
        }
    }
}

impl FromJson for Value {
    fn from_json(at: At<'_>) -> Self {
        match at.json() {
            Json::Bool(value) => Self::Bool(*value),
            Json::Text(text) => Self::Text(text.clone()),
            Json::List(_) => Self::List(Vec::from_json(at)),
            Json::Record(_) => Self::Record(SortedMap::from_json(at)),
            Json::Number(_) | Json::Null => Self::Int(at.int()),
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool(value) => write!(f, "{value}"),
            Self::Int(value) => write!(f, "{value}"),
            Self::Text(value) => f.write_str(value),
            Self::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        f.write_str(", ")?;
                    }
                    write!(f, "{item}")?;
                }
                Ok(())
            }
            Self::Record(fields) => {
                for (index, (name, value)) in fields.iter().enumerate() {
                    if index > 0 {
                        f.write_str(", ")?;
                    }
                    write!(f, "{name} {value}")?;
                }
                Ok(())
            }
        }
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<Vec<Value>> for Value {
    fn from(items: Vec<Value>) -> Self {
        Self::List(items)
    }
}
