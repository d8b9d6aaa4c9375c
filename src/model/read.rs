//! Reads JSON into the types of documents: strictly, and without saying what is wrong.
//!
//! A document is taken as a whole or not at all. Which of its places are wrong is for the loaders to
//! say ([`crate::load`]), with its [`crate::shape`]. A fault is noted and reading goes on with whatever
//! stands in, instead of turning back at every field: one path through the code keeps it small, which
//! counts in a download.
//!
//! INVARIANT: what is made while a fault is noted leaves this module by [`read_what_fits`] alone, which is for
//! saying more about a document that is refused.

use std::cell::Cell;
use std::sync::Arc;

use serde::de::{Deserialize, Deserializer, Error};
use serde_json::Number;

use crate::json::Json;
use crate::shape::Shape;
use crate::source::MAX_BYTES;
use crate::{SortedMap, SortedSet};

/// Most items of one list. Shapes ask for less, list by list.
pub const MAX_ITEMS: usize = 20_000;

pub use trapwise_document_derive::FromJson;

/// What can be read from JSON.
pub trait FromJson {
    /// Reads it; notes a fault if that is not what stands here.
    fn from_json(at: At<'_>) -> Self;
}

/// Reads a document from its text. None if it is no JSON, too large, or not what it should be.
#[must_use]
pub fn read_text<T: FromJson>(text: &str) -> Option<T> {
    if text.len() > MAX_BYTES {
        return None;
    }
    let json: Json = serde_json::from_str(text).ok()?;
    read(&json)
}

/// Reads a document. None if it is not what it should be.
#[must_use]
pub fn read<T: FromJson>(json: &Json) -> Option<T> {
    let fault = Cell::new(false);
    let it = T::from_json(At { json, fault: &fault });
    Some(it).filter(|_| !fault.get())
}

/// Reads what it can of a document: whatever is wrong has something in its place. Only for saying more
/// about a document that is refused.
#[must_use]
pub fn read_what_fits<T: FromJson>(json: &Json) -> T {
    T::from_json(At { json, fault: &Cell::new(false) })
}

/// Reads it where serde reads what it is a part of, such as a message that is derived.
///
/// # Errors
/// It is not what it should be.
pub fn deserialize<'de, T: FromJson, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let json = Json::deserialize(deserializer)?;
    read(&json).ok_or_else(|| D::Error::custom("something else stands here than should"))
}

/// A place in a document.
#[derive(Clone, Copy, Debug)]
pub struct At<'j> {
    json: &'j Json,
    fault: &'j Cell<bool>,
}

impl<'j> At<'j> {
    /// Notes that something else stands here than should.
    pub fn refuse(self) {
        self.fault.set(true);
    }

    /// A place at which nothing stands, for reading something in place of what was refused.
    #[must_use]
    pub const fn nothing(self) -> Self {
        At { json: &Json::Null, fault: self.fault }
    }

    /// What stands here.
    #[must_use]
    pub const fn json(self) -> &'j Json {
        self.json
    }

    /// Text.
    #[must_use]
    pub fn text(self) -> &'j str {
        self.json.as_text().unwrap_or_else(|| {
            self.refuse();
            ""
        })
    }

    /// A whole number.
    #[must_use]
    pub fn int(self) -> i64 {
        self.number(Number::as_i64)
    }

    fn number<T: Default>(self, take: fn(&Number) -> Option<T>) -> T {
        let number = if let Json::Number(number) = self.json { take(number) } else { None };
        number.unwrap_or_else(|| {
            self.refuse();
            T::default()
        })
    }

    /// The items of a list.
    pub fn items(self) -> impl ExactSizeIterator<Item = At<'j>> {
        let items = match self.json {
            Json::List(items) if items.len() <= MAX_ITEMS => items.as_slice(),
            _ => {
                self.refuse();
                &[]
            }
        };
        items.iter().map(move |json| At { json, fault: self.fault })
    }

    /// The entries of an object with keys of the author's choice; each key once.
    pub fn entries(self) -> impl ExactSizeIterator<Item = (&'j str, At<'j>)> {
        self.raw().iter().map(move |(key, json)| (key.as_str(), At { json, fault: self.fault }))
    }

    /// An object all of whose fields are known.
    pub fn record<T>(self, read: impl FnOnce(&mut Fields<'j>) -> T) -> T {
        let mut fields = Fields { at: self, fields: self.raw(), known: 0 };
        let it = read(&mut fields);
        // A field that stands twice is known once only.
        if fields.known != fields.fields.len() {
            self.refuse();
        }
        it
    }

    /// An object some of whose fields may be unknown.
    pub fn open_record<T>(self, read: impl FnOnce(&mut Fields<'j>) -> T) -> T {
        read(&mut Fields { at: self, fields: self.raw(), known: 0 })
    }

    /// An object of exactly one field, with its name.
    #[must_use]
    pub fn one_key(self) -> (&'j str, Self) {
        match self.raw() {
            [(key, json)] => (key, At { json, fault: self.fault }),
            _ => {
                self.refuse();
                ("", self)
            }
        }
    }

    fn raw(self) -> &'j [(String, Json)] {
        match self.json {
            Json::Record(fields) if fields.len() <= MAX_ITEMS => fields,
            _ => {
                self.refuse();
                &[]
            }
        }
    }
}

/// The fields of an object while it is read.
#[derive(Debug)]
pub struct Fields<'j> {
    at: At<'j>,
    fields: &'j [(String, Json)],
    known: usize,
}

impl<'j> Fields<'j> {
    /// What stands in a field, if it is there.
    pub fn find(&mut self, key: &str) -> Option<At<'j>> {
        let (_, json) = self.fields.iter().find(|(name, _)| name == key)?;
        self.known += 1;
        Some(At { json, fault: self.at.fault })
    }

    /// Refuses a field that does not keep the limits of that shape.
    pub fn within(&self, key: &str, shape: &Shape) {
        if self.fields.iter().any(|(name, json)| name == key && !shape.limits_hold(json)) {
            self.at.refuse();
        }
    }

    /// A field that has to be there.
    pub fn need<T: FromJson>(&mut self, key: &str) -> T {
        // No type is read from null.
        T::from_json(self.find(key).unwrap_or(self.at.nothing()))
    }

    /// A field that may be left out.
    pub fn may<T: FromJson>(&mut self, key: &str) -> Option<T> {
        self.find(key).map(T::from_json)
    }

    /// A field that has its default when it is left out.
    pub fn or_default<T: FromJson + Default>(&mut self, key: &str) -> T {
        self.find(key).map(T::from_json).unwrap_or_default()
    }

    /// The version of a document, which has to be this one.
    pub fn version(&mut self, version: u32) -> u32 {
        if self.need::<u32>("schemaVersion") != version {
            self.at.refuse();
        }
        version
    }
}

impl FromJson for String {
    fn from_json(at: At<'_>) -> Self {
        at.text().to_owned()
    }
}

impl FromJson for bool {
    fn from_json(at: At<'_>) -> Self {
        if let Json::Bool(value) = at.json() {
            *value
        } else {
            at.refuse();
            false
        }
    }
}

impl FromJson for i64 {
    fn from_json(at: At<'_>) -> Self {
        at.int()
    }
}

impl FromJson for u64 {
    fn from_json(at: At<'_>) -> Self {
        at.number(Number::as_u64)
    }
}

/// Whole numbers of a smaller range.
macro_rules! from_int {
    ($($type:ty),*) => {$(
        impl FromJson for $type {
            fn from_json(at: At<'_>) -> Self {
                Self::try_from(at.int()).unwrap_or_else(|_| {
                    at.refuse();
                    0
                })
            }
        }
    )*};
}
from_int!(u16, u32, usize);

impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(at: At<'_>) -> Self {
        at.items().map(T::from_json).collect::<Vec<_>>()
    }
}

impl FromJson for [i64; 2] {
    fn from_json(at: At<'_>) -> Self {
        let mut items = at.items();
        match (items.next(), items.next(), items.next()) {
            (Some(first), Some(second), None) => [first.int(), second.int()],
            _ => {
                at.refuse();
                [0, 0]
            }
        }
    }
}

impl<T: FromJson> FromJson for Box<T> {
    fn from_json(at: At<'_>) -> Self {
        Self::new(T::from_json(at))
    }
}

impl<T: FromJson> FromJson for Arc<T> {
    fn from_json(at: At<'_>) -> Self {
        Self::new(T::from_json(at))
    }
}

impl<T: FromJson + Ord> FromJson for SortedSet<T> {
    fn from_json(at: At<'_>) -> Self {
        at.items().map(T::from_json).collect()
    }
}

impl<T: FromJson> FromJson for SortedMap<String, T> {
    fn from_json(at: At<'_>) -> Self {
        let entries = at.entries();
        let count = entries.len();
        let map: Self = entries.map(|(key, value)| (key.to_owned(), T::from_json(value))).collect();
        if map.len() < count {
            at.refuse();
        }
        map
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, FromJson)]
    struct Part {
        id: String,
        count: Option<u16>,
        #[serde(default)]
        tags: Vec<String>,
    }

    #[test]
    fn a_record_is_read_as_a_whole_or_not_at_all() {
        let read = |text: &str| read_text::<Part>(text);
        let part = |count, tags| Some(Part { id: "a".to_owned(), count, tags });
        assert_eq!(read(r#"{"id": "a"}"#), part(None, Vec::new()));
        assert_eq!(read(r#"{"tags": ["b"], "count": 7, "id": "a"}"#), part(Some(7), vec!["b".to_owned()]));
        for bad in [
            "",
            "[]",
            "null",
            r#"{}"#,
            r#"{"id": 1}"#,
            r#"{"id": null}"#,
            r#"{"id": "a", "id": "a"}"#,
            r#"{"id": "a", "other": 1}"#,
            r#"{"id": "a", "count": null}"#,
            r#"{"id": "a", "count": -1}"#,
            r#"{"id": "a", "count": 65536}"#,
            r#"{"id": "a", "count": 1.5}"#,
            r#"{"id": "a", "tags": "b"}"#,
            r#"{"id": "a", "tags": [1]}"#,
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    #[test]
    fn limits_hold() {
        let many = |count: usize| format!("[{}]", vec!["1"; count].join(","));
        assert!(read_text::<Vec<u32>>(&many(MAX_ITEMS)).is_some());
        assert!(read_text::<Vec<u32>>(&many(MAX_ITEMS + 1)).is_none());
        assert!(read_text::<String>(&format!("\"{}\"", "a".repeat(MAX_BYTES))).is_none());
        assert!(read_text::<Vec<u32>>(&"[".repeat(5_000)).is_none());
        assert_eq!(read_text::<SortedMap<String, bool>>(r#"{"a": true, "a": true}"#), None);
    }
}
