//! Stands in.
