//! The only way a design changes.
//!
//! Undo, variants, fixes and saves all speak in edits, so that there is one place that keeps a design
//! sound and one place that knows how to take a change back.

mod apply;

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

pub use apply::PartIndex;

use crate::catalogue::PropId;
use crate::design::MAX_AT;
use crate::legal::{LinkRefusal, PlaceRefusal};
use crate::read::{self, At, FromJson};
use crate::shape::{Shape, Shaped};
use crate::{Component, ComponentId, Link, LinkId, Value};

/// One change of a design.
#[derive(Clone, Debug, PartialEq, Eq, FromJson, Serialize, Shaped)]
#[serde(rename_all = "kebab-case")]
pub enum Edit {
    /// Adds a component.
    Add(Component),
    /// Removes the component of that id, with its links and what stands only in it.
    Remove(ComponentId),
    /// Sets a property of a component or link, or puts it back to its default.
    Set(Set),
    /// Moves a component into other containers, or to another place among its neighbours.
    Place(Place),
    /// Adds a link.
    Link(Link),
    /// Removes the link of that id.
    Unlink(LinkId),
}

/// Sets a property.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(into = "SetFile")]
pub struct Set {
    /// Whose property.
    pub of: Target,
    /// Which one.
    pub prop: String,
    /// Its new value; none for the default.
    pub value: Option<Value>,
}

/// A component or a link.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// That component.
    Component(ComponentId),
    /// That link.
    Link(LinkId),
}

/// Moves a component.
#[derive(Clone, Debug, PartialEq, Eq, FromJson, Serialize, Shaped)]
pub struct Place {
    /// Which component.
    pub component: ComponentId,
    /// Where it stands from now on.
    #[serde(default, rename = "in")]
    #[document(len(0, 64))]
    pub containers: Vec<ComponentId>,
    /// Place among its neighbours.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[document(strict, range(0, MAX_AT as i64))]
    pub at: Option<u32>,
}

/// On disk: `{"component": "web", "prop": …, "value": …}` or `{"link": "l1", …}`.
#[derive(Clone, FromJson, Serialize, Shaped)]
#[document(name("set"), exactly_one("component", "link"))]
struct SetFile {
    /// Whose property: a component's …
    #[serde(skip_serializing_if = "Option::is_none")]
    component: Option<ComponentId>,
    /// … or a link's.
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<LinkId>,
    /// Which property.
    #[document(text(Prop))]
    prop: String,
    /// Its new value; left out, it goes back to its default.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Value>,
}

impl Shaped for Set {
    fn shape() -> &'static Shape {
        SetFile::shape()
    }
}

impl<'de> Deserialize<'de> for Edit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read::deserialize(deserializer)
    }
}

impl FromJson for Set {
    fn from_json(at: At<'_>) -> Self {
        let file = SetFile::from_json(at);
        let of = match (file.component, file.link) {
            (Some(component), None) => Target::Component(component),
            (None, Some(link)) => Target::Link(link),
            _ => {
                at.refuse();
                Target::Component(ComponentId::from_json(at.nothing()))
            }
        };
        Self { of, prop: file.prop, value: file.value }
    }
}

impl From<Set> for SetFile {
    fn from(set: Set) -> Self {
        let (component, link) = match set.of {
            Target::Component(id) => (Some(id), None),
            Target::Link(id) => (None, Some(id)),
        };
        Self { component, link, prop: set.prop, value: set.value }
    }
}

/// Why an edit cannot be applied. The design is unchanged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditError {
    /// No component has that id.
    UnknownComponent(ComponentId),
    /// No link has that id.
    UnknownLink(LinkId),
    /// A component of that id is there already.
    ComponentExists(ComponentId),
    /// A link of that id is there already.
    LinkExists(LinkId),
    /// The same link is there already under another id.
    SameLink(LinkId),
    /// Only one such link may leave the component, and this one does.
    LinkTaken(LinkId),
    /// The link says nothing without this property, or not with this value between these ends.
    NeedsAnswer {
        /// The property.
        prop: PropId,
        /// The values possible between these ends; empty for all of the property's.
        only: &'static [&'static str],
    },
    /// A property that the kind does not have.
    UnknownProp {
        /// Its name.
        prop: String,
        /// What it was to be set on.
        on: &'static str,
    },
    /// A value that is not of the property's type or range; the sentence says why.
    BadValue(String),
    /// The component cannot stand there.
    Place(PlaceRefusal),
    /// The two cannot be linked so.
    Link(LinkRefusal),
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownComponent(id) => write!(f, "there is no component `{id}`"),
            Self::UnknownLink(id) => write!(f, "there is no link `{id}`"),
            Self::ComponentExists(id) => write!(f, "there is already a component `{id}`"),
            Self::LinkExists(id) => write!(f, "there is already a link `{id}`"),
            Self::SameLink(id) => write!(f, "the same link is already there as `{id}`"),
            Self::LinkTaken(id) => write!(f, "only one such link is possible, and `{id}` is it"),
            Self::NeedsAnswer { prop, only } => {
                write!(f, "the link needs `{prop}`")?;
                if only.is_empty() { Ok(()) } else { write!(f, " to be {}", only.join(" or ")) }
            }
            Self::UnknownProp { prop, on } => write!(f, "{on} has no property `{prop}`"),
            Self::BadValue(why) => f.write_str(why),
            Self::Place(why) => write!(f, "{why}"),
            Self::Link(why) => write!(f, "{why}"),
        }
    }
}

impl std::error::Error for EditError {}
