//! Traps of secrets: how values get into containers.
