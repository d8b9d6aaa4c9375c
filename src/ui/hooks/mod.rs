//! Effects that components share.

mod use_document;
mod use_texts;
mod use_work;

pub use use_document::{Document, Trouble, fetch, fetch_foreign, text, use_document};
pub use use_texts::{is_coming, use_texts};
pub use use_work::{Work, use_work};
