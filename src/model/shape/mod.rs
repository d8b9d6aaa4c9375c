//! What a JSON document has to look like, described once as data.
//!
//! From one description come the check of untrusted documents, which reports everything wrong with
//! one ([`Shape::check`]); the JSON Schema that editors use (`json_schema`, feature `schema`); the
//! order of fields in formatted files; and random documents for tests ([`sample`]). The properties of
//! components and links are not repeated here: they come from the catalogue.
//!
//! INVARIANT: whatever passes the check is read by the type it describes; tests hold the two equal.

mod check;
mod documents;
mod format;
pub mod sample;
#[cfg(feature = "schema")]
mod schema;

pub use documents::{COMPONENT, DESIGN, EDIT, LINK, LOCK, PALETTE_ITEM, PARTS, VERSION};
pub use format::Format;
#[cfg(feature = "schema")]
pub use schema::json_schema;

use crate::{ComponentKind, LinkKind};

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

/// The name of a component kind.
pub static COMPONENT_KIND: Shape = Shape::Name { what: "component kind", names: ComponentKind::NAMES };
/// The name of a link kind.
pub static LINK_KIND: Shape = Shape::Name { what: "link kind", names: LinkKind::NAMES };
