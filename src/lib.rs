//! The Trapwise page: [`ui`] over the pure crates, and [`platform`], the browser beneath it.

pub mod platform;
pub mod ui;

pub use ui::app::App;
