//! The parts of the scenario page around the canvas. Each takes data by props and tells what the
//! learner wants by callbacks; none of them loads, saves or evaluates.

pub mod inspector;
pub mod outline;
pub mod palette;
