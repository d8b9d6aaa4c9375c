//! What a JSON document has to look like, as data that is derived from the types of the document ([`Shaped`]).
//!
//! From it come the check of untrusted documents, which reports everything wrong with
//! one ([`Shape::check`]); the JSON Schema that editors use (`json_schema`, feature `schema`); the
//! order of fields in formatted files; and random documents for tests ([`sample`]). The properties of
//! components and links are not repeated here: they come from the catalogue.
//!
//! INVARIANT: whatever passes the check is read by the type it describes; tests hold the two equal.

mod check;
mod format;
pub mod sample;
#[cfg(feature = "schema")]
mod schema;

pub use format::Format;
#[cfg(feature = "schema")]
pub use schema::json_schema;

pub use trapwise_document_derive::Shaped;

use std::borrow::Cow;
use std::sync::Arc;

use crate::json::Json;
use crate::{ComponentId, ComponentKind, LinkId, LinkKind, SortedMap, SortedSet, Value};

/// What a JSON value has to look like.
#[derive(Debug)]
pub enum Shape {
    /// `true` or `false`.
    Bool,
    /// A whole number from `min` to `max`.
    Int {
        /// Smallest value.
        min: i64,
        /// Largest value.
        max: i64,
    },
    /// The version of the document's format, which has to be this one.
    Version(u32),
    /// Text.
    Text(Format),
    /// One of a closed list of names.
    Name {
        /// What they name, for example `component kind`.
        what: &'static str,
        /// The names.
        names: &'static [&'static str],
    },
    /// A list.
    List {
        /// Of these.
        of: &'static Shape,
        /// Fewest items.
        min: usize,
        /// Most items.
        max: usize,
    },
    /// An object with keys of the author's choice.
    Map {
        /// What keys look like.
        key: Format,
        /// The values.
        of: &'static Shape,
    },
    /// An object with known fields.
    Record(&'static Record),
    /// An object with exactly one of these fields: its name says what it is.
    OneKey(&'static OneKey),
    /// Text, or something else.
    TextOr {
        /// What the text looks like.
        text: Format,
        /// What it is when it is no text.
        other: &'static Shape,
    },
    /// An object told apart by whether it has a field.
    KeyOr {
        /// The field.
        key: &'static str,
        /// What it is with the field.
        with: &'static Shape,
        /// What it is without.
        without: &'static Shape,
    },
    /// That of a type.
    Of(fn() -> &'static Self),
    /// This, or `null`.
    OrNull(&'static Shape),
    /// Any value of a property.
    Value,
    /// The properties of the component kind that the field `kind` beside this one names.
    ComponentProps,
    /// The properties of the link kind that the field `kind` beside this one names.
    LinkProps,
}

/// An object with known fields.
#[derive(Debug)]
pub struct Record {
    /// What it is called in messages and in the JSON Schema, for example `check`.
    pub name: &'static str,
    /// Its fields, in the order they are written in.
    pub fields: &'static [Field],
    /// Which of its optional fields are needed all the same.
    pub rule: Rule,
}

/// A field of a [`Record`].
#[derive(Debug)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// One sentence for the JSON Schema; empty without the feature `schema`.
    pub help: &'static str,
    /// Its value.
    pub shape: &'static Shape,
    /// Whether it has to be there.
    pub required: bool,
}

/// What optional fields have to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// None.
    Free,
    /// Exactly one of these.
    ExactlyOne(&'static [&'static str]),
    /// One of these or more.
    AtLeastOne(&'static [&'static str]),
}

/// An object with exactly one field out of several.
#[derive(Debug)]
pub struct OneKey {
    /// What it is called in messages and in the JSON Schema, for example `condition`.
    pub name: &'static str,
    /// The possible fields.
    pub fields: &'static [Field],
}

/// Words for the JSON Schema, left out where there is none.
#[must_use]
pub const fn doc(words: &'static str) -> &'static str {
    if cfg!(feature = "schema") { words } else { "" }
}

/// A field that has to be there.
#[must_use]
pub const fn need(name: &'static str, shape: &'static Shape, help: &'static str) -> Field {
    Field { name, help: doc(help), shape, required: true }
}

/// A field that may be left out.
#[must_use]
pub const fn may(name: &'static str, shape: &'static Shape, help: &'static str) -> Field {
    Field { name, help: doc(help), shape, required: false }
}

/// A type of documents. Derive it together with what reads it, [`FromJson`](crate::read::FromJson) or serde, so that
/// both say the same.
pub trait Shaped {
    /// What its JSON has to look like.
    fn shape() -> &'static Shape;
}

/// What a list or map contains.
pub trait Items {
    /// The shape of each.
    const ITEM: &'static Shape;
}

macro_rules! shaped {
    ($($type:ty => $shape:expr),* $(,)?) => {$(
        impl Shaped for $type {
            fn shape() -> &'static Shape {
                &$shape
            }
        }
    )*};
}
shaped! {
    bool => Shape::Bool,
    i64 => Shape::Int { min: i64::MIN, max: i64::MAX },
    ComponentId => Shape::Text(Format::Id),
    LinkId => Shape::Text(Format::Id),
    Value => Shape::Value,
    ComponentKind => Shape::Name { what: "component kind", names: Self::NAMES },
    LinkKind => Shape::Name { what: "link kind", names: Self::NAMES },
}

/// Containers of one value, and of several.
macro_rules! contain {
    ($($one:ident),*; $($many:ty),*) => {
        $(impl<T: Shaped> Shaped for $one<T> {
            fn shape() -> &'static Shape {
                T::shape()
            }
        })*
        $(impl<T: Shaped> Items for $many {
            const ITEM: &'static Shape = &Shape::Of(T::shape);
        })*
    };
}
contain!(
    Option, Box, Arc;
    Vec<T>, Arc<Vec<T>>, [T; 2], SortedSet<T>, SortedMap<String, T>, SortedMap<Cow<'static, str>, T>
);

impl<T: Items> Items for Option<T> {
    const ITEM: &'static Shape = T::ITEM;
}

impl Shape {
    /// The shape itself, where it is that of a type.
    #[must_use]
    pub fn resolved(&self) -> &Self {
        if let Self::Of(shape) = self { shape() } else { self }
    }

    /// Whether a text, number, list or map keeps its limits. What else is wrong is for types to refuse.
    pub(crate) fn limits_hold(&self, json: &Json) -> bool {
        match (self, json) {
            (Self::Text(format), Json::Text(text)) => format.accepts(text),
            (Self::Int { min, max }, Json::Number(number)) => {
                number.as_i64().is_some_and(|number| (*min..=*max).contains(&number))
            }
            (Self::List { of, min, max }, Json::List(items)) => {
                (*min..=*max).contains(&items.len()) && items.iter().all(|item| of.limits_hold(item))
            }
            (Self::Map { key, of }, Json::Record(fields)) => {
                fields.iter().all(|(name, value)| key.accepts(name) && of.limits_hold(value))
            }
            _ => true,
        }
    }
}
