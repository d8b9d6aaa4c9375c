//! Laws that hold over the whole library: every scenario is found on disk, none is named but where an
//! exception is declared with its reason.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod additions;
mod agree;
mod also_right;
mod equivalents;
mod fixes;
mod golden;
mod library;
mod names;
#[path = "../conditions/reference.rs"]
mod reference;
mod seeds;
