//! Traps of compute: what tasks can run on.
