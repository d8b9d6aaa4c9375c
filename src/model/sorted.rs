//! Maps and sets as sorted lists.
//!
//! The standard library's trees are compiled anew for each type of key and value, at some 2 KB of
//! WebAssembly where these need a tenth; and a design is small, so that looking something up in a list
//! is no slower. Adding at the end is O(log n), anywhere else O(n): fill large ones in order.

mod map;
mod set;

pub use map::{Entry, SortedMap};
pub use set::SortedSet;
