//! The rule engine of Trapwise: it derives what a design really does, finds the traps it falls into,
//! checks a scenario's requirements and says why.
//!
//! The way of the data: [`Design`](trapwise_model::Design) → [`world::World`] (derived relations) →
//! [`traps`] (findings) and [`condition`] (checks) → [`evaluate`](evaluate::evaluate) →
//! [`report::Report`]. The documents themselves (scenarios, conditions, reports, texts) are types of
//! `trapwise_documents`, named here as well; [`verify`] holds content to its promises.
//!
//! INVARIANT: evaluating never fails and never depends on ids, order or place on the canvas; the same
//! input gives the same report, byte for byte.

pub mod condition;
pub mod cost;
pub mod data;
pub mod evaluate;
pub mod finding;
#[cfg(feature = "sample")]
pub mod sample;
pub mod scenario;
pub mod score;
pub mod texts;
pub mod trap;
pub mod traps;
pub mod verify;
pub mod world;

pub use trapwise_documents::{report, terms};

pub use evaluate::{Evaluation, evaluate, evaluate_free};
