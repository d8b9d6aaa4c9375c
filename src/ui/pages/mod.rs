//! One module a page.

pub mod about;
pub mod fact;
pub mod facts;
pub mod opened;
pub mod pack;
pub mod scenario;
pub mod scenarios;
pub mod trap;
pub mod traps;
pub mod unknown;
