//! The words of Trapwise: which parts an architecture may have, how they may be put together, and
//! how a design changes.
//!
//! This crate knows nothing of verdicts (that is `trapwise-engine`), of pointers and pixels
//! (`trapwise-editor`) or of attempts and saves (`trapwise-session`).
//!
//! - [`catalogue`]: every kind of component and link, with typed properties and AWS's defaults.
//! - [`Design`]: the graph a learner builds. INVARIANT: a `Design` is always *sound*: ids are unique,
//!   containers and link ends exist and are legal, properties are known and of their type.
//! - [`Edit`]: the only way a design changes; applying one yields the edits that undo it.
//! - [`BuildRules`]: what a scenario lets its learner build.
//! - [`fixture`]: designs as indented text, for tests.

// Derived code names this crate, also inside it.
extern crate self as trapwise_model;

mod adjacency;
pub mod catalogue;
mod design;
pub mod diagnostic;
mod edit;
pub mod fixture;
mod id;
pub mod json;
mod legal;
pub mod load;
mod named;
pub mod read;
mod rules;
pub mod shape;
mod sorted;
mod sound;
pub mod source;
mod value;

pub use catalogue::{ComponentKind, LinkKind};
pub use design::{Component, Design, Link, MAX_COMPONENTS, MAX_LINKS};
pub use edit::{Edit, EditError, PartIndex, Place, Set, Target};
pub use id::{ComponentId, InvalidId, LinkId, is_id};
pub use legal::{
    LinkChoice, LinkRefusal, PlaceRefusal, check_containers, link_choices, may_contain, may_link,
};
pub use rules::{BuildRules, Lock, PaletteItem, Refusal};
pub use sorted::{Entry, SortedMap, SortedSet};
pub use value::{Props, Value};
