//! The canvas as a pure state machine: what a pointer, a key or a menu does to a design.
//! Knows nothing of the page it is drawn in, nor of verdicts.
//!
//! [`Input`] (raw) becomes a [`Gesture`], which ends in a [`Command`] or the same code as one; every
//! change goes through the scenario's rules and the model's edits and is one undo step. Both answer
//! with [`Effects`]. Where things stand is computed ([`layout`]), never stored.

mod command;
mod connect;
mod drop;
mod editor;
mod gesture;
mod history;
mod hit;
mod input;
mod keys;
mod mode;
mod multi_select;
mod replace;
mod resize_span;
mod tap;

pub mod geometry;
pub mod layout;
pub mod viewport;
pub mod words;

pub use command::Command;
pub use connect::{LinkOption, LinkQuestion};
pub use drop::{Carry, Drop, Subject};
pub use editor::{Editor, Effects};
pub use gesture::Gesture;
pub use hit::{HANDLE, Hit};
pub use input::{Button, Device, Direction, Input, Key};
pub use mode::{Draw, Mode};
pub use multi_select::frame_between;
pub use resize_span::ResizeSpan;

#[cfg(test)]
mod driver;
