//! The parts of the scenario page around the canvas. Each takes data by props and tells what the
//! learner wants by callbacks; none of them loads, saves or evaluates.

pub mod account;
pub mod brief;
pub mod debrief;
pub mod figures;
pub mod finding;
pub mod hints;
pub mod inspector;
pub mod outline;
pub mod palette;
pub mod question;
pub mod results;
