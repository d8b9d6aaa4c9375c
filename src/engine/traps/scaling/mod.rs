//! Traps of scaling: what follows the load.
