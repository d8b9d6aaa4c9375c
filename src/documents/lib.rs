//! The contents of files and messages: scenarios, variants, facts, the index, conditions, reports, texts.
//!
//! [`scenario`] reads the documents that authors write and says what is wrong with them, [`condition`] is the
//! language of their checks, [`messages`] are what the page asks the engine, [`report`] and [`cost`] are what an
//! evaluation says, [`message`] is how it is said before [`texts`] puts it into words, [`terms`] are the words all of
//! them share. [`versions`] brings documents of older formats up to date.
//!
//! INVARIANT: there are no verdicts here. Nothing in this crate knows what a design does, which traps there are
//! or whether a check holds.

pub mod condition;
pub mod cost;
pub mod design;
mod limits;
pub mod message;
pub mod messages;
pub mod report;
pub mod scenario;
pub mod terms;
pub mod texts;
pub mod versions;
