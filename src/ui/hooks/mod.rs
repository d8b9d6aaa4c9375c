//! Effects that components share.

mod use_document;
mod use_estimate;
mod use_trap_library;
mod use_work;

pub use use_document::{Document, Trouble, fetch, fetch_foreign, text, use_document};
pub use use_estimate::{Estimated, use_estimate};
pub use use_trap_library::{Library, use_trap_library};
pub use use_work::{Work, use_work};
