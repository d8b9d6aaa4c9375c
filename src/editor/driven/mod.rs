//! The editor, driven as a learner drives it.

mod driver;
mod gestures;
mod intents;
mod several;
mod soundness;
