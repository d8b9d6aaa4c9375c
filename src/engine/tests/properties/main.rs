//! What the code does with the properties of the catalogue: the values it compares them with exist, and
//! every property is read somewhere.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod compared;
#[path = "../content/library.rs"]
#[allow(dead_code, reason = "shared with the tests of the content")]
mod library;
mod owner;
mod read;
