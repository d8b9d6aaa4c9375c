//! The canvas without a canvas: what a pointer, a key or a menu does to a design, as a pure state
//! machine. Knows nothing of the page it is drawn in, nor of verdicts.
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
mod replace;
mod several;
mod stretch;
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
pub use several::frame_between;
pub use stretch::Stretch;

#[cfg(test)]
mod driven;
