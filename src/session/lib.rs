//! A learner's work between visits: attempts, progress, and how both are kept.
//!
//! [`Attempt`] is what a learner has done at one scenario. [`Saved`] is its text form, with a version
//! and a revision. [`AttemptStore`] keeps saved attempts in a [`Store`] and promises: no work is lost without
//! the learner being told. A text that cannot be read is set aside, a store that refuses is replaced by
//! memory, and of two tabs at the same scenario neither overwrites the other.
//!
//! This crate knows nothing of verdicts (it keeps its own [`Outcome`]) and nothing of browsers.

mod attempt;
mod attempt_store;
mod progress;
mod save;
mod store;
mod unknown;

pub use attempt::{Attempt, Outcome};
pub use attempt_store::{AttemptStore, Backup, Opened, SaveResult, Ticket};
pub use progress::{Progress, Standing, VERSION};
pub use save::{SCHEMA_VERSION, SaveError, Saved};
pub use store::{MemoryStore, Store, StoreError};
pub use unknown::Unknown;
